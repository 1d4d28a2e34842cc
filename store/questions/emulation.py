"""The emulation board of a year beside the year before."""

from datetime import timedelta

from sqlmodel import Session, col, select

from domain.emulation import BoardRow
from domain.period import containing, period
from store.compliance_tables import EmulationFieldRow, GradedRow


def board(session: Session, year: str) -> list[BoardRow]:
    """Every field in its place, graded or not. `year` is a year's key."""
    this = period(year)
    before = containing(this.unit, this.first - timedelta(days=1)).key
    graded = {
        (row.field_id, row.year): row
        for row in session.exec(select(GradedRow).where(col(GradedRow.year).in_((year, before))))
    }
    rows = []
    for field in session.exec(select(EmulationFieldRow).order_by(col(EmulationFieldRow.place))):
        now, then = graded.get((field.id, year)), graded.get((field.id, before))
        rows.append(
            BoardRow(
                code=field.code,
                title=field.title,
                grade=now.grade if now else None,
                before=then.grade if then else None,
                evidence=tuple(now.evidence) if now else (),
            )
        )
    return rows
