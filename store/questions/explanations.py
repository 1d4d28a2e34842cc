"""Demands for explanations: of one piece of work, and those that still wait for an answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from domain.assignment import OUT
from domain.explanation import Explanation
from store.questions.scope import Scope, within
from store.tables import AssignmentRow, DutyRow, ExplanationRow, OccurrenceRow, UnitRow

SHOWN = 200


def explanations(session: Session, assignment_id: int) -> Sequence[tuple[int, Explanation]]:
    """All of one assignment with their ids, oldest first. The caller has asked whether the reader may see it."""
    e = ExplanationRow
    rows = session.scalars(select(e).where(col(e.assignment_id) == assignment_id).order_by(col(e.id)))
    return [(row.id, row) for row in rows]


def latest_explanations(session: Session, assignment_ids: Collection[int]) -> Mapping[int, Explanation]:
    """The last demand for each of these assignments that has one."""
    e = ExplanationRow
    rows = session.scalars(select(e).where(col(e.assignment_id).in_(assignment_ids)).order_by(col(e.id)))
    return {row.assignment_id: row for row in rows}


@dataclass(frozen=True)
class Demanded:
    """A demand nobody has answered."""

    id: int
    assignment_id: int
    unit: str
    title: str
    explanation: Explanation


def explanations_to_give(session: Session, scope: Scope) -> Sequence[Demanded]:
    """What these units still have to explain, the earliest day first: a unit's list, and a leader's."""
    rows = session.execute(
        _demanded()
        .where(
            col(ExplanationRow.answered_at).is_(None),
            col(AssignmentRow.state).not_in(OUT),
            within(scope, AssignmentRow.unit_id),
        )
        .order_by(col(ExplanationRow.answer_by), col(ExplanationRow.id))
        .limit(SHOWN)
    )
    return [Demanded(*row) for row in rows]


def _demanded() -> Any:
    """The columns of a `Demanded`, in its order."""
    return (
        select(
            col(ExplanationRow.id),
            col(AssignmentRow.id),
            col(UnitRow.name),
            col(DutyRow.title),
            ExplanationRow,
        )
        .join(AssignmentRow, col(AssignmentRow.id) == col(ExplanationRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
    )


def explanations_given(session: Session, scope: Scope, since: datetime) -> Sequence[Demanded]:
    """What units explained lately, newest first."""
    rows = session.execute(
        _demanded()
        .where(col(ExplanationRow.answered_at) >= since, within(scope, AssignmentRow.unit_id))
        .order_by(col(ExplanationRow.answered_at).desc(), col(ExplanationRow.id).desc())
        .limit(SHOWN)
    )
    return [Demanded(*row) for row in rows]


def explanations_to_remind(session: Session, at: datetime) -> Sequence[int]:
    """Ids of the demands whose reminder is due. Reads an index of nothing else."""
    e = ExplanationRow
    return session.scalars(select(col(e.id)).where(col(e.remind_at) <= at).order_by(col(e.id))).all()
