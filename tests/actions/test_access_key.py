"""Keys: only their hash is stored, only their owner takes them back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from actions.access_key import MOST, give_key, keys_of, revoke_key
from actions.changes import By
from actions.errors import NotFound, Refused
from domain.access import KEY_LASTS, Opens
from store.access_tables import AccessKeyRow
from store.database import Database
from tests.support.makers import BEGAN, an_office

BY = By("ha", BEGAN)


def test_the_database_does_not_know_the_key(db: Database) -> None:
    ha = an_office(db).people["ha"]
    with db.transaction() as session:
        give_key(session, ha, "secret", BY, name="máy tổng hợp", opens=Opens.READ)
    with db.read() as session:
        stored = session.exec(select(AccessKeyRow)).one()
    assert "secret" not in stored.model_dump_json()
    assert stored.valid_at(BEGAN + KEY_LASTS - timedelta(seconds=1))
    assert not stored.valid_at(BEGAN + KEY_LASTS)


def test_only_its_owner_takes_a_key_back(db: Database) -> None:
    people = an_office(db).people
    with db.transaction() as session:
        key = give_key(session, people["ha"], "secret", BY, name="lịch", opens=Opens.CALENDAR).id
    with pytest.raises(NotFound), db.transaction() as session:
        revoke_key(session, people["mai"], key, By("mai", BEGAN))
    with db.transaction() as session:
        revoke_key(session, people["ha"], key, BY)
        assert [one.valid_at(BEGAN) for one in keys_of(session, people["ha"])] == [False]


def test_nobody_hoards_keys(db: Database) -> None:
    ha = an_office(db).people["ha"]
    with db.transaction() as session:
        for number in range(MOST):
            give_key(session, ha, f"secret {number}", BY, name="máy", opens=Opens.READ)
    with pytest.raises(Refused, match=str(MOST)), db.transaction() as session:
        give_key(session, ha, "one more", BY, name="máy", opens=Opens.READ)
