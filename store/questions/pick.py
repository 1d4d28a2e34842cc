"""What a reader picked on the board: the same conditions for its counts, its rows and its export."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ColumnElement, exists, literal_column, select
from sqlmodel import col

from domain.assignment import Standing
from store.questions.scope import Scope, within
from store.questions.standing import standing_of, still
from store.search import Sought, holds
from store.tables import AssignmentRow, DutyRow, WaitingRow


class Order(StrEnum):
    """How the rows follow one another; always the same among equals."""

    DUE = "due"
    DUE_LAST = "due_last"
    UNIT = "unit"
    TOUCHED = "touched"  # what moved last, first


@dataclass(frozen=True)
class Pick:
    """None, "" and nothing pick everything. `waiting`: handed in and not yet decided. `still`: owed without news
    since this instant (office zone). `awaited`: who it waits for, as written. `sought`: words already looked up
    (`store.search.seek`)."""

    standing: Standing | None = None
    waiting: bool = False
    unit_id: int | None = None
    directive_id: int | None = None
    page: int = 1
    still: datetime | None = None
    awaited: str = ""
    sought: tuple[Sought, ...] = ()
    order: Order = Order.DUE


def where(scope: Scope, pick: Pick) -> list[ColumnElement[bool]]:
    """Conditions that hold for every figure above the rows too."""
    conditions = [within(scope, AssignmentRow.unit_id)]
    if pick.unit_id is not None:
        conditions.append(col(AssignmentRow.unit_id) == pick.unit_id)
    if pick.directive_id is not None:
        conditions.append(col(DutyRow.directive_id) == pick.directive_id)
    return conditions + holds(pick.sought, col(AssignmentRow.unit_id), col(DutyRow.id))


_HANDED_IN = literal_column("assignment.state = 'handed_in'", Boolean)
"""Spelled as the partial index is: SQLite sees no other way that the index serves."""


def also(pick: Pick, now: datetime, soon: timedelta) -> list[ColumnElement[bool]]:
    """Conditions that make of them the rows of the chosen figure."""
    conditions: list[ColumnElement[bool]] = []
    if pick.standing is not None:
        conditions.append(standing_of(now, soon) == pick.standing)
    if pick.waiting:
        conditions.append(_HANDED_IN)
    if pick.still is not None:
        conditions.append(still(pick.still))
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


def order_by(order: Order) -> tuple[Any, ...]:
    a = AssignmentRow
    match order:
        case Order.DUE:
            return col(a.due_on), col(a.unit_id), col(a.id)
        case Order.DUE_LAST:
            return col(a.due_on).desc(), col(a.unit_id).desc(), col(a.id).desc()
        case Order.UNIT:
            return col(a.unit_id), col(a.due_on), col(a.id)
        case Order.TOUCHED:
            return col(a.touched_at).desc().nulls_last(), col(a.id).desc()


EVERYTHING = Pick()
