"""A person chooses how letters reach them, and how often the digest of what only informs."""

from collections.abc import Sequence

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import NotFound, Refused
from domain.reach import Pace, Via
from store.tables import PersonRow, PreferenceRow


def choose_channels(session: Session, person_id: int, by: By, *, channels: Sequence[str]) -> None:
    """Raises `Refused` for no channel, and for one that does not exist."""
    if not channels or not set(channels) <= set(Via):
        raise Refused("Hãy chọn ít nhất một cách nhận thông báo.")
    row = _row(session, person_id)
    row.channels = [via.value for via in Via if via in channels]
    record(session, by, "choose_channels", f"person:{person_id}", channels=row.channels)


def choose_digest(session: Session, person_id: int, by: By, *, digest: Pace) -> None:
    """Choosing the same again changes nothing: a mail program may ask twice."""
    row = _row(session, person_id)
    if row.digest is not digest:
        row.digest = digest
        record(session, by, "choose_digest", f"person:{person_id}", digest=digest)


def _row(session: Session, person_id: int) -> PreferenceRow:
    if session.get(PersonRow, person_id, with_for_update=True) is None:
        raise NotFound("Không có người này.")
    row = session.get(PreferenceRow, person_id)
    if row is None:
        row = PreferenceRow(person_id=person_id)
        session.add(row)
        session.flush()
    return row
