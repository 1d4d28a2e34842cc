"""Set a target; the last figure reported before it begins becomes its baseline (số gốc)."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.measure import Count
from domain.target import Target
from store.compliance_tables import MeasureRow, TargetRow
from store.questions.ledger import counts_of


def set_target(
    session: Session,
    measure: MeasureRow,
    unit_id: int,
    target: Target,
    by: By,
    *,
    draft_id: int | None = None,
) -> TargetRow:
    """`unit_id`: whose target it is; the office's own unit for all. A target of the same code is set already and
    is the answer. A baseline given with the target is kept."""
    known = session.exec(select(TargetRow).where(col(TargetRow.code) == target.code)).first()
    if known is not None:
        return known
    row = TargetRow(**target.model_dump(), measure_id=measure.id, unit_id=unit_id, draft_id=draft_id)
    if row.baseline is None:
        found = _before(session, measure, unit_id, row)
        row.baseline = None if found is None else found.model_dump()
    session.add(row)
    session.flush()
    record(
        session, by, "set_target", f"target:{row.code}", measure=measure.code, aim=row.aim, value=row.value,
        upper=row.upper, baseline=row.baseline,
    )  # fmt: skip
    return row


def _before(session: Session, measure: MeasureRow, unit_id: int, row: TargetRow) -> Count | None:
    counts = counts_of(session, measure, unit_id, row.unit_class)
    earlier = [one for one in counts if one.ends_on < row.first]
    return max(earlier, key=lambda one: one.ends_on, default=None)
