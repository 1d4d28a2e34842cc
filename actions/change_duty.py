"""The office changes a duty it has issued: ends it, takes it back, or moves one period's deadline for everybody."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.assignments import moved, reschedule, touched
from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from actions.withdraw_letters import withdraw_letters
from domain.assignment import UNFINISHED, Event
from domain.duty import Kind
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, OccurrenceRow


def end_duty(session: Session, duty_id: int, by: By, *, last: date, reason: str) -> None:
    """Nothing falls due after `last` any more; what is open already stays as it is. Raises `Refused` without a
    reason, for a duty done once, and unless that ends it earlier."""
    duty, because = _duty(session, duty_id), given(reason)
    terms = duty.terms_of_time()
    if duty.kind in (Kind.ONE_OFF, Kind.CORRECTIVE):
        raise Refused("Việc một lần không kết thúc sớm được; hãy thu hồi nếu không cần nữa.")
    if terms.last is not None and last >= terms.last:
        raise Refused("Nhiệm vụ này đã có ngày kết thúc {day}.", day=say_day(terms.last))
    if last < terms.first:
        raise Refused("Ngày kết thúc phải từ {day} trở đi.", day=say_day(terms.first))
    _stop(duty, last)
    record(session, by, "end_duty", f"duty:{duty_id}", last=last, before=terms.last, reason=because)


def withdraw_duty(session: Session, duty_id: int, by: By, *, last: date, reason: str) -> int:
    """Take the order back from everybody: unfinished work is withdrawn with its unsent letters, and nothing falls
    due after `last`. What was done stays done. Returns how many pieces of work were withdrawn."""
    duty, because = _duty(session, duty_id), given(reason)
    rows = _unfinished(session, OccurrenceRow.duty_id == duty_id)
    for row in rows:
        moved(session, row, Event.WITHDRAW, by, reason=because)
        withdraw_letters(session, row.id, by, reason=because)
    before = duty.terms_of_time().last
    _stop(duty, min(last, before or last))
    record(
        session, by, "withdraw_duty", f"duty:{duty_id}", assignments=len(rows), before=before, reason=because
    )
    return len(rows)


def extend_period(
    session: Session,
    occurrence_id: int,
    by: By,
    *,
    due_on: date,
    reason: str,
    calendar: Calendar,
    zone: ZoneInfo,
) -> int:
    """A later deadline for all who have not finished this period (gia hạn chung); an own extension that reaches
    further stays. Returns for how many. Raises `Refused` without a reason, or where nobody's deadline moves."""
    because = given(reason)
    rows = [row for row in _unfinished(session, OccurrenceRow.id == occurrence_id) if row.due_on < due_on]
    if not rows:
        raise Refused("Hạn mới không muộn hơn hạn của đơn vị nào còn đang làm.")
    for row in rows:
        old = row.due_on
        reschedule(session, row, due_on, by.at, calendar=calendar.for_unit(row.unit_id), zone=zone)
        touched(row, by.at)
        record(session, by, "extension_granted", f"assignment:{row.id}", old=old, new=due_on, remark=because)
    return len(rows)


def _duty(session: Session, duty_id: int) -> DutyRow:
    duty = session.get(DutyRow, duty_id, with_for_update=True)
    if duty is None:
        raise NotFound("Không có nhiệm vụ này.")
    return duty


def _stop(duty: DutyRow, last: date) -> None:
    terms = duty.terms_of_time()
    duty.schedule = terms.model_copy(update={"last": max(last, terms.first)}).model_dump(mode="json")


def _unfinished(session: Session, of: object) -> list[AssignmentRow]:
    return list(
        session.exec(
            select(AssignmentRow)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(of, col(AssignmentRow.state).in_(UNFINISHED))  # type: ignore[arg-type]
            .order_by(col(AssignmentRow.id))
            .with_for_update(of=AssignmentRow)
        ).all()
    )
