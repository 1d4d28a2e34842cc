"""What the targets of the ledger want of a unit: the `targets.` of a rule's case."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from sqlmodel import Session, col, select

from domain.exact import exact
from domain.measure import Measure
from domain.target import Aim
from store.compliance_tables import MeasureRow, TargetRow
from store.tables import UnitRow

LEVELS = (Aim.LEVEL, Aim.CUMULATIVE)
"""Aims with a figure of their own that a report can be held against."""


def name_of(measure: Measure) -> str:
    """The measure's code as a rule spells it, after `targets.`; empty for a code that makes no name."""
    name = measure.code.replace("-", "_")
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else ""


def targeted(session: Session) -> Sequence[Measure]:
    """Measures that a rule may ask the target of, by code."""
    rows = session.exec(
        select(MeasureRow)
        .where(
            col(MeasureRow.id).in_(
                select(TargetRow.measure_id).where(col(TargetRow.aim).in_(LEVELS), col(TargetRow.value) != "")
            )
        )
        .order_by(col(MeasureRow.code))
    ).all()
    return [row for row in rows if name_of(row)]


def wanted_of(session: Session, asked: Sequence[tuple[UnitRow, date]]) -> list[Mapping[str, str]]:
    """The figures wanted of a unit by a day, for each such pair, as exact text by name; 80 % is "0.8". A unit's own
    target comes before one of a unit above it, one for its class before one for all. Only rates come down from above:
    3.000 pupils of the office are not 3.000 of each school."""
    chains = [_above(session, unit) for unit, _ in asked]
    found = session.exec(
        select(TargetRow, MeasureRow)
        .where(
            col(TargetRow.measure_id) == col(MeasureRow.id),
            col(TargetRow.unit_id).in_({unit_id for chain in chains for unit_id in chain}),
            col(TargetRow.aim).in_(LEVELS),
        )
        .order_by(col(TargetRow.id))
    ).all()
    by_unit: dict[int, list[tuple[TargetRow, MeasureRow]]] = defaultdict(list)
    for target, measure in found:
        by_unit[target.unit_id].append((target, measure))
    return [
        _wanted(unit, day, chain, [row for unit_id in chain for row in by_unit[unit_id]])
        for (unit, day), chain in zip(asked, chains, strict=True)
    ]


def _wanted(
    unit: UnitRow, day: date, above: list[int], targets: list[tuple[TargetRow, MeasureRow]]
) -> Mapping[str, str]:
    classes = {"", unit.kind, unit.level, unit.ownership}
    rows = [
        (target, measure)
        for target, measure in targets
        if (target.unit_id == unit.id or measure.unit == "%")
        and target.unit_class in classes
        and target.first <= day
        and (target.last is None or target.last >= day)
    ]
    rows.sort(key=lambda row: (-above.index(row[0].unit_id), row[0].unit_class != "", row[0].id))
    found: dict[str, str] = {}
    for target, measure in rows:  # the nearest and newest is said last and stands
        low, _high = target.terms(measure.unit).wanted_on(day)
        figure = exact(low)
        if figure is not None and name_of(measure):
            found[name_of(measure)] = _plain(figure / 100 if measure.unit == "%" else figure)
    return found


def _above(session: Session, unit: UnitRow) -> list[int]:
    """The unit and those above it, nearest first; a circle in the tree ends."""
    chain = [unit.id]
    while unit.parent_id is not None and unit.parent_id not in chain:
        chain.append(unit.parent_id)
        unit = session.get_one(UnitRow, unit.parent_id)
    return chain


def _plain(figure: Fraction) -> str:
    """Decimal text: targets are written with a few decimals."""
    whole, part = divmod(abs(figure.numerator) * 10**12 // figure.denominator, 10**12)
    return f"{'-' if figure < 0 else ''}{whole}.{part:012d}".rstrip("0").rstrip(".")
