"""The story by hand, in a real browser: a directive becomes work, work becomes a report, silence a letter."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.schedule import TABLE
from runtime.settings import Settings
from runtime.tick import tick
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.support.browser import accessibility_faults, expect
from tests.support.makers import BEGAN, PASSWORD, a_directive, an_issued_duty, an_office, open_all
from tests.support.packs import PACK
from tests.support.served import served
from tests.support.smtp import Sink
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def works(sqlite: Database, tmp_path: Path, smtp: Sink) -> Works:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    an_office(sqlite)
    made = Works.of(
        Settings(
            home=tmp_path, database_url=str(sqlite.url), port=free_port(),
            smtp_host=smtp.host, smtp_port=smtp.port,
        )
    )  # fmt: skip
    made.db.dispose()
    made.db = sqlite
    return made


@pytest.fixture
def site(works: Works, moment: Moment) -> Iterator[str]:
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


def signs_in(page: "Page", site: str, code: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/dang-nhap")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill(code)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def in_a_thread_of_its_own(work: Callable[..., object], *arguments: object) -> None:
    """The browser holds this thread's event loop, and sending mail needs one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work, *arguments).result()


def is_clean(page: "Page") -> None:
    """No accessibility fault, and nothing wider than the screen, at a desk and on a phone."""
    faults = accessibility_faults(page)
    wide = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size(wide or {"width": 1280, "height": 800})
    assert (faults, beyond) == ([], 0), page.url


def test_from_directive_to_accepted_report_and_from_silence_to_the_leaders_letter(
    page: "Page", site: str, works: Works, moment: Moment, smtp: Sink
) -> None:
    directive = a_directive(works.db)

    # Mai decides the drafts beside the source text and issues them.
    signs_in(page, site, "mai")
    is_clean(page)
    page.get_by_role("link", name="12/KH-PGDĐT", exact=True).click()
    is_clean(page)
    report, survey = page.locator("article").all()
    report.get_by_role("link", name="Sửa").click()
    report.get_by_label("Biểu mẫu báo cáo").select_option(label="Báo cáo thu học phí")
    report.get_by_role("button", name="Duyệt").click()
    page.get_by_text("3 đơn vị sẽ nhận 1 việc mới.").wait_for()
    survey.get_by_label("Thời hạn").fill("hôm nào đó")
    survey.get_by_role("button", name="Duyệt").click()
    page.get_by_text("Chưa hiểu thời hạn").wait_for()
    survey.get_by_label("Thời hạn").fill("hết quý II")
    survey.get_by_role("button", name="Duyệt").click()
    page.get_by_text("4 đơn vị sẽ nhận 2 việc mới.").wait_for()
    page.get_by_role("link", name="Xem trước và giao").click()
    page.get_by_role("heading", name="Từng việc").wait_for()
    page.wait_for_load_state()
    is_clean(page)
    page.get_by_role("button", name="Giao việc").click()
    page.get_by_text("Đã giao 2 việc").wait_for()
    assert page.url == f"{site}/van-ban/{directive}"
    is_clean(page)

    # Bình hands in a wrong figure, is told why, corrects it, and is done.
    moment.is_on(9)
    signs_in(page, site, "binh")
    is_clean(page)
    page.get_by_role("link", name="Báo cáo tháng").click()
    page.get_by_role("button", name="Đã nhận").click()
    is_clean(page)
    page.get_by_label("Số cha mẹ nộp").fill("1.200")
    page.get_by_label("Trong đó không dùng tiền mặt").fill("1.300")
    page.get_by_role("button", name="Nộp").click()
    page.get_by_role("heading", name="Bị trả lại").wait_for()
    expect(page.locator(".dd-verdict").first).to_contain_text("1.300")
    is_clean(page)
    page.get_by_label("Trong đó không dùng tiền mặt").fill("1.100")
    page.get_by_role("button", name="Nộp").click()
    page.get_by_role("heading", name="Đã hoàn thành").wait_for()
    is_clean(page)

    # Hà stays silent: the ladder climbs, and Dũng is written to once.
    for day in range(9, 18):  # every day: a clock that stood still would hold its letters for a person
        moment.is_on(day, hour=9)
        in_a_thread_of_its_own(tick, works, TABLE, moment.now)
    to_leader = [m for m in smtp.received if m.recipients == ("dung@bensong.example.vn",)]
    assert len(to_leader) == 1
    body = to_leader[0].message.get_body(("plain",))
    assert body is not None
    assert "Trường THCS Sông Xanh" in body.get_content()
    assert "Hoa Sen" not in body.get_content()

    # Dũng reads the same on his page, and Mai sees what became of the letters.
    signs_in(page, site, "dung")
    expect(page.locator("main")).to_contain_text("Trường THCS Sông Xanh")
    is_clean(page)
    signs_in(page, site, "mai")
    page.get_by_role("link", name="Thư").click()
    is_clean(page)
    page.locator("tbody a").first.click()
    is_clean(page)
    page.goto(f"{site}/suc-khoe")
    is_clean(page)


def test_handing_in_works_without_scripts(page: "Page", site: str, works: Works, moment: Moment) -> None:
    an_issued_duty(works.db)
    open_all(works.db, BEGAN)
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    signs_in(plain, site, "ha")
    plain.get_by_role("link", name="Báo cáo tháng").click()
    plain.get_by_label("Nội dung báo cáo").fill("Trường đã rà soát xong.")
    plain.get_by_role("button", name="Nộp").click()
    expect(plain.get_by_role("heading", name="Đã hoàn thành")).to_be_visible()
    plain.context.close()
