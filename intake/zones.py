"""The parts of a document: its head, its body, its close (recipients and signature), annexes, and what is foreign.

A zone is given to every block in order by a small state machine; a page saved from the web may stand around the
document, an article may stand in its place.
"""

import re
from typing import Literal

from intake.blocks import Block, closed
from intake.grammar import documents as d
from intake.grammar.markers import BULLETS
from intake.text import Source, fold

Zone = Literal[
    "foreign", "motto", "issuer", "number", "title", "subject", "basis", "addressee", "opening", "body", "recipient",
    "signature", "annex-title", "note", "furniture",
]  # fmt: skip

_NUMBERED = frozenset(
    {"roman", "part", "section", "article", "arabic", "decimal2", "letter", "(1)", "LETTER"}
)
_ORDERS_FOLLOW = re.compile(
    r"(?:yêu cầu|đề nghị|chỉ đạo|như sau|sau đây|nội dung sau|nhiệm vụ sau|kết luận)[^:]{0,100}:$"
)
_ORDERED = re.compile(r"\b(?:yêu cầu|đề nghị|giao)\b|,\s*(?=[^\W\d])")
_ISSUES = re.compile(r",[^,;:.]{3,80}\s(?:xây dựng|ban hành)\s+(?:kế hoạch|chương trình)\b[^:]*$")
_LOOK = 1500  # characters of a paragraph that may hold a head
_HEAD_LINE = 200  # characters a title or an issuer may take


def zones_of(source: Source, blocks: list[Block]) -> list[Zone]:
    words = [fold(_words(source, block)) for block in blocks]
    if _is_article(blocks, words):
        return _article(blocks, words)
    return _Formal(source, blocks, words).zones


def _words(source: Source, block: Block) -> str:
    if block.kind == "row":
        return " | ".join(source.say(*cell) for cell in block.cells)
    return source.say(block.body, block.end)


def _fixed(block: Block, words: str) -> Zone | None:
    if block.kind == "furniture" or d.PAGE_NUMBER.fullmatch(words):
        return "furniture"
    return "note" if block.kind == "note" else None


def _is_article(blocks: list[Block], words: list[str]) -> bool:
    """No motto, number line or title of its own, but words such as "Sở A đã có Công văn 12/SGD"."""
    marks = any(_head_mark(b, w) for b, w in zip(blocks, words, strict=True))
    return not marks and any(d.REPORTED.search(w[:_LOOK]) for w in words[:30])


def _head_mark(block: Block, words: str) -> Zone | None:
    """What a block says about itself as part of a head; None for other words."""
    if len(words) > _HEAD_LINE and block.kind != "row":
        return None
    if d.MOTTO.search(words):
        return "motto"
    if d.NUMBER.match(words):
        return "number"
    if words.strip(" :") in d.TYPES and not block.style.startswith("#"):
        return "title"
    return "addressee" if d.ADDRESSEE.match(words) and "quý" not in words[:24] else None


class _Formal:
    """A document with a head of its own (NĐ 30/2020/NĐ-CP, phụ lục I)."""

    def __init__(self, source: Source, blocks: list[Block], words: list[str]) -> None:
        self.source = source
        self.blocks = blocks
        self.words = words
        self.zones: list[Zone] = []
        self.left = False
        self.state: Zone = "foreign"
        if not any(_head_mark(b, w) for b, w in zip(blocks, words, strict=True)):
            self.state = "body"  # a fragment without a head of its own
        first = next((i for i, b in enumerate(blocks) if _head_mark(b, words[i])), None)
        self.titled = self._titles() if first is None else 0
        for i in range(len(blocks)):
            here = self._before if first is not None and i < first else self._zone
            over: Zone | None = "subject" if i < self.titled else self._basis(i) if first is None else None
            self.zones.append(_fixed(blocks[i], words[i]) or over or here(i))

    def _basis(self, i: int) -> Zone | None:
        """Right under the title of a piece: "Thực hiện Công văn số 45/UBND ngày … về việc …."."""
        words = self.words[i]
        if i != self.titled or self.blocks[i].style or not d.BASIS.match(words):
            return None
        rests = d.CITED.search(words) and not _ORDERED.search(words)
        return "basis" if rests or _ISSUES.search(words) else None

    def _titles(self) -> int:
        """How many blocks stand over a fragment as its title: no marker, no end of a sentence."""
        plain = (
            b.kind == "paragraph" and not b.style and not closed(w) and len(w) < _HEAD_LINE
            for b, w in zip(self.blocks, self.words, strict=True)
        )
        count = next((i for i, titled in enumerate(plain) if not titled), len(self.blocks))
        return count if count < len(self.blocks) else 0

    def _before(self, i: int) -> Zone:
        if len(self.words[i]) < _HEAD_LINE and d.PLACE_DATE.search(self.words[i]):
            return "number"
        issuer = d.ISSUER_LINE.match(self.words[i]) and not closed(self.words[i]) and self._upper(i)
        return "issuer" if issuer or (i and self.zones[-1] == "issuer" and self._upper(i)) else "foreign"

    def _upper(self, i: int) -> bool:
        plain = self.source.plain[self.blocks[i].body : self.blocks[i].end]
        letters = [c for c in plain if c.isalpha()]
        return bool(letters) and sum(c.isupper() for c in letters) >= 0.8 * len(letters)

    def _zone(self, i: int) -> Zone:
        self.left = self.left or (self.state in ("basis", "opening", "body") and self._asks(i))
        if self.left:
            return "foreign"
        if self.state in ("recipient", "signature"):
            self.state = self._closing(i)
        elif d.RECIPIENTS.match(self.words[i]) or self._signs(i):
            self.state = "recipient" if d.RECIPIENTS.match(self.words[i]) else "signature"
        elif self.state == "body":
            self.state = "annex-title" if self._annex(i) else "body"
        elif self.state == "annex-title" and not self._annex_more(i):
            self.state = "body"
        elif self.state != "annex-title":
            self.state = self._heading(i)
        return self.state

    def _asks(self, i: int) -> bool:
        """A question as a heading: the page has left the directive and answers its readers."""
        plain = not self.blocks[i].style or self.blocks[i].style.startswith("#")
        return plain and self.words[i].endswith("?") and len(self.words[i]) < _HEAD_LINE

    def _heading(self, i: int) -> Zone:
        block, words = self.blocks[i], self.words[i]
        if mark := _head_mark(block, words):
            return mark
        if (
            self.state == "addressee"
            and (block.style in BULLETS or not words.endswith("."))
            and len(words) < _HEAD_LINE
        ):
            return "addressee" if block.style in BULLETS else self._after_title(i)
        if block.style in _NUMBERED or (block.kind == "row" and self.state != "motto"):
            return "body"
        return self._after_title(i)

    def _after_title(self, i: int) -> Zone:
        block, words = self.blocks[i], self.words[i]
        if len(words) < _HEAD_LINE and d.PLACE_DATE.search(self.source.flat[block.start : block.end]):
            return "number"
        if d.BASIS.match(words) and (self.state != "subject" or not self._upper(i)):
            if self.state == "title" and not re.search(r"[;.,:]$", words):
                return "subject"
            return "basis"
        if self.state == "subject" and self._upper(i) and d.POST_OFFICE.match(words):
            return "title"
        if self.state in ("title", "subject") and not closed(words):
            return "subject"
        if words.startswith(("v/v", "về việc")) and len(words) < 400:
            return "subject"
        if self._upper(i) and len(words) < _HEAD_LINE:
            return "issuer"
        announced = (
            i > 0 and self.state == "opening" and bool(_ORDERS_FOLLOW.search(self.words[i - 1][-160:]))
        )
        return "body" if announced or block.style in BULLETS else "opening"

    def _signs(self, i: int) -> bool:
        words = self.words[i]
        if len(words) >= _HEAD_LINE or closed(words) or not self._upper_start(i):
            return False
        post = self._upper(i) and self.state in ("basis", "opening", "body") and d.SIGN_POST.match(words)
        return bool(post or d.SIGN_FOR.match(words))

    def _upper_start(self, i: int) -> bool:
        first = self.source.plain[self.blocks[i].body : self.blocks[i].end].strip().split(" ")[:3]
        return all(w.upper() == w for w in first)

    def _closing(self, i: int) -> Zone:
        block, words = self.blocks[i], self.words[i]
        if self._annex(i):
            return "annex-title"
        if d.FOREIGN.search(words[:_LOOK]) or d.ADDRESSEE.match(words):
            return "foreign"
        if d.RECIPIENTS.match(words) or (block.style in BULLETS and self.state == "recipient"):
            return "recipient"
        if len(words) < _HEAD_LINE and (not closed(words) or words.endswith(".")) and block.kind != "row":
            return "signature" if self._upper_start(i) or len(words) < 60 else "foreign"
        return "recipient" if block.kind == "row" and d.RECIPIENTS.search(words) else "foreign"

    def _annex(self, i: int) -> bool:
        block, words = self.blocks[i], self.words[i]
        if block.kind == "row" or len(words) > _HEAD_LINE or not d.ANNEX.match(words) or block.style:
            return False
        if words.startswith("phụ lục") and (self._upper(i) or len(words) < 40):
            return not closed(words)
        following = self.words[i + 1 : i + 4]
        return self._upper(i) and any(d.ATTACHED.search(w[: 2 * _HEAD_LINE]) for w in following)

    def _annex_more(self, i: int) -> bool:
        words = self.words[i]
        plain = self.blocks[i].style == "" and self.blocks[i].kind != "row"
        return plain and (
            bool(d.ATTACHED.search(words[: 2 * _HEAD_LINE]))
            or (len(words) < 2 * _HEAD_LINE and not closed(words))
        )


def _article(blocks: list[Block], words: list[str]) -> list[Zone]:
    """An article that reports a directive: its sections are the directive's or, where they quote law, foreign."""
    zones: list[Zone] = []
    state: Zone = "foreign"
    started = reported = False
    symbol = ""
    for i, block in enumerate(blocks):
        reported = reported or bool(d.REPORTED.search(words[i][:_LOOK]))
        if not reported:
            zones.append(_fixed(block, words[i]) or "foreign")
            continue
        if (
            d.ARTICLE_END.search(words[i])
            and len(words[i]) < 2 * _HEAD_LINE
            and not d.REPORTED.search(words[i][:_LOOK])
        ):
            state = "foreign"
        elif words[i].rstrip(" *").endswith("?") and len(words[i]) < 2 * _HEAD_LINE:
            state = "foreign"
            started = False
            zones.append(_fixed(block, words[i]) or "foreign")
            continue
        elif not started:
            started = True
            law = bool(d.LAW_QUOTE.match(words[i]))
            state = "foreign" if law and not d.REPORTED.search(words[i][:_LOOK]) else "body"
        told = d.REPORTED.search(words[i][:_LOOK])
        symbol = symbol or (told["symbol"] if told else "")
        opening = (
            state == "body" and told and told["symbol"] == symbol
        )  # of the directive, not of one it cites
        zones.append(_fixed(block, words[i]) or ("opening" if opening else state))
    return zones
