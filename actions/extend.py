"""Extensions (gia hạn): the unit asks with a reason and a day, the assigning level decides."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.assignments import duty_of, locked, reschedule, touched
from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from domain.assignment import CLOSED
from domain.extension import LONGEST, Answer, objection
from domain.instants import local_day
from domain.office import Office
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import AssignmentRow, ExtensionRow, OccurrenceRow


def ask_extension(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    wished_on: date,
    reason: str,
    office: Office,
    calendar: Calendar,
) -> ExtensionRow:
    """Record a request; nothing changes until it is decided. Raises `Refused` in words where the office's
    policy does not allow it, or while an earlier request waits for its answer."""
    row = locked(session, assignment_id)
    earlier = session.exec(select(ExtensionRow).where(col(ExtensionRow.assignment_id) == assignment_id)).all()
    if any(one.answer is Answer.PENDING for one in earlier):
        raise Refused("Việc này đã có một đề nghị gia hạn đang chờ quyết định.")
    refusal = objection(
        office.extension,
        state=row.state,
        given_on=_given_on(session, row, office.tz),
        due_on=row.due_on,
        today=local_day(by.at, office.tz),
        wished_on=wished_on,
        granted=sum(one.answer is Answer.GRANTED for one in earlier),
        calendar=calendar.for_unit(row.unit_id),
    )
    if refusal:
        raise Refused(refusal)
    request = ExtensionRow(
        assignment_id=assignment_id,
        number=len(earlier) + 1,
        reason=given(reason),
        wished_on=wished_on,
        old_due_on=row.due_on,
        asked_at=by.at,
        asked_by=by.actor,
    )
    session.add(request)
    session.flush()
    touched(row, by.at)
    record(
        session, by, "ask_extension", f"assignment:{assignment_id}",
        number=request.number, due_on=row.due_on, wished_on=wished_on, reason=request.reason,
    )  # fmt: skip
    return request


def grant_extension(
    session: Session,
    extension_id: int,
    by: By,
    *,
    calendar: Calendar,
    zone: ZoneInfo,
    due_on: date | None = None,
    remark: str = "",
) -> None:
    """Move the deadline to `due_on`, by default the day that was wished. Letters about the old deadline that
    are not sent yet say nothing any more; the rungs of the new one are new. Raises `Refused` for a day not
    after the deadline, for work that is closed, and for a request already decided."""
    request, row = _undecided(session, extension_id)
    new = due_on or request.wished_on
    if row.state in CLOSED:
        raise Refused("Việc này đã kết thúc nên không gia hạn được nữa.")
    if new <= row.due_on:
        raise Refused("Hạn mới phải sau hạn hiện tại ({day}).", day=say_day(row.due_on))
    if new > row.due_on + LONGEST:
        raise Refused(
            "Hạn mới không được quá {most} ngày sau hạn hiện tại ({day}).",
            most=LONGEST.days,
            day=say_day(row.due_on),
        )
    request.old_due_on, request.new_due_on = row.due_on, new
    reschedule(session, row, new, by.at, calendar=calendar, zone=zone)
    _decide(session, request, row, Answer.GRANTED, by, remark)


def refuse_extension(session: Session, extension_id: int, by: By, *, remark: str) -> None:
    """The deadline stands; `remark` tells the unit why."""
    request, row = _undecided(session, extension_id)
    _decide(session, request, row, Answer.REFUSED, by, given(remark))


def _given_on(session: Session, row: AssignmentRow, zone: ZoneInfo) -> date:
    """As its period opens, or later when the duty is issued."""
    occurrence = session.get_one(OccurrenceRow, row.occurrence_id)
    return max(occurrence.opens_on, local_day(duty_of(session, row).issued_at, zone))


def _undecided(session: Session, extension_id: int) -> tuple[ExtensionRow, AssignmentRow]:
    request = session.get(ExtensionRow, extension_id, with_for_update=True)
    if request is None:
        raise NotFound("Không có đề nghị gia hạn này.")
    if request.answer is not Answer.PENDING:
        raise Refused("Đề nghị gia hạn này đã được quyết định rồi.")
    return request, locked(session, request.assignment_id)


def _decide(
    session: Session, request: ExtensionRow, row: AssignmentRow, answer: Answer, by: By, remark: str
) -> None:
    request.answer, request.remark = answer, remark.strip()
    request.decided_at, request.decided_by = by.at, by.actor
    touched(row, by.at)
    record(
        session, by, f"extension_{answer}", f"assignment:{row.id}",
        number=request.number, old=request.old_due_on, new=request.new_due_on, remark=request.remark,
    )  # fmt: skip
