"""The target ledger: every target with its measure and the figures that tell how it stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, select

from domain.measure import Count, together
from store.compliance_tables import MeasureRow, ReportedRow, TargetRow
from store.questions.scope import Scope, within
from store.tables import UnitRow

ALL = Scope(everything=True)


@dataclass(frozen=True)
class Line:
    """`counts`: one a period, newest revisions; `others` those of the measure a relative target looks at."""

    target: TargetRow
    measure: MeasureRow
    counts: tuple[Count, ...]
    others: tuple[Count, ...]


def ledger(session: Session, scope: Scope = ALL, target_id: int | None = None) -> list[Line]:
    """The targets of the units in the scope, or one of them, in the order they were set. Three questions, however
    many targets there are."""
    question = select(TargetRow).where(within(scope, TargetRow.unit_id)).order_by(col(TargetRow.id))
    if target_id is not None:
        question = question.where(col(TargetRow.id) == target_id)
    targets = session.exec(question).all()
    measures = {row.id: row for row in session.exec(select(MeasureRow)).all()}
    figures = _figures(session, [*measures])
    codes = {row.code: row for row in measures.values()}
    lines = []
    for target in targets:
        own = measures[target.measure_id]
        other = codes.get(target.against)
        lines.append(
            Line(
                target,
                own,
                _series(figures[own.id], own, target.unit_id, target.unit_class),
                _series(figures[other.id], other, target.unit_id, "") if other else (),
            )
        )
    return lines


def counts_of(session: Session, measure: MeasureRow, unit_id: int, unit_class: str = "") -> tuple[Count, ...]:
    """The series of one measure for one unit, by period; see `_series` for the office as a whole."""
    return _series(_figures(session, [measure.id])[measure.id], measure, unit_id, unit_class)


@dataclass(frozen=True)
class OfUnit:
    """What one unit reported of a measure in one period. `sources`: newest revision first, each with who said it."""

    unit: str
    count: Count
    sources: tuple[ReportedRow, ...]


def by_unit(session: Session, measure: MeasureRow, period: str, scope: Scope) -> list[OfUnit]:
    """Every unit's figure of one period, by name."""
    found: dict[int, list[Found]] = defaultdict(list)
    for row, unit in _figures(session, [measure.id], within(scope, UnitRow.id))[measure.id]:
        if row.period == period:
            found[unit.id].insert(0, (row, unit))
    lines = [
        OfUnit(rows[0][1].name, rows[0][0].count(measure.unit), tuple(row for row, _unit in rows))
        for rows in found.values()
    ]
    return sorted(lines, key=lambda line: line.unit)


Found = tuple[ReportedRow, UnitRow]


def _figures(
    session: Session, measure_ids: Sequence[int], where: ColumnElement[bool] | None = None
) -> dict[int, list[Found]]:
    """Figures with the units that reported them; a later revision after an earlier one."""
    rows = session.exec(
        select(ReportedRow, UnitRow)
        .where(
            col(ReportedRow.unit_id) == col(UnitRow.id),
            col(ReportedRow.measure_id).in_(measure_ids),
            true() if where is None else where,
        )
        .order_by(col(ReportedRow.period), col(ReportedRow.unit_id), col(ReportedRow.revision))
    ).all()
    found: dict[int, list[Found]] = defaultdict(list)
    for row, unit in rows:
        found[row.measure_id].append((row, unit))
    return found


def _series(
    figures: Iterable[Found], measure: MeasureRow, unit_id: int, unit_class: str
) -> tuple[Count, ...]:
    """What the unit itself reported for a period, else the sum of the units below it; narrowed to a class, always
    that sum (the unit's own figure is of all)."""
    own: dict[str, Count] = {}
    below: dict[str, dict[int, Count]] = defaultdict(dict)
    for row, unit in figures:
        if unit.id == unit_id:
            own[row.period] = row.count(measure.unit)
        elif unit.parent_id == unit_id and unit_class in ("", unit.kind, unit.level, unit.ownership):
            below[row.period][unit.id] = row.count(measure.unit)
    sums = {key: together(list(counts.values())) for key, counts in below.items()}
    added = {key: count for key, count in sums.items() if count is not None}
    return tuple((added if unit_class else {**added, **own}).values())
