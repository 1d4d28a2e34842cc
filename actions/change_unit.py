"""The office corrects a unit, opens a new one, ends one; gives a person a position and ends it. Nothing is deleted."""

from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused, Stale
from actions.install_office import put_units
from domain.address import BadAddress, bare_address
from domain.fields import canonical
from domain.unit import Role, Unit
from domain.wording import say_day
from intake.office_folder import UnitLine
from store.tables import PersonRow, PositionRow, UnitRow


def shown(unit: Unit) -> str:
    """What somebody had before them when they changed it."""
    return canonical(Unit(**unit.model_dump()))


def change_unit(session: Session, unit_id: int, unit: Unit, by: By, *, parent: str, seen: str) -> None:
    """`unit` keeps its code. `parent`: code of the unit above, "" leaves it. `seen`: `shown` of what was changed.
    Raises `Stale` when somebody else changed it first, `Refused` for a name or days that cannot be."""
    row = session.get(UnitRow, unit_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có đơn vị này.")
    if shown(row) != seen:
        raise Stale
    if not unit.name.strip():
        raise Refused("Hãy ghi tên đơn vị.")
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    if parent:
        _not_below_itself(session, row, parent)
    put_units(session, [UnitLine(unit, parent)])
    record(session, by, "change_unit", f"unit:{row.code}", before=seen, after=shown(unit))


def _not_below_itself(session: Session, row: UnitRow, parent: str) -> None:
    above = session.exec(select(UnitRow).where(UnitRow.code == parent)).first()
    if above is None:
        raise Refused("Không có đơn vị nào mang mã “{parent}”.", parent=parent).about("parent")
    seen = set[int]()
    while above is not None and above.id not in seen:
        if above.id == row.id:
            raise Refused("Đơn vị không thể là cấp trên của chính mình.").about("parent")
        seen.add(above.id)
        above = session.get(UnitRow, above.parent_id) if above.parent_id else None


def appoint(
    session: Session,
    unit_id: int,
    by: By,
    *,
    code: str,
    name: str,
    email: str,
    role: Role,
    since: date | None,
) -> PositionRow:
    """Give a position at the unit to the person with this code; somebody new is entered by name. An address given
    replaces theirs. Raises `Refused` for a bad address, a code without a name, a position held already."""
    unit = session.get(UnitRow, unit_id)
    if unit is None:
        raise NotFound("Không có đơn vị này.")
    person = _person(session, code.strip(), name.strip(), email.strip())
    for held in session.exec(
        select(PositionRow).where(
            PositionRow.person_id == person.id, PositionRow.unit_id == unit_id, PositionRow.role == role
        )
    ):
        if held.valid_to is None or since is None or held.valid_to >= since:
            raise Refused("{name} đang giữ chức vụ này ở {unit}.", name=person.name, unit=unit.name)
    position = PositionRow(person_id=person.id, unit_id=unit_id, role=role, valid_from=since)
    session.add(position)
    session.flush()
    record(session, by, "appoint", f"unit:{unit.code}", person=person.code, role=role, since=since)
    return position


def _person(session: Session, code: str, name: str, email: str) -> PersonRow:
    if not code:
        raise Refused("Hãy ghi mã người, như nguyen-van-an.")
    person = session.exec(select(PersonRow).where(PersonRow.code == code).with_for_update()).first()
    if person is None:
        if not name:
            raise Refused("Chưa có ai mang mã “{code}”; hãy ghi họ tên để thêm người mới.", code=code).about(
                "name"
            )
        person = PersonRow(code=code, name=name)
    elif name and name != person.name:
        raise Refused(
            "Mã “{code}” là của {name}; hãy dùng mã khác cho {other}.",
            code=code,
            name=person.name,
            other=name,
        ).about("name")
    if email:
        try:
            person.email = bare_address(email, local=True)
        except BadAddress as bad:
            raise Refused(str(bad)).about("email") from bad
    session.add(person)
    session.flush()
    return person


def end_position(session: Session, position_id: int, by: By, *, last_day: date) -> PositionRow:
    """It ends with `last_day`; from the next day no letter reaches the person for it. Raises `Refused` unless that
    ends it earlier."""
    position = session.get(PositionRow, position_id, with_for_update=True)
    if position is None:
        raise NotFound("Không có chức vụ này.")
    if position.valid_to is not None and position.valid_to <= last_day:
        raise Refused("Chức vụ này đã kết thúc ngày {day}.", day=say_day(position.valid_to)).about("last_day")
    if position.valid_from is not None and last_day < position.valid_from:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.").about("last_day")
    position.valid_to = last_day
    person = session.exec(select(PersonRow.code).where(col(PersonRow.id) == position.person_id)).one()
    unit = session.get_one(UnitRow, position.unit_id)
    record(
        session, by, "end_position", f"unit:{unit.code}", person=person, role=position.role, last_day=last_day
    )
    return position
