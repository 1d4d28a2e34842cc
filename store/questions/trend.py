"""How punctual units were lately: by the week the work was due, and unit by unit.

Fair means: only orders that bind, whose day has passed; what was waived, taken back or waits for somebody else
counts neither above nor below the line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session, col

from domain.assignment import DELIVERED, State
from domain.duty import Force
from store.questions.scope import Scope, within
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, UnitRow

WEEKS = 8
OUT = (State.WAIVED, State.WITHDRAWN, State.WAITING)


@dataclass(frozen=True)
class Punctual:
    """`in_time` of `due`, both counted; nothing due has no share."""

    due: int
    in_time: int

    @property
    def percent(self) -> int | None:
        return 100 * self.in_time // self.due if self.due else None

    def __add__(self, other: "Punctual") -> "Punctual":
        return Punctual(self.due + other.due, self.in_time + other.in_time)


@dataclass(frozen=True)
class PunctualUnit:
    unit_id: int
    unit: str
    share: Punctual


def first_day(today: date) -> date:
    """The Monday on which the oldest of the weeks begins; the last week is today's."""
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def by_week(session: Session, scope: Scope, now: datetime, today: date) -> Mapping[date, Punctual]:
    """By Monday, oldest first; every week is there, also one in which nothing was due."""
    due_on = col(AssignmentRow.due_on)
    rows = session.execute(_counted([due_on], scope, now, today).group_by(due_on))
    start = first_day(today)
    weeks = {start + timedelta(weeks=n): Punctual(0, 0) for n in range(WEEKS)}
    for day, due, in_time in rows:
        weeks[day - timedelta(days=day.weekday())] += Punctual(due, in_time)
    return weeks


def by_unit(session: Session, scope: Scope, now: datetime, today: date) -> Sequence[PunctualUnit]:
    """In the order of the office's tree: a list to look somebody up in, not a ranking."""
    named = [col(UnitRow.id), col(UnitRow.name)]
    rows = session.execute(
        _counted(named, scope, now, today)
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .group_by(*named)
        .order_by(col(UnitRow.id))
    )
    return [PunctualUnit(unit_id, unit, Punctual(due, in_time)) for unit_id, unit, due, in_time in rows]


def _counted(columns: Sequence[Any], scope: Scope, now: datetime, today: date) -> Select[Any]:
    a = AssignmentRow
    in_time = col(a.state).in_(DELIVERED) & (col(a.handed_in_at) < col(a.due_at))
    question: Select[Any] = (
        select(*columns, func.count(), func.sum(case((in_time, 1), else_=0)))
        .select_from(a)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            within(scope, a.unit_id),
            col(a.due_on) >= first_day(today),
            col(a.due_on) <= today,
            col(a.due_at) <= now,
            col(a.state).not_in(OUT),
            col(DutyRow.force) == Force.BINDING,
        )
    )
    return question
