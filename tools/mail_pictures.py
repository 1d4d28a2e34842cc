"""Draw the sample letters as pictures for the docs: `python -m tools.mail_pictures [folder]`.

A telephone is 390 pixels wide, a reading pane 700; on the telephone a few are drawn in the dark too. Needs Debian's
Chromium; nothing is fetched.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from notifications.render import render
from tests.support.letters import SAMPLES

WIDTHS = (390, 700)
DARK = ("overdue", "digest-one")
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


def draw(folder: Path) -> list[Path]:
    """Write one PNG for each sample and width; returns their paths."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed (apt-get install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 400})
            for name, letter in SAMPLES.items():
                page.set_content(render(letter).html)
                drawn.append(shot(page, folder / f"letter-{name}-{width}.png"))
                if name in DARK and width == WIDTHS[0]:
                    page.emulate_media(color_scheme="dark")
                    drawn.append(shot(page, folder / f"letter-{name}-dark.png"))
                    page.emulate_media(color_scheme="light")
        browser.close()
    return drawn


def shot(page: Page, path: Path) -> Path:
    page.screenshot(path=path, full_page=True)
    Image.open(path).quantize(64).save(path, optimize=True)  # a few colours: a third of the size
    return path


if __name__ == "__main__":
    for path in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(path)
