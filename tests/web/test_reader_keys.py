"""A unit's day and a leader's day with the keyboard alone, in a real browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from tests.support.makers import BEGAN, PASSWORD, Sample, an_issued_duty, monthly_terms, open_all
from tests.support.packs import PACK
from tests.support.visits import Moment

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAYS = """() => {
  const on = document.activeElement;
  return [on.labels?.[0]?.innerText, on.innerText, on.closest("form")?.innerText].find(Boolean) ?? "";
}"""
FAR = 40


@pytest.fixture
def works(sqlite: Database, office: Sample, tmp_path: Path) -> Works:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    made.db.dispose()
    made.db = sqlite
    an_issued_duty(sqlite, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    open_all(sqlite, BEGAN)
    return made


def goes_to(page: "Page", words: str) -> None:
    """Tab by tab, until what has the focus says these words."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if words in page.evaluate(SAYS):
            return
    raise AssertionError(f"no way to “{words}” by the keyboard on {page.url}")


def fills(page: "Page", words: str, typed: str) -> None:
    goes_to(page, words)
    page.keyboard.press("Control+A")
    page.keyboard.type(typed)


def enters(page: "Page", words: str) -> None:
    """Go to a link or a button and press Enter, then wait for the page it leads to."""
    goes_to(page, words)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def signs_in(page: "Page", site: str, code: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/dang-nhap")
    fills(page, "Mã người dùng", code)
    fills(page, "Mật khẩu", PASSWORD)
    enters(page, "Đăng nhập")


def test_a_unit_hands_in_corrects_and_asks_for_time_with_the_keyboard_alone(
    page: "Page", site: str, moment: Moment
) -> None:
    moment.is_on(9)
    signs_in(page, site, "binh")
    page.get_by_text("Hôm nay không có việc đến hạn; gần nhất là thứ Ba, 14/02/2023.").wait_for()
    page.reload()  # the focus back at the top
    goes_to(page, "Đến nội dung chính")  # past the rooms
    page.keyboard.press("Enter")
    enters(page, "Báo cáo tháng")
    fills(page, "Số cha mẹ nộp", "1200")
    fills(page, "Trong đó không dùng tiền mặt", "1300")
    page.keyboard.press("Enter")  # in a field it only tells what the rules will say
    page.get_by_text("Sẽ không đạt").wait_for()
    enters(page, "Nộp")
    page.get_by_role("heading", name="Bị trả lại").wait_for()
    fills(page, "Trong đó không dùng tiền mặt", "1100")
    enters(page, "Nộp")
    page.get_by_role("heading", name="Đã hoàn thành").wait_for()


def test_a_leader_grants_time_demands_an_explanation_and_follows_with_the_keyboard_alone(
    page: "Page", site: str, moment: Moment
) -> None:
    moment.is_on(9)
    signs_in(page, site, "ha")
    enters(page, "Báo cáo tháng")
    goes_to(page, "Xin gia hạn")
    page.keyboard.press("Enter")
    goes_to(page, "Xin đến hết ngày")
    page.keyboard.type("03/03/2023")
    fills(page, "Vì sao?", "Trường đang thi")
    enters(page, "Gửi đề nghị")

    moment.is_on(20)
    signs_in(page, site, "dung")
    enters(page, "Đồng ý")
    page.get_by_text("Trường đang thi").first.wait_for()
    page.goto(f"{site}/lanh-dao")
    enters(page, "Trường Tiểu học Hoa Sen")
    enters(page, "Báo cáo tháng")
    enters(page, "Theo dõi việc này")
    enters(page, "Gửi yêu cầu")
    page.get_by_text("Vì sao việc quá hạn? Bao giờ xong?").first.wait_for()
