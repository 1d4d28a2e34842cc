"""A person's password: set once, in force at once, and no open session outlives the old one."""

import pytest
from pwdlib import PasswordHash

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.set_password import set_password
from store.tables import PersonRow, SessionRow
from tests.actions.conftest import World, at

BY = By("dondoc password", at(1))


def test_the_new_password_is_in_force_and_old_sessions_are_gone(world: World) -> None:
    person_id = world.sample.people["ha"]
    with world.db.transaction() as session:
        session.add(SessionRow(token_hash="t", person_id=person_id, created_at=at(1), expires_at=at(2)))
    with world.db.transaction() as session:
        set_password(session, "ha", "một câu khó đoán", BY)
    with world.db.read() as session:
        hashed = session.get_one(PersonRow, person_id).password_hash
    assert hashed is not None
    assert PasswordHash.recommended().verify("một câu khó đoán", hashed)
    assert world.count(SessionRow) == 0


@pytest.mark.parametrize(
    ("code", "password", "refusal", "said"),
    [("khong-co", "đủ dài rồi", NotFound, "Không có người nào"), ("ha", "ngắn", Refused, "ít nhất 8 ký tự")],
)
def test_what_cannot_be_set_is_refused_in_words(
    world: World, code: str, password: str, refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal, match=said), world.db.transaction() as session:
        set_password(session, code, password, BY)
