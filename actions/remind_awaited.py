"""Remind a unit of ours that others wait for it: its own clock has run while the holder's stood still."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.post import post
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Staff
from domain.waiting import REMINDED
from store.tables import WaitingRow


def awaited_to_remind(session: Session, at: datetime) -> Sequence[int]:
    """Ids of the intervals whose reminder is due. Reads an index of nothing else."""
    w = WaitingRow
    return session.exec(select(w.id).where(col(w.remind_at) <= at).order_by(col(w.id))).all()


def remind_awaited(session: Session, waiting_id: int, *, office: Office, staff: Staff, by: By) -> int:
    """Write to whoever answers for the unit that is waited for, once. Returns the number of letters; nobody
    found is on record in the trail."""
    interval = session.get_one(WaitingRow, waiting_id, with_for_update=True)
    if interval.remind_at is None or interval.remind_at > by.at or interval.unit_id is None:
        return 0
    interval.remind_at = None
    holders = staff.find(interval.unit_id, REMINDED[interval.kind], local_day(by.at, office.tz))
    for holder in holders:
        post(
            session,
            key=f"awaited:{interval.id}:{holder.person_id}",
            kind=LetterKind.AWAITED,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=by.at,
            waiting_id=interval.id,
        )
    record(
        session, by, "remind_awaited", f"waiting:{interval.id}",
        unit=interval.unit_id, told=[holder.person.code for holder in holders],
    )  # fmt: skip
    return len(holders)
