"""What a reader picked on the board: the same conditions for its counts, its rows and its export."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlmodel import col

from domain.assignment import Standing, State
from store.questions.scope import Scope, within
from store.questions.standing import spelled, stands, still
from store.search import Sought, Thing, holds
from store.tables import IS_ASIDE, IS_UNFINISHED, AssignmentRow, DutyRow, WaitingRow


class Order(StrEnum):
    """How the rows follow one another; always the same among equals."""

    DUE = "due"
    DUE_LAST = "due_last"
    UNIT = "unit"
    TOUCHED = "touched"  # what moved last, first


FALLING = frozenset({Order.DUE_LAST, Order.TOUCHED})
UNTOUCHED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for no instant in the place of a row that nobody has touched."""


@dataclass(frozen=True, kw_only=True)
class Pick:
    """None, "" and nothing pick everything. `unfinished`: not done in the sense of `Standing`, whoever has to move.
    `waiting`: handed in and not yet decided. `still`: owed without news
    after this day. `awaited`: who it waits for, as written. `sought`: words already looked up
    (`store.search.seek`)."""

    standing: Standing | None = None
    unfinished: bool = False
    waiting: bool = False
    unit_id: int | None = None
    directive_id: int | None = None
    still: date | None = None
    awaited: str = ""
    sought: tuple[Sought, ...] = ()
    order: Order = Order.DUE


def where(scope: Scope, pick: Pick) -> list[ColumnElement[bool]]:
    """Conditions that hold for every figure above the rows too."""
    conditions = [within(scope, AssignmentRow.unit_id)]
    if pick.unit_id is not None:
        conditions.append(col(AssignmentRow.unit_id) == pick.unit_id)
    return conditions + of_duties(pick, AssignmentRow.unit_id)


def names_units(pick: Pick) -> bool:
    """Whether the units matter to what was picked, and not its duties alone."""
    return pick.unit_id is not None or any(Thing.UNIT in one.kinds for one in pick.sought)


def of_duties(pick: Pick, unit_id: Any = None) -> list[ColumnElement[bool]]:
    """The conditions on duties; words that units have too need the column of their ids."""
    return of_directive(pick) + holds(pick.sought, unit_id, col(DutyRow.id))


def of_directive(pick: Pick) -> list[ColumnElement[bool]]:
    return [] if pick.directive_id is None else [col(DutyRow.directive_id) == pick.directive_id]


def also(pick: Pick, now: datetime, soon: timedelta) -> list[ColumnElement[bool]]:
    """Conditions that make of them the rows of the chosen figure."""
    conditions: list[ColumnElement[bool]] = []
    if pick.standing is not None:
        conditions.append(stands(pick.standing, now, soon))
    if pick.unfinished:  # what the superior has is done, though its clock runs on
        conditions += [spelled(IS_UNFINISHED), col(AssignmentRow.state) != State.SUBMITTED]
    if pick.waiting:
        conditions += [spelled(IS_ASIDE), col(AssignmentRow.state) == State.HANDED_IN]
    if pick.still is not None:
        conditions += [spelled(IS_UNFINISHED), still(pick.still)]
    if pick.awaited:
        conditions.append(
            exists(
                select(col(WaitingRow.id)).where(
                    col(WaitingRow.assignment_id) == col(AssignmentRow.id),
                    col(WaitingRow.ended_at).is_(None),
                    col(WaitingRow.who) == pick.awaited,
                )
            )
        )
    return conditions


def key(order: Order) -> tuple[Any, ...]:
    """What the rows are sorted by."""
    a = AssignmentRow
    match order:
        case Order.DUE | Order.DUE_LAST:
            return col(a.due_on), col(a.unit_id), col(a.id)
        case Order.UNIT:
            return col(a.unit_id), col(a.due_on), col(a.id)
        case Order.TOUCHED:
            return col(a.touched_at), col(a.id)


EVERYTHING = Pick()
