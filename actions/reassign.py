"""One piece of work goes to another unit, outside of any succession (chuyển việc): with its receipt and a reason."""

from datetime import date, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select

from actions.assignments import duty_of, locked
from actions.changes import By
from actions.errors import Refused, given
from actions.hand_over import Why, hand_over, owes_from
from domain.assignment import LABELS, OWING
from domain.instants import local_day
from domain.office import Office
from domain.wording import say_day
from store.office import load_calendar
from store.tables import AssignmentRow, DutyUnitRow, HandoverRow, UnitRow


def reassign(
    session: Session, assignment_id: int, unit_code: str, by: By, *, reason: str, office: Office, later: bool
) -> bool:
    """The deadline and the history stay; the other unit signs for it (biên nhận). `later`: what the duty opens from
    tomorrow on is asked of the other unit instead. Returns whether that unit owed the same work already, so that this
    assignment ended. Raises `Refused` for work that was handed in, a unit that is not there or was excused from the
    same part of it, no reason."""
    row = locked(session, assignment_id)
    because, today = given(reason), local_day(by.at, office.tz)
    to = _to(session, row, unit_code, today)
    before = row.unit_id
    why = Why("việc đã chuyển cho đơn vị khác", "đơn vị khác đã được giao cùng việc này", because)
    calendar = load_calendar(session, office.calendar)
    merged = hand_over(session, row, to.id, today, by, why=why, office=office, calendar=calendar)
    if later:
        _route(session, duty_of(session, row).id, before, to.id, today)
    return merged


def _to(session: Session, row: AssignmentRow, code: str, today: date) -> UnitRow:
    if row.state not in OWING:
        raise Refused(
            "Việc đang ở trạng thái “{state}” nên không chuyển cho đơn vị khác được.", state=LABELS[row.state]
        )
    unit = session.exec(select(UnitRow).where(col(UnitRow.code) == code.strip())).first()
    if unit is None:
        raise Refused("Không có đơn vị nào mang mã “{code}”.", code=code)
    if unit.id == row.unit_id:
        raise Refused("Việc này đang là của {name}.", name=unit.name)
    if not unit.valid_on(today):
        raise Refused("Đơn vị {name} không hoạt động vào ngày {day}.", name=unit.name, day=say_day(today))
    again = exists().where(
        col(HandoverRow.assignment_id) == row.id,
        col(HandoverRow.from_unit_id) == row.unit_id,
        col(HandoverRow.since) == today,
    )
    if session.exec(select(again)).one():
        raise Refused("Việc này đã được chuyển khỏi đơn vị ấy trong hôm nay; hãy chuyển tiếp vào ngày mai.")
    return unit


def _route(session: Session, duty_id: int, before: int, to: int, today: date) -> None:
    """Where the duty did not ask its later periods of the unit the work leaves, nothing of them changes."""
    part = session.exec(
        select(DutyUnitRow)
        .where(col(DutyUnitRow.duty_id) == duty_id, col(DutyUnitRow.unit_id) == before)
        .with_for_update()
    ).first()
    if part is not None and part.until is None:
        owes_from(session, part, to, today + timedelta(days=1))
        part.until = today
