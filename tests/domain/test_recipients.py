"""Letters follow the position on the day, upwards for leaders, and an empty chair is an answer."""

from dataclasses import replace
from datetime import date

import pytest

from domain.mandate import Mandate
from domain.recipients import Holder, Staff, Substitute, addressed
from domain.unit import Person, Position, Role

OFFICE, SECTION, SCHOOL, EMPTY = 1, 2, 3, 4
TODAY = date(2023, 2, 14)


def holder(person_id: int, unit_id: int, role: Role, **position: date) -> Holder:
    person = Person(code=f"p{person_id}", name=f"Người {person_id}", email=f"p{person_id}@example.vn")
    return Holder(person_id, person, unit_id, Position(role=role, **position))


STAFF = Staff(
    holders={
        OFFICE: [holder(10, OFFICE, Role.CHAIR), holder(11, OFFICE, Role.LEADER)],
        SECTION: [holder(20, SECTION, Role.LEADER), holder(21, SECTION, Role.HEAD)],
        SCHOOL: [
            holder(30, SCHOOL, Role.HEAD, valid_to=date(2023, 1, 31)),
            holder(31, SCHOOL, Role.HEAD, valid_from=date(2023, 2, 1)),
            holder(32, SCHOOL, Role.OFFICER),
        ],
    },
    parents={OFFICE: None, SECTION: OFFICE, SCHOOL: OFFICE, EMPTY: SECTION},
)


@pytest.mark.parametrize(
    ("unit", "role", "people", "because"),
    [
        (SCHOOL, Role.OFFICER, [32], "the unit's own officer"),
        (SCHOOL, Role.HEAD, [31], "who left on 31 January gets nothing"),
        (SECTION, Role.OFFICER, [21], "no officer: the head is told"),
        (SCHOOL, Role.LEADER, [11], "the leader above the school"),
        (SECTION, Role.LEADER, [20], "the leader nearest to the work"),
        (EMPTY, Role.LEADER, [20], "looked for upwards"),
        (EMPTY, Role.HEAD, [], "a vacant position is an answer, and the superior's head is not told instead"),
        (SCHOOL, Role.CHAIR, [10], "the chair of the office"),
    ],
)
def test_who_is_told(unit: int, role: Role, people: list[int], because: str) -> None:
    assert [h.person_id for h in STAFF.find(unit, role, TODAY)] == people, because


def test_someone_inactive_is_not_written_to() -> None:
    gone = holder(40, SCHOOL, Role.OFFICER)
    gone.person.active = False
    assert Staff({SCHOOL: [gone]}, {SCHOOL: None}).find(SCHOOL, Role.OFFICER, TODAY) == ()


def acting(person_id: int, name: str, *, until: date | None = None, active: bool = True) -> Substitute:
    person = Person(code=f"p{person_id}", name=name, active=active)
    return Substitute(
        person_id, person, Mandate(text="nghỉ phép", valid_from=date(2023, 2, 10), valid_to=until)
    )


@pytest.mark.parametrize(
    ("substitutes", "people", "because"),
    [
        ({32: [acting(50, "Thay Một")]}, [(50, "Người 32")], "the substitute, and for whom"),
        ({32: [acting(50, "Thay Một", until=TODAY)]}, [(50, "Người 32")], "the last day counts"),
        ({32: [acting(50, "Thay Một", until=date(2023, 2, 13))]}, [(32, "")], "the mandate has ended"),
        ({32: [acting(50, "Thay Một", active=False)]}, [(32, "")], "the substitute has left"),
        ({32: [acting(50, "A")], 50: [acting(51, "B")]}, [(51, "Người 32")], "a substitute's substitute"),
        ({32: [acting(50, "A")], 50: [acting(32, "C")]}, [(32, "")], "a circle leaves the holder"),
    ],
)
def test_the_substitute_is_told(
    substitutes: dict[int, list[Substitute]], people: list[tuple[int, str]], because: str
) -> None:
    staff = replace(STAFF, substitutes=substitutes)
    found = staff.find(SCHOOL, Role.OFFICER, TODAY)
    assert [(h.person_id, h.instead_of) for h in found] == people, because


def test_somebody_told_in_person_is_not_told_again_for_an_absent_colleague() -> None:
    two = {SCHOOL: [holder(30, SCHOOL, Role.OFFICER), holder(32, SCHOOL, Role.OFFICER)]}
    staff = Staff(two, {SCHOOL: None}, {30: [acting(32, "Người 32")]})
    [only] = staff.find(SCHOOL, Role.OFFICER, TODAY)
    assert (only.person_id, only.instead_of) == (32, "")


@pytest.mark.parametrize(
    ("named", "role", "people", "because"),
    [
        (31, Role.OFFICER, [31], "whom the work was given to, not the officer"),
        (30, Role.OFFICER, [32], "no longer of the unit: the officer again"),
        (10, Role.OFFICER, [32], "of another unit"),
        (32, Role.HEAD, [31], "the head's letters are the head's"),
    ],
)
def test_the_person_the_work_was_given_to_is_told(
    named: int, role: Role, people: list[int], because: str
) -> None:
    assert [h.person_id for h in STAFF.find(SCHOOL, role, TODAY, named=named)] == people, because


def test_a_letter_says_in_whose_place_it_comes() -> None:
    own = holder(50, SCHOOL, Role.HEAD)
    other = replace(own, instead_of="Trần Thị Mai")
    assert addressed([own]) == "Người 50"
    assert addressed([other, other]) == "Người 50 (thay Trần Thị Mai)"
    assert addressed([other, own]) == "Người 50 (và thay Trần Thị Mai)"
