"""By hand, in a real browser: two rules are written on the page, tried on last month, published; a unit is told why."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actions.changes import By
from actions.hand_in import hand_in
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.support.browser import PATIENCE, expect
from tests.support.looking import is_clean, signs_in
from tests.support.makers import (
    BEGAN,
    Sample,
    an_issued_duty,
    an_office,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.packs import PACK
from tests.support.served import served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LAST_MONTH = {"hoa-sen": (560, 412), "song-xanh": (300, 270), "anh-duong": (80, 79)}
"""Parents, and those who paid without cash, in February."""


@pytest.fixture
def office(sqlite: Database) -> Sample:
    return an_office(sqlite)


@pytest.fixture
def works(sqlite: Database, office: Sample, tmp_path: Path) -> Works:
    """Hoa Sen and Sông Xanh are public, Ánh Dương private; February is reported, March is owed."""
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    made.db.dispose()
    made.db = sqlite
    an_issued_duty(sqlite, monthly_terms(tuple(LAST_MONTH), pack="thu-hoc"))
    open_all(sqlite, BEGAN)
    for unit, (parents, cashless) in LAST_MONTH.items():
        owed = the_assignment(sqlite, office.units[unit], "2023-02")
        with sqlite.transaction() as session:
            figures = {"parents": parents, "cashless": cashless}
            hand_in(session, owed, figures=figures, by=By(unit, BEGAN), key=unit)
    open_all(sqlite, BEGAN.replace(month=3))
    return made


@pytest.fixture
def site(works: Works, moment: Moment) -> Iterator[str]:
    moment.is_on(9, month=3)
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


def writes(page: "Page", title: str, ownership: str, share: str) -> None:
    """The rule's form, by its rows only."""
    page.get_by_label("Tên quy tắc").fill(title)
    page.get_by_label("Điều khoản").fill("Mục II.3")
    scope, check = page.locator("#pham_vi-hang"), page.locator("#dieu_kien-hang")
    scope.get_by_label("Số liệu").select_option("unit.ownership")
    scope.get_by_label("Quan hệ").select_option("==")
    scope.get_by_label("Giá trị").fill(ownership)
    check.get_by_label("Số liệu").select_option("report.cashless")
    check.get_by_label("Chia cho").select_option("report.parents")
    check.get_by_label("Giá trị").fill(share)


def test_eighty_per_cent_of_public_and_all_of_high_quality_schools(page: "Page", site: str) -> None:
    signs_in(page, site, "mai")
    page.get_by_role("link", name="Quy tắc").click()
    is_clean(page)
    page.get_by_role("link", name="Viết quy tắc mới cho Báo cáo thu học phí").click()
    is_clean(page)

    # The text follows the rows, the rows follow the text, a slip is told where it stands.
    writes(page, "Trường công lập có ít nhất 80 % nộp không tiền mặt", "public", "80%")
    text = page.locator("#dieu_kien")
    expect(text).to_have_value("report.cashless / report.parents >= 80%")
    text.fill("report.cashless / report.parent >= 80%")
    expect(page.locator("#dieu_kien-loi")).to_contain_text("dòng 1, cột 19: không có 'report.parent'")
    is_clean(page)
    text.fill("report.cashless / report.parents >= 85%")
    expect(page.locator("#dieu_kien-hang").get_by_label("Giá trị")).to_have_value("85 %")
    page.locator("#dieu_kien-hang").get_by_label("Giá trị").fill("80 %")
    expect(text).to_have_value("report.cashless / report.parents >= 80%")

    # Last month: one public school short, one enough; the private school is not asked.
    page.get_by_role("button", name="Thử trên kỳ này").click()
    tried = page.locator(".dd-rule__tried")
    expect(tried).to_contain_text("1 đạt, 1 không đạt")
    expect(tried).to_contain_text("412 / 560 = 73,6 % < 80 %, vì loại hình = 'public'")
    is_clean(page)
    page.get_by_role("button", name="Công bố").click()
    page.get_by_role("heading", name="Trường công lập có ít nhất 80 %").wait_for()
    expect(page.locator("main")).to_contain_text("phiên bản 1")
    is_clean(page)

    page.get_by_role("link", name="Mọi quy tắc").click()
    page.get_by_role("link", name="Viết quy tắc mới cho Báo cáo thu học phí").click()
    writes(page, "Trường tư thục có 100 % nộp không tiền mặt", "private", "100%")
    expect(page.locator("#dieu_kien")).to_have_value("report.cashless / report.parents >= 100%")
    page.get_by_role("button", name="Thử trên kỳ này").click()
    expect(page.locator(".dd-rule__tried")).to_contain_text("79 / 80")
    page.get_by_role("button", name="Công bố").click()
    page.get_by_role("heading", name="Trường tư thục có 100 %").wait_for()

    # Bình is told before he sends, figure by figure, and again after.
    signs_in(page, site, "binh")
    page.get_by_role("link", name="Báo cáo tháng").first.click()
    page.get_by_label("Số cha mẹ nộp").fill("500")
    page.get_by_label("Trong đó không dùng tiền mặt").fill("350")
    foreseen = page.locator("#xem-truoc")
    expect(foreseen).to_contain_text("1 không đạt")
    expect(foreseen).to_contain_text("350 / 500 = 70 % < 80 %")
    expect(foreseen).to_contain_text("Quy tắc áp dụng vì")
    is_clean(page)
    page.get_by_role("button", name="Nộp", exact=True).click()
    verdict = page.locator(".dd-verdict").first
    expect(verdict).to_contain_text("350 / 500 = 70 % < 80 %, vì loại hình = 'public'")
    expect(verdict).to_contain_text(re.compile("Mục II.3"))
    expect(page.locator("main")).not_to_contain_text("Trường tư thục")
    is_clean(page)


def test_figures_typed_before_the_scripts_came_are_judged_too(browser: "Browser", site: str) -> None:
    """A phone on a slow line: the form stands there, the scripts are still on their way."""
    page = browser.new_context(locale="vi-VN").new_page()
    page.set_default_timeout(PATIENCE)
    signs_in(page, site, "binh")
    address = page.get_by_role("link", name="Báo cáo tháng").first.get_attribute("href")
    held: list[Route] = []
    page.route("**/htmx.min.js", lambda route: held.append(route))
    page.goto(f"{site}{address}", wait_until="commit")
    page.get_by_label("Số cha mẹ nộp").fill("500")
    page.get_by_label("Trong đó không dùng tiền mặt").fill("350")
    assert page.evaluate("typeof htmx") == "undefined"
    held[0].continue_()
    expect(page.locator("#xem-truoc")).to_contain_text("Nếu nộp bây giờ")
    page.context.close()
