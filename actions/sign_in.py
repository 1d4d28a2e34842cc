"""A browser signs in and out. Only the hash of its token is stored, so a stolen copy of the table opens nothing."""

import hashlib
from datetime import timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col

from actions.changes import By, record
from store.tables import SessionRow

LASTS = timedelta(hours=12)


def token_hash(token: str) -> str:
    """A token is 256 random bits, so a plain hash of it cannot be searched for."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(session: Session, person_id: int, token: str, by: By) -> None:
    """The caller has checked the password and drawn the token. Sessions that have ended are swept out."""
    session.execute(delete(SessionRow).where(col(SessionRow.expires_at) <= by.at))
    session.add(
        SessionRow(
            token_hash=token_hash(token), person_id=person_id, created_at=by.at, expires_at=by.at + LASTS
        )
    )
    record(session, by, "sign_in", f"person:{person_id}")


def sign_out(session: Session, person_id: int, token: str, by: By) -> None:
    """This session is over at once, wherever its cookie still lies."""
    session.execute(
        delete(SessionRow).where(
            or_(col(SessionRow.token_hash) == token_hash(token), col(SessionRow.expires_at) <= by.at)
        )
    )
    record(session, by, "sign_out", f"person:{person_id}")
