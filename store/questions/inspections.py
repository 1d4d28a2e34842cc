"""Questions of whoever plans inspections: whom a plan covers, what is planned, what is known of a unit."""

from collections.abc import Collection, Container, Sequence
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
    return covered_by_each(session, [plan], office_unit)[0]


def covered_by_each(session: Session, plans: Sequence[Plan], office_unit: str) -> list[Sequence[UnitRow]]:
    """The same of several plans: the units are read once."""
    units = session.scalars(select(UnitRow).order_by(col(UnitRow.id))).all()
    others = [unit for unit in units if unit.code != office_unit]
    return [_covered(plan, others, _inside(units, plan.areas)) for plan in plans]


def _covered(plan: Plan, units: Sequence[UnitRow], inside: Container[int]) -> Sequence[UnitRow]:
    group = plan.covers()
    return [unit for unit in units if unit.id in inside and unit.valid_on(plan.first) and group.holds(unit)]


def _inside(units: Sequence[UnitRow], areas: Collection[str]) -> Container[int]:
    """Ids of the units in these areas, the areas themselves too; of all units where no area is named. A circle in the
    tree ends."""
    if not areas:
        return {unit.id for unit in units}
    below: dict[int | None, list[int]] = {}
    for unit in units:
        below.setdefault(unit.parent_id, []).append(unit.id)
    found: set[int] = set()
    waiting = [unit.id for unit in units if unit.code in areas]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += below.get(one, ())
    return found


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
