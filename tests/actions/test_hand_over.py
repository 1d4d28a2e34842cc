"""A unit ends: open work goes to the successor with a receipt, closed work keeps its old name."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.change_calendar import change_calendar
from actions.changes import By
from actions.errors import Refused
from actions.follow import accept, receive, waive
from actions.hand_in import hand_in
from actions.hand_over import Moved, Succession, hand_over_unit
from actions.reassign import reassign
from actions.wait import wait_for
from domain.assignment import Part, State
from domain.letter import MailState
from domain.unit import Role
from domain.waiting import Awaited
from domain.workdays import CalendarDay
from store import audit
from store.questions.life import life
from store.tables import (
    AssignmentRow,
    AuditRow,
    DutyRow,
    DutyUnitRow,
    HandoverRow,
    OccurrenceRow,
    OutboxRow,
    UnitRow,
    UnitSuccessionRow,
    WaitingRow,
)
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import a_person, an_issued_duty, monthly_terms, once, the_assignment

ENDS = date(2023, 2, 10)


@pytest.fixture
def unit(world: World) -> int:
    return world.sample.units["hoa-sen"]


@pytest.fixture
def heir(world: World) -> int:
    return world.sample.units["anh-duong"]


def hand_over(
    world: World,
    unit: int,
    *heirs: int,
    day: int = 10,
    since: date = ENDS,
    routes: dict[int, int] | None = None,
) -> Moved:
    with world.db.transaction() as session:
        return hand_over_unit(
            session,
            Succession(unit, heirs, since, routes or {}),
            By("mai", at(day)),
            office=world.sample.office,
        )


def owed_by(world: World, unit: int) -> list[tuple[str, State]]:
    with world.db.read() as session:
        rows = session.exec(
            select(OccurrenceRow.period, AssignmentRow.state)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(col(AssignmentRow.unit_id) == unit)
            .order_by(col(OccurrenceRow.period))
        )
        return list(rows.all())


def test_open_work_moves_and_waits_to_be_received(world: World, owed: int, unit: int, heir: int) -> None:
    with world.db.transaction() as session:
        receive(session, owed, By("binh", at(2)))
    assert hand_over(world, unit, heir) == Moved(handed_over=1, merged=0, duties=1)
    assert owed_by(world, unit) == []
    assert owed_by(world, heir) == [("2023-02", State.ASSIGNED)]
    assert world.row(owed).due_on == date(2023, 2, 14)
    assert world.row(owed).next_action_at == at(9, hour=8)


def test_the_receipt_names_the_old_unit_and_is_confirmed_by_the_new(
    world: World, owed: int, unit: int, heir: int
) -> None:
    hand_over(world, unit, heir)
    with world.db.read() as session:
        [came] = life(session, owed).came_from
    assert (came.unit, came.handover.since, came.handover.by) == ("Trường Tiểu học Hoa Sen", ENDS, "mai")
    assert came.handover.received_at is None
    with world.db.transaction() as session:
        receive(session, owed, By("duong", at(13)))
    with world.db.read() as session:
        receipt = session.exec(select(HandoverRow)).one()
    assert receipt.received_at == at(13)
    assert actions_on(world, f"handover:{receipt.id}") == ["confirm_handover"]


def test_closed_work_stays_under_the_old_name(world: World, owed: int, unit: int, heir: int) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(2)), key="form-1")
        accept(session, owed, By("mai", at(3)))
    assert hand_over(world, unit, heir).handed_over == 0
    assert owed_by(world, unit) == [("2023-02", State.ACCEPTED)]


def test_work_that_is_handed_in_keeps_its_state_and_is_confirmed_too(
    world: World, owed: int, unit: int, heir: int
) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(2)), key="form-1")
    hand_over(world, unit, heir)
    with world.db.transaction() as session:
        receive(session, owed, By("duong", at(13)))
    assert owed_by(world, heir) == [("2023-02", State.HANDED_IN)]
    with world.db.read() as session:
        assert session.exec(select(HandoverRow.received_at)).one() == at(13)


def test_a_successor_that_owes_the_same_work_gives_one_report(world: World, owed: int, unit: int) -> None:
    other = world.sample.units["song-xanh"]
    assert hand_over(world, unit, other) == Moved(handed_over=0, merged=1, duties=0)
    assert owed_by(world, unit) == [("2023-02", State.WITHDRAWN)]
    assert owed_by(world, other) == [("2023-02", State.ASSIGNED)]
    with world.db.read() as session:
        assert session.exec(select(HandoverRow.merged)).one() is True


def leads(world: World, leader: int, helper: int) -> None:
    """From now on one unit leads the report and the other gives a part to it."""
    parts = {leader: Part.LEAD, helper: Part.COORDINATOR}
    with world.db.transaction() as session:
        for table in (AssignmentRow, DutyUnitRow):
            for row in session.exec(select(table).where(col(table.unit_id).in_(parts))):  # type: ignore[attr-defined]
                row.part = parts[row.unit_id]


@pytest.mark.parametrize("state", [State.ASSIGNED, State.ACCEPTED, State.WAIVED])
def test_a_successor_that_only_gave_a_part_has_the_lead_from_then_on(
    world: World, owed: int, unit: int, state: State
) -> None:
    other = world.sample.units["song-xanh"]
    leads(world, unit, other)
    theirs = the_assignment(world.db, other, "2023-02")
    with world.db.transaction() as session:
        if state is State.WAIVED:
            waive(session, theirs, By("mai", at(3)), reason="trường đang sửa chữa")
        if state is State.ACCEPTED:
            hand_in(session, theirs, figures={}, by=By("ha", at(3)), key="form-1")
            accept(session, theirs, By("mai", at(4)))
    assert hand_over(world, unit, other) == Moved(handed_over=1, merged=0, duties=1)
    lead = world.row(owed)
    assert (lead.unit_id, lead.part, lead.state) == (other, Part.LEAD, State.ASSIGNED)
    assert world.row(theirs).state is (State.WITHDRAWN if state is State.ASSIGNED else state)
    world.open(at(1, month=3))
    with world.db.read() as session:
        later = session.exec(
            select(AssignmentRow.unit_id, AssignmentRow.part)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(OccurrenceRow.period == "2023-03")
        ).all()
    assert list(later) == [(other, Part.LEAD)]


def test_a_successor_that_leads_does_the_part_too(world: World, owed: int, unit: int) -> None:
    other = world.sample.units["song-xanh"]
    leads(world, other, unit)
    assert hand_over(world, unit, other) == Moved(handed_over=0, merged=1, duties=0)
    assert owed_by(world, other) == [("2023-02", State.ASSIGNED)]


def test_a_successor_excused_from_the_same_work_is_not_given_it_silently(
    world: World, owed: int, unit: int
) -> None:
    other = world.sample.units["song-xanh"]
    with world.db.transaction() as session:
        waive(session, the_assignment(world.db, other, "2023-02"), By("mai", at(3)), reason="đang sửa chữa")
    with pytest.raises(Refused, match=r"Sông Xanh không nhận thay được việc “Báo cáo.*” \(được miễn\)"):
        hand_over(world, unit, other)
    assert owed_by(world, unit) == [("2023-02", State.ASSIGNED)]


def test_a_unit_that_gave_its_part_away_is_asked_again_as_a_successor(
    world: World, owed: int, unit: int, heir: int
) -> None:
    with world.db.transaction() as session:
        reassign(
            session,
            owed,
            "anh-duong",
            By("mai", at(6)),
            reason="nhầm",
            office=world.sample.office,
            later=True,
        )
    hand_over(world, heir, unit)
    world.open(at(1, month=3))
    assert [period for period, _ in owed_by(world, unit)] == ["2023-02", "2023-03"]


def test_whoever_waited_for_the_unit_waits_for_its_successor(
    world: World, owed: int, unit: int, heir: int
) -> None:
    other = the_assignment(world.db, world.sample.units["song-xanh"], "2023-02")
    with world.db.transaction() as session:
        wait_for(
            session, other, By("ha", at(6)), kind=Awaited.UNIT, unit_id=unit, reason="chờ số liệu",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
    assert hand_over(world, unit, heir).awaited == 1
    with world.db.read() as session:
        wait = session.exec(select(WaitingRow)).one()
    assert (wait.unit_id, wait.who) == (heir, "Trường Mầm non Ánh Dương")


def test_a_holiday_of_a_unit_with_two_parts_moves_both(world: World, owed: int, unit: int) -> None:
    other = world.sample.units["song-xanh"]
    leads(world, unit, other)
    theirs = the_assignment(world.db, other, "2023-02")
    with world.db.transaction() as session:
        hand_in(session, theirs, figures={}, by=By("ha", at(3)), key="form-1")
    hand_over(world, unit, other)
    days = [CalendarDay(date(2023, 2, 14), "off", "nghỉ bão", "Công điện 1")]
    with world.db.transaction() as session:
        moved = change_calendar(
            session, days, By("mai", at(10), "Công điện 1"), office=world.sample.office, unit_id=other
        )
    assert {one.new for one in moved} == {world.row(owed).due_on} == {world.row(theirs).due_on}


def test_later_periods_are_asked_of_the_successor_alone(
    world: World, owed: int, unit: int, heir: int
) -> None:
    hand_over(world, unit, heir)
    world.open(at(1, month=3))
    assert [period for period, _ in owed_by(world, unit)] == []
    assert [period for period, _ in owed_by(world, heir)] == ["2023-02", "2023-03"]


def test_a_period_opened_late_is_asked_of_the_successor(world: World, unit: int, heir: int) -> None:
    hand_over(world, unit, heir)
    world.open(at(12))
    assert owed_by(world, unit) == []
    assert owed_by(world, heir) == [("2023-02", State.ASSIGNED)]
    assert hand_over(world, unit, heir, day=13).handed_over == 0


def test_doing_it_again_writes_nothing_not_even_an_audit_line(
    world: World, owed: int, unit: int, heir: int
) -> None:
    hand_over(world, unit, heir)
    before = world.count(AuditRow)
    assert hand_over(world, unit, heir, day=11) == Moved()
    assert (world.count(AuditRow), world.count(UnitSuccessionRow)) == (before, 1)
    with world.db.read() as session:
        assert session.get_one(UnitRow, unit).valid_to == date(2023, 2, 9)
        assert audit.verify(session) is None


def test_the_successor_is_written_to_and_the_old_unit_is_not(
    world: World, owed: int, unit: int, heir: int
) -> None:
    a_person(world.db, "duong", "Ngô Thái Dương", heir, Role.OFFICER)
    world.sweep(at(9))
    world.write(at(9))
    hand_over(world, unit, heir)
    world.write(at(10, hour=10))
    with world.db.read() as session:
        said = {row.to_name: row.state for row in session.exec(select(OutboxRow)).all()}
    assert said["Nguyễn Văn Bình"] is MailState.SKIPPED
    assert said["Ngô Thái Dương"] is MailState.PENDING


def test_several_successors_need_a_choice_for_each_duty(
    world: World, owed: int, unit: int, heir: int
) -> None:
    other = world.sample.units["th"]
    kitchen = an_issued_duty(
        world.db, monthly_terms(("hoa-sen",), title="Rà soát bếp ăn", schedule=once(date(2023, 3, 31)))
    )
    with world.db.read() as session:
        report = session.exec(select(DutyRow.id).where(col(DutyRow.id) != kitchen)).one()
    with pytest.raises(Refused, match="chọn đơn vị nhận cho từng việc: Rà soát bếp ăn"):
        hand_over(world, unit, heir, other, routes={report: heir})
    assert world.count(HandoverRow) == 0
    world.open(at(10))
    hand_over(world, unit, heir, other, routes={report: heir, kitchen: other})
    assert [period for period, _ in owed_by(world, heir)] == ["2023-02"]
    assert [period for period, _ in owed_by(world, other)] == ["once"]


def test_a_succession_that_cannot_be_is_refused_in_words(
    world: World, owed: int, unit: int, heir: int
) -> None:
    with world.db.transaction() as session:
        session.get_one(UnitRow, world.sample.units["th"]).valid_to = date(2023, 2, 1)
    for heirs, since, says in (
        ((), ENDS, "Hãy chọn đơn vị kế thừa"),
        ((unit,), ENDS, "khác chính đơn vị này"),
        ((world.sample.units["th"],), ENDS, "Tổ Tổng hợp không hoạt động vào ngày 10/02/2023"),
        ((heir,), date(2023, 2, 11), "11/02/2023 chưa đến"),
    ):
        with pytest.raises(Refused, match=says):
            hand_over(world, unit, *heirs, since=since)
    assert owed_by(world, unit) == [("2023-02", State.ASSIGNED)]
