"""Duties that wait for their event (việc chờ sự kiện): nothing is open, but whoever will owe them may know it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.duty import Kind
from store.questions.scope import Scope, within
from store.tables import DutyRow, DutyUnitRow


@dataclass(frozen=True)
class DormantDuty:
    """`quote`: the order's own words, which name the event and the term."""

    title: str
    clause: str
    quote: str


def dormant_duties(session: Session, scope: Scope) -> Sequence[DormantDuty]:
    rows = session.execute(
        select(col(DutyRow.title), col(DutyRow.clause), col(DutyRow.quote))
        .join(DutyUnitRow, col(DutyUnitRow.duty_id) == col(DutyRow.id))
        .where(
            col(DutyRow.kind) == Kind.DORMANT,
            col(DutyUnitRow.until).is_(None),
            within(scope, DutyUnitRow.unit_id),
        )
        .group_by(col(DutyRow.id))
        .order_by(col(DutyRow.id))
    )
    return [DormantDuty(*row) for row in rows]
