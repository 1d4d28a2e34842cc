"""A product for the superior: done once it is put before them, then the clock is theirs."""

from datetime import date

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import Refused
from actions.hand_in import hand_in
from actions.remind_awaited import awaited_to_remind, remind_awaited
from actions.submit import submit, superior_answered
from domain.assignment import Standing, State, standing
from domain.waiting import say
from store.office import load_staff
from store.questions.life import life
from store.tables import WaitingRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import an_issued_duty, monthly_terms, once, the_assignment


@pytest.fixture
def proposal(world: World) -> int:
    """Tổ Tổng hợp drafts a proposal for the town's committee by Friday 10 March 2023."""
    terms = monthly_terms(
        ("th",), title="Tham mưu tờ trình", schedule=once(date(2023, 3, 10)), for_superior=True
    )
    an_issued_duty(world.db, terms)
    world.open(at(1))
    return the_assignment(world.db, world.sample.units["th"], "once")


def put_before(world: World, work: int, day: int, document: str = "Tờ trình 21/TTr-PGDĐT") -> None:
    with world.db.transaction() as session:
        submit(
            session, work, By("mai", at(day, month=3)), document=document,
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip


def answer(world: World, work: int, day: int, *, approved: bool) -> None:
    with world.db.transaction() as session:
        superior_answered(
            session, work, By("mai", at(day, month=3)), approved=approved, remark="Công văn 90/UBND",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip


def test_it_is_done_when_submitted_and_nobody_is_reminded_of_it(world: World, proposal: int) -> None:
    put_before(world, proposal, 9)
    row = world.row(proposal)
    assert (row.state, row.next_action_at) == (State.SUBMITTED, None)
    assert standing(row, at(30, month=6)) is Standing.DONE
    with world.db.read() as session:
        [waits] = life(session, proposal).waits
    assert say(waits.kind, waits.who) == "đã trình UBND thị xã Bến Sông"


def test_submitted_after_the_deadline_it_is_done_late(world: World, proposal: int) -> None:
    put_before(world, proposal, 13)
    assert standing(world.row(proposal), at(30, month=6)) is Standing.DONE_LATE


def test_what_was_handed_in_in_time_is_not_late_because_the_office_submits_it_later(
    world: World, proposal: int
) -> None:
    with world.db.transaction() as session:
        hand_in(session, proposal, figures={}, by=By("th", at(10, month=3)), key="form")
    put_before(world, proposal, 15)
    assert standing(world.row(proposal), at(30, month=6)) is Standing.DONE


def test_the_clerk_is_reminded_once_that_the_superior_has_not_answered(world: World, proposal: int) -> None:
    put_before(world, proposal, 9)
    for day, letters in ((13, 0), (14, 1), (15, 0)):  # three working days later at eight
        moment = at(day, month=3)
        with world.db.transaction() as session:
            staff = load_staff(session)
            assert letters == sum(
                remind_awaited(
                    session,
                    one,
                    office=world.sample.office,
                    calendar=world.calendar(),
                    staff=staff,
                    by=By("clock", moment),
                )
                for one in awaited_to_remind(session, moment)
            )


def test_sent_back_it_is_owed_again_later_by_the_days_the_superior_had_it_and_by_three_at_least(
    world: World, proposal: int
) -> None:
    """Friday 10 March by five working days is Friday 17: one day would be left."""
    put_before(world, proposal, 9)
    answer(world, proposal, 16, approved=False)  # Thursday to Thursday
    row = world.row(proposal)
    assert (row.state, row.due_on, row.handed_in_at) == (State.RETURNED, date(2023, 3, 21), None)
    assert row.next_action_at == at(14, hour=8, month=3)  # a rung not taken yet is taken at once
    put_before(world, proposal, 21)
    assert standing(world.row(proposal), at(30, month=6)) is Standing.DONE


def test_approved_it_is_closed_and_both_steps_are_on_record(world: World, proposal: int) -> None:
    put_before(world, proposal, 9)
    answer(world, proposal, 16, approved=True)
    assert world.row(proposal).state is State.ACCEPTED
    with world.db.read() as session:
        assert session.exec(select(WaitingRow.ended_at)).one() == at(16, month=3)
    assert actions_on(world, f"assignment:{proposal}") == ["submit", "accept"]


def test_what_is_not_for_the_superior_and_what_has_no_document_is_refused(
    world: World, proposal: int, owed: int
) -> None:
    with pytest.raises(Refused, match="không phải để trình cấp trên"):
        put_before(world, owed, 2)
    with pytest.raises(Refused):
        put_before(world, proposal, 2, document=" ")
    with pytest.raises(Refused, match="chưa được trình"):
        answer(world, proposal, 2, approved=True)
