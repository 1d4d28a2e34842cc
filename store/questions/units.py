"""The tree of units a level at a time, and one unit with its people, its work and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.assignment import UNFINISHED
from domain.handover import Handover
from domain.unit import Person, Position, Unit
from store.questions.turn import Turn, turned
from store.search import Thing, seek
from store.tables import (
    AssignmentRow,
    DutyRow,
    HandoverRow,
    OccurrenceRow,
    PersonRow,
    PositionRow,
    UnitRow,
    UnitSuccessionRow,
)

PAGE = 200


@dataclass(frozen=True)
class Branch:
    """`below`: how many units stand directly under it; `people`: positions there, ended ones aside."""

    id: int
    unit: Unit
    below: int
    people: int


def branches(
    session: Session, today: date, parent_id: int | None, words: Sequence[str], turn: Turn
) -> Sequence[Branch]:
    """The units directly under `parent_id` (None: those without one above), or, with `words`, whichever have
    them."""
    question = select(UnitRow)
    if words:
        question = question.where(
            *(col(UnitRow.id).in_(one.among(Thing.UNIT)) for one in seek(session, words))
        )
    else:
        question = question.where(col(UnitRow.parent_id) == parent_id)
    shown = [unit for (unit,) in turned(session, question, [col(UnitRow.id)], turn)]
    ids = [unit.id for unit in shown]
    # Once for all of them: asked for each, a planner that sees all units under one reads them all each time.
    below = _how_many(session, UnitRow.parent_id, ids)
    valid = col(PositionRow.valid_to).is_(None) | (col(PositionRow.valid_to) >= today)
    people = _how_many(session, PositionRow.unit_id, ids, valid)
    return [Branch(unit.id, unit, below.get(unit.id, 0), people.get(unit.id, 0)) for unit in shown]


def _how_many(session: Session, of: Any, ids: Sequence[int], *conditions: Any) -> Mapping[int, int]:
    """Rows by that column, where it is one of `ids`."""
    rows = session.execute(
        select(col(of), func.count()).where(col(of).in_(ids), *conditions).group_by(col(of))
    )
    return dict(rows.all())


@dataclass(frozen=True)
class Held:
    id: int
    person_id: int
    position: Position
    person: str
    code: str
    email: str
    active: bool


@dataclass(frozen=True)
class Receipt:
    handover: Handover
    title: str
    to: str


@dataclass(frozen=True)
class UnitPage:
    """`path`: the units above it, the topmost first. `open_duties`: id and title of duties with open work here."""

    id: int
    unit: Unit
    parent_code: str
    path: Sequence[tuple[int, str]]
    people: Sequence[Held]
    open_work: int
    open_duties: Sequence[tuple[int, str]]
    successors: Sequence[tuple[int, str]]
    receipts: Sequence[Receipt]


def unit_page(session: Session, unit_id: int) -> UnitPage | None:
    row = session.get(UnitRow, unit_id)
    if row is None:
        return None
    people = session.execute(
        select(PositionRow, PersonRow)
        .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
        .where(col(PositionRow.unit_id) == unit_id)
        .order_by(col(PositionRow.valid_to).desc().nulls_first(), col(PositionRow.id))
    )
    mine = (col(AssignmentRow.unit_id) == unit_id, col(AssignmentRow.state).in_(UNFINISHED))
    duties = session.execute(
        select(col(DutyRow.id), col(DutyRow.title), func.count(col(AssignmentRow.id)))
        .join(OccurrenceRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(AssignmentRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(*mine)
        .group_by(col(DutyRow.id), col(DutyRow.title))
        .order_by(col(DutyRow.id))
    ).all()
    after = session.execute(
        select(col(UnitRow.id), col(UnitRow.name))
        .join(UnitSuccessionRow, col(UnitSuccessionRow.successor_id) == col(UnitRow.id))
        .where(col(UnitSuccessionRow.unit_id) == unit_id)
    ).all()
    path = _path(session, row)
    return UnitPage(
        unit_id,
        row,
        path[-1].code if path else "",
        [(one.id, one.name) for one in path],
        [Held(h.id, p.id, h, p.name, p.code, p.email or "", p.active) for h, p in people],
        sum(number for *_, number in duties),
        [(duty_id, title) for duty_id, title, _ in duties],
        [(heir_id, name) for heir_id, name in after],
        _receipts(session, unit_id),
    )


def unit_names(session: Session, today: date, most: int) -> list[str]:
    """Of the units there are that day, by id."""
    since, until = col(UnitRow.valid_from), col(UnitRow.valid_to)
    there = select(col(UnitRow.name)).where(
        since.is_(None) | (since <= today), until.is_(None) | (until >= today)
    )
    return list(session.scalars(there.order_by(col(UnitRow.id)).limit(most)))


@dataclass(frozen=True)
class PersonPage:
    """`held`: (unit id, unit, position), those that last first."""

    id: int
    person: Person
    held: Sequence[tuple[int, str, Position]]


def person_page(session: Session, person_id: int) -> PersonPage | None:
    row = session.get(PersonRow, person_id)
    if row is None:
        return None
    held = session.execute(
        select(col(UnitRow.id), col(UnitRow.name), PositionRow)
        .join(UnitRow, col(UnitRow.id) == col(PositionRow.unit_id))
        .where(col(PositionRow.person_id) == person_id)
        .order_by(col(PositionRow.valid_to).desc().nulls_first(), col(PositionRow.id))
    )
    return PersonPage(row.id, row, [(unit_id, unit, position) for unit_id, unit, position in held])


def _path(session: Session, row: UnitRow) -> list[UnitRow]:
    path: list[UnitRow] = []
    above = session.get(UnitRow, row.parent_id) if row.parent_id else None
    while above is not None and above not in path:
        path.insert(0, above)
        above = session.get(UnitRow, above.parent_id) if above.parent_id else None
    return path


def _receipts(session: Session, unit_id: int) -> list[Receipt]:
    rows = session.execute(
        select(HandoverRow, col(DutyRow.title), col(UnitRow.name))
        .join(AssignmentRow, col(AssignmentRow.id) == col(HandoverRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(HandoverRow.to_unit_id))
        .where(col(HandoverRow.from_unit_id) == unit_id)
        .order_by(col(HandoverRow.id))
    )
    return [Receipt(handover, title, to) for handover, title, to in rows]


Lines = list[tuple[str | date | None, ...]]


def tree_lines(session: Session) -> tuple[Lines, Lines]:
    """Every unit, and every position with whoever holds it, in the columns of the workbook."""
    above = aliased(UnitRow)
    units = session.execute(
        select(UnitRow, col(above.code))
        .outerjoin(above, col(above.id) == col(UnitRow.parent_id))
        .order_by(col(UnitRow.id))
    )
    people = session.execute(
        select(PositionRow, PersonRow, col(UnitRow.code))
        .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
        .join(UnitRow, col(UnitRow.id) == col(PositionRow.unit_id))
        .order_by(col(PositionRow.id))
    )
    return (
        [
            (
                u.code,
                u.name,
                "; ".join(u.short_names),
                u.kind,
                u.level,
                u.ownership,
                parent,
                u.valid_from,
                u.valid_to,
            )
            for u, parent in units
        ],
        [(p.code, p.name, p.email, unit, h.role.value, h.valid_from, h.valid_to) for h, p, unit in people],
    )
