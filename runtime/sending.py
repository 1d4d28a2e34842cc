"""Empty the outbox: claim, send, record, until nothing more can be sent now.

No transaction spans a word with the mail server. Its yes is noted in the same breath, and the note is tried
until it commits: a lost note means a second copy of the letter (RFC 1047).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError, OperationalError

from actions.changes import CLOCK, By
from actions.send import LEASE, Answer, Ready, claim_letters, give_back, record_deliveries
from domain.letter import LetterKind, next_try
from domain.office import Office
from notifications.channel import Sent
from notifications.conversation import ANSWER_TO_DATA
from notifications.message import Mail, Sender, always
from runtime.enclosing import enclosed
from runtime.jobs import Counts
from runtime.settings import Settings
from runtime.unsubscribing import link
from runtime.works import Works
from store.office import load_calendar, load_office

log = logging.getLogger("dondoc.sending")

BATCH = 200
BREATH = 0.05
"""Seconds. What a crash can send twice is what was said in one breath and while its note is written, and the
letter that lies on each connection."""
HAND_OVER = LEASE - timedelta(seconds=ANSWER_TO_DATA)
"""After its claim, for so long a letter may be begun: its answer comes within the lease. What a slow server has left
of the batch by then is given back."""
NOTE_TRIES = 600
NOTE_WAIT = 1.0  # seconds; ten minutes in all, within the lease


def send_outbox(works: Works, at: datetime, *, batch: int = BATCH, only: LetterKind | None = None) -> Counts:
    """Send every letter due at `at`, or `only` those of one kind; counts what was `sent`, put off to be tried
    `again`, and `failed`.

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
                only=only,
            )

    return asyncio.run(_drain(works, claim, office, by))


async def _drain(
    works: Works, claim: Callable[[], list[Ready]], office: Office, by: Callable[[], By]
) -> Counts:
    total: Counts = Counter()
    while True:
        until = by().at + HAND_OVER
        letters = claim()
        unbegun = {ready.outbox_id: ready for ready in letters}
        said: asyncio.Queue[Answer | None] = asyncio.Queue()
        noting = asyncio.create_task(_note_all(works, said, by))
        batch: Counts = Counter()
        try:
            async for sent in _send(works, letters, office, by, until):
                answer = _answer(unbegun.pop(sent.id), sent, min(by().at, until))
                said.put_nowait(answer)
                batch[answer.outcome] += 1
        finally:
            said.put_nowait(None)
            await noting
        if unbegun:
            await asyncio.to_thread(_give_back, works, list(unbegun.values()))
        total += batch
        if not batch["sent"] + batch["failed"]:
            return total


async def _send(
    works: Works, letters: Sequence[Ready], office: Office, by: Callable[[], By], until: datetime
) -> AsyncIterator[Sent]:
    """Each letter over its channel, one channel after the other; begun before `until`."""

    def ours() -> bool:
        return by().at < until

    at = by().at
    for via, channel in works.channels().items():
        if mails := [_mail(ready, office, at, works.settings, ours) for ready in letters if ready.via is via]:
            async for sent in channel.send(mails):
                yield sent


async def _note_all(works: Works, said: "asyncio.Queue[Answer | None]", by: Callable[[], By]) -> None:
    """Note each answer within a breath, together with what was said in it: a slow server's one by one, a fast
    server's a few at a time, and never two notes at once. None ends it, and the breath."""
    ended = False
    while not ended and (answer := await said.get()):
        answers = [answer]
        with suppress(TimeoutError):
            async with asyncio.timeout(BREATH):
                while answer := await said.get():
                    answers.append(answer)
                ended = True
        await asyncio.to_thread(_note, works, answers, by())


def _mail(
    ready: Ready, office: Office, at: datetime, settings: Settings, ours: Callable[[], bool] = always
) -> Mail:
    return Mail(
        id=ready.outbox_id,
        message_id=ready.message_id,
        sender=Sender(office.sender, office.name),
        to_address=ready.to_address,
        to_name=ready.to_name,
        subject=ready.subject,
        text=ready.text,
        html=ready.html,
        date=at,
        attachments=enclosed(ready, office, at, settings.public_url),
        unsubscribe=link(settings, ready.person_id) if ready.optional and ready.person_id else "",
        ours=ours,
    )


def _answer(ready: Ready, sent: Sent, at: datetime) -> Answer:
    """`at`: now, or the end of the batch: a clock that jumps on while letters leave puts none of them off by a year."""
    if sent.outcome != "again":
        return Answer(ready.outbox_id, sent.outcome, sent.detail, lease_until=ready.lease_until)
    if not_before := next_try(ready.attempt, at):
        return Answer(ready.outbox_id, "again", sent.detail, not_before, ready.lease_until)
    tried = f"đã thử {ready.attempt} lần, lần cuối: {sent.detail}"
    return Answer(ready.outbox_id, "failed", tried, lease_until=ready.lease_until)


def _note(works: Works, answers: Sequence[Answer], by: By) -> None:
    def note() -> None:
        with works.db.transaction() as session:
            record_deliveries(session, answers, by)

    until_committed(note, works.wait)


def _give_back(works: Works, letters: Sequence[Ready]) -> None:
    def give() -> None:
        with works.db.transaction() as session:
            give_back(session, letters)

    until_committed(give, works.wait)


def until_committed(note: Callable[[], None], wait: Callable[[float], None]) -> None:
    """Try again while the database is locked or away, or memory is short; after ten minutes the error is the
    caller's."""
    for _ in range(NOTE_TRIES):
        try:
            return note()
        except MemoryError:
            log.warning("no memory to note what the mail server said; trying again")
        except DBAPIError as error:
            if not (isinstance(error, OperationalError) or error.connection_invalidated):
                raise
        wait(NOTE_WAIT)
    return note()
