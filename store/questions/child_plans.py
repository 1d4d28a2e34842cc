"""Cascade (kế hoạch của từng đơn vị): the plan each unit made of a duty, and who has made none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.assignment import DELIVERED, State
from domain.evidence import Evidence
from store.questions.scope import Scope, within
from store.tables import AssignmentRow, DutyRow, EvidenceRow, OccurrenceRow, SubmissionRow, UnitRow


@dataclass(frozen=True)
class ChildPlan:
    """`files` are those of the last round, as (id, file); empty for a unit that has handed in nothing, or
    whose plan was returned."""

    duty_id: int
    title: str
    assignment_id: int
    unit: str
    period: str
    state: State
    handed_in_at: datetime | None
    files: Sequence[tuple[int, Evidence]]


def child_plans(session: Session, directive_id: int, scope: Scope) -> Sequence[ChildPlan]:
    """Of every cascading duty of the directive: what is lacking first, then in order of assignment."""
    rows = session.exec(
        select(AssignmentRow, OccurrenceRow, UnitRow.name, DutyRow.title)
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            DutyRow.directive_id == directive_id,
            col(DutyRow.cascade).is_(True),
            within(scope, AssignmentRow.unit_id),
            col(AssignmentRow.state).in_(
                (*DELIVERED, State.ASSIGNED, State.RECEIVED, State.RETURNED, State.WAITING)
            ),
        )
        .order_by(col(AssignmentRow.id))
    ).all()
    files = _files(session, [row.id for row, _, _, _ in rows if row.state in DELIVERED])
    plans = [
        ChildPlan(
            occurrence.duty_id,
            title,
            row.id,
            unit,
            occurrence.period,
            row.state,
            row.handed_in_at,
            files.get(row.id, []),
        )
        for row, occurrence, unit, title in rows
    ]
    return sorted(plans, key=lambda plan: bool(plan.files))


def _files(session: Session, assignment_ids: Sequence[int]) -> dict[int, list[tuple[int, Evidence]]]:
    """Files of the last round of each assignment."""
    rows = session.exec(
        select(EvidenceRow, SubmissionRow.assignment_id, SubmissionRow.round)
        .join(SubmissionRow, col(SubmissionRow.id) == col(EvidenceRow.submission_id))
        .where(col(SubmissionRow.assignment_id).in_(assignment_ids))
        .order_by(col(EvidenceRow.id))
    ).all()
    last: dict[int, int] = {}
    for _, assignment_id, number in rows:
        last[assignment_id] = max(number, last.get(assignment_id, 0))
    found: dict[int, list[tuple[int, Evidence]]] = {}
    for file, assignment_id, number in rows:
        if number == last[assignment_id]:
            found.setdefault(assignment_id, []).append((file.id, file))
    return found
