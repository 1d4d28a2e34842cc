"""Join pending notices into letters: one for a person, a kind and a day (`domain.grouping`).

Recipients are looked up now, by position, so somebody who left gets nothing. A notice that reaches nobody
keeps its reason and is counted; what is above a person's share of the day waits for another day.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from actions.alarm import alarm
from actions.changes import By, record
from actions.post import Envelope, post_all
from actions.withdraw_letters import taken_back
from domain.assignment import OPEN, Part, State
from domain.duty import Force
from domain.escalation import TO_UNIT, Fate
from domain.grouping import JOINED, Bundle, Case, Closed, allot, join
from domain.instants import end_of, local_day
from domain.letter import LetterKind, MailState
from domain.office import Office
from domain.reach import Pace
from domain.recipients import Staff
from domain.unit import Role
from store.questions.parts import delivered
from store.tables import (
    AssignmentRow,
    DutyRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    PreferenceRow,
)

BATCH = 5000
"""Notices held in memory at once."""
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


@dataclass
class Run:
    """One run over everything that waits. `letters`: what it has written, by kind and person, so that a later
    batch joins its cases to the same letter; memory grows with readers, not with notices."""

    office: Office
    staff: Staff
    by: By
    today: date
    paces: Mapping[int, Pace]
    done: Written = field(default_factory=Written)
    letters: dict[tuple[LetterKind, int], int] = field(default_factory=dict)


def write_letters(
    session: Session,
    *,
    office: Office,
    staff: Staff,
    by: By,
    silence: timedelta = NEVER_SILENT,
    batch: int = BATCH,
) -> Written:
    """Turn every pending notice into outbox rows, `batch` at a time. Safe to run twice: a notice is taken once.

    Whoever leads a matter comes before those who give parts to it, which the leader's case may silence.
    `silence`: how long the clock had stood still before this run. Letters of an unusual run are all held until a
    person releases them: that is decided once, over the whole run."""
    run = Run(office, staff, by, local_day(by.at, office.tz), paces(session))
    before = session.exec(select(func.coalesce(func.max(col(OutboxRow.id)), 0))).one()
    for parts in (False, True):
        after = 0
        while notices := _pending(session, parts, after, batch):
            after = max(notices)
            owed = {key: notice for key, notice in notices.items() if notice.stands}
            _end(session, Fate.CANCELLED, "đã nộp hoặc đã thay đổi trước khi gửi", notices.keys() - owed)
            run.done.cancelled += len(notices) - len(owed)
            _write_batch(session, run, owed)
    done = run.done
    done.letters = len(run.letters)
    if held := office.why_hold(done.letters, silence):
        _hold(session, before, held)
        done.held = done.letters
        if done.held:
            line = f"{done.held} thư đang giữ lại: {held}. Đọc và gửi ở trang “Thư gửi đi”."
            key = f"held:{by.at.isoformat()}"
            alarm(session, key=key, lines=[line], office=office, staff=staff, by=by)
    if done.letters or done.cancelled or done.skipped or done.silenced:
        record(session, by, "write_letters", f"day:{run.today}", **vars(done))
    return done


def _write_batch(session: Session, run: Run, notices: "Pending") -> None:
    cases = _cases(session, notices, run.office)
    parts = {case.matter for case in cases if case.part is Part.COORDINATOR and case.role not in TO_UNIT}
    joined, closed = join(
        cases,
        staff=run.staff,
        at=run.by.at,
        today=run.today,
        covered=covered(session, parts),
        paces=run.paces,
    )
    _close(session, closed, run.done)
    begun = [bundle for bundle in joined if not bundle.later and _name(bundle) in run.letters]
    fresh = [bundle for bundle in joined if bundle.later or _name(bundle) not in run.letters]
    posted = letters_of(session, {bundle.person_id for bundle in fresh}, run.today, run.office)
    bundles, kept = allot(fresh, posted, run.office.daily_letters)
    _post(session, run, bundles)
    written = [*begun, *(bundle for bundle in bundles if _name(bundle) in run.letters)]
    _link(session, run, written)
    told_now = {case.key for bundle in written for case in bundle.cases}
    waiting = {case.key for bundle in kept for case in bundle.cases}
    waiting |= {case.key for bundle in bundles for case in bundle.cases} - told_now
    unfinished = {case.key for bundle in joined for case in bundle.cases} | {case.key for case, *_ in closed}
    told_before = notices.keys() - unfinished  # by letters that stand: everybody who is to hear has
    told = (told_now | told_before) - waiting
    _end(session, Fate.MAILED, "", told)
    run.done.told += len(told)
    run.done.waiting += len(waiting)


def _hold(session: Session, before: int, why: str) -> None:
    """Everything this run wrote. Whoever writes is alone, so all younger rows are its own."""
    o = OutboxRow
    session.execute(
        sa.update(o)
        .where(col(o.id) > before, col(o.state) == MailState.PENDING, col(o.kind).in_(JOINED))
        .values(state=MailState.HELD, reason=why)
    )


def paces(session: Session) -> Mapping[int, Pace]:
    """People who chose to hear less often of what only informs them."""
    p = PreferenceRow
    rows = session.execute(sa.select(col(p.person_id), col(p.digest)).where(col(p.digest) != Pace.DAILY))
    return dict(rows.all())


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
    held or waiting for the mail server, counts until it has: after an outage it is not joined by a second. One that
    was taken back counts no more."""
    since, until = (
        end_of(day - timedelta(days=1), office.tz),
        end_of(day, office.tz) - timedelta(microseconds=1),
    )
    of_the_day = or_(
        col(OutboxRow.not_before).between(since, until),
        col(OutboxRow.sent_at).between(since, until),
        col(OutboxRow.state).in_(NOT_LEFT),
    )
    return _counted(session, of_the_day, col(OutboxRow.person_id).in_(person_ids))


def letters_not_left(session: Session) -> Mapping[int, Counter[LetterKind]]:
    """The same of everybody for a day to come, as far as it is known now."""
    return _counted(session, col(OutboxRow.state).in_(NOT_LEFT), col(OutboxRow.person_id).is_not(None))


def _counted(session: Session, *conditions: sa.ColumnElement[bool]) -> Mapping[int, Counter[LetterKind]]:
    rows = session.execute(
        sa.select(col(OutboxRow.person_id), col(OutboxRow.kind)).where(
            *conditions, ~taken_back(), col(OutboxRow.kind).in_(JOINED), col(OutboxRow.copy_of).is_(None)
        )
    )
    counts: dict[int, Counter[LetterKind]] = {}
    for person_id, kind in rows:
        counts.setdefault(person_id, Counter())[kind] += 1
    return counts


class Untold(NamedTuple):
    """A notice with the work it speaks of: `told_due_on` is the day it was to tell, `due_on` the day as it is."""

    id: int
    role: Role
    binding: bool
    at: datetime
    told_due_on: date
    matter: int
    unit_id: int
    person_id: int | None
    part: Part
    state: State
    due_on: date
    due_at: datetime

    @property
    def stands(self) -> bool:
        return self.state in OPEN and self.due_on == self.told_due_on


Pending = Mapping[int, Untold]


def _pending(session: Session, parts: bool, after: int, batch: int) -> Pending:
    """The next notices still owed, by id, also those whose work has changed since."""
    n, a = NoticeRow, AssignmentRow
    told = n.id, n.role, n.binding, n.at, n.due_on
    work = a.occurrence_id, a.unit_id, a.person_id, a.part, a.state, a.due_on, a.due_at
    given = col(a.part) == Part.COORDINATOR
    rows = session.execute(
        sa.select(*map(col, (*told, *work)))
        .join(a, col(n.assignment_id) == col(a.id))
        .where(col(n.fate) == Fate.PENDING, col(n.id) > after, given if parts else ~given)
        .order_by(col(n.id))
        .limit(batch)
    )
    return {row.id: row for row in map(Untold._make, rows)}


def _cases(session: Session, pending: Pending, office: Office) -> Sequence[Case]:
    told = _told_already(session, pending) if pending else {}
    requests = _requests(session, {notice.matter for notice in pending.values()})
    moot = delivered(
        session, {notice.matter for notice in pending.values() if notice.part is Part.COORDINATOR}
    )
    return [
        Case(
            key=key,
            matter=notice.matter,
            unit_id=notice.unit_id,
            role=notice.role,
            part=notice.part,
            due_at=notice.due_at,
            person_id=notice.person_id,
            told=told.get(key, ()),
            binding=notice.binding,
            since=local_day(notice.at, office.tz),
            request=notice.matter in requests,
            moot=notice.part is Part.COORDINATOR and notice.matter in moot,
        )
        for key, notice in pending.items()
    ]


def _requests(session: Session, occurrence_ids: Collection[int]) -> Collection[int]:
    """Of these the periods of what is only asked for (đề nghị)."""
    asked = (
        select(OccurrenceRow.id)
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(OccurrenceRow.id).in_(occurrence_ids), col(DutyRow.force) == Force.REQUEST)
    )
    return set(session.exec(asked)) if occurrence_ids else ()


def _told_already(session: Session, pending: Pending) -> Mapping[int, Collection[int]]:
    """Persons already written to, by pending notice: a notice to two leaders may wait for one."""
    n = NoticeRow
    rows = session.execute(
        select(col(NoticeLetterRow.notice_id), col(OutboxRow.person_id))
        .join(OutboxRow, col(NoticeLetterRow.outbox_id) == col(OutboxRow.id))
        .join(n, col(NoticeLetterRow.notice_id) == col(n.id))
        .where(col(n.fate) == Fate.PENDING, col(n.id).between(min(pending), max(pending)))
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


def _close(session: Session, closed: Sequence[Closed], done: Written) -> None:
    ended: dict[tuple[Fate, str], list[Any]] = {}
    for case, fate, reason in closed:
        ended.setdefault((fate, reason), []).append(case.key)
        if fate is Fate.SKIPPED:
            done.skipped += 1
        else:
            done.silenced += 1
    for (fate, reason), notices in ended.items():
        _end(session, fate, reason, notices)


def _end(session: Session, fate: Fate, reason: str, notices: Collection[Any]) -> None:
    if notices:
        ended = sa.update(NoticeRow).where(col(NoticeRow.id).in_(notices)).values(fate=fate, reason=reason)
        session.execute(ended, execution_options={"synchronize_session": False})  # nobody looks at them again


def _post(session: Session, run: Run, bundles: Sequence[Bundle]) -> None:
    """Insert the letters that are new: today's digest may be written."""
    keys = _unused(session, {_key(bundle, run.today): bundle for bundle in bundles})
    letters = [
        Envelope(
            key=key,
            kind=bundle.kind,
            holders=bundle.holders,
            mail_domain=run.office.mail_domain,
            at=run.by.at,
        )
        for key, bundle in keys.items()
    ]
    for key, outbox_id in post_all(session, letters).items():
        run.letters[_name(keys[key])] = outbox_id


def _unused(session: Session, keys: Mapping[str, Bundle]) -> Mapping[str, Bundle]:
    """A letter of the same key that was taken back (its reader was locked out, the work moved) said nothing: another
    is written beside it."""
    empty = set(session.exec(select(OutboxRow.key).where(col(OutboxRow.key).in_(keys), taken_back())))
    if not empty:
        return keys
    return _unused(session, {f"{key}+" if key in empty else key: bundle for key, bundle in keys.items()})


def _link(session: Session, run: Run, bundles: Sequence[Bundle]) -> None:
    told = {(case.key, run.letters[_name(bundle)]): None for bundle in bundles for case in bundle.cases}
    if told:
        links = [{"notice_id": notice, "outbox_id": letter} for notice, letter in told]
        session.execute(sa.insert(NoticeLetterRow), links)


def _name(bundle: Bundle) -> tuple[LetterKind, int]:
    return bundle.kind, bundle.person_id


def _key(bundle: Bundle, today: date) -> str:
    first = "" if bundle.kind is LetterKind.DIGEST else f":{bundle.cases[0].key}"
    return f"{bundle.kind}:{bundle.person_id}:{today}{first}"
