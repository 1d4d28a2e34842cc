"""The day of a principal on a phone and of a leader, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from domain.letter import LetterKind, MailState
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from store.tables import OutboxRow
from tests.support.browser import HIDDEN_UNTIL_READY, accessibility_faults, expect
from tests.support.looking import signs_in
from tests.support.makers import (
    BEGAN,
    Sample,
    an_issued_duty,
    an_office,
    monthly_terms,
    once,
    open_all,
    the_assignment,
)
from tests.support.packs import PACK
from tests.support.visits import Moment

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCHOOLS = ("hoa-sen", "song-xanh", "anh-duong")


@pytest.fixture
def office(sqlite: Database) -> Sample:
    return an_office(sqlite)


@pytest.fixture
def works(sqlite: Database, office: Sample, tmp_path: Path) -> Works:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    made.db.dispose()
    made.db = sqlite
    return made


@pytest.fixture
def phone(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="vi-VN"
    )
    context.add_init_script(HIDDEN_UNTIL_READY)
    yield context.new_page()
    context.close()


def is_clean(page: "Page") -> None:
    """No accessibility fault, and nothing wider than the screen."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (accessibility_faults(page), beyond) == ([], 0), page.url


def test_a_principal_hands_in_from_a_phone_between_two_lessons(
    phone: "Page", site: str, works: Works, office: Sample, moment: Moment
) -> None:
    an_issued_duty(works.db, monthly_terms(SCHOOLS, pack="thu-hoc"))
    open_all(works.db, BEGAN)
    with works.db.transaction() as session:
        session.add(
            OutboxRow(
                key="l", kind=LetterKind.REMINDER, message_id="<l@x>", state=MailState.SENT,
                subject="Hạn 14/02/2023: Báo cáo tháng", body_text="Kính gửi: Nguyễn Văn Bình",
                person_id=office.people["binh"], not_before=BEGAN, created_at=BEGAN, sent_at=BEGAN,
            )
        )  # fmt: skip
    moment.is_on(9)
    signs_in(phone, site, "binh")
    is_clean(phone)

    # What was I told? Opening a notice marks it.
    phone.get_by_role("link", name="Thông báo 1 chưa đọc").click()
    is_clean(phone)
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        phone.get_by_text("Hạn 14/02/2023: Báo cáo tháng").first.click()
    is_clean(phone)
    phone.get_by_role("link", name="Chọn cách nhận thông báo").click()
    is_clean(phone)
    phone.goto(f"{site}/viec")
    expect(phone.locator(".dd-count")).to_have_count(0)

    # A figure nobody can read, with a photograph: the fault is told, the photograph is kept.
    phone.get_by_role("link", name="Báo cáo tháng").click()
    phone.get_by_label("Số cha mẹ nộp").fill("rất đông")
    phone.get_by_label("Trong đó không dùng tiền mặt").fill("1.100")
    expect(phone.get_by_label("Hoặc chụp ảnh")).to_be_visible()
    photograph = {"name": "bien-ban.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8anh"}
    phone.get_by_label("Hoặc chụp ảnh").set_input_files(photograph)  # type: ignore[arg-type]
    phone.get_by_role("button", name="Nộp", exact=True).click()
    phone.get_by_role("alert").filter(has_text="Chưa nộp được").wait_for()
    is_clean(phone)
    assert phone.evaluate("document.getElementById('chup').files[0].name") == "bien-ban.jpg"

    # The line drops, and nothing is lost.
    phone.get_by_label("Số cha mẹ nộp").fill("1.234")
    phone.route("**/nop", lambda route: route.abort())
    phone.get_by_role("button", name="Nộp", exact=True).click()
    phone.get_by_text("Mất kết nối, chưa nộp được.").wait_for()
    phone.unroute("**/nop")
    phone.get_by_role("button", name="Nộp", exact=True).click()
    phone.get_by_role("heading", name="Đã hoàn thành").wait_for()
    expect(phone.get_by_role("link", name="bien-ban.jpg")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("1.234 người")
    expect(phone.locator("main")).not_to_contain_text("Chưa đạt")
    is_clean(phone)


def test_the_week_fits_one_sheet_of_paper_however_long_its_titles_are(
    page: "Page", site: str, works: Works
) -> None:
    for number in range(30):
        title = f"Báo cáo kết quả thực hiện nhiệm vụ số {number} " + "về công tác giáo dục " * 8
        an_issued_duty(
            works.db, monthly_terms(("hoa-sen",), title=title, schedule=once(BEGAN.date(), BEGAN.date()))
        )
    open_all(works.db, BEGAN)
    signs_in(page, site, "binh")
    page.goto(f"{site}/viec/tuan")
    expect(page.locator("tbody tr")).to_have_count(20)
    expect(page.locator(".dd-sheet__code svg")).to_be_visible()
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(sheet) == 1
    assert "Còn 10 việc nữa" in " ".join(sheet[0].get_textpage().get_text_bounded().split())
    is_clean(page)


def test_a_leader_sees_in_half_a_minute_what_needs_a_decision(
    phone: "Page", site: str, works: Works, office: Sample, moment: Moment
) -> None:
    an_issued_duty(works.db, monthly_terms(SCHOOLS))
    open_all(works.db, BEGAN)
    work = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    moment.is_on(7)
    signs_in(phone, site, "binh")
    phone.goto(f"{site}/viec/{work}")
    phone.get_by_text("Xin gia hạn").click()
    phone.get_by_label("Xin đến hết ngày").fill("2023-02-21")
    phone.get_by_label("Vì sao?").fill("Trường đang thi học kỳ")
    phone.get_by_role("button", name="Gửi đề nghị").click()
    phone.get_by_text("đang chờ quyết định").first.wait_for()
    is_clean(phone)

    moment.is_on(16)
    signs_in(phone, site, "dung")
    is_clean(phone)
    phone.get_by_role("button", name="Đồng ý").click()
    phone.get_by_text("được gia hạn từ").first.wait_for()
    is_clean(phone)
    phone.goto(f"{site}/lanh-dao")
    expect(phone.get_by_text("Cần anh/chị quyết định")).to_be_hidden()
    phone.get_by_role("link", name="So sánh các đơn vị").click()
    is_clean(phone)
