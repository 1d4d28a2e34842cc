"""Reports that have been made."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from store.tables import ReportRow


@dataclass(frozen=True)
class ReportLine:
    """`sha256` names the document's bytes in the evidence store."""

    period: str
    sha256: str
    made_at: datetime


def reports(session: Session) -> list[ReportLine]:
    """Oldest period first."""
    rows = session.exec(select(ReportRow).order_by(col(ReportRow.kind), col(ReportRow.period))).all()
    return [ReportLine(row.period, row.sha256, row.made_at) for row in rows]
