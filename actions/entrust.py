"""The second receipt: the head gives the unit's work to a person of the unit, who takes it up."""

from datetime import date

from sqlmodel import Session

from actions.assignments import locked, moved, touched
from actions.changes import By, record
from actions.errors import NotFound, Refused
from actions.withdraw_letters import withdraw_letters
from domain.assignment import CLOSED, LABELS, Event, State
from domain.recipients import Staff
from domain.unit import Role
from store.tables import AssignmentRow, PersonRow


def entrust(
    session: Session, assignment_id: int, person_id: int, by: By, *, staff: Staff, today: date
) -> None:
    """Give the work to a person of the unit: the officer's letters go to them from now on. What the person
    before them was to be told and has not been sent is withdrawn. Giving it is receiving it for the unit.

    Raises `Refused` for somebody who holds no position at the unit `today`, and for work that is closed.
    """
    row = locked(session, assignment_id)
    if row.person_id == person_id:
        return
    _may_be_given(row, person_id, staff, today)
    person = session.get_one(PersonRow, person_id)
    if row.state is State.ASSIGNED:
        moved(session, row, Event.RECEIVE, by)
    before = row.person_id
    row.person_id, row.given_at, row.taken_up_at = person_id, by.at, None
    touched(row, by.at)
    record(session, by, "entrust", f"assignment:{row.id}", person=person.code, before=before)
    reason = f"việc đã giao cho {person.name}"
    withdraw_letters(session, row.id, by, reason=reason, roles=(Role.OFFICER,), keep=person_id)


def take_up(session: Session, assignment_id: int, person_id: int, by: By) -> None:
    """The person has received the work. Taking it up again changes nothing. Raises `NotFound` for somebody it
    was not given to."""
    row = locked(session, assignment_id)
    if row.person_id != person_id:
        raise NotFound("Việc này không được giao cho bạn.")
    if row.taken_up_at is None:
        row.taken_up_at = by.at
        touched(row, by.at)
        record(session, by, "take_up", f"assignment:{row.id}")


def _may_be_given(row: AssignmentRow, person_id: int, staff: Staff, today: date) -> None:
    if row.state in CLOSED:
        raise Refused(
            "Việc đang ở trạng thái “{state}” nên không giao cho người khác được.", state=LABELS[row.state]
        )
    if not staff.belongs(person_id, row.unit_id, today):
        raise Refused("Chỉ giao được cho người đang giữ một chức vụ ở đơn vị thực hiện việc này.")
