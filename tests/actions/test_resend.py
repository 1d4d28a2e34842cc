"""A letter that failed or is held goes out again, and no other."""

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.resend import AGAIN, resend
from domain.letter import LetterKind, MailState
from store.database import Database
from store.tables import AuditRow, OutboxRow
from tests.support.makers import BEGAN


def a_letter(db: Database, state: MailState) -> int:
    with db.transaction() as session:
        row = OutboxRow(
            key="k", kind=LetterKind.REMINDER, message_id="<k@x>", state=state, reason="hỏng", tries=8,
            not_before=BEGAN, created_at=BEGAN,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.mark.parametrize("state", list(MailState))
def test_a_letter_waits_again_only_if_it_failed_or_was_held(db: Database, state: MailState) -> None:
    letter, by = a_letter(db, state), By("mai", BEGAN.replace(day=9))
    if state in AGAIN:
        with db.transaction() as session:
            resend(session, letter, by)
    else:
        with pytest.raises(Refused), db.transaction() as session:
            resend(session, letter, by)
    with db.read() as session:
        row = session.get_one(OutboxRow, letter)
        trail = len(session.exec(select(AuditRow.id)).all())
        assert (row.state, trail) == ((MailState.PENDING, 1) if state in AGAIN else (state, 0))
        assert (row.key, row.message_id) == ("k", "<k@x>")


def test_a_letter_that_never_was_is_not_found(db: Database) -> None:
    with pytest.raises(NotFound), db.transaction() as session:
        resend(session, 7, By("mai", BEGAN))
