"""What a leader has to know: which units are late, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from domain.assignment import OPEN
from domain.duty import Force
from store.questions.scope import Scope, within
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, UnitRow

UNITS_SHOWN = 30


@dataclass(frozen=True)
class LateUnit:
    """`oldest`: the earliest deadline that has passed."""

    unit_id: int
    unit: str
    late: int
    oldest: date


@dataclass(frozen=True)
class LateWork:
    """A duty in one period, and how many units have let its deadline pass."""

    directive_id: int
    title: str
    period: str
    due_on: date
    units: int


def late_units(session: Session, scope: Scope, now: datetime) -> Sequence[LateUnit]:
    """Units that owe something overdue, the longest wait first."""
    return latest_units(session, scope, now)[0]


def latest_units(
    session: Session, scope: Scope, now: datetime, limit: int | None = None
) -> tuple[Sequence[LateUnit], int]:
    """The first of them, and how many there are. Names are looked up for these alone."""
    unit_id, oldest, late = col(AssignmentRow.unit_id), func.min(col(AssignmentRow.due_on)), func.count()
    first = (
        _late(
            select(unit_id, late.label("late"), oldest.label("oldest"), func.count().over().label("units")),
            scope,
            now,
        )
        .group_by(unit_id)
        .order_by(oldest, late.desc(), unit_id)
        .limit(limit)
        .subquery()
    )
    rows = session.execute(
        select(col(UnitRow.id), col(UnitRow.name), first.c.late, first.c.oldest, first.c.units)
        .join(first, first.c.unit_id == col(UnitRow.id))
        .order_by(first.c.oldest, first.c.late.desc(), col(UnitRow.id))
    ).all()
    return [LateUnit(*row[:4]) for row in rows], rows[0].units if rows else 0


def late_works(session: Session, scope: Scope, now: datetime, limit: int = 5) -> Sequence[LateWork]:
    """What is late, the longest wait first."""
    d, o, due_on = DutyRow, OccurrenceRow, col(AssignmentRow.due_on)
    named = (col(d.directive_id), col(d.title), col(o.period), due_on)
    rows = session.execute(
        _late(select(*named, func.count()), scope, now)
        .group_by(col(o.id), *named)
        .order_by(due_on, func.count().desc(), col(o.id))
        .limit(limit)
    )
    return [LateWork(*row) for row in rows]


def _late(question: Any, scope: Scope, now: datetime) -> Select[Any]:
    """Work that binds, is owed still, and whose deadline has passed."""
    a = AssignmentRow
    late: Select[Any] = (
        question.select_from(a)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            within(scope, a.unit_id),
            col(a.state).in_(OPEN),
            col(a.due_at) <= now,
            col(DutyRow.force) == Force.BINDING,
        )
    )
    return late
