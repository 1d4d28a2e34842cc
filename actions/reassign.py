"""One piece of work goes to another unit, outside of any succession (chuyển việc): with its receipt and a reason."""

from datetime import date, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select

from actions.assignments import duty_of, locked
from actions.changes import By
from actions.errors import Refused, given
from actions.hand_over import Why, hand_over
from domain.assignment import LABELS, OPEN, State
from domain.wording import say_day
from store.tables import AssignmentRow, DutyUnitRow, HandoverRow, UnitRow

MOVABLE = (*OPEN, State.WAITING)


def reassign(
    session: Session, assignment_id: int, unit_code: str, by: By, *, reason: str, today: date, later: bool
) -> bool:
    """The deadline and the history stay; the other unit signs for it (biên nhận). `later`: what the duty opens from
    tomorrow on is asked of the other unit too. Returns whether that unit owed the same work already, so that this
    assignment ended. Raises `Refused` for work that was handed in, a unit that is not there or has another part in
    it, no reason."""
    row = locked(session, assignment_id)
    because = given(reason)
    to = _to(session, row, unit_code, today)
    before = row.unit_id
    why = Why("việc đã chuyển cho đơn vị khác", "đơn vị khác đã được giao cùng việc này", because)
    merged = hand_over(session, row, to.id, today, by, why=why)
    if later:
        _route(session, duty_of(session, row).id, row, before, to.id, today)
    return merged


def _to(session: Session, row: AssignmentRow, code: str, today: date) -> UnitRow:
    if row.state not in MOVABLE:
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
    _no_other_part(session, row, unit)
    again = exists().where(
        col(HandoverRow.assignment_id) == row.id,
        col(HandoverRow.from_unit_id) == row.unit_id,
        col(HandoverRow.since) == today,
    )
    if session.exec(select(again)).one():
        raise Refused("Việc này đã được chuyển khỏi đơn vị ấy trong hôm nay; hãy chuyển tiếp vào ngày mai.")
    return unit


def _no_other_part(session: Session, row: AssignmentRow, unit: UnitRow) -> None:
    """Work that joins what the unit owes nothing of, or less of, would be done by nobody."""
    theirs = session.exec(
        select(AssignmentRow).where(
            col(AssignmentRow.occurrence_id) == row.occurrence_id, col(AssignmentRow.unit_id) == unit.id
        )
    ).first()
    if theirs and (theirs.part != row.part or theirs.state in (State.WAIVED, State.WITHDRAWN)):
        raise Refused(
            "{name} đã có phần khác trong việc này ({state}) nên không nhận thay được; hãy chọn đơn vị khác.",
            name=unit.name,
            state=LABELS[theirs.state],
        )


def _route(session: Session, duty_id: int, row: AssignmentRow, before: int, to: int, today: date) -> None:
    parts = {
        part.unit_id: part
        for part in session.exec(
            select(DutyUnitRow)
            .where(col(DutyUnitRow.duty_id) == duty_id, col(DutyUnitRow.unit_id).in_((before, to)))
            .with_for_update()
        )
    }
    if before in parts:
        parts[before].until = today
    if to in parts:
        parts[to].until = None
    else:
        tomorrow = today + timedelta(days=1)
        session.add(DutyUnitRow(duty_id=duty_id, unit_id=to, part=row.part, since=tomorrow))
