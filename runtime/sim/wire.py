"""The mail server, in this process: the only thing in the simulation that is not the real one.

It keeps what it took, with what the product knew when the letter was claimed. Letters are built to bytes on
the way, as the real channel does.
"""

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile
from random import Random

from sqlmodel import Session, col, select

from domain.assignment import State
from domain.instants import local_day
from domain.letter import LetterKind, MailState
from domain.reach import Via
from domain.unit import Role
from notifications.channel import Sent, Tell
from notifications.message import Mail, MessageRefused, build, wire_address
from runtime.sim.faults import Plan
from runtime.sim.office import OFFICE
from store.office import load_staff
from store.tables import AssignmentRow, ExplanationRow, NoticeLetterRow, NoticeRow, OutboxRow

HOUR = timedelta(hours=1)
RETURNS = (timedelta(minutes=10), timedelta(hours=5), timedelta(days=2))
LINK = re.compile(r"/viec/(\d+)")


@dataclass(frozen=True)
class Item:
    """One rung that a letter tells, with its work as it stood when the letter was claimed."""

    notice_id: int
    assignment_id: int
    unit_id: int
    step: int
    role: Role
    told_due_on: date
    state: State
    due_on: date
    due_at: datetime


@dataclass(frozen=True)
class Handed:
    """A letter that the server took; `copy`: of one that took another way. `at`: the later of the true time and
    the clock of the engine that handed it over. `strangers`: units it speaks of that were not the reader's
    business when it was claimed; `gone`: the reader held no position any more."""

    message_id: str
    via: Via
    copy: bool
    person_id: int | None
    kind: LetterKind
    to_address: str
    text: str
    at: datetime
    items: tuple[Item, ...]
    strangers: tuple[int, ...]
    gone: bool

    @property
    def mentioned(self) -> frozenset[int]:
        """Assignments that the text links to."""
        return frozenset(int(found) for found in LINK.findall(self.text))


@dataclass(frozen=True)
class Claimed:
    letter: OutboxRow
    items: tuple[Item, ...]
    strangers: tuple[int, ...]
    gone: bool


@dataclass
class Server:
    """`log`: in the order in which letters were taken. `excused`: by Message-ID, how often its yes may have
    been lost (RFC 1047), so how many copies more than one are nobody's fault. `refused`: for good."""

    plan: Plan
    chance: Random
    log: list[Handed] = field(default_factory=list)
    excused: Counter[str] = field(default_factory=Counter)
    refused: set[str] = field(default_factory=set)
    spoilt: set[int] = field(default_factory=set)
    """Letters of which nobody can make sense any more."""
    returns: list[tuple[datetime, str]] = field(default_factory=list)
    """Reports of letters that did not arrive (F30), and when they come back."""
    taken: dict[tuple[str, Via], set[str]] = field(default_factory=dict)
    """Message-IDs that it took of what each engine claimed last for a channel."""
    claimed: dict[int, Claimed] = field(default_factory=dict)
    """By letter, of its last claim."""

    def excuse(self, engine: str, session: Session) -> None:
        """What the engine has handed over and nobody has noted may leave again (RFC 1047)."""
        unnoted = session.exec(
            select(OutboxRow.message_id).where(col(OutboxRow.state) == MailState.SENDING)
        ).all()
        mine = set[str]().union(*(ids for (name, _), ids in self.taken.items() if name == engine))
        self.excused.update(mine.intersection(unnoted))

    def forget(self, session: Session) -> None:
        """An older copy of the office was put back: what it does not know as sent may leave again."""
        o = OutboxRow
        sent = set(session.exec(select(o.message_id).where(col(o.sent_at).is_not(None))))
        self.log = [handed for handed in self.log if handed.message_id in sent]
        self.spoilt.intersection_update(session.exec(select(o.id).where(col(o.facts) == {})).all())
        self.taken.clear()
        self.claimed.clear()

    def taken_since(self, at: datetime) -> int:
        return sum(1 for _ in takewhile(lambda handed: handed.at >= at, reversed(self.log)))

    def copies(self) -> Counter[str]:
        return Counter(handed.message_id for handed in self.log)


def _returned(mail: Mail) -> str:
    """As a mail server writes it (RFC 3464)."""
    return f"""MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mophong.example.vn

Final-Recipient: rfc822; {mail.to_address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: text/rfc822-headers

Message-ID: {mail.message_id}
--b--
"""


@dataclass
class Line:
    """One engine's connection to the server of a channel; what only stands in a list (`IN_APP`) needs none.
    `point` passes a fault point; `stall` holds the engine still."""

    server: Server
    via: Via
    engine: str
    now: Callable[[], datetime]
    true_now: Callable[[], datetime]
    ask: Callable[[], AbstractContextManager[Session]]
    point: Callable[[str], None]
    stall: Callable[[], None]

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        taken = self.server.taken[self.engine, self.via] = set()
        fresh: set[int] = set()
        for said, mail in enumerate(mails):
            if mail.id not in fresh:
                fresh = self._claimed()
            fresh.discard(mail.id)
            taken.discard(mail.message_id)
            await asyncio.sleep(self.server.chance.choice((0.0, 0.0, 0.03)))
            self.point("hand over")
            if not mail.ours():
                continue
            claimed = self.server.claimed[mail.id]
            if self.via is Via.IN_APP:
                self._take(mail, claimed)
                tell(Sent(mail.id, "sent", ""))
            else:
                tell(self._deliver(mail, claimed, said))

    def _deliver(self, mail: Mail, claimed: Claimed, said: int) -> Sent:
        server, rates, chance = self.server, self.server.plan.rates, self.server.chance
        if self.via is Via.EMAIL:
            try:
                build(mail)
                wire_address(mail)
            except MessageRefused as refused:
                return Sent(mail.id, "failed", str(refused))
        if answer := self._turned_away(mail, said):
            return answer
        self._take(mail, claimed)
        if self.via is Via.EMAIL and chance.random() < rates.bounce:
            server.refused.add(mail.message_id)
            server.returns.append((self.true_now() + chance.choice(RETURNS), _returned(mail)))
        if chance.random() < rates.lost_yes:
            server.excused[mail.message_id] += 1
            return Sent(mail.id, "again", "connection lost before the answer was read")
        if chance.random() < rates.hang:
            self.stall()
        self.point("answered")
        return Sent(mail.id, "sent", "250 2.0.0 queued")

    def _turned_away(self, mail: Mail, said: int) -> Sent | None:
        """`said`: how many letters this conversation has had already."""
        server, rates, chance = self.server, self.server.plan.rates, self.server.chance
        if server.plan.is_down(self.true_now()):
            return Sent(mail.id, "again", "không nối được máy chủ thư")
        if said >= server.plan.quota:
            return Sent(mail.id, "again", "421 4.7.0 too many messages in one connection")
        if server.taken_since(self.true_now() - HOUR) >= server.plan.quota:
            return Sent(mail.id, "again", "452 4.3.1 too many messages in an hour")
        if chance.random() < rates.temporary:
            return Sent(mail.id, "again", "451 4.7.1 try again later")
        if chance.random() < rates.permanent:
            server.refused.add(mail.message_id)
            return Sent(mail.id, "failed", "550 5.1.1 no such user")
        return None

    def _take(self, mail: Mail, claimed: Claimed) -> None:
        letter = claimed.letter
        if self.now() != self.true_now():
            # Leases mean nothing between clocks that disagree by more than a lease.
            self.server.excused[mail.message_id] += 1
        self.server.taken[self.engine, self.via].add(mail.message_id)
        self.server.log.append(
            Handed(
                mail.message_id, self.via, letter.copy_of is not None, letter.person_id, letter.kind,
                mail.to_address, mail.text,
                max(self.now(), self.true_now()), claimed.items, claimed.strangers, claimed.gone,
            )
        )  # fmt: skip

    def _claimed(self) -> set[int]:
        """Keep what the product knew when it claimed these letters, the ids of which are returned. The claim has just
        been committed and nobody has run since."""
        o, known = OutboxRow, self.server.claimed
        with self.ask() as session:
            letters = [
                letter
                for letter in session.exec(select(o).where(col(o.state) == MailState.SENDING))
                if letter.id not in known or known[letter.id].letter.lease_until != letter.lease_until
            ]
            told = {letter.copy_of or letter.id for letter in letters}
            items = _items(session, sorted(told))
            about = _about(session, letters)
            staff = load_staff(session)
        day = local_day(self.now(), OFFICE.tz)
        for letter in letters:
            mine = {
                unit
                for unit, holders in staff.holders.items()
                for holder in holders
                if holder.person_id == letter.person_id
                and holder.person.active
                and holder.position.held_on(day)
            }
            mentions = items.get(letter.copy_of or letter.id, ())
            units = [*(i.unit_id for i in mentions), *about.get(letter.id, ())]
            strangers = tuple(unit for unit in units if not mine & set(_upwards(unit, staff.parents)))
            known[letter.id] = Claimed(letter, mentions, strangers, gone=not mine)
        return {letter.id for letter in letters}


def _items(session: Session, ids: Sequence[int]) -> dict[int, tuple[Item, ...]]:
    rows = session.exec(
        select(NoticeLetterRow.outbox_id, NoticeRow, AssignmentRow)
        .join(NoticeRow, col(NoticeRow.id) == col(NoticeLetterRow.notice_id))
        .join(AssignmentRow, col(AssignmentRow.id) == col(NoticeRow.assignment_id))
        .where(col(NoticeLetterRow.outbox_id).in_(ids))
        .order_by(col(NoticeRow.id))
    ).all()
    items: dict[int, list[Item]] = defaultdict(list)
    for outbox_id, notice, work in rows:
        items[outbox_id].append(
            Item(
                notice.id, work.id, work.unit_id, notice.step, notice.role, notice.due_on,
                work.state, work.due_on, work.due_at,
            )
        )  # fmt: skip
    return {outbox_id: tuple(found) for outbox_id, found in items.items()}


def _about(session: Session, letters: Sequence[OutboxRow]) -> dict[int, tuple[int]]:
    """By letter about one piece of work, or a demand concerning it: the unit that has it."""
    a, e = AssignmentRow, ExplanationRow
    demands = {one.explanation_id for one in letters} - {None}
    of = dict(session.exec(select(e.id, e.assignment_id).where(col(e.id).in_(demands))).all())
    works = {one.id: one.assignment_id or of.get(one.explanation_id or 0) for one in letters}
    units = dict(
        session.exec(select(a.id, a.unit_id).where(col(a.id).in_(set(works.values()) - {None}))).all()
    )
    return {letter: (units[work],) for letter, work in works.items() if work is not None}


def _upwards(unit_id: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    at: int | None = unit_id
    while at is not None:
        yield at
        at = parents.get(at)
