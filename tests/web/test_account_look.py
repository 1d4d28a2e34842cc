"""One's own pages in a real browser: nothing axe finds fault with, nothing wider than a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.unit import Role
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.support.looking import is_clean, signs_in
from tests.support.makers import a_person, an_office
from tests.support.served import served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def site(sqlite: Database, tmp_path: Path, moment: Moment) -> Iterator[str]:
    office = an_office(sqlite)
    a_person(sqlite, "lan", "Vũ Thị Lan", office.units["hoa-sen"], Role.OFFICER)
    a_person(sqlite, "quan", "Lý Minh Quân", office.units["pgd"], Role.ADMIN)
    works = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    works.db.dispose()
    works.db = sqlite
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


def test_a_head_gets_a_calendar_and_delegates_a_colleague(page: "Page", site: str) -> None:
    for path in ("/dang-nhap", "/dang-nhap/qua-thu", "/dang-nhap/lien-ket/x"):
        page.goto(f"{site}{path}")
        is_clean(page)
    signs_in(page, site, "binh")
    page.get_by_role("link", name="Nguyễn Văn Bình").click()
    is_clean(page)
    page.get_by_label("Dùng cho việc gì").fill("lịch trên điện thoại")
    page.get_by_label("Lịch hạn việc (chỉ xem)").check()
    page.get_by_role("button", name="Tạo").click()
    link = page.locator(".dd-key").text_content() or ""
    is_clean(page)
    assert page.request.get(link.strip()).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name="Ủy quyền cho người khác làm thay").click()
    page.get_by_role("button", name="Ủy quyền").click()
    page.get_by_role("alert").wait_for()
    is_clean(page)
    page.get_by_label("Người làm thay").select_option(label="Vũ Thị Lan")
    page.get_by_label("Từ ngày").fill("2023-02-05")
    page.get_by_label("Đến hết ngày").fill("2023-02-10")
    page.get_by_label("Căn cứ hoặc lý do").fill("đi công tác")
    page.get_by_role("button", name="Ủy quyền").click()
    page.get_by_role("button", name="Hủy").wait_for()
    is_clean(page)


def test_an_administrator_sees_settings_and_no_content(page: "Page", site: str) -> None:
    signs_in(page, site, "quan")
    page.get_by_role("link", name="Cài đặt đang dùng").click()
    is_clean(page)
    assert page.goto(f"{site}/van-phong").status == 404  # type: ignore[union-attr]
