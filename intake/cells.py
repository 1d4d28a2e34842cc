"""Rows and cells of the tables a text can hold: tab-separated, pipes, and one cell a line between lone bars."""

import re

from intake.grammar.labels import column_of
from intake.lines import Line, Span
from intake.text import Source

_PIPE_ROW = re.compile(r"\|.*\|")
_BARE_BARS = 3  # spaced bars that make a row of a line without outer ones
_HEAD_CELLS = 2  # that many known column heads make a head row
_MOST_COLUMNS = 12
_TAB_EDGE = " \r\u00a0"


def row_cells(source: Source, line: Line, in_table: bool) -> tuple[Span, ...]:
    """The cells of a line that is a table row; () for any other line. Inside a table one tab is enough."""
    if line.text.startswith("|") and _PIPE_ROW.fullmatch(line.text):
        return _split(source, line.start, line.end, "|")[1:-1]
    if line.text.count(" | ") >= _BARE_BARS:
        return _split(source, line.start, line.end, "|")
    begin = source.raw.rfind("\n", 0, line.start) + 1
    end = source.raw.find("\n", line.end)
    whole = source.raw[begin : end if end >= 0 else len(source.raw)].strip(_TAB_EDGE)
    if "\t" in whole.strip() or (in_table and "\t" in whole):
        return _split(source, begin, line.end, "\t")
    return ()


def _split(source: Source, start: int, end: int, mark: str) -> tuple[Span, ...]:
    parts: list[Span] = []
    at = start
    for piece in source.raw[start:end].split(mark):
        parts.append(source.trim(at, at + len(piece)))
        at += len(piece) + 1
    return tuple(parts)


def bar_rows(source: Source, lines: list[Line]) -> dict[int, tuple[int, list[tuple[Span, ...]]]]:
    """Tables of one cell a line between lone bars: first line → (line after the table, rows of cells).

    A table begins with a run of cells that names known columns; bars elsewhere only lay out a page.
    """
    tables = {}
    i = 0
    while i < len(lines):
        if lines[i].text == "|" and (head := _bar_head(source, lines, i)):
            after, rows = _bar_body(source, lines, i, len(head))
            tables[i] = (after, rows)
            i = after
        else:
            i += 1
    return tables


def _cell(source: Source, lines: list[Line], i: int) -> tuple[int, Span | None]:
    """The cell that begins after the bar at line i: (the line of the next bar, its span or None if empty)."""
    j = i + 1
    while j < len(lines) and lines[j].text != "|":
        j += 1
    if j >= len(lines):
        return j, None
    start, end = source.trim(lines[i].end, lines[j].start)
    return j, (start, end) if start < end else None


def _bar_head(source: Source, lines: list[Line], i: int) -> list[Span]:
    cells: list[Span] = []
    while i < len(lines):
        i, cell = _cell(source, lines, i)
        if cell is None or i >= len(lines):
            break
        cells.append(cell)
        if len(cells) > _MOST_COLUMNS:
            return []
    known = [column_of(source.say(*cell)) is not None for cell in cells]
    return cells if sum(known) >= _HEAD_CELLS and known[0] and sum(known) * 2 >= len(known) else []


def _bar_body(source: Source, lines: list[Line], i: int, width: int) -> tuple[int, list[tuple[Span, ...]]]:
    """Reads cells until the bars end. Two bars in a row close a full or a one-cell row, else they are an
    empty cell."""
    rows: list[tuple[Span, ...]] = []
    row: list[Span] = []
    while True:
        after, cell = _cell(source, lines, i)
        if after >= len(lines):
            break
        if cell is None:
            at = lines[i].end
            if row and len(row) < width and not _group(source, row):
                row.append((at, at))
            elif row:
                rows.append(tuple(row))
                row = []
        elif len(row) == width:
            break  # words that are no cell: the table has ended
        else:
            row.append(cell)
        i = after
    if row:
        rows.append(tuple(row))
    return i + 1, rows


def _group(source: Source, row: list[Span]) -> bool:
    """A row of one cell that is a title, not the number of an item."""
    return len(row) == 1 and not source.say(*row[0]).rstrip(".").isdigit()
