"""A whole review with the keyboard alone, in a real browser; and the same page without scripts."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, select

from domain.duty import DraftStatus
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from store.tables import DraftRow, DutyRow
from tests.support.browser import accessibility_faults, expect
from tests.support.makers import PASSWORD, an_office

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLAN = """PHÒNG GD&ĐT BẾN SÔNG

Số: 21/KH-PGDĐT

Bến Sông, ngày 01 tháng 02 năm 2023

KẾ HOẠCH
Công tác năm 2023

I. TÌNH HÌNH

Năm qua các trường đã có nhiều cố gắng.

II. NHIỆM VỤ

1. Tổ Tổng hợp rà soát phòng học trước ngày 15/3/2023.

2. Tổ Tổng hợp tham mưu kế hoạch sửa chữa.

3. Tổ Tổng hợp kiểm tra bếp ăn; lập danh sách bếp ăn trước ngày 20/4/2023.

4. Tổ Tổng hợp lập dự toán trước ngày 30/5/2023.

5. Tổ Tổng hợp trình dự toán trước ngày 30/5/2023.

6. Các trường trang trí cổng trường trước ngày 20/2/2023.
"""


@pytest.fixture
def works(sqlite: Database, tmp_path: Path) -> Works:
    an_office(sqlite)
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    made.db.dispose()
    made.db = sqlite
    return made


def takes_the_plan_in(page: "Page", site: str) -> None:
    page.goto(f"{site}/dang-nhap")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill("mai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Đăng xuất").wait_for()
    page.goto(f"{site}/van-ban/moi")
    page.get_by_label("Hoặc dán nội dung vào đây").fill(PLAN)
    page.get_by_role("button", name="Đọc văn bản").click()
    page.get_by_text("nội dung chờ duyệt").wait_for()
    page.wait_for_load_state()  # the words stand before the script that listens to the keys


def states(works: Works) -> list[tuple[str, DraftStatus]]:
    with works.db.read() as session:
        rows = session.exec(select(DraftRow).order_by(col(DraftRow.start), col(DraftRow.id))).all()
        return [(row.quote[:30], row.status) for row in rows if row.status is not DraftStatus.RECAST]


def on(page: "Page", words: str) -> None:
    """The card with these words is the one that keys work on: it has the focus, or something in it, or the address
    leads to it. (What is hidden until its scripts have run takes no focus from its address.)"""
    page.wait_for_function(
        "words => (document.activeElement?.closest('[data-card]') ?? document.querySelector('[data-card]:target'))"
        "?.innerText.includes(words)",
        arg=words,
    )


def test_a_plan_is_reviewed_and_issued_with_the_keyboard_alone(page: "Page", site: str, works: Works) -> None:
    takes_the_plan_in(page, site)
    press = page.keyboard.press
    assert accessibility_faults(page) == []

    # Through the cards: the words of each light up in the source.
    press("j")
    on(page, "rà soát phòng học")
    expect(page.locator(".dd-p.is-lit").first).to_contain_text("rà soát phòng học")
    press("j")
    press("k")
    on(page, "rà soát phòng học")

    # Approved, it hands on to the next, whose deadline is missing: a proposal is picked and approved.
    press("a")
    on(page, "tham mưu kế hoạch sửa chữa")
    press("a")
    page.get_by_text("Hãy ghi thời hạn").wait_for()
    press("Space")
    press("Enter")
    on(page, "kiểm tra bếp ăn")

    # Two orders in one are split, and each approved.
    press("s")
    page.get_by_text("Phần thứ hai bắt đầu từ đâu?").wait_for()
    press("Space")
    press("Enter")
    page.wait_for_url(re.compile("#noi-dung-"))
    on(page, "kiểm tra bếp ăn")
    press("e")
    page.get_by_label("Tên việc").wait_for()
    on(page, "kiểm tra bếp ăn")
    page.locator("article", has=page.get_by_label("Tên việc")).get_by_label("Thời hạn", exact=True).focus()
    page.keyboard.type("trước ngày 16/3/2023")
    page.get_by_text("thứ Tư, 15/03/2023").wait_for()
    press("Enter")
    on(page, "lập danh sách bếp ăn")
    press("a")

    # One order read as two is merged with the next.
    on(page, "lập dự toán")
    press("m")
    page.get_by_text("Gộp với nội dung nào?").wait_for()
    press("Enter")
    page.wait_for_url(re.compile("#noi-dung-"))
    on(page, "trình dự toán")
    press("a")

    # What is nobody's work is discarded with a reason.
    on(page, "trang trí cổng trường")
    press("b")
    page.get_by_label("Lý do bỏ").wait_for()
    page.keyboard.type("Không phải việc của ngành")
    press("Enter")
    page.get_by_text("Lý do bỏ: Không phải việc của ngành").wait_for()
    assert accessibility_faults(page) == []

    page.get_by_role("link", name="Xem trước và giao").press("Enter")
    page.get_by_role("heading", name="Xem trước và giao").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Giao việc").press("Enter")
    page.get_by_text("Đã giao 5 việc").wait_for()
    assert [status for _, status in states(works)] == [*[DraftStatus.APPROVED] * 5, DraftStatus.DISCARDED]
    with works.db.read() as session:
        assert len(session.exec(select(DutyRow)).all()) == 5


def test_the_keys_are_explained_and_may_be_turned_off(page: "Page", site: str) -> None:
    takes_the_plan_in(page, site)
    page.keyboard.press("?")
    page.get_by_label("Dùng phím tắt trên máy này").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-card]')") is None


def test_a_mark_leads_to_its_card_and_a_passage_to_what_it_is(page: "Page", site: str) -> None:
    takes_the_plan_in(page, site)
    page.locator(".dd-source mark", has_text="lập dự toán").click()
    on(page, "lập dự toán")
    page.locator(".dd-source span", has_text="nhiều cố gắng").click()
    page.get_by_label("Đoạn này là").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Thêm nội dung giao việc").click()
    page.wait_for_url(re.compile("#noi-dung-"))
    expect(page.locator("article", has_text="nhiều cố gắng")).to_be_visible()


def test_a_review_goes_on_without_scripts_on_a_phone(page: "Page", site: str, works: Works) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    takes_the_plan_in(plain, site)
    card = plain.locator("article", has_text="rà soát phòng học")
    card.get_by_role("button", name="Duyệt").click()
    card.get_by_text("Đã duyệt").wait_for()
    plain.locator("article", has_text="trang trí").get_by_role("link", name="Bỏ").click()
    plain.get_by_label("Lý do bỏ").fill("Không phải việc của ngành")
    plain.get_by_role("button", name="Bỏ nội dung này").click()
    plain.get_by_text("Lý do bỏ: Không phải việc của ngành").wait_for()
    assert [status for _, status in states(works)].count(DraftStatus.PROPOSED) == 4
    plain.context.close()
