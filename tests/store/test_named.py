"""The things of the trail by name, in one question, on both databases."""

import pytest

from store.database import Database
from store.questions.named import KINDS, Named, named
from store.tables import PersonRow
from tests.support.makers import an_office


def test_things_are_called_by_name_whether_the_trail_has_their_code_or_number(db: Database) -> None:
    office = an_office(db)
    unit, person = office.units["hoa-sen"], office.people["binh"]
    school, binh = Named("Trường Tiểu học Hoa Sen", "unit", unit), Named("Nguyễn Văn Bình", "person", person)
    with db.read() as session:
        found = named(
            session,
            {"unit:hoa-sen", f"unit_id:{unit}", "person:binh", f"person:{person}", "clock", "unit:none"},
        )
    assert found == {
        "unit:hoa-sen": school, f"unit_id:{unit}": school, "person:binh": binh, f"person:{person}": binh
    }  # fmt: skip


def test_a_person_with_another_ones_number_for_a_code_is_not_called_by_a_name_that_may_be_wrong(
    db: Database,
) -> None:
    binh = an_office(db).people["binh"]
    with db.transaction() as session:
        session.add_all([PersonRow(code=str(binh), name="Phạm An"), PersonRow(code="0365", name="Lê Hà")])
    with db.read() as session:
        found = named(session, {f"person:{binh}", "person:0365"})
    assert {subject: one.words for subject, one in found.items()} == {"person:0365": "Lê Hà"}


@pytest.mark.parametrize("typed", ["duty:một", "duty:", "duty:-1", "duty:²", "person:" + "9" * 30, "x"])
def test_what_somebody_types_for_a_subject_names_nothing(db: Database, typed: str) -> None:
    with db.read() as session:
        assert named(session, {typed}) == {}


def test_every_kind_of_thing_can_be_asked_for(db: Database) -> None:
    with db.read() as session:
        assert named(session, {f"{kind}:1" for kind in KINDS}) == {}
