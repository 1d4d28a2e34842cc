"""What the clerk changes in force, on both databases: a duty, a unit, a position, the tree from a workbook."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.change_duty import end_duty, extend_period, withdraw_duty
from actions.change_unit import appoint, change_unit, end_position, shown
from actions.changes import By
from actions.errors import Refused, Stale
from actions.import_tree import import_tree, plan_tree
from domain.assignment import State
from domain.unit import Person, Position, Role, Unit
from intake.office_folder import PersonLine, UnitLine
from store.tables import AssignmentRow, OccurrenceRow, PersonRow, UnitRow
from tests.actions.conftest import HANOI, World, actions_on, at

BY = By("mai", at(2))


def duty_of(world: World, owed: int) -> tuple[int, int]:
    """(duty, occurrence) of the work."""
    with world.db.read() as session:
        occurrence = session.get_one(OccurrenceRow, session.get_one(AssignmentRow, owed).occurrence_id)
        return occurrence.duty_id, occurrence.id


def periods(world: World) -> list[str]:
    with world.db.read() as session:
        return list(session.exec(select(OccurrenceRow.period).order_by(col(OccurrenceRow.id))))


def test_a_duty_ends_and_opens_no_later_period(world: World, owed: int) -> None:
    duty, _ = duty_of(world, owed)
    with world.db.transaction() as session:
        end_duty(session, duty, BY, last=date(2023, 3, 31), reason="hết chương trình")
    world.open(at(1, month=6))
    assert periods(world) == ["2023-02", "2023-03"]
    with pytest.raises(Refused), world.db.transaction() as session:
        end_duty(session, duty, BY, last=date(2023, 6, 30), reason="lùi lại")


def test_a_period_is_extended_for_whoever_has_not_finished(world: World, owed: int) -> None:
    _, occurrence = duty_of(world, owed)
    with world.db.transaction() as session:
        extend_period(
            session,
            occurrence,
            BY,
            due_on=date(2023, 2, 20),
            reason="bão",
            calendar=world.calendar(),
            zone=HANOI,
        )
    assert world.row(owed).due_on == date(2023, 2, 20)


def test_a_duty_taken_back_withdraws_what_is_open(world: World, owed: int) -> None:
    duty, _ = duty_of(world, owed)
    with world.db.transaction() as session:
        assert withdraw_duty(session, duty, BY, last=date(2023, 2, 2), reason="nhầm") >= 1
    assert world.row(owed).state is State.WITHDRAWN
    world.open(at(1, month=4))
    assert periods(world) == ["2023-02"]


def test_a_unit_is_changed_by_whoever_saw_it_last(world: World) -> None:
    unit_id = world.sample.units["hoa-sen"]
    with world.db.read() as session:
        seen = shown(session.get_one(UnitRow, unit_id))
    renamed = Unit(code="hoa-sen", name="Trường Tiểu học Sen Hồng", kind="trường")
    with world.db.transaction() as session:
        change_unit(session, unit_id, renamed, BY, parent="", seen=seen)
    with pytest.raises(Stale), world.db.transaction() as session:
        change_unit(session, unit_id, renamed, BY, parent="", seen=seen)
    with pytest.raises(Refused, match="cấp trên của chính mình"), world.db.transaction() as session:
        change_unit(session, unit_id, renamed, BY, parent="hoa-sen", seen=shown(renamed))
    assert actions_on(world, "unit:hoa-sen") == ["change_unit"]


def test_a_position_is_given_once_and_ends_by_day(world: World) -> None:
    unit_id = world.sample.units["hoa-sen"]
    new = {
        "code": "an",
        "name": "Đặng Văn An",
        "email": "an@x.vn",
        "role": Role.OFFICER,
        "since": date(2023, 2, 1),
    }
    with world.db.transaction() as session:
        held = appoint(session, unit_id, BY, **new).id  # type: ignore[arg-type]
    with pytest.raises(Refused, match="đang giữ chức vụ này"), world.db.transaction() as session:
        appoint(session, unit_id, BY, **new)  # type: ignore[arg-type]
    with world.db.transaction() as session:
        end_position(session, held, BY, last_day=date(2023, 2, 10))
    with pytest.raises(Refused, match="đã kết thúc"), world.db.transaction() as session:
        end_position(session, held, BY, last_day=date(2023, 3, 1))


def test_a_workbook_is_taken_as_a_whole_and_only_as_it_was_seen(world: World) -> None:
    units = [UnitLine(Unit(code="binh-minh", name="Trường THPT Bình Minh"), "pgd")]
    head = PersonLine(Person(code="lan", name="Vũ Lan"), "binh-minh", Position(role=Role.HEAD))
    with world.db.read() as session:
        seen = plan_tree(session, units, [head]).seen
    with pytest.raises(Stale), world.db.transaction() as session:
        import_tree(session, units, [head], BY, seen="khác")
    with world.db.transaction() as session:
        import_tree(session, units, [head], BY, seen=seen)
    with world.db.read() as session:
        assert session.exec(select(UnitRow.name).where(UnitRow.code == "binh-minh")).all() == [
            "Trường THPT Bình Minh"
        ]
        assert session.exec(select(PersonRow.name).where(PersonRow.code == "lan")).all() == ["Vũ Lan"]
        assert plan_tree(session, units, [head]).changes == ()
