"""The office locks a person out (khóa) and lets them in again: at once, and with what becomes of their letters."""

from datetime import date

from sqlalchemy import delete, update
from sqlmodel import Session, col

from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from actions.readdress import NOBODY
from actions.withdraw_letters import withdraw_letters_to
from domain.escalation import Fate
from domain.grouping import nobody
from domain.letter import MailState
from domain.unit import Role
from store.access_tables import SessionRow
from store.tables import NoticeRow, OutboxRow, PersonRow


def lock_person(session: Session, person_id: int, by: By, *, reason: str) -> None:
    """Their sessions end, their keys and links open nothing, and no letter reaches them: what has not been sent goes
    to whoever holds their place. Locking again changes nothing. Raises `Refused` for oneself, and
    without a reason."""
    person = _person(session, person_id)
    because = given(reason)
    if person.code == by.actor:
        raise Refused("Bạn không tự khóa tài khoản của mình được; hãy nhờ người khác của văn phòng.")
    if not person.active:
        return
    person.active = False
    session.execute(delete(SessionRow).where(col(SessionRow.person_id) == person_id))
    letters = withdraw_letters_to(session, person_id, by, reason=f"tài khoản của {person.name} đã khóa")
    record(session, by, "lock_person", f"person:{person.code}", reason=because, letters=letters)


def unlock_person(session: Session, person_id: int, by: By, *, today: date) -> None:
    """They sign in anew; letters written from now on reach them, and so does what was kept for them, and what reached
    nobody today."""
    person = _person(session, person_id)
    if person.active:
        return
    person.active = True
    kept = session.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.person_id) == person_id,
            col(OutboxRow.state) == MailState.HELD,
            col(OutboxRow.reason) == NOBODY,
        )
        .values(state=MailState.PENDING, reason="", not_before=by.at)
    )
    unheard = [nobody(role, today) for role in Role]
    session.execute(
        update(NoticeRow)
        .where(col(NoticeRow.fate) == Fate.SKIPPED, col(NoticeRow.reason).in_(unheard))
        .values(fate=Fate.PENDING, reason="")
    )
    record(session, by, "unlock_person", f"person:{person.code}", letters=kept.rowcount)  # type: ignore[attr-defined]


def _person(session: Session, person_id: int) -> PersonRow:
    person = session.get(PersonRow, person_id, with_for_update=True)
    if person is None:
        raise NotFound("Không có người này.")
    return person
