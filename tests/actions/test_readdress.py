"""A letter that waited past its day goes to whoever holds the place on the day it leaves."""

from datetime import date

from sqlmodel import col, select

from actions.change_unit import appoint, end_position
from actions.changes import By
from actions.readdress import REASON
from actions.send import Answer, claim_letters, record_deliveries
from actions.substitute import appoint_substitute
from domain.letter import MailState
from domain.unit import Role
from store.tables import OutboxRow, PersonRow, PositionRow
from tests.actions.conftest import World, at

MAI = By("mai", at(10))


def claimed(world: World, day: int, outcome: str = "") -> list[str]:
    """Whom the letters claimed that day go to; with `outcome` "again" they are put off to Tuesday the 14th."""
    calendar = world.calendar()
    with world.db.transaction() as session:
        by = By("clock", at(day))
        ready = claim_letters(
            session, limit=50, office=world.sample.office, calendar=calendar, base_url="", by=by
        )
        if outcome:
            said = [Answer(one.outbox_id, outcome, "451", at(14), one.lease_until) for one in ready]
            record_deliveries(session, said, by)
        return [one.to_name for one in ready]


def put_off(world: World) -> None:
    """Bình of Hoa Sen and Hà of Song Xanh are reminded on Thursday, and the mail server is away."""
    world.open(at(1))
    world.sweep(at(9))
    world.write(at(9))
    assert claimed(world, 9, "again") == ["Nguyễn Văn Bình", "Lê Thu Hà"]


def binh_leaves(world: World, last_day: date) -> None:
    with world.db.transaction() as session:
        held = session.exec(
            select(PositionRow.id).where(PositionRow.person_id == world.sample.people["binh"])
        )
        for position_id in list(held):
            end_position(session, position_id, MAI, last_day=last_day)


def test_whoever_left_meanwhile_gets_nothing_and_the_successor_is_told(world: World) -> None:
    put_off(world)
    binh_leaves(world, date(2023, 2, 10))
    with world.db.transaction() as session:
        appoint(
            session, world.sample.units["hoa-sen"], MAI, code="cuc", name="Đỗ Thị Cúc",
            email="cuc@bensong.example.vn", role=Role.HEAD, since=date(2023, 2, 11),
        )  # fmt: skip
    assert claimed(world, 14) == ["Lê Thu Hà"]
    with world.db.read() as session:
        first = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).first()
    assert first is not None
    assert (first.state, first.reason) == (MailState.SKIPPED, REASON)
    world.write(at(14))
    assert claimed(world, 14) == ["Đỗ Thị Cúc"]


def test_on_the_last_day_the_letter_still_goes(world: World) -> None:
    put_off(world)
    binh_leaves(world, date(2023, 2, 14))
    assert claimed(world, 14) == ["Nguyễn Văn Bình", "Lê Thu Hà"]


def test_whoever_is_locked_out_the_same_day_gets_nothing(world: World) -> None:
    world.open(at(1))
    world.sweep(at(9))
    world.write(at(9))
    with world.db.transaction() as session:
        session.get_one(PersonRow, world.sample.people["binh"]).active = False
    assert claimed(world, 9) == ["Lê Thu Hà"]


def test_a_substitute_appointed_meanwhile_is_told_in_the_absent_persons_place(world: World) -> None:
    put_off(world)
    people = world.sample.people
    with world.db.transaction() as session:
        appoint_substitute(
            session, people["binh"], people["ha"], MAI, text="nghỉ phép", valid_from=date(2023, 2, 13)
        )
    assert claimed(world, 14) == ["Lê Thu Hà"]
    world.write(at(14))
    assert claimed(world, 14) == ["Lê Thu Hà (thay Nguyễn Văn Bình)"]
