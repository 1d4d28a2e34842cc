"""Named questions about the office: its settings, calendar, units and who holds which position."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from domain.mandate import Mandate
from domain.office import Office
from domain.recipients import Holder, Staff, Substitute
from domain.unit import Position
from domain.workdays import Calendar, CalendarDay, SchoolYear
from store.tables import CalendarDayRow, MandateRow, OfficeRow, PersonRow, PositionRow, SchoolYearRow, UnitRow


class NoOffice(Exception):
    """The database is empty: nobody has installed an office yet."""

    def __init__(self) -> None:
        super().__init__("Cơ sở dữ liệu chưa có cơ quan nào. Hãy chạy: dondoc install THƯ_MỤC")


def load_office(session: Session) -> Office:
    row = session.exec(select(OfficeRow)).first()
    if row is None:
        raise NoOffice
    return Office.model_validate(row.settings)


def load_calendar(session: Session, code: str) -> Calendar:
    """The base calendar with the exceptions of the office and of its units, and school years. Raises
    `domain.workdays.UnknownCalendar`."""
    days = session.exec(select(CalendarDayRow).where(col(CalendarDayRow.calendar) == code)).all()
    years = session.exec(select(SchoolYearRow).where(col(SchoolYearRow.calendar) == code)).all()
    beside = {"id", "calendar", "unit_id"}
    said = [(row.unit_id, CalendarDay(**row.model_dump(exclude=beside))) for row in days]
    return Calendar.of(
        code,
        overrides=[day for unit_id, day in said if unit_id is None],
        unit_days=[(unit_id, day) for unit_id, day in said if unit_id is not None],
        school_years=[SchoolYear(**row.model_dump(exclude=beside)) for row in years],
    )


def load_staff(session: Session) -> Staff:
    parents = session.exec(select(col(UnitRow.id), col(UnitRow.parent_id))).all()
    people = {p.id: p for p in session.exec(select(PersonRow)).all()}
    holders: dict[int, list[Holder]] = defaultdict(list)
    for position in session.exec(select(PositionRow)).all():
        holders[position.unit_id].append(
            Holder(
                position.person_id,
                people[position.person_id],
                position.unit_id,
                Position(**position.model_dump()),
            )
        )
    substitutes: dict[int, list[Substitute]] = defaultdict(list)
    for mandate in session.exec(select(MandateRow).order_by(col(MandateRow.id))).all():
        substitutes[mandate.person_id].append(
            Substitute(mandate.substitute_id, people[mandate.substitute_id], Mandate(**mandate.model_dump()))
        )
    return Staff(holders, dict(parents), substitutes)


def units_on(session: Session, day: date) -> Sequence[UnitRow]:
    """Units valid on the day, in order of id (the order of the office's file)."""
    units = session.exec(select(UnitRow).order_by(col(UnitRow.id))).all()
    return [unit for unit in units if unit.valid_on(day)]
