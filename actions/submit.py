"""A product for the superior (tờ trình, dự thảo): done once it is put before them, then the clock is theirs."""

from sqlmodel import Session, col, select

from actions.assignments import duty_of, locked, moved, open_waiting, reschedule
from actions.changes import By
from actions.errors import Refused, given
from actions.follow import due_again
from actions.wait import reminder
from domain.assignment import Event, State
from domain.instants import local_day
from domain.office import Office
from domain.waiting import Awaited, pushed
from domain.workdays import Calendar
from store.tables import UnitRow, WaitingRow


def submit(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    document: str,
    office: Office,
    calendar: Calendar,
    who: str = "",
) -> WaitingRow:
    """Record that the product was put before `who` (by default the office's superior). `document`: number and
    day of the letter it went with. In time if handed in or submitted before the deadline. The clerk is reminded
    while there is no answer (`office.awaited`).

    Raises `Refused` for a duty whose product is not for the superior, or without a document.
    """
    row = locked(session, assignment_id)
    if not duty_of(session, row).for_superior:
        raise Refused("Sản phẩm của việc này không phải để trình cấp trên.")
    superior = who.strip() or office.superior
    if not superior:
        raise Refused("Hãy cho biết trình cơ quan nào.")
    interval = WaitingRow(
        assignment_id=row.id,
        unit_id=session.exec(select(UnitRow.id).where(col(UnitRow.code) == office.unit)).first(),
        kind=Awaited.SUPERIOR,
        who=superior,
        reason=given(document),
        started_at=by.at,
        remind_at=reminder(office, calendar, by.at),
    )
    row.handed_in_at = row.handed_in_at or by.at
    moved(session, row, Event.SUBMIT, by, who=superior, document=interval.reason)
    row.waiting_since = by.at
    session.add(interval)
    session.flush()
    return interval


def superior_answered(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    approved: bool,
    remark: str,
    office: Office,
    calendar: Calendar,
) -> None:
    """Approved: the work is closed. Sent back: it is owed again, and the deadline is later by the working days
    the superior had it, and at least that of any returned work. Raises `Refused` for work that is not with a
    superior, and without a remark."""
    row = locked(session, assignment_id)
    if row.state is not State.SUBMITTED:
        raise Refused("Việc này chưa được trình cấp trên.")
    if approved:
        moved(session, row, Event.ACCEPT, by, remark=given(remark))
        return
    interval = open_waiting(session, assignment_id)
    old = row.due_on
    own = calendar.for_unit(row.unit_id)
    waited = pushed(old, local_day(interval.started_at, office.tz), local_day(by.at, office.tz), own)
    new = max(waited, due_again(row, by, office=office, calendar=calendar))
    interval.old_due_on, interval.new_due_on = old, new
    moved(session, row, Event.RETURN, by, reason=given(remark), old=old, new=new)
    row.handed_in_at = None
    reschedule(session, row, new, by.at, calendar=calendar, zone=office.tz)
