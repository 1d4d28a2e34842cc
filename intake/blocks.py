"""A text as blocks: paragraphs with their markers, table rows with their cells, footnotes, furniture.

Paragraphs are put together again where a hard wrap or a page break cut them. Blocks never overlap and stand
in the order of the text; what lies between them carries no words.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from intake.cells import bar_rows, row_cells
from intake.grammar.documents import ANNEX_MARK, BEGINS, TYPES
from intake.grammar.markers import BULLETS, FOOTNOTE, OPEN_END, marker
from intake.grammar.verbs import ORDER_VERB
from intake.lines import Line, Span, lines_of
from intake.text import Source, fold

BlockKind = Literal["paragraph", "row", "note", "furniture"]

_RULE = re.compile(r"[\s|:_=.…*~<>–-]+")
_HASHES = re.compile(r"#{1,6}\s+")
_CLOSED = re.compile(r"[.;:!?…][\s\"'”’)\]*¹²³⁰⁴-⁹]*$")
_LONE_BULLETS = {"-", "+", "•", "–"}
_SHORT_LINE = 0.6  # of the width: a line this short before an order is a heading of its own
_FEW = (
    0.15  # of the lines cut in a sentence may be short where lines are full (a page's title, a list of names)
)
_LEAST_CUTS = 3  # lines cut in a sentence that make a text wrapped by hand
_PAPER_WIDTH = 125  # characters: a line of a text wrapped by hand is never longer
_LONG_HEADING = 250  # no heading is longer: a dash after it goes on with the sentence
_LONG_ITEM = 150  # a bullet longer than this without an end is a sentence cut by a page


@dataclass(eq=False)
class Block:
    """`body` is where the words after the marker begin; `tail` what a footnote separated from it."""

    kind: BlockKind
    start: int
    end: int
    style: str = ""
    body: int = 0
    cells: tuple[Span, ...] = ()
    tail: list[Span] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        return [(self.body, self.end), *self.tail]


def closed(text: str) -> bool:
    """Whether the words end as a sentence, an item or an introduction does."""
    return bool(_CLOSED.search(text[-12:]))


def open_ended(text: str) -> bool:
    """Whether the words end where no sentence can."""
    return bool(OPEN_END.search(text[-12:].lower()))


def blocks_of(source: Source) -> list[Block]:
    lines = lines_of(source)
    builder = _Builder(source, lines)
    tables = bar_rows(source, lines)
    i = 0
    while i < len(lines):
        if i in tables:
            i, rows = tables[i]
            builder.table(rows)
        else:
            builder.feed(lines[i])
            i += 1
    return builder.blocks


def _cut_lines(lines: list[Line]) -> list[Line]:
    """The lines whose sentence goes on in the next one."""
    pairs = [(a, b) for a, b in pairwise(lines) if len(a.text) > 1 and len(b.text) > 1]
    return [a for a, b in pairs if b.lower_start and not closed(a.text)]


def _full_lines(lines: list[Line], width: int) -> bool:
    """Whether a line is only left short where its paragraph ends, as on a page that a program laid out."""
    cut = _cut_lines(lines)
    return bool(width) and sum(len(one.text) < _SHORT_LINE * width for one in cut) <= _FEW * len(cut)


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the text is wrapped by hand, 0 where it is not."""
    pairs = [(a, b) for a, b in pairwise(lines) if len(a.text) > 1 and len(b.text) > 1]
    cut = len(_cut_lines(lines))
    lengths = sorted(len(line.text) for line in lines if line.text and "\t" not in line.text)
    longest = lengths[len(lengths) * 99 // 100] if lengths else 0
    wrapped = cut >= _LEAST_CUTS and cut * 20 >= len(pairs) and longest < _PAPER_WIDTH
    return lengths[len(lengths) * 9 // 10] if wrapped else 0


class _Builder:
    """Takes lines in order. `open` is the paragraph that may still go on, `note` the footnote being read."""

    def __init__(self, source: Source, lines: list[Line]) -> None:
        self.source = source
        self.width = _wrap_width(lines)
        self.full = _full_lines(lines, self.width)
        self.blocks: list[Block] = []
        self.open: Block | None = None
        self.note: Block | None = None
        self.last = ""  # the last line of what is open
        self.gap = True  # a blank line stands before this one

    def table(self, rows: list[tuple[Span, ...]]) -> None:
        for cells in rows:
            self.blocks.append(Block("row", cells[0][0], cells[-1][1], body=cells[0][0], cells=cells))
        self.open, self.note, self.gap = None, None, True

    def feed(self, line: Line) -> None:
        raw = self.source.raw
        if line.text not in _LONE_BULLETS and _RULE.fullmatch(line.text or " "):
            self._furniture(line)
        elif cells := row_cells(self.source, line, self._in_table()):
            self.table([cells])
            self.blocks[-1].start, self.blocks[-1].end = line.start, line.end
            self.gap = False
        elif raw[line.start : line.start + 1] and FOOTNOTE.match(line.text):
            self.note = self._start(line, "note")
        elif self.note:
            self._after_note(line, self.note)
        elif self.open and self._continues(line, self.open):
            self._extend(self.open, line)
        else:
            self.open = self._start(line, "paragraph")

    def _in_table(self) -> bool:
        return bool(self.blocks) and self.blocks[-1].kind == "row" and not self.gap

    def _furniture(self, line: Line) -> None:
        self.gap = True
        number = (
            not line.text and self.source.raw[line.start : line.end].isdigit()
        )  # of a page, in a sentence
        if line.start < line.end and not number:
            self.blocks.append(Block("furniture", line.start, line.end, body=line.start))
            self.open, self.note = None, None

    def _start(self, line: Line, kind: BlockKind) -> Block:
        text, body = line.text, line.body
        if hashes := _HASHES.match(text):
            body, text = body + hashes.end(), text[hashes.end() :]
        style, width = marker(text) if kind == "paragraph" else ("", 0)
        if hashes and not style:
            style = hashes.group().strip()
        if line.text in _LONE_BULLETS:
            style, width = "-", 1
        block = Block(kind, line.start, line.end, style, body + width)
        while block.body < block.end and self.source.plain[block.body].isspace():
            block.body += 1
        self.blocks.append(block)
        self.last, self.gap = line.text, False
        return block

    def _extend(self, block: Block, line: Line) -> None:
        if self.blocks[-1] is block:
            block.body = line.start if block.body >= block.end else block.body
            block.end = line.end
        else:
            block.tail.append((line.start, line.end))
        self.last, self.gap = line.text, False

    def _after_note(self, line: Line, note: Block) -> None:
        """A footnote thrown into a sentence: the sentence goes on where a small letter follows a gap."""
        marked = bool(marker(line.text)[0])
        if not marked and (not self.gap or (line.lower_start and not closed(self.last))):
            self._extend(note, line)
            return
        unfinished = self.open is not None and not closed(self.source.plain[self.open.start : self.open.end])
        if self.open and unfinished and line.lower_start and not marked:
            self.note = None
            self._extend(self.open, line)
        elif unfinished and not marked:
            self.note = self._start(line, "note")
        else:
            self.note = None
            self.open = self._start(line, "paragraph")

    def _continues(self, line: Line, block: Block) -> bool:
        style = marker(line.text)[0]
        if not line.lower_start and BEGINS.match(fold(line.text)):
            return False
        if block.body >= block.end:  # a bullet alone on its line
            return not style
        ended = closed(self.last)
        if style or _HASHES.match(line.text):
            words = line.text[1:].lstrip()
            long = block.end - block.start > _LONG_HEADING and not ORDER_VERB.match(fold(words))
            split = long if self.gap else words[:1].islower()
            return style == "-" and not ended and split
        if ended:
            if self.gap:
                return self.last.endswith(";") and line.lower_start and bool(block.style)
            return line.lower_start or bool(self.width and len(self.last) >= 0.7 * self.width)
        if (title := fold(self.last).strip(" :*")) in TYPES or ANNEX_MARK.fullmatch(title):
            return False  # the title of a document stands alone
        if line.lower_start or open_ended(self.last):
            return True
        if self.gap:
            return block.style in BULLETS and block.end - block.start > _LONG_ITEM
        short = len(self.last) < _SHORT_LINE * self.width and line.text[:1].isupper()
        titled = bool(block.style) if self.full else block.style in ("roman", "part")
        return bool(self.width) and not (short and (titled or ORDER_VERB.match(fold(line.text))))
