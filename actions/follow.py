"""The smaller moves of an assignment: received, returned, accepted, waived, withdrawn."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import NotFound
from domain.assignment import CLOSED, OPEN, Event, State, move
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, OccurrenceRow


def receive(session: Session, assignment_id: int, by: By) -> None:
    """The unit has read the assignment. Reading it again changes nothing."""
    row = _locked(session, assignment_id)
    if row.state is State.ASSIGNED:
        _move(session, row, Event.RECEIVE, by)


def give_back(
    session: Session, assignment_id: int, by: By, *, reason: str, calendar: Calendar, zone: ZoneInfo
) -> None:
    """Return for correction (trả lại). The ladder goes on from the rung it had reached."""
    row = _locked(session, assignment_id)
    _move(session, row, Event.RETURN, by, reason=reason)
    row.handed_in_at = None
    row.next_action_at = next_moment(session, row, calendar, zone)


def accept(session: Session, assignment_id: int, by: By) -> None:
    """The work is done (duyệt). Nothing is sent about it any more."""
    _move(session, _locked(session, assignment_id), Event.ACCEPT, by)


def waive(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    """Exempt the unit: the assignment leaves numerator and denominator."""
    _move(session, _locked(session, assignment_id), Event.WAIVE, by, reason=reason)


def withdraw(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    _move(session, _locked(session, assignment_id), Event.WITHDRAW, by, reason=reason)


def next_moment(session: Session, row: AssignmentRow, calendar: Calendar, zone: ZoneInfo) -> datetime | None:
    """When the next rung of the frozen ladder falls for this assignment; None for a request without one."""
    occurrence = session.get_one(OccurrenceRow, row.occurrence_id)
    duty = session.get_one(DutyRow, occurrence.duty_id)
    return duty.frozen_ladder().moment(row.step, row.due_on, calendar, zone)


def _locked(session: Session, assignment_id: int) -> AssignmentRow:
    row = session.get(AssignmentRow, assignment_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có việc này, hoặc việc không thuộc đơn vị của bạn.")
    return row


def _move(session: Session, row: AssignmentRow, event: Event, by: By, **data: object) -> None:
    row.state = move(row.state, event)
    row.version += 1
    if row.state not in OPEN:
        row.next_action_at = None
    if row.state in CLOSED:
        row.closed_at = by.at
    record(session, by, event.value, f"assignment:{row.id}", **data)
