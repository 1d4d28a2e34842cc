"""A table as a file for a spreadsheet program: .xlsx, or .csv for whatever reads nothing else.

No cell ever becomes a formula, whoever wrote its text (ASVS 5.0, 1.2.10): in .xlsx text is written as text, in
.csv an apostrophe stands before what a program would calculate, and every field is quoted, so that no
separator of another locale parts it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

Cell = str | int | Decimal | date | datetime | None
"""A datetime is wall-clock time in the office's zone, naive: a spreadsheet knows no zones."""

LONGEST_CELL = 32_767  # characters; Excel's own limit
WIDEST = 60
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], made_at: datetime) -> bytes:
    """`made_at`: when, naive, in the office's zone. Dates are dates, numbers are numbers, the head stays in sight
    and filters."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": title, "created": made_at})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, name in enumerate(columns):
        sheet.set_column(place, place, min(WIDEST, max(14, len(name) + 4)))
        sheet.write_string(0, place, name, head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            match cell:
                case None | "":
                    continue
                case datetime():
                    sheet.write_datetime(count, place, cell, moment)
                case date():
                    sheet.write_datetime(count, place, cell, day)
                case int() | Decimal():
                    sheet.write_number(count, place, cell)
                case _:
                    sheet.write_string(count, place, _text(cell), wrapped)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    book.close()
    return buffer.getvalue()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, without which Excel reads Vietnamese as noise; days as 14/02/2023."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case int() | Decimal():
            return str(cell)
        case _:
            text = _text(cell)
            return f"'{text}" if text.lstrip(" ").startswith(STARTS_FORMULA) else text


def _text(cell: Any) -> str:
    return str(cell).replace("\0", "")[:LONGEST_CELL]


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Bảng"
