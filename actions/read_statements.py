"""Who has stated what in a period, and whose own report says otherwise. Writes nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from domain.statement import Position, position
from rules.condition import read_condition, said_of
from rules.pack import Pack
from store.compliance_tables import RegisterRow, StatementRow
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow


def read_statements(
    session: Session, register: RegisterRow, unit_ids: Sequence[int], key: str, pack: Pack | None
) -> list[Position]:
    """One position for each unit asked about, silent ones too, by name. `pack`: the one the register names."""
    units = session.exec(
        select(UnitRow).where(col(UnitRow.id).in_(unit_ids)).order_by(col(UnitRow.name))
    ).all()
    statements = {
        row.unit_id: row
        for row in session.exec(
            select(StatementRow)
            .where(col(StatementRow.register_id) == register.id, col(StatementRow.period) == key)
            .order_by(col(StatementRow.revision))
        )
    }
    reports = _reports(session, pack, key) if pack and register.contradicted_if else {}
    return [
        position(unit.name, statements.get(unit.id), _against(register, unit, reports.get(unit.id), pack))
        for unit in units
    ]


def _against(
    register: RegisterRow, unit: UnitRow, figures: Mapping[str, Any] | None, pack: Pack | None
) -> str:
    if figures is None or pack is None:
        return ""
    case = {
        "unit": unit.facts(),
        "report": figures,
    }
    step = read_condition(register.contradicted_if, pack, case)
    return said_of(step, pack) if step.value is True else ""


def _reports(session: Session, pack: Pack, key: str) -> dict[int, Mapping[str, Any]]:
    """Last round of each unit's report under the pack in that period."""
    rows = session.exec(
        select(AssignmentRow.unit_id, SubmissionRow.figures)
        .where(
            col(SubmissionRow.assignment_id) == col(AssignmentRow.id),
            col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id),
            col(OccurrenceRow.duty_id) == col(DutyRow.id),
            col(OccurrenceRow.period) == key,
            col(DutyRow.pack) == pack.id,
        )
        .order_by(col(SubmissionRow.round))
    ).all()
    return dict(rows)
