"""Empty the outbox: claim, send, record, until nothing more can be sent now.

No transaction spans a word with the mail server. Its yes is noted in the same breath, and the note is tried
until it commits: a lost note means a second copy of the letter (RFC 1047).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError, OperationalError

from actions.changes import CLOCK, By
from actions.send import LEASE, Answer, Ready, claim_letters, give_back, record_deliveries, ways
from domain.letter import LetterKind, next_try
from domain.office import Office
from domain.reach import Via
from domain.workdays import Calendar
from notifications.channel import Channel, Sent
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
"""Seconds. What a crash can send twice is what was said in one breath and while its note is written or the next
letters are claimed, and the letter that lies on each connection."""
HAND_OVER = LEASE - timedelta(seconds=ANSWER_TO_DATA)
"""After the first claim, for so long letters may be begun: their answers come within the lease. What a slow server has
left by then is given back."""
NOTE_TRIES = 600
NOTE_WAIT = 1.0  # seconds; ten minutes in all, within the lease


def send_outbox(works: Works, at: datetime, *, batch: int = BATCH, only: LetterKind | None = None) -> Counts:
    """Send every letter due at `at`, or `only` those of one kind; counts what was `sent`, put off to be tried
    `again`, and `failed`. `batch`: how many are claimed at a time.

    Ends when nothing left: no letter can, or the server is down, and letters not yet claimed lose no try.
    """
    with works.db.read() as session:
        office = load_office(session)
        calendar = load_calendar(session, office.calendar)
    return asyncio.run(_drain(_Job(works, at, office, calendar, batch, only)))


@dataclass(frozen=True)
class _Job:
    works: Works
    at: datetime
    office: Office
    calendar: Calendar
    batch: int
    only: LetterKind | None

    def by(self) -> By:
        return By(CLOCK, self.works.moment(self.at))

    def ways(self) -> Collection[Via]:
        with self.works.db.read() as session:
            return ways(session, self.by().at)

    def claim(self, via: Via) -> list[Ready]:
        with self.works.db.transaction() as session:
            return claim_letters(
                session,
                limit=self.batch,
                office=self.office,
                calendar=self.calendar,
                base_url=self.works.settings.public_url,
                by=self.by(),
                only=self.only,
                via=via,
            )


async def _drain(job: _Job) -> Counts:
    total: Counts = Counter()
    while True:
        done: Counts = Counter()
        waiting = job.ways()
        for via, channel in job.works.channels().items():
            if via in waiting:
                done += await _Stream(job, via, job.by().at + HAND_OVER).send(channel)
        total += done
        if not done["sent"] + done["failed"]:
            return total


@dataclass
class _Stream:
    """Letters on their way over one channel: claimed when it has room for more, noted as they are answered. After
    `until` none is claimed or begun. `last`: what was said last; `error`: why no more can be claimed."""

    job: _Job
    via: Via
    until: datetime
    unanswered: dict[int, Ready] = field(default_factory=dict)
    said: list[Answer] = field(default_factory=list)
    counts: Counts = field(default_factory=Counter)
    last: str = ""
    error: Exception | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, channel: Channel) -> Counts:
        noting = asyncio.create_task(self._note_all())
        try:
            await channel.send(self._mails(), self._hear)
        finally:
            self.ended.set()
            self.news.set()
            await noting
        if self.unanswered:
            await asyncio.to_thread(_give_back, self.job.works, list(self.unanswered.values()))
        if self.error:
            raise self.error
        return self.counts

    def _in_time(self) -> bool:
        return self.job.by().at < self.until

    def _mails(self) -> Iterator[Mail]:
        """Ends where what is left is better claimed anew, over other connections: the last letter was put off, a
        whole claim is not noted yet, or the time is up. An error is kept until those on the wire are answered."""
        try:
            while self.last != "again" and len(self.said) < self.job.batch and self._in_time():
                self.until = min(self.until, self.job.by().at + HAND_OVER)  # a clock may step back
                letters = self.job.claim(self.via)
                if not letters:
                    return
                self.unanswered |= {ready.outbox_id: ready for ready in letters}
                at = self.job.by().at
                for ready in letters:
                    if not self._in_time():
                        return
                    if mail := self._put_together(ready, at):
                        yield mail
        except Exception as error:  # noqa: BLE001 (raised when the others are answered)
            self.error = error

    def _put_together(self, ready: Ready, at: datetime) -> Mail | None:
        """What cannot be enclosed keeps its own letter, and no other."""
        try:
            return _mail(
                ready, self.job.office, self.job.calendar, at, self.job.works.settings, self._in_time
            )
        except Exception as error:
            log.exception("letter %s cannot be put together", ready.outbox_id)
            passing = isinstance(error, MemoryError)
            said = f"không soạn được thư: {type(error).__name__}: {error}"
            self._hear(Sent(ready.outbox_id, "again" if passing else "failed", said))
            return None

    def _hear(self, sent: Sent) -> None:
        answer = _answer(self.unanswered.pop(sent.id), sent, min(self.job.by().at, self.until))
        self.said.append(answer)
        self.news.set()
        self.counts[answer.outcome] += 1
        self.last = sent.outcome

    async def _note_all(self) -> None:
        """Note what is said within a breath, together with what was said in it: a slow server's one by one, a fast
        server's a few at a time, and never two notes at once. The end of the letters ends the breath."""
        while not self.ended.is_set() or self.said:
            await self.news.wait()
            self.news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(BREATH):
                    await self.ended.wait()
            if answers := self.said:
                self.said = []
                await asyncio.to_thread(_note, self.job.works, answers, self.job.by())


def _mail(
    ready: Ready,
    office: Office,
    calendar: Calendar,
    at: datetime,
    settings: Settings,
    ours: Callable[[], bool] = always,
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
        attachments=enclosed(ready, office, calendar, at, settings.public_url),
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
