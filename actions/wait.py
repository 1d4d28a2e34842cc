"""Somebody else has to act first (đang chờ): the holder's clock stops, and the other's starts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.assignments import locked, moved, open_waiting, reschedule
from actions.changes import By
from actions.errors import Refused, given
from domain.assignment import Event, move
from domain.instants import local_day
from domain.office import Office
from domain.waiting import Awaited, pushed, say
from domain.workdays import Calendar
from store.tables import AssignmentRow, UnitRow, WaitingRow


def wait_for(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    kind: Awaited,
    reason: str,
    office: Office,
    calendar: Calendar,
    unit_id: int | None = None,
    who: str = "",
) -> WaitingRow:
    """Nothing is sent about the work until it goes on. A unit of ours (`unit_id`) is reminded after
    the days of `office.awaited`; of anybody else only the name (`who`) is kept.

    Raises `Refused` without a name or a reason, and when a unit would wait for itself.
    """
    row = locked(session, assignment_id)
    if unit_id is not None and unit_id == row.unit_id:
        raise Refused("Đơn vị không thể chờ chính mình.")
    unit = session.get(UnitRow, unit_id) if unit_id else None
    name = unit.name if unit else who.strip()
    if kind is Awaited.SITUATION:
        raise Refused("Việc chỉ tạm nghỉ theo tình huống khi lãnh đạo công bố tình huống.")
    if not name or (kind is Awaited.UNIT and unit is None) or (kind is Awaited.OUTSIDE and unit_id):
        raise Refused("Hãy cho biết đang chờ đơn vị hoặc cơ quan nào.")
    interval = WaitingRow(
        assignment_id=row.id,
        unit_id=unit_id,
        kind=kind,
        who=name,
        reason=given(reason),
        started_at=by.at,
        remind_at=reminder(office, calendar, by.at) if unit_id else None,
    )
    moved(session, row, Event.WAIT, by, kind=kind, who=name, reason=interval.reason)
    row.waiting_since = by.at
    session.add(interval)
    session.flush()
    return interval


def resume(
    session: Session, assignment_id: int, by: By, *, calendar: Calendar, zone: ZoneInfo, outcome: str = ""
) -> None:
    """The work goes on: the deadline is later by the working days waited, and both days stay on record."""
    row = locked(session, assignment_id)
    move(row.state, Event.RESUME)  # refuses work that does not wait, before its interval is looked for
    interval = open_waiting(session, assignment_id)
    if interval.kind is Awaited.SITUATION:
        raise Refused(
            "Việc đang {say}; tình huống đổi thì việc mới tiếp tục.", say=say(interval.kind, interval.who)
        )
    go_on(session, row, interval, by, calendar=calendar, zone=zone, outcome=outcome)


def go_on(
    session: Session,
    row: AssignmentRow,
    interval: WaitingRow,
    by: By,
    *,
    calendar: Calendar,
    zone: ZoneInfo,
    outcome: str = "",
) -> None:
    """End one interval of waiting, whoever may end it."""
    old = row.due_on
    own = calendar.for_unit(row.unit_id)
    new = pushed(old, local_day(interval.started_at, zone), local_day(by.at, zone), own)
    interval.old_due_on, interval.new_due_on = old, new
    moved(session, row, Event.RESUME, by, outcome=outcome.strip(), old=old, new=new)
    reschedule(session, row, new, by.at, calendar=calendar, zone=zone)


def reminder(office: Office, calendar: Calendar, at: datetime) -> datetime | None:
    """When somebody of ours first hears that others wait, UTC."""
    return office.awaited.moment(0, local_day(at, office.tz), calendar, office.tz)
