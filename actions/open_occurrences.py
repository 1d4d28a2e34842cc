"""Open what is due to be opened: a duty's occurrence in a period, and one assignment for each of its units.

The recurrence is computed once for a duty; the assignments of an occurrence are one INSERT … SELECT. Run
twice, by two clocks, or after a month of silence, each (duty, period) and (occurrence, unit) exists once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from actions.bans import barred
from actions.changes import By, record
from actions.own_days import deadlines_by, shares
from domain.assignment import Part, State
from domain.chain import plan
from domain.duty import BY_CALENDAR
from domain.fields import UtcDateTime, one_of
from domain.instants import end_of, local_day
from domain.recurrence import Due, occurrences
from domain.sentence import joined
from domain.workdays import Calendar
from store.tables import (
    AssignmentRow,
    DutyRow,
    DutyUnitRow,
    OccurrenceRow,
    UnitRow,
    UnitSuccessionRow,
)
from store.writing import insert_new, insert_selected

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=62)
"""How far a run looks: a duty that opens nothing until then is not looked at again before."""


@dataclass
class Opened:
    occurrences: int = 0
    assignments: int = 0


def duties_to_open(session: Session, today: date) -> Sequence[int]:
    """Ids of duties that may have something to open up to today. Standing, dormant and sleeping ones do not."""
    rows = session.execute(
        select(col(DutyRow.id))
        .where(
            col(DutyRow.kind).in_(BY_CALENDAR),
            col(DutyRow.asleep).is_(False),
            or_(col(DutyRow.opened_through).is_(None), col(DutyRow.opened_through) < today),
        )
        .order_by(col(DutyRow.id))
    )
    return rows.scalars().all()


def open_occurrences(session: Session, duty_id: int, *, calendar: Calendar, zone: ZoneInfo, by: By) -> Opened:
    """Open every occurrence of the duty whose opening day has come and that is not open yet. What fell due
    while its situation was not declared is not opened afterwards. A duty that sleeps, or waits for an event, opens
    nothing by the calendar."""
    duty = session.get_one(DutyRow, duty_id, with_for_update=True)
    today = local_day(by.at, zone)
    done = Opened()
    if duty.asleep or duty.kind not in BY_CALENDAR:
        return done
    horizon = today + AHEAD
    coming = still_to_open(duty, horizon, calendar)
    for due in coming:
        if due.opens_on <= today:
            opened = open_one(session, duty, due, calendar=calendar, zone=zone, by=by)
            done.occurrences += opened.occurrences
            done.assignments += opened.assignments
    next_opening = min((due.opens_on for due in coming if due.opens_on > today), default=horizon)
    duty.opened_through = next_opening - ONE_DAY
    return done


def still_to_open(duty: DutyRow, until: date, calendar: Calendar) -> list[Due]:
    """Occurrences of the duty up to `until` that are not open yet, in order."""
    terms = duty.terms_of_time()
    through = duty.opened_through or date.min
    return [
        due
        for due in occurrences(terms, calendar, since=terms.first, until=until)
        if due.opens_on > through and (duty.awake_since is None or due.due_on >= duty.awake_since)
    ]


def open_one(
    session: Session, duty: DutyRow, due: Due, *, calendar: Calendar, zone: ZoneInfo, by: By, note: str = ""
) -> Opened:
    """One occurrence with its assignments. Where the duty has a chain, those who give parts owe them earlier
    than the lead owes the whole (`domain.chain`)."""
    chain = duty.frozen_chain()
    short = plan(chain, due.due_on, calendar, not_before=due.opens_on).short if chain else ""
    row = {
        "duty_id": duty.id,
        "period": due.period,
        "opens_on": due.opens_on,
        "stated_on": due.stated_on,
        "due_on": due.due_on,
        "why": joined("; ", filter(None, (note, *due.why, short))),
    }
    done = Opened(occurrences=insert_new(session, OccurrenceRow, [row]))
    occurrence_id = session.execute(
        select(col(OccurrenceRow.id)).where(
            col(OccurrenceRow.duty_id) == duty.id, col(OccurrenceRow.period) == due.period
        )
    ).scalar_one()
    today = local_day(by.at, zone)
    for units in new_assignments(session, duty, due, occurrence_id, today, calendar=calendar, zone=zone):
        done.assignments += insert_selected(session, AssignmentRow, COLUMNS, units)
    if done.assignments:
        record(
            session, by, "open", f"occurrence:{occurrence_id}",
            duty=duty.code, period=due.period, due_on=due.due_on, units=done.assignments,
        )  # fmt: skip
    return done


def new_assignments(
    session: Session,
    duty: DutyRow,
    due: Due,
    occurrence_id: int,
    today: date,
    *,
    calendar: Calendar,
    zone: ZoneInfo,
) -> Iterator[Select[Any]]:
    """For each deadline of the occurrence, a question for the rows (`COLUMNS`) of whoever has it when it is opened
    `today`, or on its own day if that is still to come. Units with days of their own have a question apart only
    where it makes a difference."""
    ladder = duty.frozen_ladder()
    alike: dict[tuple[date, tuple[Part, ...], datetime | None], list[ColumnElement[bool]]] = {}
    for own, who in shares(calendar, col(DutyUnitRow.unit_id)):
        for due_on, parts in deadlines_by(own, duty, due, calendar):
            alike.setdefault((due_on, parts, ladder.moment(0, due_on, own, zone)), []).append(who)
    for (due_on, parts, first), whose in alike.items():
        units = _units(session, duty, occurrence_id, due_on, first, zone)
        units = units.where(or_(*whose), *_owing(duty, due.opens_on, today))
        yield units.where(col(DutyUnitRow.part).in_(parts)) if duty.chain else units


def _units(
    session: Session,
    duty: DutyRow,
    occurrence_id: int,
    due_on: date,
    first: datetime | None,
    zone: ZoneInfo,
) -> Select[Any]:
    u, d = UnitRow, DutyUnitRow
    chosen = (
        select(
            literal(occurrence_id),
            col(d.unit_id),
            col(d.part),
            literal(State.ASSIGNED, one_of(State)),
            literal(due_on),
            literal(end_of(due_on, zone), UtcDateTime),
            literal(0),
            literal(first, UtcDateTime),
            literal(1),
        )
        .join(u, col(u.id) == col(d.unit_id))
        .where(col(d.duty_id) == duty.id)
        .order_by(col(d.id))
    )
    kept_out = barred(session, duty)
    return chosen.where(col(d.unit_id).not_in(kept_out)) if kept_out else chosen


def _owing(duty: DutyRow, opens_on: date, today: date) -> Iterator[ColumnElement[bool]]:
    """A period belongs to the units of its first day. One opened later is not given to a unit that has ended
    meanwhile: there is nobody to do it; its successor, who would have taken it over, has it."""
    u, d = UnitRow, DutyUnitRow
    yield or_(col(d.until).is_(None), col(d.until) >= opens_on)
    yield or_(col(u.valid_to).is_(None), col(u.valid_to) >= max(opens_on, today))
    begun = and_(*(or_(one.is_(None), one <= opens_on) for one in (col(d.since), col(u.valid_from))))
    yield begun if today <= opens_on else or_(begun, and_(col(d.since) <= today, _succeeding(duty, opens_on)))


def _succeeding(duty: DutyRow, opens_on: date) -> ColumnElement[bool]:
    """The unit came to the duty as the successor of one that had it."""
    old, succession = aliased(DutyUnitRow), UnitSuccessionRow
    return (
        select(literal(1))
        .select_from(succession)
        .join(old, and_(col(old.unit_id) == col(succession.unit_id), col(old.duty_id) == duty.id))
        .where(
            col(succession.successor_id) == col(DutyUnitRow.unit_id),
            col(succession.since) == col(DutyUnitRow.since),
            col(succession.since) > opens_on,
        )
        .exists()
    )


COLUMNS = (
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
