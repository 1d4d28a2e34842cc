"""Photograph every page each reader can come to: `python -m tools.photographs [folder] [--dark]`.

The sample office with a quarter of its life behind it and a directive still to be reviewed. Each reader follows the
links from the page where they begin; of pages of one kind the first few are taken, at a desk and on a phone.
Tells which pages are wider than the screen, have accessibility faults, or did not answer with a page.
"""

import shutil
import sys
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import urlsplit

from fastapi import FastAPI
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from starlette.routing import Match

from actions.changes import By
from flows.embedded import Clock
from flows.schedule import TABLE
from intake.office_folder import load_office_folder
from runtime.directives import take_in_text
from runtime.installing import SAMPLE, SAMPLE_PASSWORD, install_folder
from runtime.replay import Play, replay
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.unit_script import load_script
from runtime.works import Works
from tests.support.browser import QUIET, accessibility_faults
from tests.support.looking import signs_in
from tests.support.served import served
from tests.support.smtp import listening
from tests.web.test_rights import routes
from tools.tour import HANOI, SIZES
from web.app import create_app

READERS = ("van-thu", "hieu-truong", "lanh-dao", "vhxh-tp", "quan-tri")
"""Clerk, head of a school, leader, head of a department who inspects, administrator."""
FIRST, LAST = date(2026, 11, 2), date(2027, 1, 20)
NOW = datetime(2027, 1, 20, 9, 30, tzinfo=HANOI)
OF_A_KIND = 2
Scheme = Literal["light", "dark"]
TALL = 2600  # pixels: what is further down is more of the same


@contextmanager
def lived_in_office() -> Iterator[Works]:
    with TemporaryDirectory() as home, listening() as smtp:
        office, text = load_office_folder(SAMPLE), (SAMPLE / "directive.txt").read_text(encoding="utf-8")
        settings = Settings(home=Path(home), port=free_port(), smtp_host=smtp.host, smtp_port=smtp.port)
        works = replace(Works.of(settings), extra_packs=tuple(office.packs))
        replay(works, TABLE, Play(office, load_script(SAMPLE), text, "directive.txt", FIRST, LAST, 1))
        install_folder(works, SAMPLE, password=SAMPLE_PASSWORD)
        by = By("van-thu", NOW)
        Clock(works).tick_at(NOW)
        take_in_text(works, text.replace("112/KH", "118/KH"), "118-KH-UBND.txt", by, office.policy)
        yield works
        works.db.dispose()


class Photographer:
    def __init__(self, page: Page, site: str, app: FastAPI, folder: Path, scheme: Scheme) -> None:
        self.page, self.site, self.app, self.folder, self.scheme = page, site, app, folder, scheme
        self.wrong: list[str] = []
        self.checked = set[str]()

    def follows(self, reader: str) -> None:
        """Every kind of page the reader can come to by links."""
        signs_in(self.page, self.site, reader, SAMPLE_PASSWORD)
        seen, taken = set[str](), Counter[str]()
        ways = deque([urlsplit(self.page.url).path])
        while ways:
            way = ways.popleft()
            kind = self.kind(way)
            if way in seen or taken[kind] >= OF_A_KIND or not kind:
                continue
            seen.add(way)
            taken[kind] += 1
            if self.opens(way):
                self.checks(kind)
                self.takes(f"{reader}{kind.replace('/', '-')}-{taken[kind]}")
                links = self.page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.href)")
                ways.extend(urlsplit(link).path for link in links)

    def kind(self, path: str) -> str:
        """The route's pattern; nothing for what is no page of ours."""
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        for route in routes(self.app.routes):
            if route.matches(scope)[0] is Match.FULL:
                return str(getattr(route, "path_format", ""))
        return ""

    def opens(self, way: str) -> bool:
        try:
            answer = self.page.goto(self.site + way)
        except Exception:  # noqa: BLE001  a file that is downloaded is no page
            return False
        if answer is None or not answer.ok:
            self.wrong.append(f"{way}: {answer and answer.status}")
        return "text/html" in (answer.headers.get("content-type", "") if answer else "")

    def checks(self, kind: str) -> None:
        """Once for a kind of page: it takes longer than all pictures of it."""
        if kind not in self.checked:
            self.checked.add(kind)
            self.wrong += [f"{self.page.url}: {fault}" for fault in accessibility_faults(self.page)]

    def takes(self, name: str) -> None:
        self.page.emulate_media(color_scheme=self.scheme)
        for suffix, size in SIZES.items():
            self.page.set_viewport_size(size)
            self.page.evaluate("document.fonts.ready")
            wide, tall = self.page.evaluate(
                "(e => [e.scrollWidth - e.clientWidth, e.scrollHeight])(document.documentElement)"
            )
            if wide > 0:
                self.wrong.append(f"{self.page.url}: {wide} pixels wider than {size['width']}")
            path = self.folder / f"{name}{suffix}.png"
            clip = {"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALL)}
            self.page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]
            Image.open(path).quantize(64).save(path, optimize=True)


def main(folder: Path, scheme: Scheme) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed (apt-get install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    with lived_in_office() as works, sync_playwright() as playwright:
        app = create_app(works, lambda: NOW)
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        with served(app, works.settings.port) as site:
            page = browser.new_page(locale="vi-VN")
            photographer = Photographer(page, site, app, folder, scheme)
            for reader in READERS:
                photographer.follows(reader)
        browser.close()
    print("\n".join(photographer.wrong) or "nothing is wrong")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--dark"]
    main(Path(words[0] if words else "var/photographs"), "dark" if "--dark" in sys.argv else "light")
