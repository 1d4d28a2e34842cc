"""Views of a directive's text in which every character keeps its place.

`plain` blanks mark-up and odd spaces, `folded` is `plain` in lower case with the tone mark where the old
spelling puts it (hòa, ủy), so one pattern meets every spelling. Both have the length of the raw text: an
offset found in a view is an offset into the text.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

QUOTE_LIMIT = 200

_MARKUP = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,200})?/?>"  # <i>, </td>
    r"|\*\*+|(?<=\S)\*|\*(?=\S)"  # emphasis; a lone "* " at the start of a line stays a bullet
    r"|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)"
    r"|\\(?=%)|\$"  # what is left of LaTeX
)
_PAGE_NUMBER = re.compile(r"(?<=[^\W\d_])(?P<gap>\s+)\d{1,3}(?=\s+[^\W\d_])")
_ODD_SPACE = re.compile(r"[^\S\n\r\t ]|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_OLD_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_NEW_TONE = re.compile(r"o[àáảãạèéẻẽẹ](?![^\W\d_])|(?<!q)u[ỳýỷỹỵ](?![^\W\d_])")


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _without_page_number(match: re.Match[str]) -> str:
    """A number alone between two blank lines, where a sentence goes on: "nếu để xảy | 7 | ra tai nạn"."""
    after = match.string[match.end() : match.end() + 40]
    alone = match["gap"].count("\n") > 1 and re.match(r"\s*\n\s*\n\s*", after)
    goes_on = alone and after.lstrip()[:1].islower()
    return match["gap"] + " " * (match.end() - match.end("gap")) if goes_on else match.group()


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str) -> str:
    """Lower case, old tone placement, same length: 'Uỷ ban' and 'Ủy ban' become equal."""
    return _NEW_TONE.sub(lambda m: _OLD_TONE[m.group()], _lower(text))


def squeeze(text: str) -> str:
    """White space collapsed to single spaces; NBSP and zero-width space count as space."""
    return " ".join(text.replace("\u200b", " ").split())


@dataclass(frozen=True)
class Source:
    """One text and its views."""

    raw: str

    @cached_property
    def plain(self) -> str:
        plain = _ODD_SPACE.sub(" ", _MARKUP.sub(_blank, self.raw))
        return _PAGE_NUMBER.sub(_without_page_number, plain)

    @cached_property
    def folded(self) -> str:
        return fold(self.plain)

    @cached_property
    def flat(self) -> str:
        """`folded` with line ends as spaces: for patterns over a wrapped paragraph."""
        return re.sub(r"[\r\n\t]", " ", self.folded)

    def say(self, start: int, end: int) -> str:
        """The words between two offsets without mark-up, white space collapsed."""
        return squeeze(self.plain[start:end])

    def quote(self, start: int, end: int) -> str:
        """The exact words, white space collapsed, at most 200 characters."""
        return squeeze(self.raw[start : min(end, start + 4 * QUOTE_LIMIT)])[:QUOTE_LIMIT].rstrip()

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The span without blank ends."""
        while start < end and self.raw[start].isspace():
            start += 1
        while end > start and self.raw[end - 1].isspace():
            end -= 1
        return start, end


_MARGIN = r"(?P<margin>[ \u00a0\r]+(?=\n)|(?<=\n)[ \u00a0]+(?=\S))"
_LETTER = r"[^\u0300-\u036f\u1100-\u11ff][\u0300-\u036f\u1100-\u11ff]*|."


def composed(text: str) -> tuple[str, "Offsets"]:
    """The text in composed letters (NFC), its lines without margins, and the way back to offsets of the given text.

    A blank before a line end would stand twice where a wrapped sentence goes on, and no wording would match there.
    """
    whole = unicodedata.is_normalized("NFC", text)
    out: list[str] = []
    here, there, length, at = [0], [0], 0, 0
    for part in re.finditer(_MARGIN if whole else f"{_MARGIN}|{_LETTER}", text, re.DOTALL):
        made = "" if part["margin"] else unicodedata.normalize("NFC", part[0])
        out += (text[at : part.start()], made)
        length, at = length + part.start() - at + len(made), part.end()
        if len(made) != len(part[0]):
            here.append(length)
            there.append(at)
    return "".join((*out, text[at:])), Offsets(here, there)


@dataclass(frozen=True)
class Offsets:
    """Maps an offset into the composed text to the offset into the text as given."""

    here: list[int]
    there: list[int]

    @property
    def same(self) -> bool:
        """Nothing moved: the text was so already."""
        return len(self.here) == 1

    def back(self, offset: int) -> int:
        i = bisect_right(self.here, offset) - 1
        return self.there[i] + offset - self.here[i]
