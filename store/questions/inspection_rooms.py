"""What the office's inspection pages show: plans with their coverage, visits, findings, who could go.

A sealed visit is shown to who plans, and to nobody else: `sealed` says whether the reader plans.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from domain.assignment import CLOSED
from domain.folding import fold
from domain.inspection import VisitKind, VisitState
from domain.verdict import Severity
from store.inspection_tables import ChecklistRow, FindingRow, PlanRow, VisitRow
from store.questions.inspections import below
from store.questions.scope import Scope, within
from store.tables import AssignmentRow, DirectiveRow, PersonRow, PositionRow, UnitRow

SHOWN = 200


@dataclass(frozen=True)
class VisitLine:
    id: int
    unit: str
    plan: str
    kind: VisitKind
    state: VisitState
    day: date
    finished: bool
    findings: int


@dataclass(frozen=True)
class FoundLine:
    """`due_on` as it is now; `open`: the reviewer has not closed its corrective work. `repeated`: known before."""

    id: int
    visit_id: int
    assignment_id: int | None
    unit: str
    theme: str
    item: str
    text: str
    clause: str
    severity: Severity
    found_on: date
    due_on: date
    open: bool
    late: bool
    repeated: bool


@dataclass(frozen=True)
class Reached:
    """Of one group of units, how many have a closed visit under the plan."""

    name: str
    visited: int
    units: int

    @property
    def percent(self) -> int:
        return self.visited * 100 // self.units if self.units else 0


@dataclass(frozen=True)
class Person:
    """`conflict`: belongs to the unit that is to be visited."""

    id: int
    name: str
    unit_id: int
    unit: str
    conflict: bool


def coverage(session: Session, plan: PlanRow, units: Sequence[UnitRow]) -> Mapping[str, Sequence[Reached]]:
    """Of the units the plan covers, by kind of group (`level`, `ownership`, `area`: the unit above), each in order of
    name. Only closed visits count, so that nothing sealed shows through."""
    reached = set(
        session.scalars(
            select(col(VisitRow.unit_id)).where(
                col(VisitRow.plan_id) == plan.id, col(VisitRow.state) == VisitState.CLOSED
            )
        )
    )
    names: dict[int | None, str] = dict(
        session.execute(
            select(col(UnitRow.id), col(UnitRow.name)).where(
                col(UnitRow.id).in_(sorted({unit.parent_id for unit in units if unit.parent_id}))
            )
        ).all()
    )
    named: Mapping[str, Callable[[UnitRow], str]] = {
        "level": lambda unit: unit.level,
        "ownership": lambda unit: unit.ownership,
        "area": lambda unit: names.get(unit.parent_id, ""),
    }
    groups: dict[str, Sequence[Reached]] = {}
    for kind, name_of in named.items():
        all_ = Counter(map(name_of, units))
        seen = Counter(name_of(unit) for unit in units if unit.id in reached)
        groups[kind] = [Reached(name, seen[name], all_[name]) for name in sorted(all_)]
    return groups


def visit_lines(
    session: Session, scope: Scope, *, sealed: bool, plan_id: int | None = None, limit: int = SHOWN
) -> Sequence[VisitLine]:
    """The latest day first."""
    found = select(func.count()).where(col(FindingRow.visit_id) == col(VisitRow.id)).scalar_subquery()
    rows = (
        select(VisitRow, col(UnitRow.name), col(PlanRow.title), found)
        .join(UnitRow, col(UnitRow.id) == col(VisitRow.unit_id))
        .join(PlanRow, col(PlanRow.id) == col(VisitRow.plan_id))
        .where(within(scope, VisitRow.unit_id))
        .order_by(col(VisitRow.day).desc(), col(VisitRow.id).desc())
        .limit(limit)
    )
    if not sealed:
        rows = rows.where(col(VisitRow.state).in_((VisitState.OPEN, VisitState.CLOSED)))
    if plan_id is not None:
        rows = rows.where(col(VisitRow.plan_id) == plan_id)
    return [
        VisitLine(v.id, unit, plan, v.kind, v.state, v.day, v.finished_at is not None, count)
        for v, unit, plan, count in session.execute(rows)
    ]


def found_lines(
    session: Session,
    scope: Scope,
    now: datetime,
    *,
    severity: Severity | None = None,
    only: str = "",
    visit_id: int | None = None,
    limit: int = SHOWN,
) -> Sequence[FoundLine]:
    """Newest first. `only`: "open", "late", "repeated" or "pressing" (open, and critical or repeated); empty: all."""
    rows = (
        select(FindingRow, AssignmentRow, col(UnitRow.name), col(ChecklistRow.title))
        .join(UnitRow, col(UnitRow.id) == col(FindingRow.unit_id))
        .join(VisitRow, col(VisitRow.id) == col(FindingRow.visit_id))
        .join(ChecklistRow, col(ChecklistRow.id) == col(VisitRow.checklist_id))
        .outerjoin(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(within(scope, FindingRow.unit_id))
        .order_by(col(FindingRow.found_on).desc(), col(FindingRow.id).desc())
        .limit(limit)
    )
    if severity is not None:
        rows = rows.where(col(FindingRow.severity) == severity)
    if visit_id is not None:
        rows = rows.where(col(FindingRow.visit_id) == visit_id)
    found = session.execute(_only(rows, only, now))
    return [
        FoundLine(
            id=f.id, visit_id=f.visit_id, assignment_id=f.assignment_id, unit=unit, theme=theme, item=f.item,
            text=f.text, clause=f.clause, severity=f.severity, found_on=f.found_on,
            due_on=work.due_on if work else f.due_on,
            open=work is not None and work.state not in CLOSED,
            late=work is not None and work.state not in CLOSED and work.due_at <= now,
            repeated=f.repeats_id is not None,
        )
        for f, work, unit, theme in found
    ]  # fmt: skip


def _only(rows: Any, only: str, now: datetime) -> Any:
    if only in ("open", "late", "pressing"):
        rows = rows.where(col(AssignmentRow.state).not_in(CLOSED))
    if only == "late":
        rows = rows.where(col(AssignmentRow.due_at) <= now)
    if only == "repeated":
        rows = rows.where(col(FindingRow.repeats_id).is_not(None))
    if only == "pressing":
        rows = rows.where(
            or_(col(FindingRow.severity) == Severity.CRITICAL, col(FindingRow.repeats_id).is_not(None))
        )
    return rows


def proposals(session: Session, plan: PlanRow) -> Sequence[DirectiveRow]:
    """Guidance proposed because too many units of the plan share a finding."""
    prefix = f"huong-dan-{plan.code}-"
    return session.scalars(
        select(DirectiveRow)
        .where(col(DirectiveRow.file_name).startswith(prefix, autoescape=True))
        .order_by(col(DirectiveRow.id))
    ).all()


def people_to_go(session: Session, unit_id: int, on: date) -> Sequence[Person]:
    """Everybody who holds a position that day, once, by name; who belongs to the unit is marked."""
    own: Collection[int] = below(session, unit_id)
    rows = session.execute(
        select(PositionRow, PersonRow, col(UnitRow.name))
        .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
        .join(UnitRow, col(UnitRow.id) == col(PositionRow.unit_id))
        .where(col(PersonRow.active))
        .order_by(col(PersonRow.id), col(PositionRow.id))
    ).all()
    held = [(position, person, unit) for position, person, unit in rows if position.held_on(on)]
    conflicted = {person.id for position, person, _unit in held if position.unit_id in own}
    first: dict[int, Person] = {}
    for position, person, unit in held:
        first.setdefault(
            person.id, Person(person.id, person.name, position.unit_id, unit, person.id in conflicted)
        )
    return sorted(first.values(), key=lambda one: fold(one.name))


def checklists(session: Session) -> Sequence[ChecklistRow]:
    """The version in force of every theme, by title."""
    newest = select(func.max(col(ChecklistRow.id))).group_by(col(ChecklistRow.theme))
    return session.scalars(
        select(ChecklistRow).where(col(ChecklistRow.id).in_(newest)).order_by(col(ChecklistRow.title))
    ).all()


def versions(session: Session, theme: str) -> Sequence[ChecklistRow]:
    """Newest first."""
    return session.scalars(
        select(ChecklistRow)
        .where(col(ChecklistRow.theme) == theme)
        .order_by(col(ChecklistRow.version).desc())
    ).all()


def self_plans(session: Session, on: date) -> Sequence[PlanRow]:
    """Plans of self-inspection that run on that day; the caller asks whom they cover."""
    return session.scalars(
        select(PlanRow)
        .where(
            col(PlanRow.kind) == VisitKind.SELF,
            col(PlanRow.state) == "approved",
            col(PlanRow.first) <= on,
            col(PlanRow.last) >= on,
        )
        .order_by(col(PlanRow.last), col(PlanRow.id))
    ).all()
