"""Instalments side by side (đợt 1, đợt 2): the same work at other times, unit by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from domain.assignment import DELIVERED
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow


def linked(session: Session, duty: DutyRow) -> list[int]:
    """Ids of the duties of the same series in the same directive, the duty itself among them."""
    if not duty.series:
        return [duty.id]
    rows = session.exec(
        select(DutyRow.id)
        .where(DutyRow.directive_id == duty.directive_id, DutyRow.series == duty.series)
        .order_by(col(DutyRow.instalment), col(DutyRow.id))
    )
    return list(rows.all())


@dataclass(frozen=True)
class Turn:
    """One instalment; `number` counts them by their deadlines."""

    occurrence_id: int
    duty_id: int
    number: int
    title: str
    due_on: date


@dataclass(frozen=True)
class Compared:
    """What one unit gave at each turn, in their order; None where it gave nothing."""

    unit_id: int
    unit: str
    figures: Sequence[Mapping[str, Any] | None]


def instalments(session: Session, duty_id: int) -> tuple[Sequence[Turn], Sequence[Compared]]:
    """Every turn that is open, and every unit that has a part in one. Figures are those of the last round
    handed in; a round that was returned is none."""
    duty = session.get_one(DutyRow, duty_id)
    occurrences = session.exec(
        select(OccurrenceRow, DutyRow)
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(OccurrenceRow.duty_id).in_(linked(session, duty)))
        .order_by(col(OccurrenceRow.due_on), col(OccurrenceRow.id))
    ).all()
    turns = [Turn(o.id, d.id, n, d.title, o.due_on) for n, (o, d) in enumerate(occurrences, start=1)]
    given = _figures(session, [turn.occurrence_id for turn in turns])
    units = {unit_id: name for unit_id, name, _ in given}
    by_turn = {(unit_id, occurrence_id): figures for (unit_id, _, occurrence_id), figures in given.items()}
    return turns, [
        Compared(unit_id, name, [by_turn.get((unit_id, turn.occurrence_id)) for turn in turns])
        for unit_id, name in sorted(units.items())
    ]


def _figures(
    session: Session, occurrence_ids: Sequence[int]
) -> dict[tuple[int, str, int], Mapping[str, Any] | None]:
    rows = session.exec(
        select(AssignmentRow, UnitRow.name, SubmissionRow.figures)
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .join(SubmissionRow, col(SubmissionRow.assignment_id) == col(AssignmentRow.id), isouter=True)
        .where(col(AssignmentRow.occurrence_id).in_(occurrence_ids))
        .order_by(col(AssignmentRow.id), col(SubmissionRow.round))
    ).all()
    found: dict[tuple[int, str, int], Mapping[str, Any] | None] = {}
    for row, name, figures in rows:
        key = row.unit_id, name, row.occurrence_id
        found[key] = figures if row.state in DELIVERED else found.get(key)
    return found
