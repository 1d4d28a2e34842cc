"""Claim letters for sending, and record what the mail server said.

A letter is written when it is claimed: work that was handed in since is left out, and a letter with nothing
left to say is not sent. Between the server's yes and our note of it lies a gap that no protocol closes
(RFC 1047); a letter caught in it is sent again under the same Message-ID, and the delivery line says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.letter_text import write
from domain.letter import MailState
from domain.office import Office
from domain.workdays import Calendar
from store.tables import DeliveryRow, NoticeLetterRow, NoticeRow, OutboxRow

LEASE = timedelta(minutes=15)
"""Longer than the ten minutes a mail server may take to answer the final dot (RFC 5321, 4.5.3.2)."""


@dataclass(frozen=True)
class Ready:
    """A letter to hand to the mail server now."""

    outbox_id: int
    message_id: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    attempt: int


def claim_letters(
    session: Session, *, limit: int, office: Office, calendar: Calendar, base_url: str, by: By
) -> list[Ready]:
    """Take up to `limit` letters under a lease. One whose lease ran out (its sender died) is taken again.

    A letter to a leader waits until every earlier rung of the same work is told or given up: the unit
    always hears first, also when its letter is being retried. An empty answer means that there is none,
    never only that the first ones had nothing left to say.
    """
    while rows := _next(session, by.at, limit):
        if ready := _written(session, rows, office=office, calendar=calendar, base_url=base_url, by=by):
            return ready
        session.flush()
    return []


def _next(session: Session, at: datetime, limit: int) -> Sequence[OutboxRow]:
    return session.exec(
        select(OutboxRow)
        .where(_open(at), ~_earlier_rung_unfinished())
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
    ready = []
    for row in rows:
        letter = write(session, row, office=office, calendar=calendar, base_url=base_url, at=by.at)
        if letter is None:
            row.state, row.reason, row.lease_until = MailState.SKIPPED, "việc đã xong trước khi gửi", None
            record(session, by, "skip_letter", f"outbox:{row.id}", reason=row.reason)
            continue
        row.subject, row.body_text, row.body_html = letter.subject, letter.text, letter.html
        row.state, row.lease_until = MailState.SENDING, by.at + LEASE
        row.tries += 1
        ready.append(
            Ready(
                row.id,
                row.message_id,
                row.to_address,
                row.to_name,
                row.subject,
                row.body_text,
                row.body_html,
                row.tries,
            )
        )
    return ready


def record_delivery(
    session: Session, outbox_id: int, *, outcome: str, detail: str, not_before: datetime | None, by: By
) -> None:
    """`outcome`: "sent", "again" (with `not_before`, the next try) or "failed". Recording an attempt that is
    recorded already changes nothing."""
    row = session.get_one(OutboxRow, outbox_id, with_for_update=True)
    attempts = session.exec(select(func.count()).where(col(DeliveryRow.outbox_id) == outbox_id)).one()
    if row.state is not MailState.SENDING or attempts >= row.tries:
        return
    for attempt in range(attempts + 1, row.tries):
        # Claimed, and never reported: the sender died. Whether the letter left is unknown.
        session.add(
            DeliveryRow(
                outbox_id=outbox_id,
                at=by.at,
                attempt=attempt,
                outcome="unknown",
                detail="có thể đã gửi một bản",
            )
        )
    session.add(DeliveryRow(outbox_id=outbox_id, at=by.at, attempt=row.tries, outcome=outcome, detail=detail))
    row.lease_until = None
    if outcome == "sent":
        row.state, row.sent_at, row.reason = MailState.SENT, by.at, ""
    elif not_before is not None:
        row.state, row.not_before, row.reason = MailState.PENDING, not_before, detail
    else:
        row.state, row.reason = MailState.FAILED, detail
    record(session, by, f"mail_{outcome}", f"outbox:{outbox_id}", key=row.key, attempt=row.tries)


def waiting(session: Session, at: datetime) -> int:
    """How many letters could be claimed now."""
    return session.exec(select(func.count()).select_from(OutboxRow).where(_open(at))).one()


def _open(at: datetime) -> ColumnElement[bool]:
    o = OutboxRow
    return or_(
        and_(col(o.state) == MailState.PENDING, col(o.not_before) <= at),
        and_(col(o.state) == MailState.SENDING, col(o.lease_until) < at),
    )


def _earlier_rung_unfinished() -> ColumnElement[bool]:
    """The letter tells a rung of some work of which an earlier rung's letter is still on its way."""
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
        .join(other, col(other.notice_id) == col(earlier.id))
        .join(letter, col(letter.id) == col(other.outbox_id))
        .where(
            col(link.outbox_id) == col(OutboxRow.id),
            col(letter.id) != col(OutboxRow.id),
            col(letter.state).in_((MailState.PENDING, MailState.SENDING)),
        )
        .correlate(OutboxRow)
    )
