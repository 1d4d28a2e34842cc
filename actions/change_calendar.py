"""The calendar changes (lịch nghỉ thay đổi): open deadlines are worked out anew, see `actions.reproject`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused
from actions.reproject import Moved, Reprojection
from domain.assignment import UNFINISHED
from domain.instants import local_day
from domain.office import Office
from domain.workdays import CalendarDay, SchoolYear
from store.office import load_calendar
from store.tables import AssignmentRow, CalendarDayRow, DutyRow, OccurrenceRow, SchoolYearRow


def change_calendar(
    session: Session,
    days: Sequence[CalendarDay],
    by: By,
    *,
    office: Office,
    unit_id: int | None = None,
    years: Sequence[SchoolYear] = (),
) -> list[Moved]:
    """Enter or correct days of the office's calendar (an expected year becomes official so), or of one unit's, or
    the office's school years, and work out every open deadline anew. `by.cause`: the notice that says so. Returns
    what moved, in order of opening.

    Raises `Refused` without days or without a cause.
    """
    if not (days or years) or not by.cause.strip():
        raise Refused("Hãy ghi ngày thay đổi và văn bản thông báo.")
    before = load_calendar(session, office.calendar)
    for day in days:
        _enter(session, office.calendar, day, unit_id)
    for year in years:
        _enter_year(session, office.calendar, year)
    session.flush()
    after = load_calendar(session, office.calendar)
    record(
        session, by, "change_calendar", f"calendar:{office.calendar}",
        days=[asdict(day) for day in days], unit_id=unit_id, years=[asdict(year) for year in years],
    )  # fmt: skip
    _look_again(session, local_day(by.at, office.tz))
    anew = Reprojection(session, before, after, office.tz, by)
    return [one for occurrence, duty in _open(session, unit_id) for one in anew.apply(occurrence, duty)]


def _enter(session: Session, calendar: str, day: CalendarDay, unit_id: int | None) -> None:
    known = select(CalendarDayRow).where(
        CalendarDayRow.calendar == calendar,
        CalendarDayRow.day == day.day,
        col(CalendarDayRow.unit_id).is_not_distinct_from(unit_id),
    )
    row = session.exec(known).first() or CalendarDayRow(
        calendar=calendar, day=day.day, kind=day.kind, unit_id=unit_id
    )
    for name, value in asdict(day).items():
        setattr(row, name, value)
    session.add(row)


def _enter_year(session: Session, calendar: str, year: SchoolYear) -> None:
    known = select(SchoolYearRow).where(
        SchoolYearRow.calendar == calendar, col(SchoolYearRow.start) == year.start
    )
    row = session.exec(known).first() or SchoolYearRow(
        calendar=calendar, start=year.start, first_semester_ends=year.first_semester_ends, ends=year.ends
    )
    for name, value in asdict(year).items():
        setattr(row, name, value)
    session.add(row)


def _look_again(session: Session, today: date) -> None:
    """A day that is worked now may open something: no duty sleeps past today on the old calendar's word."""
    session.execute(update(DutyRow).where(col(DutyRow.opened_through) > today).values(opened_through=today))


def _open(session: Session, unit_id: int | None) -> Sequence[tuple[OccurrenceRow, DutyRow]]:
    """Periods in which somebody, or this unit, still has to do something."""
    unfinished = select(AssignmentRow.occurrence_id).where(col(AssignmentRow.state).in_(UNFINISHED))
    if unit_id is not None:
        unfinished = unfinished.where(col(AssignmentRow.unit_id) == unit_id)
    return session.exec(
        select(OccurrenceRow, DutyRow)
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(OccurrenceRow.id).in_(unfinished))
        .order_by(col(OccurrenceRow.id))
    ).all()
