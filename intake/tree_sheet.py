"""Units and people from a workbook (nhập cây tổ chức): .xlsx, .xls, .ods, or one table as .csv.

The first row of each sheet names its columns, in any order; a sheet is known by its columns, not by its name.
Every fault says sheet, row, column and what to do, and a broken row never hides the others.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

from domain.address import BadAddress, bare_address
from domain.folding import fold
from domain.ladders import ROLES
from domain.sentence import Sentence, joined
from domain.unit import Person, Position, Role, Unit
from domain.wording import read_day
from intake.office_folder import PersonLine, UnitLine
from intake.refusal import IntakeError

UNIT_COLUMNS: Mapping[str, str] = {
    "code": "Mã đơn vị",
    "name": "Tên đơn vị",
    "short_names": "Tên gọi khác",
    "kind": "Loại",
    "level": "Cấp học",
    "ownership": "Sở hữu",
    "parent": "Mã cấp trên",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
}
PERSON_COLUMNS: Mapping[str, str] = {
    "code": "Mã người",
    "name": "Họ tên",
    "email": "Thư điện tử",
    "unit": "Mã đơn vị",
    "role": "Chức vụ",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
}
REQUIRED = {"unit": ("code", "name"), "person": ("code", "name", "unit", "role")}

MOST_ROWS = 100_000
LONGEST = 300
_ROLE_OF = {fold(said): role for role, said in ROLES.items()} | {fold(role): role for role in Role}


@dataclass(frozen=True)
class Fault:
    """`row` counts as the spreadsheet program shows it; 0 speaks of the sheet as a whole."""

    sheet: str
    row: int
    column: str
    what: str


@dataclass
class TreeSheet:
    units: list[UnitLine] = field(default_factory=list)
    people: list[PersonLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_tree(data: bytes, file_name: str, known: Mapping[str, str]) -> TreeSheet:
    """`known`: code → code of the unit above ("" for none), of every unit the office has. Raises `IntakeError`
    for a file that is no workbook, is locked, or has neither table."""
    found = TreeSheet()
    places: list[tuple[UnitLine, _Row]] = []
    people: list[tuple[PersonLine, _Row]] = []
    for sheet, rows in _sheets(data, file_name):
        for columns, required, read in _kinds(found, places, people):
            if head := _head(rows, columns, required):
                for row in _rows(sheet, rows, head, columns, found.faults):
                    read(row)
                break
    if not places and not people and not found.faults:
        raise IntakeError(
            file_name,
            "không có bảng nào đọc được. Dòng đầu mỗi bảng phải là tên cột như trong tệp mẫu: "
            "Mã đơn vị, Tên đơn vị … hoặc Mã người, Họ tên …",
        )
    _check(places, people, known)
    sheets = [fault.sheet for fault in found.faults]
    found.faults.sort(key=lambda fault: (sheets.index(fault.sheet), fault.row))
    return found


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    faults: list[Fault]

    def wrong(self, name: str, what: str) -> None:
        self.faults.append(Fault(self.sheet, self.number, self.columns[name], what))

    def day(self, name: str) -> date | None:
        said = self.cells.get(name, "")
        day = read_day(said)
        if said and day is None:
            self.wrong(name, Sentence("“{said}” không phải ngày; hãy viết như 14/02/2026", said=said))
        return day


def _kinds(
    found: TreeSheet, units: list[tuple[UnitLine, _Row]], people: list[tuple[PersonLine, _Row]]
) -> Sequence[tuple[Mapping[str, str], Sequence[str], Callable[[_Row], None]]]:
    def unit(row: _Row) -> None:
        if line := _unit(row):
            found.units.append(line)
            units.append((line, row))

    def person(row: _Row) -> None:
        if line := _person(row):
            found.people.append(line)
            people.append((line, row))

    return (PERSON_COLUMNS, REQUIRED["person"], person), (UNIT_COLUMNS, REQUIRED["unit"], unit)


def _sheets(data: bytes, file_name: str) -> Iterator[tuple[str, list[list[Any]]]]:
    if file_name.lower().endswith(".csv"):
        try:
            said = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise IntakeError(file_name, "không phải CSV UTF-8. Hãy lưu lại dưới dạng CSV UTF-8.") from error
        dialect = ";" if said.partition("\n")[0].count(";") > said.partition("\n")[0].count(",") else ","
        yield "CSV", [list(row) for row in csv.reader(io.StringIO(said, newline=""), delimiter=dialect)]
        return
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
    except PasswordError as error:
        raise IntakeError(file_name, "bảng tính có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.") from error
    except (CalamineError, ZipError, XmlError, ValueError, OSError) as error:
        raise IntakeError(
            file_name, "không đọc được như một bảng tính. Hãy lưu lại dưới dạng .xlsx rồi gửi lại."
        ) from error


def _head(
    rows: Sequence[Sequence[Any]], columns: Mapping[str, str], required: Sequence[str]
) -> dict[int, str]:
    """Which column stands where; empty where the first row is not this table's."""
    named = {fold(said): name for name, said in columns.items()}
    first = rows[0] if rows else []
    head = {place: named[fold(_said(cell))] for place, cell in enumerate(first) if fold(_said(cell)) in named}
    return head if set(required) <= set(head.values()) else {}


def _rows(
    sheet: str,
    rows: Sequence[Sequence[Any]],
    head: Mapping[int, str],
    columns: Mapping[str, str],
    faults: list[Fault],
) -> Iterator[_Row]:
    for number, cells in enumerate(rows[1:], start=2):
        said = {name: _said(cells[place]) for place, name in head.items() if place < len(cells)}
        if any(said.values()):
            yield _Row(sheet, number, said, columns, faults)


def _said(cell: Any) -> str:
    """A cell as its reader sees it; a number that is a code stays whole."""
    match cell:
        case datetime() | date():
            return f"{cell:%d/%m/%Y}"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return " ".join(str(cell).replace("\0", "").split())


def _unit(row: _Row) -> UnitLine | None:
    c = row.cells
    if not _filled(row, REQUIRED["unit"]):
        return None
    names = [part.strip() for part in c.get("short_names", "").split(";") if part.strip()]
    first, last = _span(row)
    plain = {name: c.get(name, "") for name in ("code", "name", "kind", "level", "ownership")}
    return UnitLine(Unit(**plain, short_names=names, valid_from=first, valid_to=last), c.get("parent", ""))


def _person(row: _Row) -> PersonLine | None:
    c = row.cells
    if not _filled(row, REQUIRED["person"]):
        return None
    role = _ROLE_OF.get(fold(c["role"]))
    if role is None:
        row.wrong(
            "role",
            Sentence(
                "“{said}” không phải một chức vụ; hãy dùng một trong: {roles}",
                said=c["role"],
                roles=joined(", ", map(Sentence, ROLES.values())),
            ),
        )
        return None
    email = c.get("email") or None
    if email:
        try:
            bare_address(email, local=True)
        except BadAddress as bad:
            row.wrong("email", str(bad))
    first, last = _span(row)
    return PersonLine(
        Person(code=c["code"], name=c["name"], email=email),
        c["unit"],
        Position(role=role, valid_from=first, valid_to=last),
    )


def _filled(row: _Row, required: Sequence[str]) -> bool:
    for name in required:
        if not row.cells.get(name):
            row.wrong(name, Sentence("để trống; hãy điền"))
    for name, said in row.cells.items():
        if len(said) > LONGEST:
            row.wrong(name, Sentence("dài quá {most} ký tự; hãy viết ngắn lại", most=LONGEST))
    return all(row.cells.get(name) for name in required)


def _span(row: _Row) -> tuple[date | None, date | None]:
    first, last = row.day("valid_from"), row.day("valid_to")
    if first and last and last < first:
        row.wrong("valid_to", Sentence("ở trước “Từ ngày”; hãy xem lại hai ngày"))
    return first, last


def _check(
    units: Sequence[tuple[UnitLine, _Row]],
    people: Sequence[tuple[PersonLine, _Row]],
    known: Mapping[str, str],
) -> None:
    """What only shows when all rows are seen: codes twice, units nobody knows, a tree that is a circle."""
    parents = {**known, **{line.unit.code: line.parent or known.get(line.unit.code, "") for line, _ in units}}
    first_row: dict[str, int] = {}
    for line, row in units:
        code = line.unit.code
        if code in first_row:
            row.wrong(
                "code",
                Sentence(
                    "“{code}” đã có ở dòng {number}; mỗi mã chỉ được một dòng",
                    code=code,
                    number=first_row[code],
                ),
            )
        first_row.setdefault(code, row.number)
        if line.parent and line.parent not in parents:
            row.wrong(
                "parent",
                Sentence(
                    "chưa có đơn vị nào mang mã “{parent}”; hãy thêm dòng cho đơn vị ấy", parent=line.parent
                ),
            )
        elif _circles(code, parents):
            row.wrong("parent", Sentence("đơn vị thành cấp trên của chính mình; hãy sửa mã cấp trên"))
    for person, row in people:
        if person.unit not in parents:
            row.wrong(
                "unit",
                Sentence("chưa có đơn vị nào mang mã “{unit}”; hãy thêm đơn vị ấy trước", unit=person.unit),
            )
    names: dict[str, str] = {}
    for person, row in people:
        if names.setdefault(person.person.code, person.person.name) != person.person.name:
            row.wrong(
                "code",
                Sentence(
                    "“{code}” đã là mã của {name}; hãy dùng mã khác",
                    code=person.person.code,
                    name=names[person.person.code],
                ),
            )


def _circles(code: str, parents: Mapping[str, str]) -> bool:
    seen, at = set[str](), parents.get(code, "")
    while at and at not in seen:
        if at == code:
            return True
        seen.add(at)
        at = parents.get(at, "")
    return False
