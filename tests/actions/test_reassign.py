"""A piece of work goes to another unit without a succession."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.demand_explanation import demand_explanation
from actions.errors import Refused
from actions.follow import waive
from actions.hand_in import hand_in
from actions.reassign import reassign
from domain.assignment import Part, State
from domain.letter import MailState
from store.office import load_calendar, load_staff
from store.tables import AssignmentRow, AuditRow, HandoverRow, OccurrenceRow, OutboxRow
from tests.actions.conftest import World, at


def reassigned(
    world: World, work: int, to: str, day: int = 10, *, reason: str = "nhầm đơn vị", later: bool = False
) -> bool:
    with world.db.transaction() as session:
        when = at(day)
        return reassign(
            session, work, to, By("mai", when), reason=reason, office=world.sample.office, later=later
        )


def owed_by(world: World, code: str) -> list[tuple[str, State]]:
    with world.db.read() as session:
        rows = session.exec(
            select(OccurrenceRow.period, AssignmentRow.state)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(col(AssignmentRow.unit_id) == world.sample.units[code])
            .order_by(col(OccurrenceRow.period), col(AssignmentRow.state).desc())
        )
        return list(rows.all())


def test_the_work_moves_with_a_receipt_and_what_was_to_be_told_is_withdrawn(world: World, owed: int) -> None:
    world.sweep(at(9))
    world.write(at(9))
    assert not reassigned(world, owed, "anh-duong")
    assert owed_by(world, "hoa-sen") == []
    assert owed_by(world, "anh-duong") == [("2023-02", State.ASSIGNED)]
    assert world.row(owed).due_on == date(2023, 2, 14)
    with world.db.read() as session:
        states = set(
            session.exec(select(OutboxRow.state).where(OutboxRow.person_id == world.sample.people["binh"]))
        )
        receipt = session.exec(select(HandoverRow)).one()
    assert states == {MailState.SKIPPED}
    assert (receipt.from_unit_id, receipt.received_at) == (world.sample.units["hoa-sen"], None)


def test_a_demand_for_an_explanation_not_yet_sent_leaves_the_old_unit_alone(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        demand_explanation(
            session, owed, By("dung", at(9)), question="Vì sao chậm?", office=world.sample.office,
            calendar=load_calendar(session, "VN"), staff=load_staff(session),
        )  # fmt: skip
    reassigned(world, owed, "anh-duong")
    with world.db.read() as session:
        [letter] = session.exec(select(OutboxRow)).all()
    assert (letter.state, letter.reason) == (MailState.SKIPPED, "việc đã chuyển cho đơn vị khác")


@pytest.mark.parametrize(
    ("later", "old", "new"), [(False, ["2023-03"], ["2023-02"]), (True, [], ["2023-02", "2023-03"])]
)
def test_later_periods_follow_only_where_it_is_said(
    world: World, owed: int, later: bool, old: list[str], new: list[str]
) -> None:
    reassigned(world, owed, "anh-duong", later=later)
    world.open(at(1, month=3))
    assert [period for period, _ in owed_by(world, "hoa-sen")] == old
    assert [period for period, _ in owed_by(world, "anh-duong")] == new


def test_work_that_comes_back_leaves_one_unit_to_ask(world: World, owed: int) -> None:
    reassigned(world, owed, "anh-duong", later=True)
    reassigned(world, owed, "hoa-sen", day=13, later=True)
    world.open(at(1, month=3))
    assert [period for period, _ in owed_by(world, "hoa-sen")] == ["2023-02", "2023-03"]
    assert owed_by(world, "anh-duong") == []


def test_a_unit_that_owes_the_same_already_gives_one_report(world: World, owed: int) -> None:
    assert reassigned(world, owed, "song-xanh")
    assert owed_by(world, "hoa-sen") == [("2023-02", State.WITHDRAWN)]
    with world.db.read() as session:
        lines = session.exec(select(AuditRow).where(AuditRow.action == "withdraw")).all()
    assert [line.data["reason"] for line in lines] == ["đơn vị khác đã được giao cùng việc này: nhầm đơn vị"]


def test_work_does_not_end_at_a_unit_that_was_excused_from_it(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        theirs = session.exec(
            select(AssignmentRow.id).where(AssignmentRow.unit_id == world.sample.units["song-xanh"])
        ).one()
        waive(session, theirs, By("mai", at(4)), reason="trường đang sửa chữa")
    with pytest.raises(Refused, match=r"Sông Xanh không nhận thay được .* \(được miễn\)"):
        reassigned(world, owed, "song-xanh")


def test_a_unit_that_gave_a_part_takes_the_whole_and_its_part_ends(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        theirs = session.exec(
            select(AssignmentRow).where(AssignmentRow.unit_id == world.sample.units["song-xanh"])
        ).one()
        theirs.part = Part.COORDINATOR
    assert not reassigned(world, owed, "song-xanh")
    assert owed_by(world, "song-xanh") == [("2023-02", State.WITHDRAWN), ("2023-02", State.ASSIGNED)]
    assert world.row(owed).unit_id == world.sample.units["song-xanh"]


def test_a_unit_that_never_had_the_later_periods_passes_none_on(world: World, owed: int) -> None:
    reassigned(world, owed, "anh-duong")
    reassigned(world, owed, "th", later=True)
    world.open(at(1, month=3))
    assert [period for period, _ in owed_by(world, "hoa-sen")] == ["2023-03"]
    assert [period for period, _ in owed_by(world, "th")] == ["2023-02"]


@pytest.mark.parametrize(
    ("to", "reason", "why"),
    [
        ("anh-duong", " ", "Hãy ghi lý do"),
        ("khong-co", "x", "Không có đơn vị"),
        ("hoa-sen", "x", "đang là của Trường Tiểu học Hoa Sen"),
    ],
)
def test_a_move_that_cannot_be_is_refused(world: World, owed: int, to: str, reason: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        reassigned(world, owed, to, reason=reason)


def test_work_that_was_handed_in_stays_where_it_is(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(2)), key="form-1")
    with pytest.raises(Refused, match="không chuyển cho đơn vị khác được"):
        reassigned(world, owed, "anh-duong")


def test_the_same_move_twice_in_a_day_is_refused_in_words(world: World, owed: int) -> None:
    reassigned(world, owed, "anh-duong")
    reassigned(world, owed, "hoa-sen")
    with pytest.raises(Refused, match="trong hôm nay"):
        reassigned(world, owed, "anh-duong")
