"""A workbook of units and people: every fault names sheet, row and column; what is right around it is read."""

import io
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from domain.unit import Role
from intake.refusal import IntakeError
from intake.tree_sheet import PERSON_COLUMNS, UNIT_COLUMNS, read_tree
from reports.tree_workbook import PEOPLE, UNITS

KNOWN = {"pgd": "", "hoa-sen": "pgd"}
UNIT_HEAD = ("Mã đơn vị", "Tên đơn vị", "Mã cấp trên", "Từ ngày", "Đến ngày")
PERSON_HEAD = ("Mã người", "Họ tên", "Thư điện tử", "Mã đơn vị", "Chức vụ")


def a_book(**sheets: Sequence[Sequence[object]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def test_units_and_people_are_known_by_their_columns_whatever_the_sheet_is_called() -> None:
    data = a_book(
        A=[
            ("họ tên", "MÃ NGƯỜI", "chức vụ", "mã đơn vị", "ghi chú"),
            ("Vũ Lan", "lan", "Thủ trưởng đơn vị", "moi", "x"),
        ],
        B=[
            UNIT_HEAD,
            ("moi", "Trường Mới", "pgd", date(2026, 9, 1), ""),
            (),
            (12, "Trường 12", "moi", "01/08/2026"),
        ],
    )
    found = read_tree(data, "x.xlsx", KNOWN)
    assert found.faults == []
    assert [(line.unit.code, line.parent, line.unit.valid_from) for line in found.units] == [
        ("moi", "pgd", date(2026, 9, 1)),
        ("12", "moi", date(2026, 8, 1)),
    ]
    assert [(line.person.name, line.unit, line.position.role) for line in found.people] == [
        ("Vũ Lan", "moi", Role.HEAD)
    ]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("", "Trường", "pgd"), "Mã đơn vị", "để trống"),
        (("a", "", "pgd"), "Tên đơn vị", "để trống"),
        (("a", "Trường A", "khong-co"), "Mã cấp trên", "chưa có đơn vị nào mang mã “khong-co”"),
        (("a", "Trường A", "a"), "Mã cấp trên", "cấp trên của chính mình"),
        (("pgd", "Phòng", "hoa-sen"), "Mã cấp trên", "cấp trên của chính mình"),
        (("a", "Trường A", "pgd", "31/02/2026"), "Từ ngày", "không phải ngày"),
        (("a", "Trường A", "pgd", "02/02/2026", "01/02/2026"), "Đến ngày", "ở trước “Từ ngày”"),
        (("b", "Trường B", "pgd"), "Mã đơn vị", "đã có ở dòng 2"),
        (("a", "T" * 301, "pgd"), "Tên đơn vị", "dài quá 300 ký tự"),
    ],
)
def test_a_fault_says_where_and_what_to_do(row: tuple[str, ...], column: str, says: str) -> None:
    found = read_tree(a_book(Don_vi=[UNIT_HEAD, ("b", "Trường B", "pgd"), row]), "x.xlsx", KNOWN)
    [fault] = found.faults
    assert (fault.sheet, fault.row, fault.column) == ("Don_vi", 3, column)
    assert says in fault.what
    assert found.units[0].unit.code == "b"


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("lan", "Vũ Lan", "", "hoa-sen", "vua"), "Chức vụ", "“vua” không phải một chức vụ"),
        (("lan", "Vũ Lan", "a@b, c@d", "hoa-sen", "văn phòng"), "Thư điện tử", "không dùng được"),
        (("lan", "Vũ Lan", "", "la", "văn phòng"), "Mã đơn vị", "chưa có đơn vị nào mang mã “la”"),
        (("an", "Vũ Lan", "", "hoa-sen", "văn phòng"), "Mã người", "đã là mã của Lê An"),
    ],
)
def test_a_fault_of_a_person_too(row: tuple[str, ...], column: str, says: str) -> None:
    rows = [PERSON_HEAD, ("an", "Lê An", "", "hoa-sen", "head"), row]
    [fault] = read_tree(a_book(Nguoi=rows), "x.xlsx", KNOWN).faults
    assert (fault.row, fault.column) == (3, column)
    assert says in fault.what


@pytest.mark.parametrize("separator", [",", ";"])
def test_one_table_may_come_as_csv(separator: str) -> None:
    said = "\ufeffMã đơn vị,Tên đơn vị,Mã cấp trên\r\nmoi,Trường Mới,pgd\r\n".replace(",", separator)
    assert [line.unit.name for line in read_tree(said.encode(), "x.CSV", KNOWN).units] == ["Trường Mới"]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"khong phai bang", "x.xlsx", "không đọc được như một bảng tính"),
        (b"PK\x03\x04hong", "x.xlsx", "không đọc được như một bảng tính"),
        (b"", "x.xlsx", "không đọc được như một bảng tính"),
        (b"\xff\xfe\x00", "x.csv", "không phải CSV UTF-8"),
        (b"a,b\n1,2\n", "x.csv", "không có bảng nào đọc được"),
        (a_book(S=[("a", "b"), (1, 2)]), "x.xlsx", "không có bảng nào đọc được"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, name: str, says: str) -> None:
    with pytest.raises(IntakeError, match=says):
        read_tree(data, name, KNOWN)


def test_the_workbook_we_write_has_the_columns_we_read() -> None:
    assert (tuple(UNIT_COLUMNS.values()), tuple(PERSON_COLUMNS.values())) == (UNITS, PEOPLE)
