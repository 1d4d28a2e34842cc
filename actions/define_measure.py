"""Say what is counted. A changed definition begins a new series; figures keep the one they were counted under."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.measure import Measure
from store.compliance_tables import MeasureRow


def define_measure(session: Session, measure: Measure, by: By) -> MeasureRow:
    """Create the measure, or change the one of that code. The same again changes nothing."""
    row = session.exec(
        select(MeasureRow).where(col(MeasureRow.code) == measure.code).with_for_update()
    ).first()
    said = measure.model_dump()
    if row is None:
        row = MeasureRow(**said)
        session.add(row)
        session.flush()
        record(session, by, "define_measure", f"measure:{row.code}", **said)
        return row
    changed = {key: value for key, value in said.items() if getattr(row, key) != value}
    for key, value in changed.items():
        setattr(row, key, value)
    if changed:
        record(session, by, "redefine_measure", f"measure:{row.code}", **changed)
    return row
