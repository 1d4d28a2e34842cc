"""Who is asked for statements: the registers there are, the units that answer, and what a unit has said so far."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from domain.unit import Role
from store.compliance_tables import RegisterRow, StatementRow
from store.questions.scope import Scope, within
from store.tables import DutyUnitRow, PositionRow, UnitRow


def registers(session: Session) -> Sequence[RegisterRow]:
    return session.exec(select(RegisterRow).order_by(col(RegisterRow.id))).all()


def answering(session: Session, scope: Scope, office_unit: str) -> Sequence[int]:
    """Units of the scope that owe something or have a head; the office itself states nothing to itself."""
    owing = select(DutyUnitRow.unit_id)
    headed = select(PositionRow.unit_id).where(col(PositionRow.role) == Role.HEAD)
    return session.exec(
        select(UnitRow.id)
        .where(
            within(scope, UnitRow.id), col(UnitRow.code) != office_unit,
            col(UnitRow.id).in_(owing) | col(UnitRow.id).in_(headed),
        )
        .order_by(col(UnitRow.id))
    ).all()  # fmt: skip


def said_by(session: Session, unit_id: int, period: str) -> Mapping[int, StatementRow]:
    """The unit's newest statement of the period, by register."""
    rows = session.exec(
        select(StatementRow)
        .where(col(StatementRow.unit_id) == unit_id, col(StatementRow.period) == period)
        .order_by(col(StatementRow.revision))
    ).all()
    return {row.register_id: row for row in rows}
