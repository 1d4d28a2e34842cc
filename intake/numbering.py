"""The numbers Word writes before paragraphs by itself (ISO/IEC 29500, w:numbering): "II.", "3.", "a)"."""

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdeghiklmnopqrstuvxy"  # the order of items in Vietnamese documents: no f, j, w, z


class Numbering:
    """Counts the numbered paragraphs of one document in order."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[
            tuple[str, int], tuple[str, str, int]
        ] = {}  # (abstract, level) → format, text, start
        self.abstract: dict[str, str] = {}  # num id → abstract id
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            for level in abstract.findall(qn("w:lvl")):
                self._level(abstract.get(qn("w:abstractNumId")), level)
        for num in root.findall(qn("w:num")):
            target = num.find(qn("w:abstractNumId"))
            self.abstract[num.get(qn("w:numId"))] = target.get(qn("w:val")) if target is not None else ""

    def _level(self, abstract: str, level: Any) -> None:
        def value(tag: str, default: str) -> str:
            found = level.find(qn(tag))
            return default if found is None else found.get(qn("w:val")) or default

        index = int(level.get(qn("w:ilvl")) or 0)
        start = value("w:start", "1")
        self.levels[abstract, index] = (
            value("w:numFmt", "decimal"),
            value("w:lvlText", ""),
            int(start) if start.isdigit() else 1,
        )

    def label(self, paragraph: Paragraph) -> str:
        """The number before this paragraph with a space after it; "" where Word writes none."""
        number = _number_of(paragraph)
        if number is None or number[0] not in self.abstract:
            return ""
        abstract, level = self.abstract[number[0]], number[1]
        if (abstract, level) not in self.levels:
            return ""
        counts = self.counts[abstract]
        start = self.levels[abstract, level][2]
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (8 - level)
        kind, text, _ = self.levels[abstract, level]
        if kind == "bullet":
            return "- "
        return re.sub(r"%(\d)", lambda m: self._shown(abstract, int(m.group(1)) - 1, counts), text) + " "

    def _shown(self, abstract: str, level: int, counts: list[int]) -> str:
        kind, _, start = self.levels.get((abstract, level), ("decimal", "", 1))
        count = counts[level] or start
        if kind in ("lowerRoman", "upperRoman"):
            return _roman(count) if kind == "lowerRoman" else _roman(count).upper()
        if kind in ("lowerLetter", "upperLetter") and count <= len(_LETTERS):
            letter = _LETTERS[count - 1]
            return letter if kind == "lowerLetter" else letter.upper()
        return str(count)


def _number_of(paragraph: Paragraph) -> tuple[str, int] | None:
    """(number id, level) of the paragraph itself or of its style."""
    style: Any = paragraph.style
    for element in (paragraph._p, style.element if style is not None else None):
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if element is not None else None
        if numbering is None:
            continue
        number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
        if number is not None and number.get(qn("w:val")) not in (None, "0"):
            return number.get(qn("w:val")), int(level.get(qn("w:val")) or 0) if level is not None else 0
    return None


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out, number = out + letters, number - value
    return out
