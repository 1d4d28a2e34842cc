"""Letters follow the position on the day, upwards for leaders, and an empty chair is an answer."""

from datetime import date

import pytest

from domain.recipients import Holder, Staff
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
