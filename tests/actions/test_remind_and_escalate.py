"""The sweep: every rung once, nothing after handing in, nothing for what is not due."""

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from actions.changes import By
from actions.hand_in import hand_in
from actions.remind_and_escalate import _members, due_groups
from domain.escalation import Fate
from domain.unit import Role
from store import audit
from store.tables import AssignmentRow, AuditRow, NoticeRow
from tests.actions.conftest import World, at
from tests.support.makers import the_assignment


def rungs(world: World) -> list[tuple[int, Role, Fate]]:
    with world.db.read() as session:
        rows = session.exec(select(NoticeRow).order_by(col(NoticeRow.step), col(NoticeRow.id))).all()
        return sorted({(row.step, row.role, row.fate) for row in rows})


def test_a_rung_is_taken_at_its_moment_and_never_again(world: World) -> None:
    world.open(at(1))
    assert world.sweep(at(9, hour=7)) == 0
    assert world.sweep(at(9, hour=8)) == 2  # two units, one officer's rung each
    assert world.sweep(at(9, hour=8)) == 0
    assert world.sweep(at(9, hour=20)) == 0


def test_sweeping_twice_writes_nothing_the_second_time(world: World) -> None:
    world.open(at(1))
    world.sweep(at(14))
    before = (world.count(NoticeRow), world.count(AuditRow))
    world.sweep(at(14))
    assert (world.count(NoticeRow), world.count(AuditRow)) == before


def test_after_an_outage_earlier_rungs_are_superseded_and_nobody_is_forgotten(world: World) -> None:
    world.open(at(1))
    world.sweep(at(20))
    assert rungs(world) == [
        (0, Role.OFFICER, Fate.SUPERSEDED),
        (1, Role.HEAD, Fate.SUPERSEDED),
        (1, Role.OFFICER, Fate.PENDING),
        (2, Role.HEAD, Fate.PENDING),
        (3, Role.LEADER, Fate.PENDING),
    ]


def test_work_that_is_handed_in_climbs_no_further(world: World) -> None:
    world.open(at(1))
    handed_in = the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
    with world.db.transaction() as session:
        hand_in(session, handed_in, figures={}, by=By("binh", at(10)), key="form-1")
    world.sweep(at(28))
    with world.db.read() as session:
        told = set(session.exec(select(NoticeRow.assignment_id)).all())
        assert handed_in not in told
        assert session.get_one(AssignmentRow, handed_in).next_action_at is None


def test_the_ladder_ends_and_the_work_is_no_longer_read_by_the_sweep(world: World) -> None:
    world.open(at(1))
    world.sweep(at(28))
    with world.db.read() as session:
        open_moments = session.exec(select(AssignmentRow.next_action_at)).all()
    assert set(open_moments) == {None}


def test_every_change_left_its_line_and_the_chain_holds(world: World) -> None:
    world.open(at(1))
    world.sweep(at(9))
    with world.db.read() as session:
        actions = session.exec(select(AuditRow.action).order_by(col(AuditRow.id))).all()
        assert audit.verify(session) is None
    assert actions[-2:] == ["open", "take_rungs"]


def test_a_group_is_found_by_its_occurrence_not_among_all_that_is_due_that_day(world: World) -> None:
    if not world.db.is_sqlite:
        pytest.skip("PostgreSQL weighs its indexes by what the table holds; a few rows tell nothing")
    world.open(at(1))
    with world.db.read() as session:
        (group, *_) = due_groups(session, at(9, hour=8))
        asked = select(AssignmentRow.id).where(_members(group, at(9, hour=8)))
        said = asked.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {said}")).one().detail
    assert plan.endswith("(occurrence_id=?)")
