"""The office's inspections in a real browser, from the plan to the closed visit, and the unit that inspects itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actions.changes import By
from actions.publish_checklist import publish_checklist
from domain.inspection import VisitKind
from domain.unit import Role
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.support.browser import expect
from tests.support.inspections import CHECKLIST, a_batch, a_plan, a_visit, an_answer, close, open_due, send
from tests.support.looking import is_clean, signs_in
from tests.support.makers import BEGAN, Sample, a_person, an_office
from tests.support.served import served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIGNED = [{"side": "team", "name": "Trần Thị Mai"}, {"side": "unit", "name": "Nguyễn Văn Bình"}]
BAD = (an_answer("K1", "valid"), an_answer("K2", "6", seq=2, note="mẫu đã bỏ", action="lưu 24 giờ"),
       an_answer("K3", "yes", seq=3), an_answer("K4", "yes", seq=4))  # fmt: skip


@pytest.fixture
def sample(sqlite: Database) -> Sample:
    found = an_office(sqlite)
    a_person(sqlite, "tra", "Đinh Thị Trà", found.units["th"], Role.INSPECTOR)
    return found


@pytest.fixture
def site(sqlite: Database, sample: Sample, tmp_path: Path, moment: Moment) -> Iterator[str]:
    works = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    works.db.dispose()
    works.db = sqlite
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


def apart(work: object, *given: object, **named: object) -> object:
    """Playwright holds this thread; work on the database is done beside it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given, **named).result()  # type: ignore[arg-type]


def test_a_surprise_is_planned_drawn_sent_and_shown_for_checking(
    page: "Page", site: str, sqlite: Database, moment: Moment
) -> None:
    def published() -> None:
        with sqlite.transaction() as session:
            publish_checklist(session, CHECKLIST, By("mai", BEGAN))

    apart(published)
    signs_in(page, site, "mai")
    page.get_by_role("link", name="Kế hoạch kiểm tra").click()
    is_clean(page)
    page.get_by_role("link", name="Lập kế hoạch mới").click()
    is_clean(page)
    page.get_by_label("Tên kế hoạch").fill("Kiểm tra đột xuất bếp ăn tháng 2")
    page.get_by_label("Hình thức").select_option(label="kiểm tra đột xuất")
    page.get_by_label("Số đơn vị bốc thăm").fill("1")
    page.get_by_label("Từ ngày").fill("2023-02-01")
    page.get_by_label("Đến ngày").fill("2023-02-28")
    page.get_by_label("tiểu học").check()
    page.get_by_role("button", name="Lưu dự thảo").click()
    is_clean(page)
    page.get_by_role("button", name="Duyệt kế hoạch").click()
    page.get_by_role("button", name="Niêm phong").click()
    is_clean(page)
    page.get_by_label("Con số làm chứng").fill("83417")
    page.get_by_role("button", name="Bốc thăm").click()
    page.get_by_text("Chưa công bố").wait_for()
    page.get_by_role("link", name="Lập đoàn Trường Tiểu học Hoa Sen").click()
    expect(page.get_by_text("Không chọn được vì là người của đơn vị: Nguyễn Văn Bình.")).to_be_visible()
    is_clean(page)
    page.get_by_label("Ngày kiểm tra").fill("2023-02-06")
    page.get_by_role("button", name="Lập đoàn").click()
    expect(page.locator(".govuk-error-summary")).to_have_text("Đoàn phải có đúng một trưởng đoàn.")
    page.locator("#nguoi-0").select_option(label="Trần Thị Mai – Phòng GD&ĐT Bến Sông")
    page.get_by_role("button", name="Lập đoàn").click()
    page.get_by_text("Trước lúc đó đoàn và đơn vị chưa biết").wait_for()
    is_clean(page)

    signs_in(page, site, "dung")
    page.goto(f"{site}/ke-hoach-kiem-tra/1")
    expect(page.get_by_text("Hoa Sen")).to_have_count(0)
    assert page.goto(f"{site}/cuoc-kiem-tra/1").status == 404  # type: ignore[union-attr]

    moment.is_on(6)
    apart(open_due, sqlite, moment.now)
    signs_in(page, site, "binh")
    page.goto(f"{site}/boc-tham")
    page.get_by_text("khớp với niêm phong", exact=True).wait_for()
    is_clean(page)


def test_a_visit_is_closed_on_its_page_and_what_it_found_is_followed(
    page: "Page", site: str, sqlite: Database, sample: Sample, moment: Moment
) -> None:
    visit = apart(a_visit, sqlite, sample).visit_id  # type: ignore[attr-defined]
    moment.is_on(6)
    apart(send, sqlite, visit, a_batch("one", *BAD, signatures=SIGNED, finished=True))
    other = an_answer("K1", "missing", note="không thấy")
    apart(send, sqlite, visit, a_batch("two", other, device="phone-2"), who="ha")
    signs_in(page, site, "mai")
    page.goto(f"{site}/cuoc-kiem-tra/{visit}")
    is_clean(page)
    page.get_by_label("Số tiết đã dự giờ").fill("3")
    page.get_by_role("button", name="Ghi").click()
    page.get_by_role("button", name="Kết thúc và giao việc khắc phục").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("hai câu trả lời khác nhau")
    page.get_by_label("có, hợp lệ").check()
    page.get_by_role("button", name="Chọn K1").click()
    page.get_by_role("button", name="Kết thúc và giao việc khắc phục").click()
    page.get_by_text("hạn 09/02/2023").wait_for()
    expect(page.get_by_text("Đã dự 3 tiết.")).to_be_visible()
    is_clean(page)
    for name, begins in (("bien-ban.docx", b"PK"), ("thong-bao.docx", b"PK"), ("bien-ban.pdf", b"%PDF")):
        assert page.request.get(f"{site}/cuoc-kiem-tra/{visit}/{name}").body().startswith(begins)
    page.goto(f"{site}/ton-tai?loc=open")
    is_clean(page)
    expect(page.get_by_role("row")).to_have_count(2)
    assert page.request.get(f"{site}/xuat/ton-tai.csv").text().count("K2") == 1
    signs_in(page, site, "dung")
    page.goto(f"{site}/lanh-dao")
    expect(page.get_by_text("Mẫu lưu đủ giờ")).to_be_visible()
    is_clean(page)
    signs_in(page, site, "binh")
    page.get_by_role("link", name="Tự kiểm tra").click()
    page.get_by_text("Mẫu lưu đủ giờ").first.wait_for()
    is_clean(page)


def test_a_unit_inspects_itself_and_the_team_finds_its_answers(
    page: "Page", site: str, sqlite: Database, sample: Sample, moment: Moment
) -> None:
    last = date(2023, 2, 28)
    apart(a_plan, sqlite, code="tu", title="Tự kiểm tra bếp ăn", kind=VisitKind.SELF, last=last)
    moment.is_on(3)
    signs_in(page, site, "binh")
    page.goto(f"{site}/tu-kiem-tra")
    is_clean(page)
    page.get_by_role("button", name="Bắt đầu Tự kiểm tra bếp ăn").click()
    page.wait_for_url("**/kiem-tra/1*")
    apart(send, sqlite, 1, a_batch("own", BAD[0], finished=True), who="binh", at=moment.now)
    apart(close, sqlite, 1, who="binh", at=moment.now)
    visit = apart(a_visit, sqlite, sample, plan_id=None).visit_id  # type: ignore[attr-defined]
    moment.is_on(6)
    signs_in(page, site, "mai")
    pack = page.request.get(f"{site}/kiem-tra/{visit}/goi").json()
    assert [(one["item"], one["value"]) for one in pack["self_answers"]] == [("K1", "valid")]


def test_a_checklist_with_a_fault_names_its_line_and_a_sound_one_is_a_new_version(
    page: "Page", site: str, sqlite: Database
) -> None:
    signs_in(page, site, "mai")
    page.goto(f"{site}/phieu-kiem-tra/moi")
    is_clean(page)
    text = page.get_by_label("Văn bản của phiếu")
    text.fill(CHECKLIST.replace("severity: critical", "severity: awful"))
    page.get_by_role("button", name="Công bố").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("dòng 11")
    page.get_by_label("Văn bản của phiếu").fill(CHECKLIST)
    page.get_by_role("button", name="Công bố").click()
    page.get_by_text("phiên bản 1", exact=True).wait_for()
    page.get_by_label("Văn bản của phiếu").fill(CHECKLIST.replace("Rác đậy kín", "Thùng rác đậy kín"))
    page.get_by_role("button", name="Công bố").click()
    page.get_by_text("phiên bản 2", exact=True).wait_for()
    is_clean(page)
    page.goto(f"{site}/phieu-kiem-tra")
    is_clean(page)
