"""Install an office from its folder: settings, calendar, units, people, positions. Again is an update.

Nothing is deleted by a second import: a unit missing from the new file stays and is reported as absent.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pwdlib import PasswordHash
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused
from domain.folding import fold
from domain.office import Office
from domain.workdays import CalendarDay, SchoolYear
from intake.office_folder import DayLine, OfficeFolder, PersonLine, UnitLine
from store.search import Thing, remember
from store.tables import (
    CalendarDayRow,
    OfficeRow,
    PersonRow,
    PositionRow,
    SchoolYearRow,
    UnitRow,
    UnitSuccessionRow,
)
from store.writing import insert_new


@dataclass(frozen=True)
class Installed:
    units: int
    people: int
    absent: tuple[str, ...]
    """Codes of units in the database that the folder does not name."""


def install_office(
    session: Session,
    folder: OfficeFolder,
    calendar_days: Sequence[CalendarDay],
    by: By,
    *,
    school_years: Sequence[SchoolYear] = (),
    password: str | None = None,
) -> Installed:
    """Write the folder's rows. `password`, when given, is set for people who have none (sample office). Raises
    `Refused` in the database of another office: the sample's people, whose password everybody knows, would stay."""
    _settings(session, folder.office)
    insert_new(
        session,
        SchoolYearRow,
        [{"calendar": folder.office.calendar, **asdict(year)} for year in school_years],
    )
    ids = put_units(session, folder.units)
    days = (
        *folder.calendar,
        *(DayLine(day) for day in calendar_days),
    )  # the office's own come first, and stay
    insert_new(
        session,
        CalendarDayRow,
        [
            {"calendar": folder.office.calendar, "unit_id": ids.get(line.unit), **asdict(line.day)}
            for line in days
        ],
    )
    put_people(session, folder.people, ids, password)
    absent = tuple(sorted(set(ids) - {line.unit.code for line in folder.units}))
    record(
        session, by, "install_office", f"office:{folder.office.code}",
        units=len(folder.units), people=len(folder.people), absent=list(absent),
    )  # fmt: skip
    return Installed(len(folder.units), len(folder.people), absent)


def _settings(session: Session, office: Office) -> None:
    row = session.exec(select(OfficeRow)).first() or OfficeRow(code=office.code, name=office.name)
    if row.code != office.code:
        raise Refused(
            "Cơ sở dữ liệu này là của {name} (mã {code}), không phải của {other} (mã {other_code}). "
            "Hãy đặt DONDOC_HOME là một thư mục khác, hoặc DONDOC_DATABASE_URL là một cơ sở dữ liệu khác.",
            name=row.name,
            code=row.code,
            other=office.name,
            other_code=office.code,
        )
    if row.settings:
        named = {group.code for group in office.groups}
        others = [one for one in Office.model_validate(row.settings).groups if one.code not in named]
        office = office.model_copy(update={"groups": (*office.groups, *others)})
    row.code, row.name, row.settings = office.code, office.name, office.model_dump(mode="json")
    session.add(row)


def put_units(session: Session, lines: Sequence[UnitLine]) -> dict[str, int]:
    rows = {unit.code: unit for unit in session.exec(select(UnitRow)).all()}
    for line in lines:
        row = rows.setdefault(line.unit.code, UnitRow(code=line.unit.code, name=line.unit.name))
        for name, value in line.unit.model_dump().items():
            setattr(row, name, value)
        row.folded = fold(" ".join([line.unit.name, line.unit.code, *line.unit.short_names]))
        session.add(row)
    session.flush()
    for line in lines:
        if line.parent:
            rows[line.unit.code].parent_id = rows[line.parent].id
        insert_new(
            session,
            UnitSuccessionRow,
            [
                {
                    "unit_id": rows[line.unit.code].id,
                    "successor_id": rows[code].id,
                    "since": line.succeeded_on,
                }
                for code in line.successors
            ],
        )
    session.flush()
    named = (rows[line.unit.code] for line in lines)
    remember(session, Thing.UNIT, {row.id: row.folded for row in named})
    return {code: row.id for code, row in rows.items()}


def put_people(
    session: Session, lines: Sequence[PersonLine], units: dict[str, int], password: str | None
) -> None:
    rows = {person.code: person for person in session.exec(select(PersonRow)).all()}
    # One hash for all: a sample password is no secret, and argon2 takes a third of a second each.
    hashed = PasswordHash.recommended().hash(password) if password else None
    for line in lines:
        row = rows.setdefault(line.person.code, PersonRow(code=line.person.code, name=line.person.name))
        row.name, row.email = line.person.name, line.person.email
        row.password_hash = row.password_hash or hashed
        session.add(row)
    session.flush()
    held = {
        (p.person_id, p.unit_id, p.role): p
        for p in session.exec(select(PositionRow).order_by(col(PositionRow.id))).all()
    }
    for line in lines:
        person_id, unit_id = rows[line.person.code].id, units[line.unit]
        position = held.setdefault(
            (person_id, unit_id, line.position.role),
            PositionRow(person_id=person_id, unit_id=unit_id, role=line.position.role),
        )
        # A second import ends a position too: who has left gets no more letters.
        position.valid_from, position.valid_to = line.position.valid_from, line.position.valid_to
        session.add(position)
    session.flush()
