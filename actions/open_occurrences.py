"""Open what is due to be opened: a duty's occurrence in a period, and one assignment for each of its units.

The recurrence is computed once for a duty; the assignments of an occurrence are one INSERT … SELECT. Run
twice, by two clocks, or after a month of silence, each (duty, period) and (occurrence, unit) exists once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import literal, or_, select
from sqlmodel import Session, col

from actions.changes import By, record
from domain.assignment import State
from domain.duty import Kind
from domain.fields import UtcDateTime, one_of
from domain.instants import end_of, local_day
from domain.recurrence import Due, occurrences
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, DutyUnitRow, OccurrenceRow, UnitRow
from store.writing import insert_new, insert_selected

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=62)
"""How far a run looks: a duty that opens nothing until then is not looked at again before."""


@dataclass
class Opened:
    occurrences: int = 0
    assignments: int = 0


def duties_to_open(session: Session, today: date) -> Sequence[int]:
    """Ids of duties that may have something to open up to today. Standing duties never do."""
    rows = session.execute(
        select(col(DutyRow.id))
        .where(
            col(DutyRow.kind) != Kind.STANDING,
            or_(col(DutyRow.opened_through).is_(None), col(DutyRow.opened_through) < today),
        )
        .order_by(col(DutyRow.id))
    )
    return rows.scalars().all()


def open_occurrences(session: Session, duty_id: int, *, calendar: Calendar, zone: ZoneInfo, by: By) -> Opened:
    """Open every occurrence of the duty whose opening day has come and that is not open yet."""
    duty = session.get_one(DutyRow, duty_id, with_for_update=True)
    today = local_day(by.at, zone)
    terms = duty.terms_of_time()
    done = Opened()
    through = duty.opened_through or date.min
    horizon = today + AHEAD
    coming = [
        due
        for due in occurrences(terms, calendar, since=terms.first, until=horizon)
        if due.opens_on > through
    ]
    for due in coming:
        if due.opens_on <= today:
            _open(session, duty, due, calendar, zone, by, done)
    next_opening = min((due.opens_on for due in coming if due.opens_on > today), default=horizon)
    duty.opened_through = next_opening - ONE_DAY
    return done


def _open(
    session: Session, duty: DutyRow, due: Due, calendar: Calendar, zone: ZoneInfo, by: By, done: Opened
) -> None:
    row = {
        "duty_id": duty.id,
        "period": due.period,
        "opens_on": due.opens_on,
        "stated_on": due.stated_on,
        "due_on": due.due_on,
        "why": "; ".join(due.why),
    }
    done.occurrences += insert_new(session, OccurrenceRow, [row])
    occurrence_id = session.execute(
        select(col(OccurrenceRow.id)).where(
            col(OccurrenceRow.duty_id) == duty.id, col(OccurrenceRow.period) == due.period
        )
    ).scalar_one()
    first = duty.frozen_ladder().moment(0, due.due_on, calendar, zone)
    u, d = UnitRow, DutyUnitRow
    units = (
        select(
            literal(occurrence_id),
            col(d.unit_id),
            col(d.part),
            literal(State.ASSIGNED, one_of(State)),
            literal(due.due_on),
            literal(end_of(due.due_on, zone), UtcDateTime),
            literal(0),
            literal(first, UtcDateTime),
            literal(1),
        )
        .join(u, col(u.id) == col(d.unit_id))
        .where(
            col(d.duty_id) == duty.id,
            or_(col(d.since).is_(None), col(d.since) <= due.opens_on),
            or_(col(u.valid_from).is_(None), col(u.valid_from) <= due.opens_on),
            or_(col(u.valid_to).is_(None), col(u.valid_to) >= due.opens_on),
        )
        .order_by(col(d.id))
    )
    opened = insert_selected(session, AssignmentRow, _COLUMNS, units)
    done.assignments += opened
    if opened:
        record(
            session, by, "open", f"occurrence:{occurrence_id}",
            duty=duty.code, period=due.period, due_on=due.due_on, units=opened,
        )  # fmt: skip


_COLUMNS = (
    "occurrence_id",
    "unit_id",
    "part",
    "state",
    "due_on",
    "due_at",
    "step",
    "next_action_at",
    "version",
)
