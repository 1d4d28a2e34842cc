"""What a broken rule asks for, once the report stands: corrective work, a letter to the unit's head, a watch list.

Nothing of it happens to a report that goes back: its figures are about to be others. Corrective work of the same
rule that the unit still owes is the same work, so no two deadlines are set for one thing.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.issue_corrective import issue_corrective
from actions.post import post
from domain.assignment import UNFINISHED
from domain.corrective import after_judgement
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Staff
from domain.unit import Role
from domain.verdict import Consequence, Outcome, Verdict
from domain.wording import say_period
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow, VerdictRow


def broken(verdicts: Sequence[Verdict], then: Consequence) -> list[Verdict]:
    """The rules not met that ask for this; unknown asks for nothing."""
    return [v for v in verdicts if v.outcome is Outcome.NOT_MET and v.then is then]


def order_corrective(
    session: Session,
    submission: SubmissionRow,
    rows: Mapping[str, VerdictRow],
    verdicts: Sequence[Verdict],
    *,
    office: Office,
    calendar: Calendar,
    by: By,
) -> None:
    """One notice with an order for each broken rule that asks for it; the verdict's row (`rows`, by rule) names the
    work. Days: the rule's own, else the office's for the severity (`office.inspection`); working days after today."""
    assignment = session.get_one(AssignmentRow, submission.assignment_id)
    occurrence = session.get_one(OccurrenceRow, assignment.occurrence_id)
    duty = session.get_one(DutyRow, occurrence.duty_id)
    unit = session.get_one(UnitRow, assignment.unit_id)
    owed = _owed_already(session, unit.id, duty.pack, [v.rule_id for v in verdicts])
    for rule_id, work_id in owed.items():
        rows[rule_id].work_id = work_id
    today = local_day(by.at, office.tz)
    new = [
        (v, calendar.add(today, v.days or office.inspection.days_for(v.severity)))
        for v in verdicts
        if v.rule_id not in owed
    ]
    if not new:
        return
    notice = after_judgement(
        new, submission_id=submission.id, report=f"“{duty.title}”, {say_period(occurrence.period)}".rstrip(", "),
        unit=unit.name, office=office.name, day=today,
    )  # fmt: skip
    directive, works = issue_corrective(
        session, notice, unit=unit.code, office=office, calendar=calendar, by=by
    )
    for rule_id, work_id in works.items():
        rows[rule_id].work_id = work_id
    record(
        session, by, "order_corrective", f"submission:{submission.id}", directive=directive.id, works=works
    )


def _owed_already(session: Session, unit_id: int, pack: str, rules: Sequence[str]) -> dict[str, int]:
    """By rule, the corrective work that an earlier report of the unit led to and that is not finished."""
    judged, work = aliased(AssignmentRow), aliased(AssignmentRow)
    found = session.exec(
        select(VerdictRow.rule_id, work.id)
        .join(work, col(work.id) == col(VerdictRow.work_id))
        .join(SubmissionRow, col(SubmissionRow.id) == col(VerdictRow.submission_id))
        .join(judged, col(judged.id) == col(SubmissionRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(judged.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            col(judged.unit_id) == unit_id,
            col(work.state).in_(UNFINISHED),
            col(DutyRow.pack) == pack,
            col(VerdictRow.rule_id).in_(rules),
        )
        .order_by(col(VerdictRow.id))
    )
    return dict(found.all())


def tell_head(
    session: Session,
    submission: SubmissionRow,
    verdicts: Sequence[Verdict],
    *,
    staff: Staff,
    office: Office,
    by: By,
) -> None:
    """One letter for a submission, whatever the number of rules, with the sentence of each."""
    assignment = session.get_one(AssignmentRow, submission.assignment_id)
    for head in staff.find(assignment.unit_id, Role.HEAD, local_day(by.at, office.tz)):
        post(
            session,
            key=f"not_met:{submission.id}:{head.person_id}",
            kind=LetterKind.NOT_MET,
            holders=[head],
            mail_domain=office.mail_domain,
            at=by.at,
            assignment_id=assignment.id,
            facts={"findings": [v.why for v in verdicts], "round": submission.round},
        )
