"""The office locks a person out (khóa) and lets them in again: at once, and with what becomes of their letters."""

from sqlalchemy import delete
from sqlmodel import Session, col

from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from actions.withdraw_letters import withdraw_letters_to
from store.access_tables import SessionRow
from store.tables import PersonRow


def lock_person(session: Session, person_id: int, by: By, *, reason: str) -> None:
    """Their sessions end, their keys and links open nothing, and no letter reaches them: what has not been sent is
    withdrawn, for whoever holds their place. Locking again changes nothing. Raises `Refused` for oneself, and
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


def unlock_person(session: Session, person_id: int, by: By) -> None:
    """They sign in anew; letters written from now on reach them."""
    person = _person(session, person_id)
    if not person.active:
        person.active = True
        record(session, by, "unlock_person", f"person:{person.code}")


def _person(session: Session, person_id: int) -> PersonRow:
    person = session.get(PersonRow, person_id, with_for_update=True)
    if person is None:
        raise NotFound("Không có người này.")
    return person
