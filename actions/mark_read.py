"""A person has read what they were told."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from store.questions.notices import told
from store.tables import OutboxRow


def mark_read(session: Session, person_id: int, at: datetime, *, outbox_id: int | None = None) -> int:
    """One letter, or all of this person's. Returns how many were new; somebody else's are left alone. Not in the
    trail: reading changes nothing about the work."""
    read = told(person_id) & col(OutboxRow.read_at).is_(None)
    if outbox_id is not None:
        read &= col(OutboxRow.id) == outbox_id
    done = session.connection().execute(update(OutboxRow).where(read).values(read_at=at))
    return int(done.rowcount)
