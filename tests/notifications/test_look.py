"""Letters as a browser draws them: on a telephone, in light and dark, readable for everybody."""

from typing import TYPE_CHECKING

import pytest

from notifications.render import render
from tests.support.browser import accessibility_faults
from tests.support.letters import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize(
    "name", ["reminder-three", "overdue", "digest-forty", "returned", "explanation", "awaited"]
)
def test_a_letter_fits_a_telephone_and_is_readable_in_light_and_dark(page: "Page", name: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.set_content(render(SAMPLES[name]).html)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # A letter has no landmarks: mail programs show it inside a page of their own.
    faults = [
        fault
        for fault in accessibility_faults(page)
        if not fault.partition(" ")[2].startswith(("region:", "landmark-"))
    ]
    assert faults == []


def test_dark_mode_changes_the_page_and_the_words(page: "Page") -> None:
    page.set_content(render(SAMPLES["overdue"]).html)

    def colours() -> list[str]:
        found: list[str] = page.evaluate(
            "['.card', '.ink', '.late', '.button a'].map(one => {"
            " const style = getComputedStyle(document.querySelector(one));"
            " return one === '.card' ? style.backgroundColor : style.color })"
        )
        return found

    light = colours()
    page.emulate_media(color_scheme="dark")
    assert all(one != other for one, other in zip(light, colours(), strict=True))
