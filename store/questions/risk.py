"""What a unit's weight in a draw is made of, and which units rest because they were visited not long ago."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.assignment import CLOSED, OPEN
from domain.draw import Facts
from domain.inspection import VisitKind, VisitState
from domain.verdict import Severity
from store.inspection_tables import FindingRow, VisitRow
from store.tables import AssignmentRow, UnitRow

YEAR = relativedelta(years=1)
TEAMS = (VisitKind.PLANNED, VisitKind.SURPRISE, VisitKind.REMOTE)


def risk_facts(session: Session, units: Sequence[UnitRow], theme: str, on: date) -> Sequence[Facts]:
    """In the order of the units; findings of this theme, overdue work of any kind."""
    ids = [unit.id for unit in units]
    last = last_visits(session, ids, theme)
    found = _found(session, ids, theme, on)
    late = _overdue(session, ids, on)
    return [
        Facts(
            unit=unit.code,
            last_visit=last.get(unit.id),
            months_since=_months(last.get(unit.id), on),
            overdue=late.get(unit.id, 0),
            **{name: found[unit.id, name] for name in ("critical", "major", "repeated", "open_findings")},
        )
        for unit in units
    ]


def last_visits(session: Session, unit_ids: Sequence[int], theme: str) -> dict[int, date]:
    """The last day a team was, or is to be, at each unit for this theme; sealed visits too: for planners only."""
    rows = session.execute(
        select(col(VisitRow.unit_id), func.max(col(VisitRow.day)))
        .where(
            col(VisitRow.unit_id).in_(unit_ids),
            col(VisitRow.theme) == theme,
            col(VisitRow.kind).in_(TEAMS),
            col(VisitRow.state) != VisitState.CANCELLED,
        )
        .group_by(col(VisitRow.unit_id))
    )
    return dict(rows.all())


def rests(last: date | None, on: date, days: int) -> bool:
    return last is not None and on < last + timedelta(days=days)


def _found(session: Session, unit_ids: Sequence[int], theme: str, on: date) -> Counter[tuple[int, str]]:
    rows = session.execute(
        select(FindingRow, col(AssignmentRow.state))
        .outerjoin(AssignmentRow, col(AssignmentRow.id) == col(FindingRow.assignment_id))
        .where(col(FindingRow.unit_id).in_(unit_ids), col(FindingRow.theme) == theme)
    )
    counts: Counter[tuple[int, str]] = Counter()
    for finding, state in rows:
        recent = finding.found_on > on - YEAR
        counts[finding.unit_id, "critical"] += recent and finding.severity is Severity.CRITICAL
        counts[finding.unit_id, "major"] += recent and finding.severity is Severity.MAJOR
        counts[finding.unit_id, "repeated"] += recent and finding.repeats_id is not None
        counts[finding.unit_id, "open_findings"] += state is not None and state not in CLOSED
    return counts


def _overdue(session: Session, unit_ids: Sequence[int], on: date) -> dict[int, int]:
    rows = session.execute(
        select(col(AssignmentRow.unit_id), func.count())
        .where(
            col(AssignmentRow.unit_id).in_(unit_ids),
            col(AssignmentRow.state).in_(OPEN),
            col(AssignmentRow.due_on) < on,
        )
        .group_by(col(AssignmentRow.unit_id))
    )
    return dict(rows.all())


def _months(last: date | None, on: date) -> int | None:
    if last is None:
        return None
    passed = relativedelta(on, last)
    return max(0, passed.years * 12 + passed.months)
