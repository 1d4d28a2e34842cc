"""Whoever is locked out is out at once, and their unsent letters wait for whoever holds their place."""

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.demand_explanation import demand_explanation
from actions.errors import Refused
from actions.hold_letter import hold_letter
from actions.lock_person import lock_person, unlock_person
from actions.resend import resend
from actions.send import claim_letters
from actions.sign_in import sign_in
from domain.escalation import Fate
from domain.letter import MailState
from domain.unit import Role
from store.access_tables import SessionRow
from store.office import load_calendar, load_staff
from store.tables import NoticeRow, OutboxRow, PersonRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import a_person


def letters(world: World) -> list[tuple[str, MailState]]:
    with world.db.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [(row.to_name, row.state) for row in rows]


def lock(world: World, person_id: int, reason: str = "nghỉ hưu") -> None:
    with world.db.transaction() as session:
        lock_person(session, person_id, By("mai", at(9, 10)), reason=reason)


def test_a_locked_person_has_no_session_and_their_letter_goes_to_their_successor(
    world: World, owed: int
) -> None:
    binh = world.sample.people["binh"]
    with world.db.transaction() as session:
        sign_in(session, binh, "token", By("binh", at(9)))
    world.sweep(at(9))
    world.write(at(9))
    assert ("Nguyễn Văn Bình", MailState.PENDING) in letters(world)
    for _ in range(2):
        lock(world, binh)
    with world.db.read() as session:
        assert session.exec(select(SessionRow)).all() == []
        assert Fate.PENDING in session.exec(select(NoticeRow.fate)).all()
    assert ("Nguyễn Văn Bình", MailState.SKIPPED) in letters(world)
    assert actions_on(world, "person:binh") == ["lock_person"]
    a_person(world.db, "an", "Đặng Văn An", world.sample.units["hoa-sen"], Role.HEAD)
    world.write(at(9, 11))
    assert ("Đặng Văn An", MailState.PENDING) in letters(world)


def unlock(world: World, person_id: int, hour: int = 11) -> None:
    with world.db.transaction() as session:
        when = at(9, hour)
        unlock_person(session, person_id, By("mai", when), today=when.date())


def claimed(world: World, hour: int) -> list[str]:
    calendar = world.calendar()
    with world.db.transaction() as session:
        by = By("clock", at(9, hour))
        ready = claim_letters(
            session, limit=50, office=world.sample.office, calendar=calendar, base_url="", by=by
        )
        return [one.to_name for one in ready]


@pytest.mark.parametrize("meanwhile", [True, False], ids=["ticked", "unnoticed"])
def test_what_was_written_before_a_lock_of_an_hour_is_told_after_it(
    world: World, owed: int, meanwhile: bool
) -> None:
    binh = world.sample.people["binh"]
    world.sweep(at(9))
    world.write(at(9))
    for _ in range(2):
        lock(world, binh)
        if meanwhile:
            world.write(at(9, 10))
        unlock(world, binh)
    world.write(at(9, 12))
    assert claimed(world, 12).count("Nguyễn Văn Bình") == 1
    assert world.write(at(9, 13)).letters == 0


@pytest.mark.parametrize("heir", [True, False], ids=["a successor", "nobody"])
def test_a_letter_that_answers_somebody_goes_to_their_successor_or_is_kept(
    world: World, owed: int, heir: bool
) -> None:
    binh, unit = world.sample.people["binh"], world.sample.units["hoa-sen"]
    with world.db.transaction() as session:
        demand_explanation(
            session, owed, By("dung", at(9)), question="Vì sao chậm?", office=world.sample.office,
            calendar=load_calendar(session, "VN"), staff=load_staff(session),
        )  # fmt: skip
    lock(world, binh)
    if heir:
        a_person(world.db, "an", "Đặng Văn An", unit, Role.HEAD)
    assert claimed(world, 10) == (["Đặng Văn An"] if heir else [])
    assert letters(world)[0] == ("Nguyễn Văn Bình", MailState.SKIPPED if heir else MailState.HELD)
    unlock(world, binh)
    if not heir:
        assert claimed(world, 12) == ["Nguyễn Văn Bình"]


def test_a_person_let_in_again_is_written_to_again(world: World, owed: int) -> None:
    binh = world.sample.people["binh"]
    lock(world, binh)
    unlock(world, binh)
    with world.db.read() as session:
        assert session.get_one(PersonRow, binh).active
    world.sweep(at(9, 12))
    world.write(at(9, 12))
    assert ("Nguyễn Văn Bình", MailState.PENDING) in letters(world)


@pytest.mark.parametrize(
    ("who", "reason", "why"), [("mai", "x", "không tự khóa"), ("binh", "", "Hãy ghi lý do")]
)
def test_nobody_locks_themselves_out_nor_without_a_reason(
    world: World, who: str, reason: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        lock(world, world.sample.people[who], reason)


def test_one_letter_is_held_and_let_go(world: World, owed: int) -> None:
    world.sweep(at(9))
    world.write(at(9))
    with world.db.transaction() as session:
        letter = session.exec(select(OutboxRow.id)).first()
        assert letter is not None
        with pytest.raises(Refused, match="Hãy ghi lý do"):
            hold_letter(session, letter, By("mai", at(9)), reason="")
        hold_letter(session, letter, By("mai", at(9)), reason="chờ hỏi lại")
        assert session.get_one(OutboxRow, letter).state is MailState.HELD
        with pytest.raises(Refused, match="đang chờ gửi"):
            hold_letter(session, letter, By("mai", at(9)), reason="x")
        resend(session, letter, By("mai", at(9)))
        assert session.get_one(OutboxRow, letter).state is MailState.PENDING
