"""Empty the outbox: claim, send, record, until nothing more can be sent now.

No transaction is open while the mail server is spoken to. Its yes is noted at once, and the note is tried
until it commits: a lost note means a second copy of the letter (RFC 1047).
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import DBAPIError, OperationalError

from actions.changes import CLOCK, By
from actions.send import Ready, claim_letters, record_delivery
from domain.letter import next_try
from notifications.channel import Channel, Sent
from notifications.message import Mail, Sender
from runtime.jobs import Counts
from runtime.works import Works
from store.database import Database
from store.office import load_calendar, load_office

BATCH = 20
NOTE_TRIES = 600
NOTE_WAIT = 1.0  # seconds; ten minutes in all, within the lease


def send_outbox(works: Works, at: datetime, *, batch: int = BATCH) -> Counts:
    """Send every letter due at `at`; counts what was `sent`, put off to be tried `again`, and `failed`.

    Stops early when a whole batch is put off: the server is down, and letters not yet claimed lose no try.
    """

    def by() -> By:
        return By(CLOCK, works.moment(at))

    with works.db.read() as session:
        office = load_office(session)
        calendar = load_calendar(session, office.calendar)

    def claim() -> list[Ready]:
        with works.db.transaction() as session:
            return claim_letters(
                session,
                limit=batch,
                office=office,
                calendar=calendar,
                base_url=works.settings.public_url,
                by=by(),
            )

    return asyncio.run(_drain(works.db, works.channel, claim, Sender(office.sender, office.name), by))


async def _drain(
    db: Database, channel: Channel, claim: Callable[[], list[Ready]], sender: Sender, by: Callable[[], By]
) -> Counts:
    total: Counts = Counter()
    while True:
        claimed = {ready.outbox_id: ready for ready in claim()}
        batch: Counts = Counter()
        async for sent in channel.send([_mail(ready, sender, by().at) for ready in claimed.values()]):
            batch[_note(db, claimed[sent.id], sent, by())] += 1
        total += batch
        if not batch["sent"] + batch["failed"]:
            return total


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


def _note(db: Database, ready: Ready, sent: Sent, by: By) -> str:
    outcome, detail, not_before = sent.outcome, sent.detail, None
    if outcome == "again":
        not_before = next_try(ready.attempt, by.at)
        if not_before is None:
            outcome, detail = "failed", f"đã thử {ready.attempt} lần, lần cuối: {detail}"

    def note() -> None:
        with db.transaction() as session:
            record_delivery(
                session, ready.outbox_id, outcome=outcome, detail=detail, not_before=not_before, by=by
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
