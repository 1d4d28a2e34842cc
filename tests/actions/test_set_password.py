"""A person's password: set once, in force at once, and no open session outlives the old one."""

import pytest
from pwdlib import PasswordHash
from sqlmodel import select

from actions.access_key import give_key
from actions.changes import By
from actions.errors import NotFound, Refused
from actions.set_password import set_password
from actions.sign_in import sign_in
from domain.access import Opens
from store.access_tables import AccessKeyRow, SessionRow
from store.tables import PersonRow
from tests.actions.conftest import World, at

BY = By("dondoc password", at(1))


def test_the_new_password_is_in_force_and_old_sessions_are_gone(world: World) -> None:
    person_id = world.sample.people["ha"]
    with world.db.transaction() as session:
        sign_in(session, person_id, "token", BY)
        give_key(session, person_id, "key", BY, name="tổng hợp", opens=Opens.READ)
    with world.db.transaction() as session:
        set_password(session, "ha", "một câu khó đoán", BY)
    with world.db.read() as session:
        hashed = session.get_one(PersonRow, person_id).password_hash
        assert [key.valid_at(at(1)) for key in session.exec(select(AccessKeyRow)).all()] == [False]
    assert world.count(SessionRow) == 0
    assert hashed is not None
    assert PasswordHash.recommended().verify("một câu khó đoán", hashed)


@pytest.mark.parametrize(
    ("code", "password", "refusal", "said"),
    [
        ("khong-co", "đủ dài rồi", NotFound, "Không có người nào"),
        ("ha", "ngắn", Refused, "ít nhất 8 ký tự"),
        ("ha", "Matkhau@123", Refused, "dễ đoán"),
        ("ha", "Lê Thu Hà 2026", Refused, "dễ đoán"),
    ],
)
def test_what_cannot_be_set_is_refused_in_words(
    world: World, code: str, password: str, refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal, match=said), world.db.transaction() as session:
        set_password(session, code, password, BY)
