"""Claim letters for sending, and record what the mail server said.

A letter is written when it is claimed: work that was handed in since is left out, and a letter with nothing
left to say is not sent. Between the server's yes and our note of it lies a gap that no protocol closes
(RFC 1047); a letter caught in it is sent again under the same Message-ID, and the delivery line says so.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, ColumnElement, and_, exists, func, literal_column, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from actions.changes import By, line
from actions.letter_text import Unwritable, Worded, write_all
from actions.readdress import readdress
from domain.audit import AuditEntry
from domain.escalation import Fate
from domain.inspection import VisitPack
from domain.letter import WAITS, LetterKind, MailState
from domain.office import Office
from domain.reach import Via
from domain.workdays import Calendar
from reports.reminder_letter import Owed
from store import audit
from store.tables import DeliveryRow, NoticeLetterRow, NoticeRow, OutboxRow

UNFINISHED = (MailState.PENDING, MailState.SENDING, MailState.HELD)
CLOSED = (MailState.FAILED, MailState.SKIPPED)

LEASE = timedelta(minutes=15)
"""Longer than the ten minutes a mail server may take to answer the final dot (RFC 5321, 4.5.3.2)."""
SOON = timedelta(minutes=5)
"""Until a letter is written anew for which there was no memory."""
PATIENCE = sum(WAITS, timedelta())
"""For so long it is, as a letter that the mail server puts off."""


@dataclass(frozen=True)
class Ready:
    """A letter to hand to the mail server now. `attempt`: which one this is of those the server answered; a claim
    whose process died is none, or a few deaths would use up the days a letter is tried for. `optional`: its
    reader may choose to get no more of the kind."""

    outbox_id: int
    message_id: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    attempt: int
    lease_until: datetime
    via: Via = Via.EMAIL
    owed: tuple[Owed, ...] = ()
    visit: VisitPack | None = None
    person_id: int | None = None
    optional: bool = False


@dataclass(frozen=True)
class Answer:
    """What the mail server said of a claimed letter: "sent", "again" (`not_before`: the next try) or "failed".
    `lease_until`: of the claim; not needed for a yes, which holds whoever has claimed the letter since."""

    outbox_id: int
    outcome: str
    detail: str
    not_before: datetime | None = None
    lease_until: datetime | None = None


# Put together once, past the mapper: a slow server's letters are noted one by one.
_LETTER, _ATTEMPT = OutboxRow.__table__, DeliveryRow.__table__  # type: ignore[attr-defined]
_NOTED = (
    select(func.count()).select_from(_ATTEMPT).where(_ATTEMPT.c.outbox_id == _LETTER.c.id).scalar_subquery()
)
_EARLIER = _ATTEMPT.alias()
_ENDED = (
    select(func.coalesce(func.max(_EARLIER.c.attempt), 0))
    .where(_EARLIER.c.outbox_id == _ATTEMPT.c.outbox_id, _EARLIER.c.outcome.in_(("sent", "failed")))
    .correlate(_ATTEMPT)
    .scalar_subquery()
)
"""The attempt with which the letter was last sent or given up: one that a person sends again starts anew."""
_IN_DOUBT = and_(
    _LETTER.c.state == MailState.PENDING,
    exists(
        select(1)
        .select_from(_ATTEMPT)
        .where(
            _ATTEMPT.c.outbox_id == _LETTER.c.id,
            _ATTEMPT.c.outcome == "unknown",
            _ATTEMPT.c.attempt > _ENDED,
        )
        .correlate(_LETTER)
    ),
)
"""Put off by one sender, while another that was held still may yet be told yes."""
_CLAIMED = (
    sa.select(
        _LETTER.c.id, _LETTER.c.key, _LETTER.c.tries, _LETTER.c.not_before, _LETTER.c.lease_until, _NOTED
    )
    .where(
        _LETTER.c.id.in_(sa.bindparam("ids", expanding=True)),
        or_(_LETTER.c.state == MailState.SENDING, _IN_DOUBT),
    )
    .order_by(_LETTER.c.id)
    .with_for_update(of=_LETTER)
)
_ATTEMPTED = sa.insert(_ATTEMPT)
_STANDS = sa.update(_LETTER).where(_LETTER.c.id == sa.bindparam("letter"))


def claim_letters(
    session: Session,
    *,
    limit: int,
    office: Office,
    calendar: Calendar,
    base_url: str,
    by: By,
    only: LetterKind | None = None,
    via: Via | None = None,
) -> list[Ready]:
    """Take up to `limit` letters (`only` those of one kind, `via` those of one channel) under a lease. One whose
    lease ran out (its sender died) is taken again.

    A letter to a leader waits until every earlier rung of the same work is told or given up: the unit
    always hears first, also when its letter is being retried. An empty answer means that there is none,
    never only that the first ones had nothing left to say.
    """
    wanted = [_open(by.at)]
    if only:
        wanted.append(col(OutboxRow.kind) == only)
    if via:
        wanted.append(col(OutboxRow.via) == via)
    while rows := _next(session, limit, *wanted):
        readdress(session, rows, by, office=office)
        rows = [row for row in rows if row.state not in (MailState.SKIPPED, MailState.HELD)]
        if ready := _written(session, rows, office=office, calendar=calendar, base_url=base_url, by=by):
            return ready
        session.flush()
    return []


def _next(session: Session, limit: int, *wanted: ColumnElement[bool]) -> Sequence[OutboxRow]:
    return session.exec(
        select(OutboxRow)
        .where(*wanted, ~_earlier_rung_unfinished())
        .order_by(col(OutboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboxRow)
    ).all()


def _written(
    session: Session,
    rows: Sequence[OutboxRow],
    *,
    office: Office,
    calendar: Calendar,
    base_url: str,
    by: By,
) -> list[Ready]:
    ready, skipped = [], []
    taken: list[dict[str, Any]] = []
    lease = by.at + LEASE
    refused = _refused(session, [row.id for row in rows if row.tries])
    letters = write_all(session, rows, office=office, calendar=calendar, base_url=base_url, at=by.at)
    with session.no_autoflush:  # the rows are written together, not one before each question
        for row, letter in letters:
            if letter is None:
                row.state, row.reason, row.lease_until = MailState.SKIPPED, "việc đã xong trước khi gửi", None
                skipped.append(line(by, "skip_letter", f"outbox:{row.id}", reason=row.reason))
                continue
            if isinstance(letter, Unwritable):
                if letter.passing and by.at < row.created_at + PATIENCE:
                    row.state, row.not_before, row.lease_until = MailState.PENDING, by.at + SOON, None
                    continue
                row.state, row.reason, row.lease_until = (
                    MailState.FAILED,
                    f"không soạn được thư: {letter.why}",
                    None,
                )
                skipped.append(line(by, "mail_failed", f"outbox:{row.id}", key=row.key, reason=row.reason))
                continue
            taken.append(
                {
                    "letter": row.id, "subject": letter.subject, "body_text": letter.text, "body_html": letter.html,
                    "state": MailState.SENDING, "lease_until": lease, "tries": row.tries + 1,
                }
            )  # fmt: skip
            ready.append(
                Ready(
                    row.id, row.message_id, row.to_address, row.to_name,
                    letter.subject, letter.text, letter.html, refused.get(row.id, 0) + 1, lease, row.via,
                    letter.owed if isinstance(letter, Worded) else (),
                    letter.visit if isinstance(letter, Worded) else None,
                    row.person_id, isinstance(letter, Worded) and letter.optional,
                )
            )  # fmt: skip
    if taken:
        session.execute(_STANDS, taken)
    audit.append(session, skipped)
    return ready


def _refused(session: Session, outbox_ids: Sequence[int]) -> dict[int, int]:
    """How often the server has put each letter off since it was last sent or given up: one that a person sends
    again is tried for as long as a new one."""
    if not outbox_ids:
        return {}
    counts = session.execute(
        sa.select(_ATTEMPT.c.outbox_id, func.count())
        .where(
            _ATTEMPT.c.outbox_id.in_(outbox_ids), _ATTEMPT.c.outcome == "again", _ATTEMPT.c.attempt > _ENDED
        )
        .group_by(_ATTEMPT.c.outbox_id)
    )
    return dict(counts.all())


def give_back(session: Session, letters: Sequence[Ready]) -> None:
    """Letters that were claimed and never begun wait as they did before it: no mail server can have them. What
    another sender has claimed since stays with it, and one that a dead sender may have begun stays in doubt."""
    session.execute(
        sa.update(_LETTER)
        .where(
            tuple_(_LETTER.c.id, _LETTER.c.lease_until).in_(
                [(one.outbox_id, one.lease_until) for one in letters]
            ),
            _LETTER.c.state == MailState.SENDING,
            _LETTER.c.tries == _NOTED + 1,
        )
        .values(state=MailState.PENDING, tries=_LETTER.c.tries - 1, lease_until=None)
    )


def record_deliveries(session: Session, answers: Sequence[Answer], by: By) -> None:
    """Note what the mail server said of letters that were claimed. Recording an attempt that is recorded
    already changes nothing; nor does a no that comes after the lease, once another sender has the letter: it would
    take that one's claim away, and with it a yes still to be noted. A yes counts whenever it comes, also once another
    sender has put the letter off: it was sent, and is not sent again."""
    said = {answer.outbox_id: answer for answer in answers}
    letters: list[dict[str, Any]] = []
    deliveries: list[dict[str, Any]] = []
    trail: list[AuditEntry] = []
    claimed = session.execute(_CLAIMED, {"ids": list(said)})
    for outbox_id, key, tries, not_before, lease_until, attempts in claimed:
        answer = said[outbox_id]
        put_off = lease_until is None
        if answer.outcome != "sent" and (put_off or answer.lease_until != lease_until):
            continue
        if put_off:
            tries = attempts + 1
        elif attempts >= tries:
            continue
        letters.append({"letter": outbox_id, "tries": tries, **_state(answer, not_before, by)})
        deliveries += _attempts(answer, attempts, tries, by)
        trail.append(line(by, f"mail_{answer.outcome}", f"outbox:{outbox_id}", key=key, attempt=tries))
    if letters:
        session.execute(_ATTEMPTED, deliveries)
        session.execute(_STANDS, letters)
        audit.append(session, trail)


def _state(answer: Answer, not_before: datetime, by: By) -> dict[str, Any]:
    """Where the letter stands after the answer; `not_before` as it was."""
    stands = {"lease_until": None, "not_before": not_before, "reason": answer.detail, "sent_at": None}
    if answer.outcome == "sent":
        return stands | {"state": MailState.SENT, "sent_at": by.at, "reason": ""}
    if answer.not_before is not None:
        return stands | {"state": MailState.PENDING, "not_before": answer.not_before}
    return stands | {"state": MailState.FAILED}


def _attempts(answer: Answer, noted: int, tries: int, by: By) -> Iterator[dict[str, Any]]:
    """One line for every attempt not noted yet. Of one claimed and never reported the sender died; whether the
    letter left is unknown."""
    for attempt in range(noted + 1, tries + 1):
        known = attempt == tries
        yield {
            "outbox_id": answer.outbox_id,
            "at": by.at,
            "attempt": attempt,
            "outcome": answer.outcome if known else "unknown",
            "detail": answer.detail if known else "có thể đã gửi một bản",
        }


def ways(session: Session, at: datetime) -> Collection[Via]:
    """The channels for which a letter could be claimed now."""
    return set(session.scalars(sa.select(col(OutboxRow.via)).where(_open(at)).distinct()))


_LIVE = literal_column("outbox.state IN ('pending', 'sending')", Boolean)
"""Spelled as the partial index is: SQLite sees no other way that the index serves."""


def _open(at: datetime) -> ColumnElement[bool]:
    o = OutboxRow
    return _LIVE & or_(
        and_(col(o.state) == MailState.PENDING, col(o.not_before) <= at),
        and_(col(o.state) == MailState.SENDING, col(o.lease_until) < at),
    )


@cache  # built once: it is the same in every claim
def _earlier_rung_unfinished() -> ColumnElement[bool]:
    """The letter tells a rung of some work of which an earlier rung's letter is still on its way, or, told to a
    leader, is not even written: the unit's share of the day was used up. By one way is enough."""
    mine, earlier = aliased(NoticeRow), aliased(NoticeRow)
    link, other = aliased(NoticeLetterRow), aliased(NoticeLetterRow)
    letter = aliased(OutboxRow)
    return exists(
        select(1)
        .select_from(link)
        .join(mine, col(mine.id) == col(link.notice_id))
        .join(
            earlier,
            and_(
                col(earlier.assignment_id) == col(mine.assignment_id),
                col(earlier.due_on) == col(mine.due_on),
                col(earlier.step) < col(mine.step),
            ),
        )
        .outerjoin(other, col(other.notice_id) == col(earlier.id))
        .outerjoin(letter, col(letter.id) == col(other.outbox_id))
        .where(
            col(link.outbox_id) == func.coalesce(col(OutboxRow.copy_of), col(OutboxRow.id)),
            or_(
                and_(col(OutboxRow.kind) == LetterKind.DIGEST, col(earlier.fate) == Fate.PENDING),
                and_(
                    col(letter.id) != func.coalesce(col(OutboxRow.copy_of), col(OutboxRow.id)),
                    or_(col(letter.state).in_(UNFINISHED), _only_a_copy_may_arrive(letter)),
                ),
            ),
        )
        .correlate(OutboxRow)
    )


def _only_a_copy_may_arrive(letter: type[OutboxRow]) -> ColumnElement[bool]:
    """Its own way is closed (the mail address refuses), and a copy by another way is still to arrive. Of a letter
    that arrived no copy is waited for: a gateway that is down would keep every leader waiting."""
    copy = aliased(OutboxRow)
    return and_(
        col(letter.state).in_(CLOSED),
        exists(
            select(1)
            .select_from(copy)
            .where(
                col(copy.person_id) == col(letter.person_id),  # which has an index
                col(copy.copy_of) == col(letter.id),
                col(copy.state).in_(UNFINISHED),
            )
            .correlate(letter)
        ),
    )
