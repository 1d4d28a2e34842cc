"""The notice of what is to be put right becomes a directive whose duties are the corrective work.

Deadline, ladder, hand-in, escalation are those of any duty; only the reviewer closes it (`Review.PERSON`).
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.issue_duties import issue_duties
from actions.open_occurrences import open_occurrences
from actions.take_in import take_in_directive
from domain.assignment import Part
from domain.corrective import CorrectiveNotice, Order
from domain.draft import DocumentFacts, DutyDraft, Passage, Reading
from domain.duty import Assignee, DutyTerms, Kind, Review
from domain.office import Office
from domain.proposal import Proposal
from domain.recurrence import Schedule
from domain.workdays import Calendar
from store.tables import AssignmentRow, DirectiveRow, DraftRow, DutyRow, OccurrenceRow

LONGEST_TITLE = 160


def issue_corrective(
    session: Session,
    notice: CorrectiveNotice,
    *,
    unit: str,
    office: Office,
    calendar: Calendar,
    by: By,
) -> tuple[DirectiveRow, dict[str, int]]:
    """One corrective duty for each order, due on its day, owed by the unit (its code) and open at once. Returns the
    notice and the assignment ids by order. Raises `Refused` where a ban refuses the duty."""
    text, places = notice.text()
    drafts = [
        DutyDraft(
            id=order.id, clause=str(number), quote=text[start:end], start=start, end=end, lead=(notice.unit,),
            deadline=order.due.isoformat(), deadline_latest=order.due.isoformat(), deadline_op="by",
        )
        for number, (order, (start, end)) in enumerate(zip(notice.orders, places, strict=True), start=1)
    ]  # fmt: skip
    terms = {order.id: _terms(order, unit, notice) for order in notice.orders}
    directive, _new = take_in_directive(
        session, text=text, reading=_reading(notice, text, drafts), file_name=notice.name,
        propose=lambda draft: Proposal(terms[draft.id], (), ()), by=by,
    )  # fmt: skip
    rows = session.exec(select(DraftRow).where(col(DraftRow.directive_id) == directive.id)).all()
    for row in rows:
        approve_draft(session, row.id, by, terms=terms[row.reading["id"]])
    issued = issue_duties(session, directive.id, office, by)
    for duty in issued:
        open_occurrences(session, duty.id, calendar=calendar, zone=office.tz, by=by)
    return directive, _assignments(session, directive.id)


def _terms(order: Order, unit: str, notice: CorrectiveNotice) -> DutyTerms:
    title = f"Khắc phục nội dung chưa đạt: {order.about}"
    return DutyTerms(
        title=title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…",
        kind=Kind.CORRECTIVE,
        assignees=(Assignee(unit=unit, part=Part.EXECUTOR),),
        schedule=Schedule(repeat="none", stated=order.due.isoformat(), op="by", first=notice.day),
        review=Review.PERSON,
        product=order.wanted,
    )


def _reading(notice: CorrectiveNotice, text: str, drafts: Sequence[DutyDraft]) -> Reading:
    ends = [draft.start for draft in drafts] + [len(text)]
    passages = [Passage(start=0, end=ends[0], kind="heading")] + [
        Passage(start=draft.start, end=end, kind="task", task=draft.id)
        for draft, end in zip(drafts, ends[1:], strict=True)
    ]
    return Reading(
        document=DocumentFacts(
            type="Thông báo", issuer=notice.office, date=notice.day.isoformat(), subject=notice.subject
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
