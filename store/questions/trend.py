"""How punctual units were lately: by the week the work was due, and unit by unit.

Fair means: only orders that bind, whose day has passed; what was waived, taken back or waits for somebody else
counts neither above nor below the line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlmodel import Session, col

from domain.assignment import OUT, Standing, State
from domain.duty import Force
from domain.fields import UtcDateTime
from store.questions.counted import counts_of
from store.questions.scope import Scope, within
from store.questions.standing import standing
from store.standing_counts import Clock, clock_of
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, UnitRow

WEEKS = 8
LATELY = timedelta(days=7)
DAY = timedelta(days=1)
ASIDE = (*OUT, State.WAITING)


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


@dataclass(frozen=True)
class Lately:
    """What of the figures came in the last days (`LATELY`) and still counts: work given, and of it what is under way;
    deadlines that passed in vain; returned work with news. `due`: what was due in the days before that are as many as
    those that count as soon. Then what was due in the last days, and in as many days before them: done, done late (of
    the days before also overdue)."""

    given: int = 0
    running: int = 0
    overdue: int = 0
    returned: int = 0
    due: int = 0
    done: int = 0
    done_late: int = 0
    done_before: int = 0
    done_late_before: int = 0
    overdue_before: int = 0


def first_day(today: date) -> date:
    """The Monday on which the oldest of the weeks begins; the last week is today's."""
    return today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))


def by_week(session: Session, scope: Scope, now: datetime, today: date) -> Mapping[date, Punctual]:
    """By Monday, oldest first; every week is there, also one in which nothing was due."""
    found = counts_of(scope)
    c, number = found.rows, func.sum(col(found.rows.number))
    in_time = number.filter(col(c.clock) == Clock.IN_TIME)
    rows = session.execute(
        found.ask(col(c.due_on), number, in_time).where(*_due(c, now, today)).group_by(col(c.due_on))
    )
    start = first_day(today)
    weeks = {start + timedelta(weeks=n): Punctual(0, 0) for n in range(WEEKS)}
    for day, due, punctual in rows:
        weeks[day - timedelta(days=day.weekday())] += Punctual(due, punctual or 0)
    return weeks


def by_unit(session: Session, scope: Scope, now: datetime, today: date) -> Sequence[PunctualUnit]:
    """In the order of the office's tree: a list to look somebody up in, not a ranking."""
    a = AssignmentRow
    in_time = func.count().filter(clock_of() == Clock.IN_TIME)
    rows = session.execute(
        select(col(UnitRow.id), col(UnitRow.name), func.count(), in_time)
        .select_from(a)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(a.unit_id))
        .where(within(scope, a.unit_id), *_due(a, now, today))
        .group_by(col(UnitRow.id), col(UnitRow.name))
        .order_by(col(UnitRow.id))
    )
    return [PunctualUnit(unit_id, unit, Punctual(due, in_time)) for unit_id, unit, due, in_time in rows]


def lately(session: Session, scope: Scope, now: datetime, soon: timedelta) -> Lately:
    """`now` in the office's zone; work is given as its period opens, or later when the duty is issued."""
    found = counts_of(scope)
    c, number, then = found.rows, func.sum(col(found.rows.number)), now - LATELY
    how = standing(c, col(c.clock), now, soon)
    came = or_(col(OccurrenceRow.opens_on) > then.date(), col(DutyRow.issued_at) > literal(then, UtcDateTime))
    due = col(c.due_on)
    last = due.between(then.date() + DAY, now.date())
    before = due.between(then.date() - LATELY + DAY, then.date())
    row = session.execute(
        found.ask(
            number.filter(came, how != Standing.OUT),
            number.filter(came, how == Standing.RUNNING),
            number.filter(col(c.due_at) > literal(then, UtcDateTime), how == Standing.OVERDUE),
            number.filter(col(c.state) == State.RETURNED, col(c.touched_on) > then.date()),
            number.filter(due.between(now.date() - soon, now.date() - DAY), how != Standing.OUT),
            number.filter(last, how == Standing.DONE),
            number.filter(last, how == Standing.DONE_LATE),
            number.filter(before, how == Standing.DONE),
            number.filter(before, how == Standing.DONE_LATE),
            number.filter(before, how == Standing.OVERDUE),
        )
    ).one()
    return Lately(*(one or 0 for one in row))


def _due(row: Any, now: datetime, today: date) -> list[ColumnElement[bool]]:
    """Orders whose day of these weeks has passed, of work that is the unit's."""
    return [
        col(row.due_on) >= first_day(today),
        col(row.due_on) <= today,
        col(row.due_at) <= literal(now, UtcDateTime),
        col(row.state).not_in(ASIDE),
        col(DutyRow.force) == Force.BINDING,
    ]
