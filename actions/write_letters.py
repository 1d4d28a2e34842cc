"""Join pending notices into letters: one for a person, a kind and a day (`domain.grouping`).

Recipients are looked up now, by position, so somebody who left gets nothing. A notice that reaches nobody
keeps its reason and is counted; what is above a person's share of the day waits for another day.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from actions.changes import By, record
from actions.post import Envelope, post_all
from domain.assignment import OPEN, Part
from domain.escalation import TO_UNIT, Fate
from domain.grouping import JOINED, Bundle, Case, Closed, allot, join
from domain.instants import end_of, local_day
from domain.letter import LetterKind, MailState
from domain.office import Office
from domain.recipients import Staff
from store.tables import AssignmentRow, NoticeLetterRow, NoticeRow, OutboxRow

BATCH = 5000
NOT_LEFT = (MailState.HELD, MailState.PENDING, MailState.SENDING)
NEVER_SILENT = timedelta()


@dataclass
class Written:
    """What became of the notices: letters written, of these `held` for a person to release; notices told,
    cancelled, silenced by the case they are part of, skipped, or kept for another day."""

    letters: int = 0
    held: int = 0
    told: int = 0
    cancelled: int = 0
    silenced: int = 0
    skipped: int = 0
    waiting: int = 0


def write_letters(
    session: Session, *, office: Office, staff: Staff, by: By, silence: timedelta = NEVER_SILENT
) -> Written:
    """Turn pending notices (at most `BATCH`) into outbox rows. Safe to run twice: a notice is taken once.

    `silence`: how long the clock had stood still before this run. Letters of an unusual run are held until a
    person releases them."""
    today = local_day(by.at, office.tz)
    done = Written()
    notices = _pending(session, done)
    cases = _cases(session, notices)
    parts = {case.matter for case in cases if case.part is Part.COORDINATOR and case.role not in TO_UNIT}
    joined, closed = join(cases, staff=staff, at=by.at, today=today, covered=covered(session, parts))
    _close(notices, closed, done)
    posted = letters_of(session, {bundle.person_id for bundle in joined}, today, office)
    bundles, kept = allot(joined, posted, office.daily_letters)
    held = office.why_hold(len(bundles), silence, more=len(cases) == BATCH)
    waiting = {case.key for bundle in kept for case in bundle.cases}
    written = _write(session, bundles, office, today, held, by)
    done.letters = len(written)
    for bundle in bundles:
        if _key(bundle, today) not in written:
            waiting.update(case.key for case in bundle.cases)
    done.held = done.letters if held else 0
    unfinished = {case.key for bundle in joined for case in bundle.cases} | {case.key for case, *_ in closed}
    told_before = notices.keys() - unfinished  # by letters that stand: everybody who is to hear has
    told = ({case.key for bundle in bundles for case in bundle.cases} | told_before) - waiting
    for key in told:
        notices[key][0].fate = Fate.MAILED
    done.told, done.waiting = len(told), len(waiting)
    if done.letters or done.cancelled or done.skipped or done.silenced:
        record(session, by, "write_letters", f"day:{today}", **vars(done))
    return done


def anything_pending(session: Session) -> bool:
    """Whether some notice waits to be told. Reads one entry of an index."""
    return (
        session.exec(select(NoticeRow.id).where(col(NoticeRow.fate) == Fate.PENDING).limit(1)).first()
        is not None
    )


def letters_of(
    session: Session, person_ids: Collection[int], day: date, office: Office
) -> Mapping[int, Counter[LetterKind]]:
    """How many letters of each kind a person has that day, of those made of notices. One that has not left yet,
    held or waiting for the mail server, counts until it has: after an outage it is not joined by a second."""
    since = end_of(day - timedelta(days=1), office.tz)
    rows = session.execute(
        sa.select(col(OutboxRow.person_id), col(OutboxRow.kind)).where(
            or_(
                col(OutboxRow.not_before) >= since,
                col(OutboxRow.sent_at) >= since,
                col(OutboxRow.state).in_(NOT_LEFT),
            ),
            col(OutboxRow.kind).in_(JOINED),
            col(OutboxRow.copy_of).is_(None),
            col(OutboxRow.person_id).in_(person_ids),
        )
    )
    counts: dict[int, Counter[LetterKind]] = {}
    for person_id, kind in rows:
        counts.setdefault(person_id, Counter())[kind] += 1
    return counts


Pending = dict[Any, tuple[NoticeRow, AssignmentRow]]


def _pending(session: Session, done: Written) -> Pending:
    """Notices still owed, by id; those whose work has changed since are closed."""
    rows = session.exec(
        select(NoticeRow, AssignmentRow)
        .join(AssignmentRow, col(NoticeRow.assignment_id) == col(AssignmentRow.id))
        .where(col(NoticeRow.fate) == Fate.PENDING)
        .order_by(col(NoticeRow.id))
        .limit(BATCH)
    )
    found: Pending = {}
    for notice, assignment in rows:
        if assignment.state in OPEN and assignment.due_on == notice.due_on:
            found[notice.id] = (notice, assignment)
        else:
            notice.fate, notice.reason = Fate.CANCELLED, "đã nộp hoặc đã thay đổi trước khi gửi"
            done.cancelled += 1
    return found


def _cases(session: Session, pending: Pending) -> Sequence[Case]:
    told = _told_already(session) if pending else {}
    return [
        Case(
            key=key,
            matter=assignment.occurrence_id,
            unit_id=assignment.unit_id,
            role=notice.role,
            part=assignment.part,
            due_at=assignment.due_at,
            person_id=assignment.person_id,
            told=told.get(key, ()),
        )
        for key, (notice, assignment) in pending.items()
    ]


def _told_already(session: Session) -> Mapping[int, Collection[int]]:
    """Persons already written to, by pending notice: a notice to two leaders may wait for one."""
    rows = session.execute(
        select(col(NoticeLetterRow.notice_id), col(OutboxRow.person_id))
        .join(OutboxRow, col(NoticeLetterRow.outbox_id) == col(OutboxRow.id))
        .join(NoticeRow, col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
        .where(col(NoticeRow.fate) == Fate.PENDING)
    )
    told: dict[int, set[int]] = {}
    for notice_id, person_id in rows:
        told.setdefault(notice_id, set()).add(person_id)
    return told


def covered(session: Session, occurrence_ids: Collection[Any]) -> Collection[tuple[int, int]]:
    """Of these the ones whose lead a leader has been told of by letter, and which the lead still owes, each
    with that leader."""
    if not occurrence_ids:
        return ()
    a = AssignmentRow
    rows = session.execute(
        select(col(a.occurrence_id), col(OutboxRow.person_id))
        .join(NoticeRow, col(NoticeRow.assignment_id) == col(a.id))
        .join(NoticeLetterRow, col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
        .join(OutboxRow, col(OutboxRow.id) == col(NoticeLetterRow.outbox_id))
        .where(
            col(a.occurrence_id).in_(occurrence_ids),
            col(a.part) == Part.LEAD,
            col(a.state).in_(OPEN),
            col(NoticeRow.due_on) == col(a.due_on),
            col(NoticeRow.role).not_in(TO_UNIT),
        )
    )
    return {(matter, person_id) for matter, person_id in rows}


def _close(notices: Pending, closed: Sequence[Closed], done: Written) -> None:
    for case, fate, reason in closed:
        notice = notices[case.key][0]
        notice.fate, notice.reason = fate, reason
        if fate is Fate.SKIPPED:
            done.skipped += 1
        else:
            done.silenced += 1


def _write(
    session: Session, bundles: Sequence[Bundle], office: Office, today: date, held: str, by: By
) -> Collection[str]:
    """Insert the letters and their notices; the keys of those that are new: today's digest may be written."""
    letters = [
        Envelope(
            key=_key(bundle, today),
            kind=bundle.kind,
            holders=bundle.holders,
            mail_domain=office.mail_domain,
            at=by.at,
            held=held,
        )
        for bundle in bundles
    ]
    ids = post_all(session, letters)
    told = {
        (case.key, ids[key]): None
        for bundle in bundles
        if (key := _key(bundle, today)) in ids
        for case in bundle.cases
    }
    if told:
        links = [{"notice_id": notice, "outbox_id": letter} for notice, letter in told]
        session.execute(sa.insert(NoticeLetterRow), links)
    return ids


def _key(bundle: Bundle, today: date) -> str:
    first = "" if bundle.kind is LetterKind.DIGEST else f":{bundle.cases[0].key}"
    return f"{bundle.kind}:{bundle.person_id}:{today}{first}"
