"""Letters of an unusual run wait for a person; released, they speak of what is still owed."""

from datetime import timedelta

from sqlmodel import col, select

from actions.changes import By
from actions.hand_in import hand_in
from actions.release_held import release_held
from actions.send import claim_letters
from actions.write_letters import Written, write_letters
from domain.escalation import Fate
from domain.letter import MailState
from domain.office import Office
from store.office import load_staff
from store.tables import NoticeRow, OutboxRow
from tests.actions.conftest import World, actions_on, at


def written(world: World, office: Office, silence: timedelta = timedelta(), hour: int = 9) -> Written:
    with world.db.transaction() as session:
        by = By("clock", at(9, hour))
        return write_letters(session, office=office, staff=load_staff(session), by=by, silence=silence)


def states(world: World) -> list[tuple[MailState, str]]:
    with world.db.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [(row.state, row.reason) for row in rows]


def claimed(world: World, hour: int = 10) -> list[str]:
    calendar = world.calendar()
    with world.db.transaction() as session:
        ready = claim_letters(
            session,
            limit=10,
            office=world.sample.office,
            calendar=calendar,
            base_url="",
            by=By("clock", at(9, hour)),
        )
        return [one.to_address.partition("@")[0] for one in ready]


def test_more_letters_than_the_office_expects_are_held_with_the_number(world: World, owed: int) -> None:
    world.sweep(at(9))
    done = written(world, world.sample.office.model_copy(update={"hold_above": 1}))
    assert (done.letters, done.held) == (2, 2)
    assert (
        states(world)[:2]
        == [(MailState.HELD, "một lượt soạn 2 thư, quá 1; cần người xem lại trước khi gửi")] * 2
    )
    assert claimed(world) == ["mai"], "the clerk, who is to release them, hears of it at once"


def test_the_first_letters_after_a_long_silence_are_held(world: World, owed: int) -> None:
    world.sweep(at(9))
    written(world, world.sample.office, silence=timedelta(hours=30))
    assert states(world)[0] == (
        MailState.HELD,
        "đồng hồ đã ngừng 30 giờ; cần người xem lại trước khi gửi",
    )


def test_a_day_and_an_hour_of_silence_is_no_reason(world: World, owed: int) -> None:
    world.sweep(at(9))
    assert written(world, world.sample.office, silence=timedelta(hours=25)).held == 0


def test_released_letters_go_except_where_the_work_was_handed_in(world: World, owed: int) -> None:
    world.sweep(at(9))
    written(world, world.sample.office, silence=timedelta(hours=30))
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(9)), key="form-1")
        assert release_held(session, By("mai", at(9, 10))) == 2
    assert claimed(world) == ["ha", "mai"]
    assert actions_on(world, "outbox") == ["release_held"]
    with world.db.transaction() as session:
        assert release_held(session, By("mai", at(9, 11))) == 0


def test_a_person_above_the_daily_share_is_written_to_another_day(world: World, owed: int) -> None:
    office = world.sample.office.model_copy(update={"daily_letters": 1})
    world.sweep(at(9))
    assert written(world, office).letters == 2
    world.sweep(at(14))
    with world.db.transaction() as session:
        late = write_letters(session, office=office, staff=load_staff(session), by=By("clock", at(9, 14)))
    assert (late.letters, late.waiting, late.skipped) == (0, 3, 1)
    with world.db.read() as session:
        pending = session.exec(select(NoticeRow).where(col(NoticeRow.fate) == Fate.PENDING)).all()
        assert len(pending) == 3
