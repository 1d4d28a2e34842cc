"""Join pending notices into letters: one for a person, a kind and a day.

Recipients are looked up now, by position, so somebody who left gets nothing. A notice that reaches nobody
keeps its reason and is counted; a leader who already has today's digest hears of the rest tomorrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.post import post
from domain.assignment import OPEN
from domain.escalation import TO_UNIT, Fate
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Holder, Staff
from store.tables import AssignmentRow, NoticeLetterRow, NoticeRow, OutboxRow
from store.writing import insert_new

BATCH = 5000


@dataclass
class Written:
    """What became of the notices: letters written, and notices told, cancelled, skipped or kept for tomorrow."""

    letters: int = 0
    told: int = 0
    cancelled: int = 0
    skipped: int = 0
    waiting: int = 0


@dataclass
class _Bundle:
    """What one person is told in one letter; `holders` beside `notices`, in whose place each reaches them."""

    kind: LetterKind
    holders: list[Holder] = field(default_factory=list)
    notices: list[NoticeRow] = field(default_factory=list)


def write_letters(session: Session, *, office: Office, staff: Staff, by: By) -> Written:
    """Turn pending notices (at most `BATCH`) into outbox rows. Safe to run twice: a notice is taken once."""
    today = local_day(by.at, office.tz)
    done = Written()
    bundles = _bundles(session, staff, today, by, done)
    waiting: set[int] = set()
    for bundle in bundles:
        if _write(session, bundle, office, today, by):
            done.letters += 1
        else:
            waiting.update(notice.id for notice in bundle.notices)
    everything = {notice.id: notice for bundle in bundles for notice in bundle.notices}
    for notice in everything.values():
        if notice.id not in waiting:
            notice.fate = Fate.MAILED
    done.told, done.waiting = len(everything) - len(waiting), len(waiting)
    if done.letters or done.cancelled or done.skipped:
        record(session, by, "write_letters", f"day:{today}", **vars(done))
    return done


def anything_pending(session: Session) -> bool:
    """Whether some notice waits to be told. Reads one entry of an index."""
    return (
        session.exec(select(NoticeRow.id).where(col(NoticeRow.fate) == Fate.PENDING).limit(1)).first()
        is not None
    )


def _bundles(session: Session, staff: Staff, today: date, by: By, done: Written) -> list[_Bundle]:
    """Group pending notices by person and kind; those that reach nobody any more are closed with a reason."""
    bundles: dict[tuple[str, int], _Bundle] = {}
    before = _told_already(session)
    for notice, assignment in _pending(session):
        if assignment.state not in OPEN or assignment.due_on != notice.due_on:
            _close(notice, Fate.CANCELLED, "đã nộp hoặc đã thay đổi trước khi gửi")
            done.cancelled += 1
            continue
        holders = staff.find(assignment.unit_id, notice.role, today, named=assignment.person_id)
        if not holders:
            _close(notice, Fate.SKIPPED, f"không có ai giữ chức vụ {notice.role} vào ngày {today:%d/%m/%Y}")
            done.skipped += 1
        kind = _kind(notice, assignment, by)
        for holder in holders:
            if (notice.id, holder.person_id) not in before:
                bundle = bundles.setdefault((kind, holder.person_id), _Bundle(kind))
                bundle.holders.append(holder)
                bundle.notices.append(notice)
    return list(bundles.values())


def _pending(session: Session) -> Sequence[tuple[NoticeRow, AssignmentRow]]:
    rows = session.exec(
        select(NoticeRow, AssignmentRow)
        .join(AssignmentRow, col(NoticeRow.assignment_id) == col(AssignmentRow.id))
        .where(col(NoticeRow.fate) == Fate.PENDING)
        .order_by(col(NoticeRow.id))
        .limit(BATCH)
    )
    return rows.all()


def _told_already(session: Session) -> set[tuple[int, int]]:
    """Pairs of pending notice and person already written to: a notice to two leaders may wait for one."""
    rows = session.execute(
        select(col(NoticeLetterRow.notice_id), col(OutboxRow.person_id))
        .join(OutboxRow, col(NoticeLetterRow.outbox_id) == col(OutboxRow.id))
        .join(NoticeRow, col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
        .where(col(NoticeRow.fate) == Fate.PENDING)
    )
    return {(notice_id, person_id) for notice_id, person_id in rows}


def _kind(notice: NoticeRow, assignment: AssignmentRow, by: By) -> LetterKind:
    if notice.role not in TO_UNIT:
        return LetterKind.DIGEST
    return LetterKind.REMINDER if by.at < assignment.due_at else LetterKind.OVERDUE


def _close(notice: NoticeRow, fate: Fate, reason: str) -> None:
    notice.fate, notice.reason = fate, reason


def _write(session: Session, bundle: _Bundle, office: Office, today: date, by: By) -> bool:
    """Insert the letter and its notices; False when today's digest is already written."""
    first = "" if bundle.kind is LetterKind.DIGEST else f":{bundle.notices[0].id}"
    outbox_id = post(
        session,
        key=f"{bundle.kind}:{bundle.holders[0].person_id}:{today}{first}",
        kind=bundle.kind,
        holders=bundle.holders,
        mail_domain=office.mail_domain,
        at=by.at,
    )
    if outbox_id is None:
        return False
    insert_new(
        session, NoticeLetterRow, [{"notice_id": n.id, "outbox_id": outbox_id} for n in bundle.notices]
    )
    return True
