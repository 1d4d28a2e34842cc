"""A unit's work: its list, and everything about one assignment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.assignment import OUT, UNFINISHED, Assignment, Part, Standing
from domain.audit import AuditEntry
from domain.directive import Directive
from domain.duty import Duty, Occurrence
from domain.evidence import Evidence, Submission
from domain.unit import Unit
from domain.verdict import Verdict
from store.questions.board import Line, line_question
from store.questions.calendar_days import announced
from store.questions.scope import Scope, within
from store.questions.standing import standing_of
from store.tables import (
    AssignmentRow,
    AuditRow,
    DirectiveRow,
    DutyRow,
    EvidenceRow,
    OccurrenceRow,
    PersonRow,
    SubmissionRow,
    UnitRow,
    VerdictRow,
)

DONE_SHOWN = 20
OWED_SHOWN = 500


def owed(session: Session, scope: Scope, now: datetime, soon: timedelta) -> Sequence[Line]:
    """What is not done yet, earliest deadline first."""
    rows = session.execute(
        line_question(standing_of(now, soon))
        .where(within(scope, AssignmentRow.unit_id), col(AssignmentRow.state).in_(UNFINISHED))
        .order_by(col(AssignmentRow.due_on), col(AssignmentRow.id))
        .limit(OWED_SHOWN)
    )
    return [Line(*row) for row in rows]


def lately_done(session: Session, scope: Scope, now: datetime, soon: timedelta) -> Sequence[Line]:
    """What was closed last, newest first."""
    rows = session.execute(
        line_question(standing_of(now, soon))
        .where(within(scope, AssignmentRow.unit_id), col(AssignmentRow.state).not_in(UNFINISHED))
        .order_by(col(AssignmentRow.closed_at).desc(), col(AssignmentRow.id).desc())
        .limit(DONE_SHOWN)
    )
    return [Line(*row) for row in rows]


@dataclass(frozen=True)
class File:
    id: int
    evidence: Evidence


@dataclass(frozen=True)
class Round:
    """One handing in with its files and what the rules said of it. `by`: who handed in."""

    submission: Submission
    by: str
    files: Sequence[File]
    verdicts: Sequence[Verdict]


@dataclass(frozen=True)
class Event:
    """One line of the history; `by` is a person's name, or the actor's code."""

    entry: AuditEntry
    by: str


@dataclass(frozen=True)
class Work:
    """One assignment with what it stands on. `person`: whom the unit gave it to, by name; empty for nobody.
    `announced`: the year's days off are official, see `store.questions.calendar_days`."""

    id: int
    unit_id: int
    directive_id: int
    assignment: Assignment
    standing: Standing
    occurrence: Occurrence
    duty: Duty
    directive: Directive
    unit: Unit
    person: str
    announced: bool

    @property
    def pack(self) -> str:
        """The form and rules by which this unit reports; empty for words and files alone."""
        return self.duty.pack_for(self.assignment.part)


def work(session: Session, assignment_id: int, scope: Scope, now: datetime, soon: timedelta) -> Work | None:
    """None for a number that was never given and for work outside the scope alike."""
    found = session.execute(
        select(
            AssignmentRow,
            OccurrenceRow,
            DutyRow,
            DirectiveRow,
            UnitRow,
            col(PersonRow.name),
            standing_of(now, soon),
            announced(col(AssignmentRow.due_on)),
        )
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(DirectiveRow, col(DirectiveRow.id) == col(DutyRow.directive_id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .outerjoin(PersonRow, col(PersonRow.id) == col(AssignmentRow.person_id))
        .where(col(AssignmentRow.id) == assignment_id, within(scope, AssignmentRow.unit_id))
    ).one_or_none()
    if found is None:
        return None
    assignment, occurrence, duty, directive, unit, person, how, official = found
    return Work(
        assignment.id, assignment.unit_id, directive.id, assignment, how, occurrence, duty, directive, unit,
        person or "", official,
    )  # fmt: skip


def asked(session: Session, assignment_id: int, scope: Scope) -> tuple[int, str] | None:
    """Whose work it is and by which pack of rules it is reported: all that handing in looks at. None as `work`."""
    found = session.execute(
        select(col(AssignmentRow.unit_id), col(AssignmentRow.part), DutyRow)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(AssignmentRow.id) == assignment_id, within(scope, AssignmentRow.unit_id))
    ).one_or_none()
    return found and (found.unit_id, found.DutyRow.pack_for(Part(found.part)))


def rounds(session: Session, assignment_id: int) -> Sequence[Round]:
    """Newest first. Three questions."""
    mine = select(col(SubmissionRow.id)).where(col(SubmissionRow.assignment_id) == assignment_id)
    rows = session.execute(
        select(SubmissionRow, col(PersonRow.name))
        .outerjoin(PersonRow, col(PersonRow.id) == col(SubmissionRow.person_id))
        .where(col(SubmissionRow.assignment_id) == assignment_id)
        .order_by(col(SubmissionRow.round).desc())
    ).all()
    files = session.scalars(
        select(EvidenceRow).where(col(EvidenceRow.submission_id).in_(mine)).order_by(col(EvidenceRow.id))
    ).all()
    verdicts = session.scalars(
        select(VerdictRow).where(col(VerdictRow.submission_id).in_(mine)).order_by(col(VerdictRow.id))
    ).all()
    return [
        Round(
            submission,
            name or "",
            [File(f.id, f) for f in files if f.submission_id == submission.id],
            [Verdict.model_validate(v.verdict) for v in verdicts if v.submission_id == submission.id],
        )
        for submission, name in rows
    ]


def last_rounds(session: Session, assignment_ids: Collection[int]) -> Mapping[int, Round]:
    """By assignment, what was handed in last, without what the rules said of it. Two questions."""
    rows = session.execute(
        select(SubmissionRow, col(PersonRow.name))
        .outerjoin(PersonRow, col(PersonRow.id) == col(SubmissionRow.person_id))
        .where(col(SubmissionRow.assignment_id).in_(assignment_ids))
        .order_by(col(SubmissionRow.round))
    ).all()
    last = {submission.assignment_id: (submission, name or "") for submission, name in rows}
    mine = [submission.id for submission, _ in last.values()]
    files = session.scalars(
        select(EvidenceRow).where(col(EvidenceRow.submission_id).in_(mine)).order_by(col(EvidenceRow.id))
    ).all()
    return {
        key: Round(row, name, [File(f.id, f) for f in files if f.submission_id == row.id], ())
        for key, (row, name) in last.items()
    }


def history(session: Session, assignment_id: int) -> Sequence[Event]:
    """Oldest first."""
    rows = session.execute(
        select(AuditRow, col(PersonRow.name))
        .outerjoin(PersonRow, col(PersonRow.code) == col(AuditRow.actor))
        .where(col(AuditRow.subject) == f"assignment:{assignment_id}")
        .order_by(col(AuditRow.id))
    ).all()
    return [Event(entry, name or entry.actor) for entry, name in rows]


def evidence_file(session: Session, evidence_id: int, scope: Scope) -> Evidence | None:
    """A file that was handed in, if its unit lies in the scope, or if it is a coordinator's part of work that a unit
    in the scope leads."""
    leading = aliased(AssignmentRow)
    leads = exists().where(
        col(AssignmentRow.part) == Part.COORDINATOR,
        col(leading.occurrence_id) == col(AssignmentRow.occurrence_id),
        col(leading.part) == Part.LEAD,
        col(leading.state).not_in(OUT),
        within(scope, leading.unit_id),
    )
    return session.scalars(
        select(EvidenceRow)
        .join(SubmissionRow, col(SubmissionRow.id) == col(EvidenceRow.submission_id))
        .join(AssignmentRow, col(AssignmentRow.id) == col(SubmissionRow.assignment_id))
        .where(col(EvidenceRow.id) == evidence_id, within(scope, AssignmentRow.unit_id) | leads)
    ).one_or_none()
