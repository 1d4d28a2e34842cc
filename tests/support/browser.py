"""A real browser for tests: Debian's Chromium, driven by Playwright, with axe-core for accessibility."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.missing import missing

if TYPE_CHECKING:  # the driver takes a while to import; a run without browser tests never pays for it
    from playwright.sync_api import Browser, Locator, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"

PATIENCE = 60_000
"""Milliseconds after which a page will not come any more; a busy machine takes its time."""

HIDDEN_UNTIL_READY = """
new MutationObserver((_, watch) => {
  if (!document.documentElement) return;
  watch.disconnect();
  if (document.readyState !== "loading") return;
  document.documentElement.style.visibility = "hidden";
  window.addEventListener("DOMContentLoaded", () => document.documentElement.style.removeProperty("visibility"));
}).observe(document, { childList: true });
"""
"""Nothing on a page can be clicked or filled before its scripts have run: Playwright waits for what is hidden.

A test types within a millisecond of the form's arrival, long before any person could. The window hears of the event
after every script that waits for it at the document, and before `load`: a key pressed after that finds the page.
"""

QUIET = [
    "--no-sandbox",  # a container runs the tests as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """One browser for a file of tests.

    Not for the whole run: while it lives, Playwright holds this thread's event loop, and asyncio.run fails.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("browser", "chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    try:
        playwright = sync_playwright().start()
    except Exception as error:  # noqa: BLE001  what Playwright raises where its driver cannot run
        missing("browser", f"Playwright's driver does not start (apt-get install libatomic1): {error}")
    started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
    yield started
    started.close()
    playwright.stop()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A page 1280 pixels wide, Vietnamese, in the office's zone; a script error fails the test."""
    errors: list[str] = []
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(HIDDEN_UNTIL_READY)
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors, f"scripts on the page failed: {errors}"


def expect(seen: "Locator") -> Any:
    """What a page shows, waited for: a question asked at once may meet half a page."""
    from playwright.sync_api import expect as soon

    soon.set_options(timeout=PATIENCE)
    return soon(seen)


def accessibility_faults(page: "Page") -> list[str]:
    """What axe-core finds on the page as it stands, light and dark, one line a fault."""
    page.wait_for_load_state()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run().then(result => result.violations)")
        faults += [f"{scheme} {fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]
    return faults
