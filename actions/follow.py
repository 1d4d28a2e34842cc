"""The smaller moves of an assignment: received, returned, accepted, waived, withdrawn."""

from datetime import date

from sqlmodel import Session

from actions.assignments import locked, moved, reschedule
from actions.changes import By
from actions.errors import given
from actions.hand_over import confirm_handover
from domain.assignment import Event, State
from domain.instants import local_day
from domain.office import Office
from domain.waiting import given_back
from domain.workdays import Calendar
from store.tables import AssignmentRow


def receive(session: Session, assignment_id: int, by: By) -> None:
    """The unit has read the assignment. Reading it again changes nothing. Work that came from another unit is
    confirmed at the same time (biên nhận bàn giao)."""
    row = locked(session, assignment_id)
    if row.state is State.ASSIGNED:
        moved(session, row, Event.RECEIVE, by)
    confirm_handover(session, row, by)


def give_back(
    session: Session, assignment_id: int, by: By, *, reason: str, office: Office, calendar: Calendar
) -> None:
    """Return for correction (trả lại); the deadline is that of `domain.waiting.given_back`. Where it stays the ladder
    goes on from the rung it had reached."""
    row = locked(session, assignment_id)
    old, new = row.due_on, due_again(row, by, office=office, calendar=calendar)
    moved(session, row, Event.RETURN, by, reason=reason, **({"old": old, "new": new} if new != old else {}))
    row.handed_in_at = None
    reschedule(session, row, new, by.at, calendar=calendar, zone=office.tz)


def due_again(row: AssignmentRow, by: By, *, office: Office, calendar: Calendar) -> date:
    """The deadline of what comes back now; as it is where nothing was handed in."""
    if row.handed_in_at is None:
        return row.due_on
    handed_in, today = local_day(row.handed_in_at, office.tz), local_day(by.at, office.tz)
    return given_back(row.due_on, handed_in, today, office.correct_within, calendar.for_unit(row.unit_id))


def accept(session: Session, assignment_id: int, by: By) -> None:
    """The work is done (duyệt). Nothing is sent about it any more."""
    moved(session, locked(session, assignment_id), Event.ACCEPT, by)


def waive(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    """Exempt the unit: the assignment leaves numerator and denominator."""
    moved(session, locked(session, assignment_id), Event.WAIVE, by, reason=given(reason))


def withdraw(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    """Take the order back (thu hồi): it counts nowhere any more."""
    moved(session, locked(session, assignment_id), Event.WITHDRAW, by, reason=given(reason))
