"""Take back what has not been sent about an assignment that is somebody else's now.

A letter joins the work of several assignments: only this one is taken out of it. Its notices wait again, for
whoever holds the work now; a letter left empty is not sent, and says why. What a mail server already has is
gone and stays on record.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.escalation import Fate
from domain.grouping import JOINED
from domain.letter import MailState
from domain.unit import Role
from store.tables import ExplanationRow, NoticeLetterRow, NoticeRow, OutboxRow

UNSENT = (MailState.PENDING, MailState.HELD)
TO_ASKER = ("answered", "silent")
"""Letters of a demand that go to whoever asked, not to the unit."""


def withdraw_letters(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    reason: str,
    roles: Collection[Role] = tuple(Role),
    keep: int | None = None,
) -> None:
    """`roles`: whose notices; `keep`: the person whose letters stay."""
    links = _unsent(session, assignment_id, roles, keep)
    for link, _ in links:
        session.execute(
            delete(NoticeLetterRow).where(
                col(NoticeLetterRow.notice_id) == link.notice_id,
                col(NoticeLetterRow.outbox_id) == link.outbox_id,
            )
        )
    session.execute(
        update(NoticeRow)
        .where(col(NoticeRow.id).in_({link.notice_id for link, _ in links}))
        .values(fate=Fate.PENDING)
    )
    for letter in {letter.id: letter for _, letter in links}.values():
        if not _says_anything(session, letter.id):
            letter.state, letter.reason = MailState.SKIPPED, reason
            record(session, by, "skip_letter", f"outbox:{letter.id}", reason=reason)


def withdraw_answers(session: Session, assignment_id: int, by: By, *, reason: str) -> None:
    """Letters about what was handed in, and demands for an explanation, to the unit that had the work before: it can
    no longer open it. Whoever asked still hears."""
    asked = select(ExplanationRow.id).where(col(ExplanationRow.assignment_id) == assignment_id)
    letters = session.exec(
        select(OutboxRow)
        .where(
            or_(col(OutboxRow.assignment_id) == assignment_id, col(OutboxRow.explanation_id).in_(asked)),
            col(OutboxRow.state).in_(UNSENT),
        )
        .order_by(col(OutboxRow.id))
        .with_for_update()
    ).all()
    take_back(session, [one for one in letters if one.facts.get("stage") not in TO_ASKER], by, reason=reason)


def withdraw_letters_to(session: Session, person_id: int, by: By, *, reason: str) -> int:
    """Every letter to the person that is made of notices and has not been sent. What they alone were to be told
    waits for whoever holds their place now; of other letters `actions.readdress` decides when they are to leave.
    Returns how many letters."""
    letters = session.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.person_id) == person_id,
            col(OutboxRow.state).in_(UNSENT),
            col(OutboxRow.kind).in_(JOINED),
        )
        .order_by(col(OutboxRow.id))
        .with_for_update()
    ).all()
    take_back(session, letters, by, reason=reason)
    return len(letters)


def taken_back() -> ColumnElement[bool]:
    """Of letters made of notices those that were emptied: nobody was told anything by them."""
    linked = exists().where(col(NoticeLetterRow.outbox_id) == col(OutboxRow.id)).correlate(OutboxRow)
    made = col(OutboxRow.kind).in_(JOINED) & col(OutboxRow.copy_of).is_(None)
    return made & (col(OutboxRow.state) == MailState.SKIPPED) & ~linked


def take_back(session: Session, letters: Sequence[OutboxRow], by: By, *, reason: str) -> None:
    """These letters are not sent; what nobody else was told by another letter waits again."""
    ids = [letter.id for letter in letters]
    told = session.exec(
        select(NoticeLetterRow.notice_id).where(col(NoticeLetterRow.outbox_id).in_(ids))
    ).all()
    session.execute(delete(NoticeLetterRow).where(col(NoticeLetterRow.outbox_id).in_(ids)))
    others = exists().where(col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
    session.execute(update(NoticeRow).where(col(NoticeRow.id).in_(told), ~others).values(fate=Fate.PENDING))
    for letter in letters:
        letter.state, letter.reason = MailState.SKIPPED, reason
        record(session, by, "skip_letter", f"outbox:{letter.id}", reason=reason)


def _unsent(
    session: Session, assignment_id: int, roles: Collection[Role], keep: int | None
) -> Sequence[tuple[NoticeLetterRow, OutboxRow]]:
    return session.exec(
        select(NoticeLetterRow, OutboxRow)
        .join(NoticeRow, col(NoticeRow.id) == col(NoticeLetterRow.notice_id))
        .join(OutboxRow, col(OutboxRow.id) == col(NoticeLetterRow.outbox_id))
        .where(
            col(NoticeRow.assignment_id) == assignment_id,
            col(NoticeRow.role).in_(roles),
            col(OutboxRow.state).in_(UNSENT),
            col(OutboxRow.person_id).is_distinct_from(keep),
        )
        .order_by(col(OutboxRow.id), col(NoticeRow.id))
        .with_for_update(of=OutboxRow)
    ).all()


def _says_anything(session: Session, outbox_id: int) -> bool:
    return session.exec(select(exists().where(col(NoticeLetterRow.outbox_id) == outbox_id))).one()
