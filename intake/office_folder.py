"""An office as a folder of files a clerk can edit: office.yaml, units.csv, people.csv, calendar.csv, policy.yaml,
*.pack.yaml.

Every problem names file, row and field and says what to do; a broken row never hides the others. A folder
with problems is not installed: half an office would lose letters.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from domain.office import Office
from domain.proposal import Policy
from domain.unit import Person, Position, Role, Unit
from domain.workdays import CalendarDay, Kind, Status

M = TypeVar("M", bound=BaseModel)


class FolderError(Exception):
    """The folder cannot be used. `problems` lists every broken place, one sentence each (Vietnamese)."""

    def __init__(self, folder: Path, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(f"Thư mục cơ quan “{folder}” có {len(problems)} lỗi:\n- " + "\n- ".join(problems))


@dataclass(frozen=True)
class UnitLine:
    unit: Unit
    parent: str = ""
    successors: tuple[str, ...] = ()
    succeeded_on: date | None = None


@dataclass(frozen=True)
class PersonLine:
    person: Person
    unit: str
    position: Position


@dataclass(frozen=True)
class DayLine:
    """A day of calendar.csv: everybody's, or with `unit` (a code) that unit's alone."""

    day: CalendarDay
    unit: str = ""


@dataclass
class OfficeFolder:
    office: Office
    policy: Policy
    units: list[UnitLine] = field(default_factory=list)
    people: list[PersonLine] = field(default_factory=list)
    calendar: list[DayLine] = field(default_factory=list)
    packs: list[Path] = field(default_factory=list)


def load_office_folder(folder: Path) -> OfficeFolder:
    """Read and check the whole folder. Raises `FolderError` with all problems at once."""
    problems: list[str] = []
    if not folder.is_dir():
        raise FolderError(folder, ["không có thư mục này; hãy kiểm tra đường dẫn"])
    office = read_model(folder / "office.yaml", Office, problems)
    policy = read_model(folder / "policy.yaml", Policy, problems, required=False) or Policy()
    units = [line for line in (_unit(row, problems) for row in _rows(folder / "units.csv", problems)) if line]
    people = [
        line for line in (_person(row, problems) for row in _rows(folder / "people.csv", problems)) if line
    ]
    own = folder / "calendar.csv"  # most offices have no days of their own, and no such file
    rows = _rows(own, problems) if own.exists() else ()
    days = [line for line in (_calendar_day(row, problems) for row in rows) if line]
    _check_tree(units, people, office, problems)
    _check_days(days, units, problems)
    if problems or office is None:
        raise FolderError(folder, problems)
    return OfficeFolder(office, policy, units, people, days, packs=sorted(folder.glob("*.pack.yaml")))


@dataclass(frozen=True)
class Row:
    file: str
    number: int
    cells: dict[str, str]

    def problem(self, column: str, what: str) -> str:
        return f"{self.file}, dòng {self.number}, cột “{column}”: {what}"


def _rows(path: Path, problems: list[str]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, cells in enumerate(csv.DictReader(file), start=2):
                yield Row(path.name, number, {k: (v or "").strip() for k, v in cells.items() if k})
    except FileNotFoundError:
        problems.append(f"{path.name}: thiếu tệp này; hãy tạo theo mẫu trong examples/")
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(f"{path.name}: không đọc được ({error}); hãy lưu lại dưới dạng CSV UTF-8")


def _unit(row: Row, problems: list[str]) -> UnitLine | None:
    c = row.cells
    if not c.get("code") or not c.get("name"):
        problems.append(
            row.problem("code" if not c.get("code") else "name", "để trống; mỗi đơn vị cần mã và tên")
        )
        return None
    unit = Unit(
        code=c["code"],
        name=c["name"],
        short_names=_list(c.get("short_names", "")),
        kind=c.get("kind", ""),
        level=c.get("level", ""),
        ownership=c.get("ownership", ""),
        valid_from=_day(row, "valid_from", problems),
        valid_to=_day(row, "valid_to", problems),
    )
    return UnitLine(
        unit, c.get("parent", ""), tuple(_list(c.get("successors", ""))), _day(row, "succeeded_on", problems)
    )


def _person(row: Row, problems: list[str]) -> PersonLine | None:
    c = row.cells
    try:
        role = Role(c.get("role", ""))
    except ValueError:
        known = ", ".join(role.value for role in Role)
        problems.append(
            row.problem("role", f"“{c.get('role', '')}” không phải một vai trò; hãy dùng một trong: {known}")
        )
        return None
    for column in ("code", "name", "unit"):
        if not c.get(column):
            problems.append(row.problem(column, "để trống"))
            return None
    position = Position(
        role=role, valid_from=_day(row, "valid_from", problems), valid_to=_day(row, "valid_to", problems)
    )
    return PersonLine(
        Person(code=c["code"], name=c["name"], email=c.get("email") or None), c["unit"], position
    )


def _calendar_day(row: Row, problems: list[str]) -> DayLine | None:
    c = row.cells
    for column in ("day", "reason", "source"):
        if not c.get(column):
            problems.append(row.problem(column, "để trống; mỗi ngày cần ngày, lý do và văn bản"))
            return None
    for column, known in (("kind", ("off", "work")), ("status", ("official", "expected", ""))):
        if c.get(column, "") not in known:
            said = " hoặc ".join(filter(None, known))
            problems.append(row.problem(column, f"“{c.get(column, '')}” không dùng được; hãy viết {said}"))
            return None
    day = _day(row, "day", problems)
    if day is None:
        return None
    kind: Kind = "work" if c["kind"] == "work" else "off"
    status: Status = "expected" if c.get("status") == "expected" else "official"
    return DayLine(CalendarDay(day, kind, c["reason"], c["source"], status), c.get("unit", ""))


def _check_days(days: list[DayLine], units: list[UnitLine], problems: list[str]) -> None:
    known = {line.unit.code for line in units}
    problems.extend(
        f"calendar.csv: ngày {line.day.day:%d/%m/%Y} là của đơn vị “{line.unit}” không có trong units.csv"
        for line in days
        if line.unit and line.unit not in known
    )


def _check_tree(
    units: list[UnitLine], people: list[PersonLine], office: Office | None, problems: list[str]
) -> None:
    parents = {line.unit.code: line.parent for line in units}
    for code, count in Counter(line.unit.code for line in units).items():
        if count > 1:
            problems.append(f"units.csv: mã đơn vị “{code}” có {count} lần; mỗi mã chỉ được một dòng")
    for line in units:
        problems.extend(_unit_problems(line, parents))
    problems.extend(
        f"people.csv: “{line.person.name}” thuộc đơn vị “{line.unit}” không có trong units.csv"
        for line in people
        if line.unit not in parents
    )
    if office is not None and office.unit not in parents:
        problems.append(f"office.yaml: “unit: {office.unit}” không có trong units.csv")


def _unit_problems(line: UnitLine, parents: dict[str, str]) -> Iterator[str]:
    mine = f"units.csv: đơn vị “{line.unit.code}”"
    for code in (line.parent, *line.successors):
        if code and code not in parents:
            yield f"{mine} nhắc đến mã “{code}” không có trong tệp"
    if line.successors and line.succeeded_on is None:
        yield f"{mine} có đơn vị kế thừa nhưng thiếu ngày “succeeded_on”"
    if _in_circle(line.unit.code, parents):
        yield f"{mine} nằm trong một vòng cấp trên; hãy sửa cột “parent”"


def _in_circle(code: str, parents: dict[str, str]) -> bool:
    seen = {code}
    at = parents.get(code, "")
    while at:
        if at in seen:
            return at == code
        seen.add(at)
        at = parents.get(at, "")
    return False


def _list(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _day(row: Row, column: str, problems: list[str]) -> date | None:
    cell = row.cells.get(column, "")
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        problems.append(
            row.problem(column, f"“{cell}” không phải ngày; hãy viết NĂM-THÁNG-NGÀY, ví dụ 2023-02-14")
        )
        return None


def read_model(path: Path, model: type[M], problems: list[str], *, required: bool = True) -> M | None:
    """A YAML file as the model; what is wrong with it goes to `problems`, one sentence each."""
    if not path.exists():
        if required:
            problems.append(f"{path.name}: thiếu tệp này; hãy tạo theo mẫu trong examples/")
        return None
    try:
        return model.model_validate(YAML(typ="safe").load(path.read_text("utf-8")) or {})
    except YAMLError as error:
        problems.append(f"{path.name}: sai cú pháp YAML: {' '.join(str(error).split())[:200]}")
    except ValidationError as error:
        problems += [f"{path.name}, mục “{'.'.join(map(str, e['loc']))}”: {e['msg']}" for e in error.errors()]
    return None
