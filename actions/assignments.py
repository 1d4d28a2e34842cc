"""What every action on one assignment does alike: take hold of it, move it by the table, set its deadline."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Stale
from domain.assignment import CLOSED, OPEN, Event, State, move
from domain.escalation import Ladder
from domain.instants import end_of
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, WaitingRow


def locked(session: Session, assignment_id: int) -> AssignmentRow:
    """The row, held until the transaction ends. Raises `NotFound`."""
    row = session.get(AssignmentRow, assignment_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có việc này, hoặc việc không thuộc đơn vị của bạn.")
    return row


def unchanged(session: Session, assignment_id: int, version: int) -> None:
    """Raises `Stale` when the assignment is no longer the one somebody saw as this version."""
    if locked(session, assignment_id).version != version:
        raise Stale


def moved(session: Session, row: AssignmentRow, event: Event, by: By, **data: object) -> None:
    """One move by the table, with its line in the trail. Raises `domain.assignment.NotAllowed`."""
    row.state = move(row.state, event)
    if row.state not in OPEN:
        row.next_action_at = None
    if row.state in CLOSED:
        row.closed_at = by.at
    if row.waiting_since is not None and row.state not in (State.WAITING, State.SUBMITTED):
        _end_waiting(session, row, by.at)
    touched(row, by.at)
    record(session, by, event.value, f"assignment:{row.id}", **data)


def touched(row: AssignmentRow, at: datetime) -> None:
    row.touched_at = at
    row.version += 1


def open_waiting(session: Session, assignment_id: int) -> WaitingRow:
    """The interval in which the assignment waits now."""
    return session.exec(
        select(WaitingRow).where(
            col(WaitingRow.assignment_id) == assignment_id, col(WaitingRow.ended_at).is_(None)
        )
    ).one()


def _end_waiting(session: Session, row: AssignmentRow, at: datetime) -> None:
    interval = open_waiting(session, row.id)
    interval.ended_at, interval.remind_at = at, None
    row.waiting_since = None


def duty_of(session: Session, row: AssignmentRow) -> DutyRow:
    return session.get_one(DutyRow, session.get_one(OccurrenceRow, row.occurrence_id).duty_id)


def ladder_of(session: Session, row: AssignmentRow) -> Ladder:
    return duty_of(session, row).frozen_ladder()


def next_moment(session: Session, row: AssignmentRow, calendar: Calendar, zone: ZoneInfo) -> datetime | None:
    """When the next rung of the frozen ladder falls; None when the unit owes nothing now or none is left."""
    if row.state not in OPEN:
        return None
    return ladder_of(session, row).moment(row.step, row.due_on, calendar.for_unit(row.unit_id), zone)


def reschedule(
    session: Session, row: AssignmentRow, due_on: date, at: datetime, *, calendar: Calendar, zone: ZoneInfo
) -> None:
    """Set the deadline. The rungs of another day are new: the ladder steps back to the first that is not yet
    past. It never steps forward, so a rung that was not taken is not lost."""
    if due_on != row.due_on:
        own = calendar.for_unit(row.unit_id)
        row.step = min(row.step, ladder_of(session, row).ahead(due_on, at, own, zone))
        row.due_on, row.due_at = due_on, end_of(due_on, zone)
    row.next_action_at = next_moment(session, row, calendar, zone)
