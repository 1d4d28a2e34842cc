"""A letter that waited past its day, held or put off by the mail server, goes to nobody whose place has changed.

What it was to tell waits again, for whoever holds the place now. Positions and mandates hold for whole days, so of
the letters of the same day only those to somebody locked out since need a second look.
"""

from collections.abc import Collection, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlmodel import Session, col, select

from actions.changes import By
from actions.withdraw_letters import take_back
from domain.grouping import JOINED
from domain.instants import local_day
from domain.letter import MailState
from store.tables import MandateRow, OutboxRow, PersonRow, PositionRow

REASON = "người nhận đã thôi giữ chức vụ hoặc đã có người làm thay"


def readdress(session: Session, rows: Sequence[OutboxRow], by: By, *, zone: ZoneInfo) -> None:
    """Of letters about to be claimed take back those made of notices whose reader's place has changed since they
    were written, and every letter to somebody who holds no position any more. What a mail server may have already
    (its sender died) goes again as it is."""
    today = local_day(by.at, zone)
    waiting = [row for row in rows if row.person_id is not None and row.state is MailState.PENDING]
    days = {row.id: local_day(row.created_at, zone) for row in waiting}
    old = [row for row in waiting if days[row.id] < today]
    locked = _locked(session, {row.person_id for row in waiting if row.person_id is not None})
    people = {row.person_id for row in old if row.person_id is not None}
    gone = people - _here(session, people, today) if old else set()
    moved = gone | _changed(session, people, min(days[row.id] for row in old), today) if old else set()
    back = [
        row
        for row in waiting
        if row.person_id in locked
        or (days[row.id] < today and row.person_id in (moved if row.kind in JOINED else gone))
    ]
    if back:
        take_back(session, back, by, reason=REASON)


def _locked(session: Session, people: Collection[int]) -> set[int]:
    wanted = col(PersonRow.id).in_(people), ~col(PersonRow.active)
    return set(session.exec(select(PersonRow.id).where(*wanted))) if people else set()


def _changed(session: Session, people: Collection[int], since: date, today: date) -> set[int]:
    """Of these whoever lost a position, or a mandate, or got a substitute from `since` until today."""
    p, m = PositionRow, MandateRow
    ended = select(p.person_id).where(
        col(p.person_id).in_(people), col(p.valid_to) >= since, col(p.valid_to) < today
    )
    absent = select(m.person_id).where(
        col(m.person_id).in_(people), col(m.valid_from) > since, col(m.valid_from) <= today
    )
    acted = select(m.substitute_id).where(
        col(m.substitute_id).in_(people), col(m.valid_to) >= since, col(m.valid_to) < today
    )
    return {person_id for found in (ended, absent, acted) for person_id in session.exec(found)}


def _here(session: Session, people: Collection[int], day: date) -> set[int]:
    """Of these whoever holds a position on the day, or acts for somebody under a mandate."""
    p, m = PositionRow, MandateRow
    held = (
        select(p.person_id)
        .join(PersonRow, col(PersonRow.id) == col(p.person_id))
        .where(
            col(p.person_id).in_(people),
            col(PersonRow.active),
            or_(col(p.valid_from).is_(None), col(p.valid_from) <= day),
            or_(col(p.valid_to).is_(None), col(p.valid_to) >= day),
        )
    )
    acting = select(m.substitute_id).where(
        col(m.substitute_id).in_(people),
        col(m.valid_from) <= day,
        or_(col(m.valid_to).is_(None), col(m.valid_to) >= day),
    )
    return {person_id for found in (held, acting) for person_id in session.exec(found)}
