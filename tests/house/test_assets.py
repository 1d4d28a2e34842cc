"""What set-up brings from npm is whole, is ours to use, and stays out of the repository."""

import subprocess
from itertools import product
from pathlib import Path
from unicodedata import normalize

import pytest
from fontTools.ttLib import TTFont

from tests.support.tree import ROOT
from tools.assets import STACK, without_licensed_parts

VENDOR = ROOT / "web" / "static" / "vendor"
FONTS = ROOT / "reports" / "fonts"

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưy"
LETTERS = {normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)} | {"đ"}
WRITTEN = LETTERS | {letter.upper() for letter in LETTERS} | set("–—“”‘’…•§°₫%/0123456789")


def missing(*files: Path) -> set[str]:
    """What office prose writes that none of these font files can show."""
    shown = {chr(code) for file in files for code in TTFont(file).getBestCmap()}
    return WRITTEN - shown


@pytest.mark.parametrize("face", ["Regular", "Italic", "Bold", "BoldItalic"])
def test_a_document_face_has_every_vietnamese_letter(face: str) -> None:
    assert missing(FONTS / f"Tinos-{face}.ttf") == set()


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_a_page_face_has_every_vietnamese_letter(weight: int) -> None:
    assert missing(*VENDOR.glob(f"be-vietnam-pro-*-{weight}-normal.woff2")) == set()


def test_the_page_stylesheet_names_files_that_are_there() -> None:
    css = (VENDOR / "be-vietnam-pro.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(")[1:]}
    assert named == {path.name for path in VENDOR.glob("*.woff2")}


def test_the_stylesheet_comes_without_what_is_licensed_to_gov_uk_alone() -> None:
    css = (VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in css
    assert "url(" not in css
    assert STACK in css


def test_a_stylesheet_that_names_them_in_a_new_way_stops_the_set_up() -> None:
    with pytest.raises(ValueError, match="GDS Transport"):
        without_licensed_parts('body{font-family:"GDS Transport",serif}')


@pytest.mark.parametrize("folder", ["web/static/vendor", "reports/fonts", "node_modules", ".venv", ".tools"])
def test_what_set_up_brings_is_ignored_by_git(folder: str) -> None:
    assert subprocess.run(["git", "check-ignore", "--quiet", f"{folder}/x"], cwd=ROOT).returncode == 0
