"""Sessions begin, end, and are swept out; the trail says who came."""

from datetime import timedelta

from sqlmodel import select

from actions.changes import By
from actions.sign_in import LASTS, sign_in, sign_out
from store.database import Database
from store.tables import AuditRow, SessionRow
from tests.support.makers import BEGAN, an_office


def sessions(db: Database) -> int:
    with db.read() as session:
        return len(session.exec(select(SessionRow.token_hash)).all())


def test_signing_in_and_out_leaves_nothing_but_the_trail(db: Database) -> None:
    mai = an_office(db).people["mai"]
    with db.transaction() as session:
        sign_in(session, mai, "token", By("mai", BEGAN))
    assert sessions(db) == 1
    with db.transaction() as session:
        sign_out(session, mai, "another", By("mai", BEGAN))
    assert sessions(db) == 1, "another browser stays signed in"
    with db.transaction() as session:
        sign_out(session, mai, "token", By("mai", BEGAN))
    assert sessions(db) == 0
    with db.read() as session:
        trail = session.exec(select(AuditRow.action).where(AuditRow.actor == "mai")).all()
    assert list(trail) == ["sign_in", "sign_out", "sign_out"]


def test_what_has_ended_is_swept_out_when_somebody_signs_in(db: Database) -> None:
    office = an_office(db)
    with db.transaction() as session:
        sign_in(session, office.people["mai"], "old", By("mai", BEGAN))
    with db.transaction() as session:
        sign_in(session, office.people["ha"], "new", By("ha", BEGAN + LASTS - timedelta(seconds=1)))
    assert sessions(db) == 2
    with db.transaction() as session:
        sign_in(session, office.people["dung"], "newer", By("dung", BEGAN + LASTS))
    assert sessions(db) == 2
