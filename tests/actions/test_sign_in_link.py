"""A link by mail: once, soon, from the browser that asked."""

from datetime import timedelta

import pytest

from actions.changes import By
from actions.errors import Refused
from actions.sign_in_link import ELSEWHERE, OVER, keep_link, use_link
from domain.access import LINK_LASTS
from store.database import Database
from store.tables import PersonRow
from tests.support.makers import BEGAN, an_office

BY = By("ha", BEGAN)


@pytest.fixture
def ha(db: Database) -> int:
    person_id = an_office(db).people["ha"]
    with db.transaction() as session:
        keep_link(session, person_id, "link", "browser", BY)
    return person_id


def test_a_link_is_used_once(db: Database, ha: int) -> None:
    with db.transaction() as session:
        assert use_link(session, "link", "browser", BY).id == ha
    with pytest.raises(Refused, match=OVER), db.transaction() as session:
        use_link(session, "link", "browser", BY)


@pytest.mark.parametrize(
    ("token", "browser", "after", "why"),
    [
        ("another", "browser", timedelta(), OVER),
        ("link", "browser", LINK_LASTS, OVER),
        ("link", "another", timedelta(), ELSEWHERE),
        ("link", "", timedelta(), ELSEWHERE),
    ],
)
def test_a_link_is_refused_saying_why(
    db: Database, ha: int, token: str, browser: str, after: timedelta, why: str
) -> None:
    with pytest.raises(Refused, match=why), db.transaction() as session:
        use_link(session, token, browser, By("ha", BEGAN + after))
    with db.transaction() as session:
        assert use_link(session, "link", "browser", BY).id == ha, "a refusal uses nothing up"


def test_a_newer_link_replaces_the_older(db: Database, ha: int) -> None:
    with db.transaction() as session:
        keep_link(session, ha, "newer", "browser", BY)
    with pytest.raises(Refused), db.transaction() as session:
        use_link(session, "link", "browser", BY)


def test_somebody_disabled_in_between_is_not_let_in(db: Database, ha: int) -> None:
    with db.transaction() as session:
        session.get_one(PersonRow, ha).active = False
    with pytest.raises(Refused), db.transaction() as session:
        use_link(session, "link", "browser", BY)
