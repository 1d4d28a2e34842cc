"""Looking at a page as its reader does: signed in, at a desk and on a phone, in the light and in the dark."""

from typing import TYPE_CHECKING

from tests.support.browser import accessibility_faults
from tests.support.makers import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page


def signs_in(page: "Page", site: str, code: str, password: str = PASSWORD) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/dang-nhap")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill(code)
    page.get_by_label("Mật khẩu").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Đăng nhập").click()


def is_clean(page: "Page") -> None:
    """No accessibility fault, and nothing wider than a phone."""
    faults = accessibility_faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert (faults, beyond) == ([], 0), page.url
