"""The smaller moves of an assignment: received, returned, accepted, waived, withdrawn."""

from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.assignments import locked, moved, next_moment
from actions.changes import By
from actions.errors import given
from actions.hand_over import confirm_handover
from domain.assignment import Event, State
from domain.workdays import Calendar


def receive(session: Session, assignment_id: int, by: By) -> None:
    """The unit has read the assignment. Reading it again changes nothing. Work that came from another unit is
    confirmed at the same time (biên nhận bàn giao)."""
    row = locked(session, assignment_id)
    if row.state is State.ASSIGNED:
        moved(session, row, Event.RECEIVE, by)
    confirm_handover(session, row, by)


def give_back(
    session: Session, assignment_id: int, by: By, *, reason: str, calendar: Calendar, zone: ZoneInfo
) -> None:
    """Return for correction (trả lại). The ladder goes on from the rung it had reached."""
    row = locked(session, assignment_id)
    moved(session, row, Event.RETURN, by, reason=reason)
    row.handed_in_at = None
    row.next_action_at = next_moment(session, row, calendar, zone)


def accept(session: Session, assignment_id: int, by: By) -> None:
    """The work is done (duyệt). Nothing is sent about it any more."""
    moved(session, locked(session, assignment_id), Event.ACCEPT, by)


def waive(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    """Exempt the unit: the assignment leaves numerator and denominator."""
    moved(session, locked(session, assignment_id), Event.WAIVE, by, reason=given(reason))


def withdraw(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    """Take the order back (thu hồi): it counts nowhere any more."""
    moved(session, locked(session, assignment_id), Event.WITHDRAW, by, reason=given(reason))
