"""Table rows as orders: which column says what, and which row only groups the rows below it."""

import re
from dataclasses import dataclass

from intake.grammar.labels import Label, column_of
from intake.lines import Span
from intake.outline import Node
from intake.text import Source

_OUTER = re.compile(r"[IVX]+|[A-HĐ]")  # the number of a group of rows
_TELLING: frozenset[Label] = frozenset({"lead", "with", "doer", "due", "product"})


@dataclass(frozen=True)
class Row:
    """A data row: the cells of each kind, and the group row it stands under."""

    cells: dict[Label, list[Span]]
    work: Span
    group: Span | None
    number: str


class Table:
    """Reads the rows of one table in order. Repeated heads and group rows change what follows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.columns: dict[int, Label] = {}
        self.group: Span | None = None
        self.day: Span | None = None  # the last cell of a time column that leads its rows
        self.above: Node | None = None  # the heading the rows stand under

    def read(self, node: Node) -> Row | str:
        """A data row, or why it is none: "head", "group", "empty" or "data" (a table of something else)."""
        cells = node.block.cells
        if node.parent is not self.above:
            self.above, self.group, self.day = node.parent, None, None
        filled = [c for c in cells if c[0] < c[1]]
        if self._head(cells):
            return "head"
        if not filled or all(not any(ch.isalnum() for ch in self.source.raw[s:e]) for s, e in filled):
            return "empty"
        if title := self._title(filled):
            self.group, self.day = title, None
            return "group"
        if not _TELLING & set(self.columns.values()):
            return "data"
        return self._row(node, cells)

    def _head(self, cells: tuple[Span, ...]) -> bool:
        labels = {i: label for i, c in enumerate(cells) if (label := column_of(self.source.say(*c)))}
        filled = sum(c[0] < c[1] for c in cells)
        if len(labels) < 2 or len(labels) * 2 < filled:
            return False
        second_line = bool(self.columns) and filled < len(cells)
        repeated = labels == self.columns
        self.columns = {**self.columns, **labels} if second_line else labels
        if not second_line and not repeated:
            self.group = None
        return True

    def _title(self, filled: list[Span]) -> Span | None:
        """The words of a row that is only a title: one cell, or "II" and one cell, said once or in every column."""
        filled = [
            c for i, c in enumerate(filled) if not i or self.source.say(*c) != self.source.say(*filled[i - 1])
        ]
        if len(filled) == 1:
            return None if self.source.say(*filled[0]).isdigit() else filled[0]
        number = self.source.say(*filled[0]).rstrip(".")
        outer = bool(_OUTER.fullmatch(number)) or self.source.say(*filled[1]).isupper()
        return filled[1] if len(filled) == 2 and outer else None

    def _carry_day(self, by_label: dict[Label, list[Span]]) -> None:
        """A time that stands before the work in its row holds for the rows below whose cell is merged with it."""
        labels = [self.columns[i] for i in sorted(self.columns) if self.columns[i] in ("due", "work")]
        if labels[:1] != ["due"]:
            return
        if "due" in by_label:
            self.day = by_label["due"][0]
        elif self.day:
            by_label["due"] = [self.day]

    def _row(self, node: Node, cells: tuple[Span, ...]) -> Row | str:
        by_label: dict[Label, list[Span]] = {}
        for i, cell in enumerate(cells):
            if cell[0] < cell[1]:
                by_label.setdefault(self.columns.get(i, "note"), []).append(cell)
        self._carry_day(by_label)
        works = by_label.get("work", [])
        if not works:
            return "data"
        piped = self.source.raw[node.block.start] == "|"
        work = (node.block.start, node.block.end) if piped else (works[0][0], works[-1][1])
        number = self.source.say(*by_label["number"][0]) if "number" in by_label else ""
        return Row(by_label, work, self.group, number.rstrip("."))
