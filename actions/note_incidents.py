"""Keep what the auditor found as incidents, and write to those who look after the machinery, once for each."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from actions.alarm import alarm
from actions.changes import By, record
from domain.incident import Suspicion
from domain.office import Office
from domain.recipients import Staff
from store.tables import IncidentRow


def note_incidents(
    session: Session, found: Sequence[Suspicion], *, office: Office, staff: Staff, by: By
) -> int:
    """New suspicions become incidents and a letter; incidents found no more are closed. Returns the number of
    new ones."""
    known = {
        (row.kind, row.subject, row.detail): row
        for row in session.exec(
            select(IncidentRow).where(col(IncidentRow.closed_at).is_(None)).order_by(col(IncidentRow.id))
        )
    }
    now = {(one.kind, one.subject, one.detail): one for one in found}
    for key, row in known.items():
        if key not in now:
            row.closed_at = by.at
    new = [one for key, one in now.items() if key not in known]
    session.add_all(IncidentRow(**one.model_dump(), found_at=by.at) for one in new)
    if new:
        record(session, by, "found_incidents", "audit_letters", incidents=len(new))
        alarm(
            session,
            key=f"incidents:{by.at.isoformat()}",
            lines=[one.detail for one in new],
            office=office,
            staff=staff,
            by=by,
        )
    return len(new)
