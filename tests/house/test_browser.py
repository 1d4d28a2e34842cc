"""The browser helpers find what they are for."""

from typing import TYPE_CHECKING

from tests.support.browser import accessibility_faults

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_an_inaccessible_page_is_found_out(page: "Page") -> None:
    page.set_content("<html lang=vi><title>Việc</title><main><h1>Việc</h1><input></main></html>")
    assert [fault.split(":")[0] for fault in accessibility_faults(page)] == ["dark label", "light label"]
