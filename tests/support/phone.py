"""An inspector's phone: a browser with a folder of its own, which can be closed, opened again and cut off."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.browser import PATIENCE, QUIET
from tests.support.makers import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


class Phone:
    """`errors` are what scripts failed of; a test ends by finding none."""

    def __init__(self, browser: "Browser", folder: Path, site: str) -> None:
        self.browser, self.folder, self.site = browser, folder, site
        self.errors: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.on()

    def on(self, *, offline: bool = False) -> "Page":
        self.context = self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=shutil.which("chromium"), args=QUIET, offline=offline,
            viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True,
            locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh",
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        return self.page

    def off(self) -> None:
        self.context.close()

    def network(self, there: bool) -> None:
        self.context.set_offline(not there)

    def signs_in(self, code: str, then: str = "/kiem-tra") -> None:
        self.page.goto(f"{self.site}/dang-nhap?next={then}")
        self.page.get_by_label("Mã người dùng hoặc thư điện tử").fill(code)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        self.page.wait_for_url(f"**{then}")

    def installed(self) -> None:
        """Wait until the phone has the app itself: from here on no network is needed."""
        self.page.evaluate("navigator.serviceWorker.ready")

    def says(self, words: str) -> None:
        """Wait until the line at the top says so."""
        self.page.locator(".kt-line", has_text=words).wait_for()

    def card(self, item: str) -> Any:
        return self.page.locator(f"#muc-{item}")

    def answers(self, item: str, label: str) -> None:
        self.card(item).get_by_label(label, exact=True).check()

    def takes_photo(self, item: str, name: str, data: bytes) -> None:
        strip = self.card(item).locator(".kt-photos canvas")
        before = strip.count()
        self.card(item).locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "image/jpeg", "buffer": data}
        )
        strip.nth(before).wait_for()

    def waiting(self) -> dict[str, int]:
        """How much this phone keeps that the server has not acknowledged."""
        return dict(
            self.page.evaluate(
                """async () => {
                  const { openDb } = await import("/static/inspector/db.js");
                  const db = openDb();
                  return {
                    events: await db.outbox.count(),
                    photos: await db.photos.where({ sent: 0 }).count(),
                  };
                }"""
            )
        )

    def until(self, done: Callable[[], bool], what: str) -> None:
        for _ in range(PATIENCE // 100):
            if done():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"did not come: {what}")
