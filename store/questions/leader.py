"""What a leader has to know: which units are late, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.assignment import OPEN, Standing
from domain.duty import Force
from store.questions.board import Line, line_question
from store.questions.scope import Scope, within
from store.questions.standing import standing_of
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, UnitRow

UNITS_SHOWN = 30


@dataclass(frozen=True)
class LateUnit:
    """`oldest`: the earliest deadline that has passed."""

    unit_id: int
    unit: str
    late: int
    oldest: date


def late_units(session: Session, scope: Scope, now: datetime) -> Sequence[LateUnit]:
    """Units that owe something overdue, the longest wait first."""
    a = AssignmentRow
    oldest = func.min(col(a.due_on))
    rows = session.execute(
        select(col(UnitRow.id), col(UnitRow.name), func.count(), oldest)
        .select_from(a)
        .join(UnitRow, col(UnitRow.id) == col(a.unit_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            within(scope, a.unit_id),
            col(a.state).in_(OPEN),
            col(a.due_at) <= now,
            col(DutyRow.force) == Force.BINDING,
        )
        .group_by(col(UnitRow.id), col(UnitRow.name))
        .order_by(oldest, func.count().desc(), col(UnitRow.id))
    )
    return [LateUnit(*row) for row in rows]


def worst(session: Session, scope: Scope, now: datetime, soon: timedelta, limit: int = 10) -> Sequence[Line]:
    """The works longest overdue that somebody still owes."""
    how = standing_of(now, soon)
    rows = session.execute(
        line_question(how)
        .where(
            within(scope, AssignmentRow.unit_id), how == Standing.OVERDUE, col(AssignmentRow.state).in_(OPEN)
        )
        .order_by(col(AssignmentRow.due_on), col(AssignmentRow.id))
        .limit(limit)
    )
    return [Line(*row) for row in rows]
