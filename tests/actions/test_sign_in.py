"""Sessions begin, end, and are swept out; the trail says who came."""

from datetime import timedelta

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import NotFound
from actions.sign_in import end_other_sessions, end_session, sign_in, sign_out, still_used, token_hash
from domain.access import SESSION_IDLE, SESSION_LASTS
from store.access_tables import SessionRow
from store.database import Database
from store.questions.people import signed_in
from store.tables import AuditRow
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


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (SESSION_IDLE - timedelta(seconds=1), 2),
        (SESSION_IDLE, 1),
        (SESSION_LASTS, 1),
    ],
)
def test_what_has_ended_is_swept_out_when_somebody_signs_in(
    db: Database, later: timedelta, left: int
) -> None:
    office = an_office(db)
    with db.transaction() as session:
        sign_in(session, office.people["mai"], "old", By("mai", BEGAN))
    with db.transaction() as session:
        sign_in(session, office.people["ha"], "new", By("ha", BEGAN + later))
    assert sessions(db) == left


def test_a_session_in_use_outlives_the_pause_but_not_its_day(db: Database) -> None:
    mai = an_office(db).people["mai"]
    with db.transaction() as session:
        sign_in(session, mai, "token", By("mai", BEGAN))
    for hours, there in [(3, True), (6, True), (9, True), (11, True), (12, False)]:
        now = BEGAN + timedelta(hours=hours)
        with db.transaction() as session:
            who = signed_in(session, token_hash("token"), now=now, today=BEGAN.date(), office_unit="pgd")
            still_used(session, "token", By("mai", now))
        assert (who is not None) is there, hours


def test_one_ends_ones_own_sessions_and_nobody_elses(db: Database) -> None:
    people = an_office(db).people
    with db.transaction() as session:
        for name, token in [("mai", "here"), ("mai", "phone"), ("mai", "lost"), ("ha", "other")]:
            sign_in(session, people[name], token, By(name, BEGAN))
        ids = dict(session.exec(select(SessionRow.token_hash, SessionRow.id)).all())
    with pytest.raises(NotFound), db.transaction() as session:
        end_session(session, people["mai"], ids[token_hash("other")], By("mai", BEGAN))
    with db.transaction() as session:
        end_session(session, people["mai"], ids[token_hash("lost")], By("mai", BEGAN))
    assert sessions(db) == 3
    with db.transaction() as session:
        end_other_sessions(session, people["mai"], "here", By("mai", BEGAN))
        left = session.exec(select(SessionRow.token_hash)).all()
    assert set(left) == {token_hash("here"), token_hash("other")}
