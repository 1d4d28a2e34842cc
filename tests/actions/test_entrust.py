"""Two receipts, whose letters are whose, and what happens to them when the work changes hands."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.entrust import entrust, take_up
from actions.errors import NotFound, Refused
from actions.follow import accept, receive
from actions.hand_in import hand_in
from actions.substitute import appoint_substitute, end_mandate
from domain.assignment import State
from domain.letter import MailState
from domain.unit import Role
from store import audit
from store.office import load_staff
from store.tables import NoticeRow, OutboxRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import a_person, an_issued_duty, monthly_terms, once


@pytest.fixture
def an(world: World) -> int:
    return a_person(world.db, "an", "Đặng Văn An", world.sample.units["hoa-sen"], Role.OFFICER)


@pytest.fixture
def cuc(world: World) -> int:
    return a_person(world.db, "cuc", "Hoàng Thị Cúc", world.sample.units["hoa-sen"], Role.OFFICER)


def give(world: World, owed: int, person_id: int, day: int = 2, hour: int = 9) -> None:
    when = at(day, hour)
    with world.db.transaction() as session:
        entrust(session, owed, person_id, By("binh", when), staff=load_staff(session), today=when.date())


def letters(world: World) -> list[tuple[str, MailState, str]]:
    with world.db.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [(row.to_name, row.state, row.reason) for row in rows]


def reminded(world: World, day: int, hour: int = 9) -> None:
    world.sweep(at(day, hour))
    world.write(at(day, hour))


def test_the_unit_receives_and_then_the_person_does(world: World, owed: int, an: int) -> None:
    with world.db.transaction() as session:
        receive(session, owed, By("binh", at(2)))
    give(world, owed, an)
    assert (world.row(owed).person_id, world.row(owed).taken_up_at) == (an, None)
    for hour in (10, 11):
        with world.db.transaction() as session:
            take_up(session, owed, an, By("an", at(2, hour)))
    assert world.row(owed).taken_up_at == at(2, hour=10)
    assert actions_on(world, f"assignment:{owed}") == ["receive", "entrust", "take_up"]


def test_giving_work_is_receiving_it_for_the_unit(world: World, owed: int, an: int) -> None:
    give(world, owed, an)
    give(world, owed, an)
    assert world.row(owed).state is State.RECEIVED
    assert actions_on(world, f"assignment:{owed}") == ["receive", "entrust"]


def test_work_is_given_only_to_people_of_the_unit(world: World, owed: int) -> None:
    with pytest.raises(Refused, match="đang giữ một chức vụ ở đơn vị"):
        give(world, owed, world.sample.people["ha"])


def test_only_the_one_it_was_given_to_takes_it_up(world: World, owed: int, an: int, cuc: int) -> None:
    give(world, owed, an)
    with pytest.raises(NotFound), world.db.transaction() as session:
        take_up(session, owed, cuc, By("cuc", at(2)))


def test_closed_work_is_given_to_nobody(world: World, owed: int, an: int) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(2)), key="form-1")
        accept(session, owed, By("mai", at(2)))
    with pytest.raises(Refused, match="“đã hoàn thành”"):
        give(world, owed, an)


def test_the_officers_letters_go_to_the_person_named(world: World, owed: int, an: int, cuc: int) -> None:
    give(world, owed, cuc)
    reminded(world, 9)
    assert sorted(name for name, _, _ in letters(world)) == ["Hoàng Thị Cúc", "Lê Thu Hà"]


def test_a_new_person_gets_the_letter_and_the_old_one_does_not(
    world: World, owed: int, an: int, cuc: int
) -> None:
    give(world, owed, an)
    reminded(world, 9)
    give(world, owed, cuc, 9, hour=10)
    world.write(at(9, hour=11))
    by_name = {name: (state, reason) for name, state, reason in letters(world)}
    assert by_name["Đặng Văn An"] == (MailState.SKIPPED, "việc đã giao cho Hoàng Thị Cúc")
    assert by_name["Hoàng Thị Cúc"][0] is MailState.PENDING
    with world.db.read() as session:
        assert audit.verify(session) is None


def test_a_letter_that_speaks_of_other_work_too_still_goes(
    world: World, owed: int, an: int, cuc: int
) -> None:
    an_issued_duty(
        world.db, monthly_terms(("hoa-sen",), title="Rà soát bếp ăn", schedule=once(date(2023, 2, 14)))
    )
    world.open(at(1, hour=10))
    give(world, owed, an)
    reminded(world, 9)  # An and Cúc are both officers: An is told of both works, Cúc of the other one
    give(world, owed, cuc, 9, hour=10)
    world.write(at(9, hour=11))
    states = [(name, state) for name, state, _ in letters(world) if name != "Lê Thu Hà"]
    assert sorted(states) == [
        ("Hoàng Thị Cúc", MailState.PENDING),
        ("Hoàng Thị Cúc", MailState.PENDING),
        ("Đặng Văn An", MailState.PENDING),
    ]


def test_what_the_mail_server_has_is_not_taken_back(world: World, owed: int, an: int, cuc: int) -> None:
    give(world, owed, an)
    reminded(world, 9)
    with world.db.transaction() as session:
        for row in session.exec(select(OutboxRow)).all():
            row.state = MailState.SENT
    give(world, owed, cuc, 9, hour=10)
    assert world.write(at(9, hour=11)).letters == 0
    with world.db.read() as session:
        assert {row.fate for row in session.exec(select(NoticeRow)).all()} == {"mailed"}


def substitute(world: World, absent: str, acting: int, first: date, last: date | None) -> int:
    with world.db.transaction() as session:
        return appoint_substitute(
            session, world.sample.people[absent], acting, By("mai", at(6)),
            text="Quyết định 31/QĐ-PGDĐT, nghỉ phép", valid_from=first, valid_to=last,
        ).id  # fmt: skip


def test_letters_go_to_the_substitute_while_the_mandate_holds(world: World, owed: int, cuc: int) -> None:
    substitute(world, "ha", cuc, date(2023, 2, 9), date(2023, 2, 9))
    reminded(world, 9)
    assert "Hoàng Thị Cúc (và thay Lê Thu Hà)" in {name for name, _, _ in letters(world)}
    reminded(world, 14)
    assert "Lê Thu Hà" in {name for name, _, _ in letters(world)}


def test_a_mandate_ended_early_gives_the_letters_back(world: World, owed: int, cuc: int) -> None:
    mandate = substitute(world, "ha", cuc, date(2023, 2, 6), None)
    with world.db.transaction() as session:
        end_mandate(session, mandate, By("mai", at(8)), last_day=date(2023, 2, 8))
    reminded(world, 9)
    assert [name for name, _, _ in letters(world)] == ["Hoàng Thị Cúc", "Lê Thu Hà"]


@pytest.mark.parametrize(
    ("absent", "first", "last", "says"),
    [
        ("ha", date(2023, 2, 20), None, "đã có người làm thay từ ngày 09/02/2023"),
        ("ha", date(2023, 2, 1), date(2023, 2, 9), "đã có người làm thay"),
        ("dung", date(2023, 2, 9), date(2023, 2, 8), "phải từ ngày bắt đầu trở đi"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(
    world: World, cuc: int, absent: str, first: date, last: date | None, says: str
) -> None:
    substitute(world, "ha", cuc, date(2023, 2, 9), date(2023, 2, 20))
    with pytest.raises(Refused, match=says):
        substitute(world, absent, cuc, first, last)


def test_nobody_is_their_own_substitute(world: World) -> None:
    with pytest.raises(Refused, match="một người khác"):
        substitute(world, "ha", world.sample.people["ha"], date(2023, 2, 9), None)
