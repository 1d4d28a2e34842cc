"""What inspections found: at a unit for its judge and its next team, across units for guidance."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlmodel import Session, col

from domain.assignment import CLOSED
from domain.inspection import VisitKind, VisitState
from domain.verdict import Severity
from store.inspection_tables import FindingRow, VisitRow
from store.tables import AssignmentRow

YEAR = relativedelta(years=1)


def counts_of(session: Session, asked: Sequence[tuple[int, date]]) -> list[dict[str, int]]:
    """What a rule may ask of a unit on a day, for each such pair: how many findings are open, of these critical,
    overdue; and over the year before, how many there were, were repeated, and how many teams came."""
    units = {unit_id for unit_id, _ in asked}
    found, visits = _found_at(session, units), _visited(session, units)
    return [
        _counts([row for row in found[unit_id] if row.found_on <= on], visits[unit_id], on)
        for unit_id, on in asked
    ]


def _found_at(session: Session, units: Collection[int]) -> Mapping[int, list[Any]]:
    rows = session.execute(
        select(
            col(FindingRow.unit_id),
            col(FindingRow.severity),
            col(FindingRow.found_on),
            col(FindingRow.repeats_id),
            col(AssignmentRow.state),
            col(AssignmentRow.due_on),
        )
        .outerjoin(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(col(FindingRow.unit_id).in_(units))
    )
    return _by_unit(rows)


def _visited(session: Session, units: Collection[int]) -> Mapping[int, list[Any]]:
    """Days on which a team from outside came and finished."""
    return _by_unit(
        session.execute(
            select(col(VisitRow.unit_id), col(VisitRow.day)).where(
                col(VisitRow.unit_id).in_(units),
                col(VisitRow.state) == VisitState.CLOSED,
                col(VisitRow.kind) != VisitKind.SELF,
            )
        )
    )


def _by_unit(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.unit_id].append(row)
    return found


def _counts(found: Sequence[Any], visits: Sequence[Any], on: date) -> dict[str, int]:
    still = [row for row in found if row.state is not None and row.state not in CLOSED]
    year = [row for row in found if row.found_on > on - YEAR]
    return {
        "open": len(still),
        "open_critical": sum(row.severity is Severity.CRITICAL for row in still),
        "overdue": sum(row.due_on < on for row in still),
        "year": len(year),
        "repeated": sum(row.repeats_id is not None for row in year),
        "visits": sum(on - YEAR < visit.day <= on for visit in visits),
    }


@dataclass(frozen=True)
class Before:
    """The last time an item was found bad at the unit. `assignment_id`: its corrective work while that is open."""

    finding_id: int
    found_on: date
    assignment_id: int | None


def found_before(
    session: Session, unit_id: int, theme: str, items: Collection[str], *, since: date, but: int
) -> Mapping[str, Before]:
    """By item, since that day, in other visits than `but`."""
    rows = session.execute(
        select(FindingRow, col(AssignmentRow.state))
        .outerjoin(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(
            col(FindingRow.unit_id) == unit_id,
            col(FindingRow.theme) == theme,
            col(FindingRow.item).in_(items),
            col(FindingRow.found_on) >= since,
            col(FindingRow.visit_id) != but,
        )
        .order_by(col(FindingRow.found_on), col(FindingRow.id))
    )
    return {
        f.item: Before(f.id, f.found_on, None if state is None or state in CLOSED else f.assignment_id)
        for f, state in rows
    }


def visited_units(session: Session, plan_id: int) -> set[int]:
    """Units whose visit under the plan is closed."""
    return set(
        session.scalars(
            select(col(VisitRow.unit_id)).where(
                col(VisitRow.plan_id) == plan_id,
                col(VisitRow.state) == VisitState.CLOSED,
                col(VisitRow.kind) != VisitKind.SELF,
            )
        )
    )


def units_with(session: Session, plan_id: int, items: Sequence[str]) -> Mapping[str, set[int]]:
    """For each item the units at which visits under the plan found it bad."""
    rows = session.execute(
        select(col(FindingRow.item), col(FindingRow.unit_id))
        .join(VisitRow, col(VisitRow.id) == col(FindingRow.visit_id))
        .where(col(VisitRow.plan_id) == plan_id, col(FindingRow.item).in_(items))
    )
    found: dict[str, set[int]] = {item: set() for item in items}
    for item, unit_id in rows:
        found[item].add(unit_id)
    return found
