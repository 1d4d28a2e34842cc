"""The theme of a school year (chủ đề năm học) worded differently in documents of one office (mechanism 101).

A check over a set of documents: one alone cannot show it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.draft import LintFinding
from intake.text import Source

THEME = "chủ đề"
"""What every text says that names a theme: the others need not be looked at."""

_THEME = re.compile(
    r"chủ đề\s+(?P<of>[^“\"”.;:]{0,60}?)\s*(?:\blà\b|:)?\s*[“\"](?P<words>[^“”\"]{10,300})[”\"]"
)
_YEAR = re.compile(r"năm học\s+(\d{4})\s*[-–]\s*(\d{4})")
_OF_ALL = re.compile(
    r"năm học\s+\d{4}|ngành|năm\s+\d{4}"
)  # not the theme of a lesson or of one kind of school


@dataclass(frozen=True)
class Theme:
    """The theme a document names for a school year ("2022-2023"), with its place."""

    year: str
    words: str
    start: int
    end: int


def themes_of(text: str) -> Iterator[Theme]:
    """The themes a text names; the year is said with the theme, else the last one said before it."""
    source = Source(text)
    for found in _THEME.finditer(source.flat):
        said = list(_YEAR.finditer(source.flat, 0, found.end("of")))
        if said and _OF_ALL.search(found["of"]):
            year = f"{said[-1][1]}-{said[-1][2]}"
            yield Theme(
                year, source.say(*found.span("words")).strip(" .,;"), found.start("words"), found.end("words")
            )


def differing(texts: Mapping[str, str]) -> dict[str, tuple[LintFinding, ...]]:
    """For each document, by its name, its themes that an earlier one of `texts` words otherwise."""
    first: dict[str, tuple[str, str]] = {}  # year → the document that named it first and its words
    found: dict[str, tuple[LintFinding, ...]] = {}
    for name, text in texts.items():
        doubts = []
        for theme in themes_of(text):
            where, words = first.setdefault(theme.year, (name, theme.words))
            if _bare(words) != _bare(theme.words):
                message = (
                    f"Chủ đề năm học {theme.year} ghi “{theme.words}”, khác với “{words}” trong {where}."
                )
                doubts.append(
                    LintFinding(rule="theme-of-year", start=theme.start, end=theme.end, message=message)
                )
        found[name] = tuple(doubts)
    return found


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", Source(words).folded))
