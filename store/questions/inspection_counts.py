"""Counters of the inspections: how far a plan has come, whom it has reached, what it found."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.assignment import CLOSED
from domain.inspection import VisitKind, VisitState
from domain.inspection_report import CommonFinding, PlanStanding
from store.inspection_tables import FindingRow, PlanRow, VisitRow
from store.questions.inspections import covered_by_each
from store.tables import AssignmentRow, UnitRow


def standings(
    session: Session, first: date, last: date, office_unit: str, now: datetime
) -> Sequence[PlanStanding]:
    """Of every plan that touches those days, in order of beginning."""
    plans = session.scalars(
        select(PlanRow)
        .where(col(PlanRow.first) <= last, col(PlanRow.last) >= first)
        .order_by(col(PlanRow.first), col(PlanRow.id))
    ).all()
    visits, found = _visits(session, plans), _found(session, plans)
    return [
        _standing(plan, units, visits[plan.id], found[plan.id], now)
        for plan, units in zip(plans, covered_by_each(session, plans, office_unit), strict=True)
    ]


def plan_standing(session: Session, plan: PlanRow, units: Sequence[UnitRow], now: datetime) -> PlanStanding:
    """`units`: those the plan covers."""
    return _standing(plan, units, _visits(session, [plan])[plan.id], _found(session, [plan])[plan.id], now)


def _visits(session: Session, plans: Sequence[PlanRow]) -> Mapping[int, list[VisitRow]]:
    rows = defaultdict(list)
    for visit in session.scalars(
        select(VisitRow).where(col(VisitRow.plan_id).in_([plan.id for plan in plans]))
    ):
        rows[visit.plan_id].append(visit)
    return rows


def _found(session: Session, plans: Sequence[PlanRow]) -> Mapping[int, list[Any]]:
    rows = defaultdict(list)
    question = (
        select(
            col(VisitRow.plan_id),
            col(FindingRow.severity),
            col(AssignmentRow.state),
            col(AssignmentRow.due_at),
        )
        .select_from(FindingRow)
        .join(VisitRow, col(VisitRow.id) == col(FindingRow.visit_id))
        .outerjoin(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(col(VisitRow.plan_id).in_([plan.id for plan in plans]))
    )
    for row in session.execute(question):
        rows[row.plan_id].append(row)
    return rows


def _standing(
    plan: PlanRow,
    units: Sequence[UnitRow],
    all_visits: Sequence[VisitRow],
    found: Sequence[Any],
    now: datetime,
) -> PlanStanding:
    visits = [visit for visit in all_visits if visit.kind is not VisitKind.REPEAT]
    reached = {visit.unit_id for visit in visits if visit.state is VisitState.CLOSED}
    opened = {visit.unit_id for visit in all_visits if visit.state is VisitState.OPEN}
    still = [row for row in found if row.state is not None and row.state not in CLOSED]
    return PlanStanding(
        plan_id=plan.id,
        title=plan.title,
        kind=plan.kind,
        first=plan.first,
        last=plan.last,
        to_visit=min(plan.count, len(units)) if plan.count else len(units),
        visited=len(reached),
        lessons=sum(visit.lessons for visit in visits),
        findings=Counter(row.severity for row in found),
        open_findings=len(still),
        late_findings=sum(row.due_at <= now for row in still),
        silent=_silent(plan, units, reached, opened),
    )


def _silent(plan: PlanRow, units: Sequence[UnitRow], reached: set[int], opened: set[int]) -> tuple[str, ...]:
    """Of a plan that draws, only those whose visit is open: the others are nobody's business yet."""
    if not plan.count:
        return tuple(unit.name for unit in units if unit.id not in reached)
    return tuple(unit.name for unit in units if unit.id in opened - reached)


def common_findings(session: Session, theme: str, first: date, last: date) -> Sequence[CommonFinding]:
    """Found in those days, most units first."""
    rows = session.execute(
        select(
            col(FindingRow.item),
            func.max(col(FindingRow.text)),
            func.count(col(FindingRow.unit_id).distinct()),
        )
        .where(col(FindingRow.theme) == theme, col(FindingRow.found_on).between(first, last))
        .group_by(col(FindingRow.item))
    )
    found = [CommonFinding(item=item, text=text, units=units) for item, text, units in rows]
    return sorted(found, key=lambda one: (-one.units, one.item))
