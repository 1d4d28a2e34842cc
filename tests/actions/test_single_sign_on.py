"""An identity provider vouches for somebody: known by its lasting name, found once by a verified address."""

import pytest

from actions.changes import By
from actions.errors import Refused
from actions.single_sign_on import vouched_for
from domain.unit import Role
from store.database import Database
from store.tables import PersonRow
from tests.support.makers import BEGAN, a_person, an_office

BY = By("sso", BEGAN)
HA = "ha@bensong.example.vn"


def test_a_verified_address_finds_the_person_once_and_the_subject_ever_after(db: Database) -> None:
    ha = an_office(db).people["ha"]
    with db.transaction() as session:
        assert vouched_for(session, "idp 1", HA.upper(), BY).id == ha
    with db.transaction() as session:
        assert vouched_for(session, "idp 1", "", BY).id == ha, "whatever the address is now"
    with pytest.raises(Refused), db.transaction() as session:
        vouched_for(session, "idp 2", HA, BY)


@pytest.mark.parametrize("email", ["", "ai-do@bensong.example.vn"])
def test_whom_nobody_knows_is_not_let_in(db: Database, email: str) -> None:
    an_office(db)
    with pytest.raises(Refused, match="chưa được nối"), db.transaction() as session:
        vouched_for(session, "idp 1", email, BY)


def test_an_address_shared_by_two_finds_neither(db: Database) -> None:
    office = an_office(db)
    other = a_person(db, "hai", "Lê Thị Hai", office.units["hoa-sen"], Role.OFFICER)
    with db.transaction() as session:
        session.get_one(PersonRow, other).email = HA
    with pytest.raises(Refused), db.transaction() as session:
        vouched_for(session, "idp 1", HA, BY)


def test_somebody_disabled_stays_out_though_the_provider_knows_them(db: Database) -> None:
    ha = an_office(db).people["ha"]
    with db.transaction() as session:
        vouched_for(session, "idp 1", HA, BY).active = False
    with pytest.raises(Refused), db.transaction() as session:
        vouched_for(session, "idp 1", HA, BY)
    with db.read() as session:
        assert session.get_one(PersonRow, ha).sso_subject == "idp 1"
