"""Empty the outbox: claim, send, record, until nothing more can be sent now.

No transaction is open while the mail server is spoken to. Its yes is noted at once, and the note is tried
until it commits: a lost note means a second copy of the letter (RFC 1047).
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError, OperationalError

from actions.changes import CLOCK, By
from actions.send import Ready, claim_letters, record_delivery
from domain.letter import next_try
from domain.office import Office
from domain.workdays import Calendar
from notifications.channel import Channel, Sent
from notifications.message import Mail, Sender
from store.database import Database

BATCH = 50
NOTE_TRIES = 120
NOTE_WAIT = 5.0  # seconds; ten minutes in all, within the lease


@dataclass
class Counts:
    """Letters the server took, put off for another try, given up."""

    sent: int = 0
    again: int = 0
    failed: int = 0


def send_outbox(
    db: Database,
    channel: Channel,
    *,
    office: Office,
    calendar: Calendar,
    base_url: str,
    now: Callable[[], datetime],
) -> Counts:
    """Send every letter that is due. `now` is asked at each claim and each note, since leases and receipts
    are about the real moment, also when a tick catches up. Stops early when a whole batch is put off: the
    server is down, and the letters not yet claimed lose no try."""
    return asyncio.run(_drain(db, channel, office, calendar, base_url, now))


async def _drain(
    db: Database, channel: Channel, office: Office, calendar: Calendar, base_url: str, now: Callable[[], datetime]
) -> Counts:
    counts = Counts()
    sender = Sender(office.sender, office.name)
    while True:
        at = now()
        with db.transaction() as session:
            batch = claim_letters(
                session, limit=BATCH, office=office, calendar=calendar, base_url=base_url, by=By(CLOCK, at)
            )
        answered = counts.sent + counts.failed
        claimed = {ready.outbox_id: ready for ready in batch}
        async for sent in channel.send([_mail(ready, sender, at) for ready in batch]):
            outcome = _note(db, claimed[sent.id], sent, now)
            setattr(counts, outcome, getattr(counts, outcome) + 1)
        if counts.sent + counts.failed == answered:
            return counts


def _mail(ready: Ready, sender: Sender, at: datetime) -> Mail:
    return Mail(
        id=ready.outbox_id,
        message_id=ready.message_id,
        sender=sender,
        to_address=ready.to_address,
        to_name=ready.to_name,
        subject=ready.subject,
        text=ready.text,
        html=ready.html,
        date=at,
    )


def _note(db: Database, ready: Ready, sent: Sent, now: Callable[[], datetime]) -> str:
    at = now()
    outcome, detail, not_before = sent.outcome, sent.detail, None
    if outcome == "again":
        not_before = next_try(ready.attempt, at)
        if not_before is None:
            outcome, detail = "failed", f"đã thử {ready.attempt} lần, lần cuối: {detail}"

    def note() -> None:
        with db.transaction() as session:
            record_delivery(
                session, ready.outbox_id, outcome=outcome, detail=detail, not_before=not_before, by=By(CLOCK, at)
            )

    until_committed(note, time.sleep)
    return outcome


def until_committed(note: Callable[[], None], wait: Callable[[float], None]) -> None:
    """Try again while the database is locked or away; after ten minutes its error is the caller's."""
    for _ in range(NOTE_TRIES):
        try:
            return note()
        except DBAPIError as error:
            if not (isinstance(error, OperationalError) or error.connection_invalidated):
                raise
        wait(NOTE_WAIT)
    return note()
