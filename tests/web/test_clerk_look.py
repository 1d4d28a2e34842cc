"""The clerk's rooms in a real browser: nothing axe finds fault with, nothing wider than a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.intake.test_tree_sheet import UNIT_HEAD, a_book
from tests.support.browser import accessibility_faults
from tests.support.makers import BEGAN, PASSWORD, an_issued_duty, an_office, monthly_terms, open_all
from tests.support.served import served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def site(sqlite: Database, tmp_path: Path, moment: Moment) -> Iterator[str]:
    an_office(sqlite)
    works = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    works.db.dispose()
    works.db = sqlite
    an_issued_duty(sqlite, monthly_terms(("hoa-sen", "song-xanh", "anh-duong")))
    open_all(sqlite, BEGAN)
    moment.is_on(9)
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


def is_clean(page: "Page") -> None:
    faults = accessibility_faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert (faults, beyond) == ([], 0), page.url


def test_the_clerk_looks_into_every_room(page: "Page", site: str) -> None:
    page.goto(f"{site}/dang-nhap")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill("mai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()
    places = (
        "/van-phong?tim=sen", "/nhiem-vu", "/nhiem-vu/1", "/lich", "/lich/nam", "/don-vi", "/don-vi/3",
        "/don-vi/nhap", "/thang-nhac", "/thang-nhac?loai=task", "/tinh-huong", "/tinh-huong/dieu-cam",
        "/thu-30-ngay", "/nhat-ky", "/nguoi/2", "/nhom-don-vi?ma=truong",
    )  # fmt: skip
    for place in places:
        page.goto(f"{site}{place}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        is_clean(page)


def test_a_day_off_and_a_workbook_are_shown_before_they_are_stored(
    page: "Page", site: str, tmp_path: Path
) -> None:
    page.goto(f"{site}/dang-nhap?next=/lich")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill("mai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_text("Thêm hoặc sửa ngày nghỉ").click()
    for label, typed in (("Từ ngày", "14/02/2023"), ("Lý do", "nghỉ bão"), ("Văn bản thông báo", "TB 5")):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="Xem hạn nào sẽ chuyển").first.click()
    page.get_by_text("1 hạn đang mở sẽ chuyển").wait_for()
    is_clean(page)
    page.get_by_role("button", name="Lưu vào lịch").click()
    page.get_by_text("nghỉ bão").first.wait_for()
    for rows, waits in (([("a", "", "pgd")], "để trống; hãy điền"), ([("a", "Trường A", "pgd")], "thêm mới")):
        file = tmp_path / "don-vi.xlsx"
        file.write_bytes(a_book(A=[UNIT_HEAD, *rows]))
        page.goto(f"{site}/don-vi/nhap")
        page.get_by_label("Tệp .xlsx").set_input_files(file)
        page.get_by_role("button", name="Xem trước").click()
        page.get_by_text(waits).wait_for()
        is_clean(page)
    page.get_by_role("button", name="Lưu tất cả").click()
    page.goto(f"{site}/don-vi?tim=truong+a")
    page.get_by_role("link", name="Trường A", exact=True).wait_for()
