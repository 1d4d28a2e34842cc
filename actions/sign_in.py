"""A browser signs in, is used, and signs out. Only the hash of its token is stored."""

import hashlib

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col

from actions.changes import By, record
from actions.errors import NotFound
from domain.access import SEEN_EVERY, SESSION_IDLE, SESSION_LASTS, How
from store.access_tables import SessionRow

DEVICE_LENGTH = 200


def token_hash(token: str) -> str:
    """A token is 256 random bits, so a plain hash of it cannot be searched for."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(
    session: Session, person_id: int, token: str, by: By, *, how: How = How.PASSWORD, device: str = ""
) -> None:
    """The caller knows who it is and has drawn the token. Sessions that have ended are swept out."""
    _sweep(session, by)
    session.add(
        SessionRow(
            token_hash=token_hash(token), person_id=person_id, how=how, device=device[:DEVICE_LENGTH],
            created_at=by.at, seen_at=by.at, expires_at=by.at + SESSION_LASTS,
        )
    )  # fmt: skip
    record(session, by, "sign_in", f"person:{person_id}", how=how)


def still_used(session: Session, token: str, by: By) -> None:
    """Note that the session is in use, not more often than every few minutes. No line in the trail: nothing of
    the office's has changed."""
    session.execute(
        update(SessionRow)
        .where(col(SessionRow.token_hash) == token_hash(token), col(SessionRow.seen_at) < by.at - SEEN_EVERY)
        .values(seen_at=by.at)
    )


def sign_out(session: Session, person_id: int, token: str, by: By) -> None:
    """This session is over at once, wherever its cookie still lies."""
    session.execute(delete(SessionRow).where(col(SessionRow.token_hash) == token_hash(token)))
    _sweep(session, by)
    record(session, by, "sign_out", f"person:{person_id}")


def end_session(session: Session, person_id: int, session_id: int, by: By) -> None:
    """End one of one's own sessions. Raises `NotFound` for anybody else's."""
    row = session.get(SessionRow, session_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NotFound("Không có phiên đăng nhập này, hoặc phiên đã kết thúc.")
    session.delete(row)
    record(session, by, "end_session", f"person:{person_id}", which=session_id)


def end_other_sessions(session: Session, person_id: int, token: str, by: By) -> None:
    """End all of one's sessions but this one."""
    session.execute(
        delete(SessionRow).where(
            col(SessionRow.person_id) == person_id, col(SessionRow.token_hash) != token_hash(token)
        )
    )
    record(session, by, "end_other_sessions", f"person:{person_id}")


def _sweep(session: Session, by: By) -> None:
    session.execute(
        delete(SessionRow).where(
            or_(col(SessionRow.expires_at) <= by.at, col(SessionRow.seen_at) <= by.at - SESSION_IDLE)
        )
    )
