"""The ledger's pages in a real browser: nothing axe finds fault with, nothing wider than a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.support.browser import expect
from tests.support.looking import is_clean, signs_in
from tests.support.makers import an_office
from tests.support.packs import PACK
from tests.support.served import served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def site(sqlite: Database, tmp_path: Path, moment: Moment) -> Iterator[str]:
    an_office(sqlite)
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    works = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    works.db.dispose()
    works.db = sqlite
    moment.is_on(9)
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


def fills(page: "Page", **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"#{name}").fill(value)


def test_a_target_with_its_chart_a_list_a_statement_and_a_board(page: "Page", site: str) -> None:
    signs_in(page, site, "mai")
    page.get_by_role("link", name="Chỉ tiêu").click()
    is_clean(page)
    page.get_by_role("link", name="Thêm chỉ tiêu").click()
    is_clean(page)
    fills(
        page, ten="Học sinh học bơi", don_vi_tinh="học sinh", muc="3.000", tu="01/01/2023", den="31/12/2023"
    )
    page.locator("#kieu").select_option("cumulative")
    page.get_by_role("button", name="Vào sổ").click()
    for month, figure in (("2023-01", "200"), ("2023-02", "260")):
        expect(page.get_by_text("Nhập một số liệu")).to_be_visible()
        if not page.locator("#ky").is_visible():
            page.get_by_text("Nhập một số liệu").click()
        fills(page, ky=month, so=figure, trong_do=f"tiểu học: {figure}", nguon="BC 4")
        page.get_by_role("button", name="Ghi vào sổ").click()
    page.locator("figure svg").wait_for()
    expect(page.locator("main")).to_contain_text("với tốc độ này")
    is_clean(page)

    page.goto(f"{site}/theo-doi")
    fills(page, ten="Dưới 75 %", vao="report.cashless / report.parents < 75%", ra="report.cashless > 0")
    page.locator("#bo").select_option("thu-hoc")
    page.get_by_role("button", name="Lập danh sách").click()
    is_clean(page)

    page.goto(f"{site}/cam-ket/tong-hop")
    fills(page, ten="Không để xảy ra lạm thu")
    page.get_by_role("button", name="Thêm", exact=True).click()
    is_clean(page)

    page.goto(f"{site}/thi-dua")
    fills(page, ten="Giáo dục tiểu học\nThể thao")
    page.get_by_role("button", name="Lưu").click()
    is_clean(page)

    signs_in(page, site, "binh")
    page.get_by_role("link", name="Cam kết").click()
    is_clean(page)
    page.get_by_label("Số vụ trong kỳ").fill("0")
    page.get_by_role("button", name="Tôi, thủ trưởng đơn vị, ký xác nhận").click()
    page.get_by_text("Đã cam kết: không có vụ nào.").wait_for()
    is_clean(page)
