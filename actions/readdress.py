"""A letter that waited past its day, held or put off by the mail server, goes to nobody whose place has changed.

What it was to tell waits again, for whoever holds the place now; a letter that was not made of notices is written to
them, and held for a person while there is nobody. Positions and mandates hold for whole days, so of the letters of the
same day only those to somebody locked out since need a second look.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.post import post
from actions.withdraw_letters import take_back
from domain.grouping import JOINED
from domain.instants import local_day
from domain.letter import LetterKind, MailState
from domain.office import Office
from domain.recipients import Holder, Staff
from store.office import load_staff
from store.tables import MandateRow, OutboxRow, PersonRow, PositionRow

REASON = "người nhận đã thôi giữ chức vụ hoặc đã có người làm thay"
NOBODY = "người nhận đã thôi giữ chức vụ, chưa có ai thay"
TO_A_PLACE = (LetterKind.RETURNED, LetterKind.NOT_MET, LetterKind.AWAITED, LetterKind.EXPLANATION)
"""Written to whoever answers for something, not to each of several."""


def readdress(session: Session, rows: Sequence[OutboxRow], by: By, *, office: Office) -> None:
    """Of letters about to be claimed take back those made of notices whose reader's place has changed since they
    were written, and every letter to somebody who holds no position any more. What a mail server may have already
    (its sender died) goes again as it is."""
    zone = office.tz
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
    placed = [row for row in back if row.kind in TO_A_PLACE and row.copy_of is None]
    if placed:
        staff = load_staff(session)
        for row in placed:
            _to_whoever_is_there(session, row, staff, days[row.id], today, by, office)
    if others := [row for row in back if row not in placed]:
        take_back(session, others, by, reason=REASON)


def _to_whoever_is_there(
    session: Session, row: OutboxRow, staff: Staff, written: date, today: date, by: By, office: Office
) -> None:
    heirs = _heirs(session, row, staff, written, today)
    for heir in heirs:
        post(
            session, key=f"{row.key}>{heir.person_id}", kind=row.kind, holders=[heir], at=by.at,
            mail_domain=office.mail_domain, assignment_id=row.assignment_id, waiting_id=row.waiting_id,
            explanation_id=row.explanation_id, facts=row.facts,
        )  # fmt: skip
    row.state, row.reason = (MailState.SKIPPED, REASON) if heirs else (MailState.HELD, NOBODY)
    told = [heir.person.code for heir in heirs]
    record(session, by, "readdress", f"outbox:{row.id}", reason=row.reason, told=told)


def _heirs(session: Session, row: OutboxRow, staff: Staff, written: date, today: date) -> Sequence[Holder]:
    """Who holds today what the reader held on the day of writing, or acts for the absent; by person."""
    p = PositionRow
    held = session.exec(select(p).where(col(p.person_id) == row.person_id).order_by(col(p.id))).all()
    found = (
        heir
        for position in held
        if position.held_on(written)
        for heir in staff.find(position.unit_id, position.role, today)
    )
    return list({heir.person_id: heir for heir in found if heir.person_id != row.person_id}.values())


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
