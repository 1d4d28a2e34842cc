"""The workbook of units and people, as it stands: to fill in and bring back (`intake.tree_sheet`)."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

UNITS = (
    "Mã đơn vị",
    "Tên đơn vị",
    "Tên gọi khác",
    "Loại",
    "Cấp học",
    "Sở hữu",
    "Mã cấp trên",
    "Từ ngày",
    "Đến ngày",
)
PEOPLE = ("Mã người", "Họ tên", "Thư điện tử", "Mã đơn vị", "Chức vụ", "Từ ngày", "Đến ngày")
Line = Sequence[str | date | None]


def tree_workbook(
    units: Iterable[Line], people: Iterable[Line], roles: Sequence[str], made_at: datetime
) -> bytes:
    """Lines in the order of the columns; `roles`: what a position may be called; `made_at`: naive office time."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"title": "Đơn vị và người", "created": made_at})
    bold = book.add_format({"bold": True, "bottom": 1})
    for title, columns, lines in (("Đơn vị", UNITS, units), ("Người", PEOPLE, people)):
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.set_column(place, place, 36 if name.startswith(("Tên đơn", "Họ")) else 18)
            sheet.write_string(0, place, name, bold)
        for number, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day))
                elif cell:
                    sheet.write_string(number, place, cell)
        if columns is PEOPLE:
            sheet.data_validation(1, 4, 5000, 4, {"validate": "list", "source": list(roles)})
    book.close()
    return buffer.getvalue()
