"""Take the rungs whose moment has come: one notice for each role a rung tells, each exactly once.

All assignments of an occurrence that stand on the same rung of the same deadline share one decision, so a
sweep decides once for the group and records with two statements, however many units it has. Cost follows
what is due now: the index on `next_action_at` is all it reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, literal, select, update
from sqlmodel import Session, col

from actions.changes import By, record
from actions.own_days import shares
from domain.assignment import OPEN
from domain.escalation import Climb, Fate, Ladder, climb
from domain.fields import UtcDateTime, one_of
from domain.unit import Role
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, NoticeRow, OccurrenceRow
from store.writing import insert_selected


@dataclass(frozen=True)
class Group:
    """Assignments that share a decision: same occurrence, same rung reached, same deadline."""

    occurrence_id: int
    step: int
    due_on: date
    count: int


def due_groups(session: Session, at: datetime) -> Sequence[Group]:
    """Everything whose next moment is not after `at`, oldest occurrence first."""
    a = AssignmentRow
    rows = session.execute(
        select(col(a.occurrence_id), col(a.step), col(a.due_on), func.count())
        .where(col(a.next_action_at) <= at)
        .group_by(col(a.occurrence_id), col(a.step), col(a.due_on))
        .order_by(col(a.occurrence_id), col(a.due_on), col(a.step))
    )
    return [Group(*row) for row in rows]


def remind_and_escalate(session: Session, group: Group, *, calendar: Calendar, zone: ZoneInfo, by: By) -> int:
    """Take the group's due rungs and move it to the next one; units with days of their own climb by those.
    Returns the number of notices written.

    Run again, or by a second clock, it finds the group moved on and writes nothing.
    """
    occurrence = session.get_one(OccurrenceRow, group.occurrence_id)
    ladder = session.get_one(DutyRow, occurrence.duty_id).frozen_ladder()
    members = _members(group, by.at)
    written = 0
    for own, who in _present(session, members, calendar):
        moment = partial(ladder.moment, due_on=group.due_on, calendar=own, zone=zone)
        written += _take(session, group, ladder, climb(ladder, group.step, by.at, moment), members & who, by)
    return written


def _present(
    session: Session, members: ColumnElement[bool], calendar: Calendar
) -> list[tuple[Calendar, ColumnElement[bool]]]:
    """Who keeps which calendar, of those in the group: a hundred schools with a day of their own must not cost
    a statement each where none of them is due."""
    if not calendar.apart:
        return shares(calendar, col(AssignmentRow.unit_id))
    special = col(AssignmentRow.unit_id).in_(sorted(calendar.unit_days))
    present = session.execute(select(col(AssignmentRow.unit_id)).where(members, special).distinct()).scalars()
    return shares(calendar.among(set(present)), col(AssignmentRow.unit_id))


def _take(
    session: Session, group: Group, ladder: Ladder, climbed: Climb, members: ColumnElement[bool], by: By
) -> int:
    written = sum(
        _notices(session, members, group.due_on, taken.step, role, ladder, fate, reason, by.at)
        for taken in climbed.taken
        for roles, fate, reason in (
            (taken.tell, Fate.PENDING, ""),
            (taken.superseded, Fate.SUPERSEDED, "bậc sau đã đến hạn cùng lúc"),
        )
        for role in roles
    )
    moved = session.execute(
        update(AssignmentRow)
        .where(members)
        .values(step=climbed.step, next_action_at=climbed.next_action_at)
        .execution_options(synchronize_session=False)  # no assignment is in the session
    ).rowcount  # type: ignore[attr-defined]
    if moved:
        _audit(session, group, climbed, moved, by)
    return written


def _members(group: Group, at: datetime) -> ColumnElement[bool]:
    """The index of the occurrence leads to them. SQLite would take the index of deadlines, and read everything that
    is due that day for every group: it is kept from it by comparing what is no bare column."""
    a = AssignmentRow
    return and_(
        col(a.occurrence_id) == group.occurrence_id,
        col(a.step) == group.step,
        func.coalesce(col(a.due_on), group.due_on) == group.due_on,
        col(a.next_action_at) <= at,
        col(a.state).in_(OPEN),
    )


def _notices(
    session: Session,
    members: ColumnElement[bool],
    due_on: date,
    step: int,
    role: Role,
    ladder: Ladder,
    fate: Fate,
    reason: str,
    at: datetime,
) -> int:
    rows = select(
        col(AssignmentRow.id),
        literal(step),
        literal(role, one_of(Role)),
        literal(due_on),
        literal(at, UtcDateTime),
        literal(ladder.rungs[step].binding),
        literal(fate, one_of(Fate)),
        literal(reason),
    ).where(members)
    return insert_selected(
        session,
        NoticeRow,
        ("assignment_id", "step", "role", "due_on", "at", "binding", "fate", "reason"),
        rows,
    )


def _audit(session: Session, group: Group, climbed: Climb, moved: int, by: By) -> None:
    record(
        session,
        by,
        "take_rungs",
        f"occurrence:{group.occurrence_id}",
        due_on=group.due_on,
        steps=[taken.step for taken in climbed.taken],
        assignments=moved,
    )
