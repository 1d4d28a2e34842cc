"""Take the README's tour on the sample office and photograph it: `python -m tools.tour [folder]`.

Real pages, a real browser, a real mail server on this machine; the time is November 2026. Nothing is fetched.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from actions.changes import By
from flows.embedded import Clock
from runtime.directives import take_in_file
from runtime.installing import SAMPLE, SAMPLE_PASSWORD, install_folder
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from tests.support.looking import signs_in
from tests.support.served import served
from tests.support.smtp import Sink, listening
from web.app import create_app

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SIZES: dict[str, ViewportSize] = {"": {"width": 1280, "height": 900}, "-phone": {"width": 390, "height": 844}}
WRONG = {"hoc_sinh": "412", "hai_buoi": "999", "phu_huynh": "400", "khong_tien_mat": "360", "su_co": "0"}


class Tour:
    def __init__(self, page: Page, site: str, works: Works, folder: Path) -> None:
        self.page, self.site, self.works, self.folder = page, site, works, folder
        self.now = datetime(2026, 11, 2, 9, tzinfo=HANOI)

    def clock(self) -> datetime:
        return self.now

    def goes_to(self, day: int, hour: int = 9) -> None:
        """Move to that hour of November 2026; the clock does what is due."""
        self.now = self.now.replace(day=day, hour=hour, minute=5)
        with ThreadPoolExecutor(1) as pool:  # the browser holds this thread's event loop
            pool.submit(Clock(self.works).tick_at, self.now).result()

    def signs_in(self, code: str) -> None:
        signs_in(self.page, self.site, code, SAMPLE_PASSWORD)

    def decides_the_rest(self) -> None:
        """What the text leaves open: the first proposal of each gap."""
        waiting = self.page.locator("[data-waits]")
        while left := waiting.count():
            waiting.first.locator("input[type=radio]").first.check()
            waiting.first.get_by_role("button", name="Duyệt").click()
            self.page.wait_for_function("n => document.querySelectorAll('[data-waits]').length < n", arg=left)

    def picture(self, name: str) -> None:
        """The page as it stands, at a desk and on a phone."""
        for suffix, size in SIZES.items():
            self.page.set_viewport_size(size)
            self.page.evaluate("Promise.all([...document.fonts].map(one => one.load()))")
            path = self.folder / f"tour-{name}{suffix}.png"
            self.page.screenshot(path=path)
            Image.open(path).quantize(64).save(path, optimize=True)
            print(path)
        self.page.set_viewport_size(SIZES[""])


def take(tour: Tour) -> None:
    page = tour.page
    tour.goes_to(2)
    tour.signs_in("van-thu")
    page.get_by_role("link", name="112/KH-UBND", exact=True).click()
    tour.picture("1-review")
    page.get_by_role("button", name="đã đủ thông tin").click()
    tour.decides_the_rest()
    page.get_by_role("link", name="Xem trước và giao").click()
    page.get_by_role("button", name="Giao việc").click()
    page.wait_for_load_state()
    tour.goes_to(3, hour=0)
    tour.goes_to(10, hour=8)

    tour.signs_in("hieu-truong")
    tour.picture("2-my-work")
    page.get_by_role("link", name="báo cáo kết quả").first.click()
    for code, typed in WRONG.items():
        page.locator(f"input[name$='{code}']").fill(typed)
    page.get_by_role("button", name="Nộp").click()
    page.wait_for_load_state()
    tour.picture("3-returned")

    for day in (11, 13, 16, 18):
        tour.goes_to(day, hour=8)
    tour.signs_in("lanh-dao")
    tour.picture("4-leader")
    tour.signs_in("van-thu")
    page.goto(f"{tour.site}/van-phong")
    tour.picture("5-board")


@contextmanager
def sample_office(smtp: Sink) -> Iterator[Works]:
    with tempfile.TemporaryDirectory() as home:
        works = Works.of(
            Settings(home=Path(home), port=free_port(), smtp_host=smtp.host, smtp_port=smtp.port)
        )
        install_folder(works, SAMPLE, password=SAMPLE_PASSWORD)
        by = By("van-thu", datetime(2026, 11, 2, 8, tzinfo=HANOI))
        take_in_file(works, SAMPLE / "directive.txt", by)
        yield works
        works.db.dispose()


def main(folder: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed (apt-get install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    with listening() as smtp, sample_office(smtp) as works, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tour = Tour(browser.new_page(viewport={"width": 1280, "height": 900}), "", works, folder)
        with served(create_app(works, tour.clock), works.settings.port) as tour.site:
            take(tour)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
