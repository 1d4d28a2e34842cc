"""Put a letter into words at the moment it is claimed, from the facts as they are then."""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.assignment import OPEN, State
from domain.escalation import Fate
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.workdays import Calendar
from notifications import letters
from notifications.render import Rendered, render
from store.tables import (
    AssignmentRow,
    DirectiveRow,
    DutyRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    SubmissionRow,
    UnitRow,
    VerdictRow,
)

CLASSES = {
    LetterKind.REMINDER: letters.Reminder,
    LetterKind.OVERDUE: letters.Overdue,
    LetterKind.DIGEST: letters.Digest,
}


def write(
    session: Session, row: OutboxRow, *, office: Office, calendar: Calendar, base_url: str, at: datetime
) -> Rendered | None:
    """The letter's text, or None when nothing is left to say. Notices whose work is done are cancelled."""
    frame = {
        "office": office.name,
        "to_name": row.to_name,
        "today": local_day(at, office.tz),
        "home_url": base_url,
    }
    if row.kind is LetterKind.RETURNED:
        return _returned(session, row, frame, calendar, base_url)
    items = [
        _item(assignment, *found, calendar=calendar, today=frame["today"], base_url=base_url)  # type: ignore[arg-type]
        for assignment, *found in _open_work(session, row.id)
    ]
    if not items:
        return None
    items.sort(key=lambda item: (-item.late, item.unit, item.title))
    return render(CLASSES[row.kind](**frame, items=tuple(items)))


def _open_work(session: Session, outbox_id: int) -> list[tuple]:  # type: ignore[type-arg]
    rows = session.exec(
        select(NoticeRow, AssignmentRow, OccurrenceRow, DutyRow, DirectiveRow, UnitRow)
        .join(NoticeLetterRow, col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
        .join(AssignmentRow, col(NoticeRow.assignment_id) == col(AssignmentRow.id))
        .join(OccurrenceRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .join(DutyRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(DirectiveRow, col(DutyRow.directive_id) == col(DirectiveRow.id))
        .join(UnitRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
        .where(col(NoticeLetterRow.outbox_id) == outbox_id)
        .order_by(col(AssignmentRow.due_on), col(AssignmentRow.id))
    ).all()
    work = {}
    for notice, assignment, *rest in rows:
        if assignment.state in OPEN and assignment.due_on == notice.due_on:
            work[assignment.id] = (assignment, *rest)
        elif notice.fate is Fate.MAILED:
            notice.fate, notice.reason = Fate.CANCELLED, "đã nộp trước khi gửi"
    return list(work.values())


def _item(
    assignment: AssignmentRow,
    occurrence: OccurrenceRow,
    duty: DutyRow,
    directive: DirectiveRow,
    unit: UnitRow,
    *,
    calendar: Calendar,
    today: object,
    base_url: str,
) -> letters.Item:
    return letters.Item(
        title=duty.title,
        clause=duty.clause,
        directive=directive.symbol or directive.subject or directive.file_name,
        unit=unit.name,
        period=occurrence.period,
        due_on=assignment.due_on,
        late=calendar.count(assignment.due_on, today),  # type: ignore[arg-type]
        url=f"{base_url}/viec/{assignment.id}",
    )


def _returned(
    session: Session, row: OutboxRow, frame: dict[str, object], calendar: Calendar, base_url: str
) -> Rendered | None:
    submission = session.get_one(SubmissionRow, row.submission_id)
    assignment, occurrence, duty, directive, unit = session.exec(
        select(AssignmentRow, OccurrenceRow, DutyRow, DirectiveRow, UnitRow)
        .join(OccurrenceRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .join(DutyRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(DirectiveRow, col(DutyRow.directive_id) == col(DirectiveRow.id))
        .join(UnitRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
        .where(col(AssignmentRow.id) == submission.assignment_id)
    ).one()
    if assignment.state is not State.RETURNED:
        return None
    findings = session.exec(
        select(VerdictRow.verdict)
        .where(col(VerdictRow.submission_id) == submission.id, col(VerdictRow.outcome) == "not_met")
        .order_by(col(VerdictRow.id))
    ).all()
    return render(
        letters.Returned(
            **frame,  # type: ignore[arg-type]
            item=_item(
                assignment, occurrence, duty, directive, unit,
                calendar=calendar, today=frame["today"], base_url=base_url,
            ),
            findings=tuple(f"{v['why']} ({v['clause']})" if v["clause"] else v["why"] for v in findings),
            round=submission.round,
        )
    )
