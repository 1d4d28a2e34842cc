"""On which days the office's work falls due: for the calendar's month and the year's line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.assignment import OUT, UNFINISHED
from store.tables import AssignmentRow, CalendarDayRow, DutyRow, OccurrenceRow, SchoolYearRow, UnitRow

MOST = 2000


@dataclass(frozen=True)
class DueDay:
    """One duty due on a day: for how many units, and how many of them have not finished; without those it was waived
    for or taken back from."""

    day: date
    duty_id: int
    title: str
    units: int
    unfinished: int


def due_days(session: Session, first: date, last: date) -> Sequence[DueDay]:
    """From `first` to `last`, both inside, by day; at most `MOST`."""
    a = AssignmentRow
    rows = session.execute(
        select(
            col(a.due_on),
            col(DutyRow.id),
            col(DutyRow.title),
            func.count(),
            func.count().filter(col(a.state).in_(UNFINISHED)),
        )
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(a.due_on).between(first, last), col(a.state).not_in(OUT))
        .group_by(col(a.due_on), col(DutyRow.id), col(DutyRow.title))
        .order_by(col(a.due_on), col(DutyRow.id))
        .limit(MOST)
    )
    return [DueDay(*row) for row in rows]


@dataclass(frozen=True)
class OwnDay:
    row: CalendarDayRow
    unit: str


def own_days(session: Session, calendar: str, first: date, last: date) -> Sequence[OwnDay]:
    """Days the office or a unit entered, by day; `unit` is empty for everybody's."""
    c = CalendarDayRow
    rows = session.execute(
        select(c, col(UnitRow.name))
        .outerjoin(UnitRow, col(UnitRow.id) == col(c.unit_id))
        .where(col(c.calendar) == calendar, col(c.day).between(first, last))
        .order_by(col(c.day), col(c.id))
    )
    return [OwnDay(row, name or "") for row, name in rows]


def school_years(session: Session, calendar: str) -> Sequence[SchoolYearRow]:
    y = SchoolYearRow
    return session.scalars(select(y).where(col(y.calendar) == calendar).order_by(col(y.start).desc())).all()
