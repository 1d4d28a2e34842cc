"""The notice of a visit's result (thông báo kết quả) becomes a directive whose duties are the corrective work.

Deadline, ladder, hand-in, escalation are those of any duty; only the reviewer closes it (`Review.PERSON`).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.issue_duties import issue_duties
from actions.open_occurrences import open_occurrences
from actions.take_in import take_in_directive
from domain.assignment import Part
from domain.checklist import SEVERITY_LABELS
from domain.draft import DocumentFacts, DutyDraft, Passage, Reading
from domain.duty import Assignee, DutyTerms, Kind, Review
from domain.inspection_record import RecordLine, VisitRecord
from domain.office import Office
from domain.proposal import Proposal
from domain.recurrence import Schedule
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import AssignmentRow, DirectiveRow, DraftRow, DutyRow, OccurrenceRow

LONGEST_TITLE = 160


def issue_corrective(
    session: Session,
    record: VisitRecord,
    lines: Sequence[tuple[RecordLine, date]],
    *,
    unit: str,
    office: Office,
    calendar: Calendar,
    by: By,
) -> tuple[DirectiveRow, dict[str, int]]:
    """One corrective duty for each line, due on its day, owed by the unit (its code) and open at once. Returns the
    notice and the assignment ids by item. Raises `Refused` where a ban refuses the duty."""
    text, places = _text(record, lines)
    drafts = [
        DutyDraft(
            id=line.id, clause=str(number), quote=text[start:end], start=start, end=end, lead=(record.unit,),
            deadline=due.isoformat(), deadline_latest=due.isoformat(), deadline_op="by",
        )
        for number, ((line, due), (start, end)) in enumerate(zip(lines, places, strict=True), start=1)
    ]  # fmt: skip
    terms = {line.id: _terms(line, due, unit, record.day) for line, due in lines}
    directive, _new = take_in_directive(
        session, text=text, reading=_reading(record, text, drafts), file_name=f"ket-qua-kiem-tra-{record.visit_id}",
        propose=lambda draft: Proposal(terms[draft.id], (), ()), by=by,
    )  # fmt: skip
    rows = session.exec(select(DraftRow).where(col(DraftRow.directive_id) == directive.id)).all()
    for row in rows:
        approve_draft(session, row.id, by, terms=terms[row.reading["id"]])
    issued = issue_duties(session, directive.id, office, by)
    for duty in issued:
        open_occurrences(session, duty.id, calendar=calendar, zone=office.tz, by=by)
    return directive, _assignments(session, directive.id)


def _terms(line: RecordLine, due: date, unit: str, day: date) -> DutyTerms:
    title = f"Khắc phục nội dung chưa đạt: {line.text}"
    return DutyTerms(
        title=title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…",
        kind=Kind.CORRECTIVE,
        assignees=(Assignee(unit=unit, part=Part.EXECUTOR),),
        schedule=Schedule(repeat="none", stated=due.isoformat(), op="by", first=day),
        review=Review.PERSON,
        product=line.action or line.guidance,
    )


def _text(record: VisitRecord, lines: Sequence[tuple[RecordLine, date]]) -> tuple[str, list[tuple[int, int]]]:
    """The notice, and where in it each order stands."""
    head = (
        f"THÔNG BÁO\nKết quả kiểm tra {record.title} tại {record.unit} ngày {say_day(record.day)}\n"
        f"(theo biên bản kiểm tra số {record.visit_id})\n"
        f"Yêu cầu {record.unit} khắc phục các tồn tại sau:\n"
    )
    places, text = [], head
    for number, (line, due) in enumerate(lines, start=1):
        order = " ".join(_order(number, line, due))
        places.append((len(text), len(text) + len(order)))
        text += f"{order}\n"
    return text, places


def _order(number: int, line: RecordLine, due: date) -> Iterator[str]:
    yield f"{number}. {line.text}: không đạt, mức {SEVERITY_LABELS[line.severity]} ({line.clause})."
    if line.note:
        yield f"Tình trạng: {line.note.rstrip('.')}."
    if wanted := line.action or line.guidance:
        yield f"Biện pháp: {wanted.rstrip('.')}."
    yield f"Hoàn thành chậm nhất ngày {say_day(due)}."


def _reading(record: VisitRecord, text: str, drafts: Sequence[DutyDraft]) -> Reading:
    ends = [draft.start for draft in drafts] + [len(text)]
    passages = [Passage(start=0, end=ends[0], kind="heading")] + [
        Passage(start=draft.start, end=end, kind="task", task=draft.id)
        for draft, end in zip(drafts, ends[1:], strict=True)
    ]
    return Reading(
        document=DocumentFacts(
            type="Thông báo",
            issuer=record.office,
            date=record.day.isoformat(),
            subject=f"Kết quả kiểm tra {record.title} tại {record.unit}",
        ),
        passages=tuple(passages),
        tasks=tuple(drafts),
    )


def _assignments(session: Session, directive_id: int) -> dict[str, int]:
    rows = session.exec(
        select(DraftRow, AssignmentRow.id)
        .join(DutyRow, col(DutyRow.draft_id) == col(DraftRow.id))
        .join(OccurrenceRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(AssignmentRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(col(DraftRow.directive_id) == directive_id)
    )
    return {draft.reading["id"]: assignment_id for draft, assignment_id in rows}
