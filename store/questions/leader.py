"""What a leader has to know: which units are late, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlmodel import Session, col

from domain.assignment import OPEN
from domain.duty import Force
from domain.fields import UtcDateTime
from store.questions.counted import counts_of
from store.questions.scope import Scope, within
from store.questions.standing import spelled
from store.tables import IS_UNFINISHED, AssignmentRow, DutyRow, OccurrenceRow, UnitRow

WORKS_SHOWN = 5
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


WALKED = 3000
"""So much overdue work is looked at to find the first units."""


@dataclass(frozen=True)
class Latest:
    """The first of the late units. `units`: how many are late, `fresh` of them only with deadlines after the day asked
    about; with `at_least` there may be more of both, because more is overdue than was looked at."""

    first: Sequence[LateUnit]
    units: int = 0
    at_least: bool = False
    fresh: int = 0


def late_units(session: Session, scope: Scope, now: datetime) -> Sequence[LateUnit]:
    """All units that owe something overdue, the longest wait first."""
    a, oldest = AssignmentRow, func.min(col(AssignmentRow.due_on))
    rows = session.execute(
        _owed(select(col(UnitRow.id), col(UnitRow.name), func.count(), oldest), scope, now)
        .join(UnitRow, col(UnitRow.id) == col(a.unit_id))
        .group_by(col(UnitRow.id), col(UnitRow.name))
        .order_by(oldest, col(UnitRow.id))
    )
    return [LateUnit(*row) for row in rows]


def latest_units(
    session: Session,
    scope: Scope,
    now: datetime,
    limit: int = UNITS_SHOWN,
    *,
    walked: int = WALKED,
    since: date = date.max,
) -> Latest:
    """The first of them; what each owes is counted for these alone. `since`: who was late before is not fresh."""
    a = AssignmentRow
    oldest_work = (
        _owed(select(col(a.unit_id), col(a.due_on)), scope, now)
        .order_by(col(a.due_on), col(a.unit_id), col(a.id))
        .limit(walked)
        .subquery()
    )
    oldest = func.min(oldest_work.c.due_on).label("oldest")
    units, seen = func.count().over().label("units"), func.sum(func.count()).over().label("seen")
    fresh = func.sum(case((func.min(oldest_work.c.due_on) > since, 1), else_=0)).over().label("fresh")
    first = (
        select(oldest_work.c.unit_id, oldest, units, seen, fresh)
        .group_by(oldest_work.c.unit_id)
        .order_by(oldest, oldest_work.c.unit_id)
        .limit(limit)
        .subquery()
    )
    owed = _owed(select(func.count()), scope, now).where(col(a.unit_id) == first.c.unit_id).scalar_subquery()
    found = counts_of(scope)
    number = func.sum(col(found.rows.number)).label("number")
    by_duty = (
        found.ask(number).where(*_late(found.rows, now)).group_by(col(found.rows.occurrence_id)).subquery()
    )
    most = select(func.max(by_duty.c.number)).scalar_subquery()
    rows = session.execute(
        select(
            first.c.unit_id,
            col(UnitRow.name),
            owed,
            first.c.oldest,
            first.c.units,
            first.c.seen,
            first.c.fresh,
            most,
        )
        .join(UnitRow, col(UnitRow.id) == first.c.unit_id)
        .order_by(first.c.oldest, first.c.unit_id)
    ).all()
    if not rows:
        return Latest(())
    *_, among, looked_at, new, of_one_duty = rows[0]
    at_least = looked_at == walked
    shown = [LateUnit(*row[:4]) for row in rows]
    return Latest(shown, max(among, of_one_duty) if at_least else among, at_least, new)


def late_works(session: Session, scope: Scope, now: datetime) -> Sequence[LateWork]:
    """What is late, the longest wait first."""
    d, o, found = DutyRow, OccurrenceRow, counts_of(scope)
    c, units = found.rows, func.sum(col(found.rows.number))
    named = (col(d.directive_id), col(d.title), col(o.period), col(c.due_on))
    rows = session.execute(
        found.ask(*named, units)
        .where(*_late(c, now))
        .group_by(col(o.id), *named)
        .order_by(col(c.due_on), units.desc(), col(o.id))
        .limit(WORKS_SHOWN)
    )
    return [LateWork(*row) for row in rows]


def _owed(question: Any, scope: Scope, now: datetime) -> Select[Any]:
    """Of assignments that are late."""
    a = AssignmentRow
    late: Select[Any] = (
        question.select_from(a)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(within(scope, a.unit_id), spelled(IS_UNFINISHED), *_late(a, now))
    )
    return late


def _late(row: Any, now: datetime) -> list[ColumnElement[bool]]:
    """Work, or a count of it, that binds, is owed still, and whose deadline has passed."""
    passed = col(row.due_at) <= literal(now, UtcDateTime)
    return [col(row.state).in_(OPEN), passed, col(DutyRow.force) == Force.BINDING]
