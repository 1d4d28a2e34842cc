"""The things of the trail by name, in one question, on both databases."""

from store.database import Database
from store.questions.named import KINDS, Named, named
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


def test_every_kind_of_thing_can_be_asked_for(db: Database) -> None:
    with db.read() as session:
        assert named(session, {f"{kind}:1" for kind in KINDS}) == {}
