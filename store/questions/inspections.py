"""Questions of whoever plans inspections: whom a plan covers, what is planned, what is known of a unit."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.inspection import VisitKind, VisitState
from domain.inspection_plan import Plan
from store.inspection_tables import VisitRow
from store.questions.scope import Scope, within
from store.tables import PositionRow, UnitRow


def covered_units(session: Session, plan: Plan, office_unit: str) -> Sequence[UnitRow]:
    """Units the plan is about, valid on its first day, in order of id; never the office itself."""
    rows = session.scalars(
        select(UnitRow)
        .where(within(_areas(session, plan), UnitRow.id), col(UnitRow.code) != office_unit)
        .order_by(col(UnitRow.id))
    )
    group = plan.covers()
    return [unit for unit in rows if unit.valid_on(plan.first) and group.holds(unit)]


def _areas(session: Session, plan: Plan) -> Scope:
    if not plan.areas:
        return Scope(everything=True)
    roots = session.scalars(select(col(UnitRow.id)).where(col(UnitRow.code).in_(plan.areas)))
    return Scope(roots=tuple(roots))


def visits_in_month(session: Session, unit_id: int, day: date) -> int:
    """Teams the unit has in the day's calendar month, sealed ones too: for planners only. A self-inspection is no
    team."""
    first = day.replace(day=1)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    count: int = session.execute(
        select(func.count())
        .select_from(VisitRow)
        .where(
            col(VisitRow.unit_id) == unit_id,
            col(VisitRow.day) >= first,
            col(VisitRow.day) < following,
            col(VisitRow.state) != VisitState.CANCELLED,
            col(VisitRow.kind) != VisitKind.SELF,
        )
    ).scalar_one()
    return count


def below(session: Session, unit_id: int) -> set[int]:
    """The unit and everything under it in the tree."""
    rows = session.scalars(select(col(UnitRow.id)).where(within(Scope(roots=(unit_id,)), UnitRow.id)))
    return set(rows)


def units_of_people(session: Session, person_ids: Sequence[int], day: date) -> dict[int, frozenset[int]]:
    """Every unit each person holds a position at that day."""
    rows = session.scalars(select(PositionRow).where(col(PositionRow.person_id).in_(person_ids)))
    found: dict[int, set[int]] = {person_id: set() for person_id in person_ids}
    for position in rows:
        if position.held_on(day):
            found[position.person_id].add(position.unit_id)
    return {person_id: frozenset(units) for person_id, units in found.items()}
