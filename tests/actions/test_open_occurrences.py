"""Opening occurrences: once for each period and unit, whoever runs it and however late."""

from datetime import date

from sqlmodel import col, select

from actions.changes import By
from actions.open_occurrences import open_occurrences
from domain.duty import Kind
from domain.recurrence import Schedule
from domain.scenario import Situation
from store.tables import AssignmentRow, AuditRow, DutyRow, DutyUnitRow, OccurrenceRow, UnitRow
from tests.actions.conftest import HANOI, World, at
from tests.support.makers import an_issued_duty, monthly_terms, once


def test_a_month_is_opened_for_each_unit_with_its_first_rung_waiting(world: World) -> None:
    world.open(at(1))
    with world.db.read() as session:
        rows = session.exec(select(AssignmentRow)).all()
    assert [(row.due_on, row.next_action_at) for row in rows] == [(date(2023, 2, 14), at(9, hour=8))] * 2


def test_opening_again_writes_nothing_not_even_an_audit_line(world: World) -> None:
    world.open(at(1))
    before = world.count(AuditRow)
    world.open(at(1))
    world.open(at(2))
    assert (world.count(OccurrenceRow), world.count(AssignmentRow)) == (1, 2)
    assert world.count(AuditRow) == before


def test_after_a_long_silence_every_missed_month_is_opened(world: World) -> None:
    world.open(at(20, month=6))
    with world.db.read() as session:
        periods = session.exec(select(OccurrenceRow.period).order_by(col(OccurrenceRow.period))).all()
    assert periods == ["2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]


def test_a_unit_that_has_ended_gets_nothing_new_however_late_a_period_is_opened(world: World) -> None:
    song_xanh = world.sample.units["song-xanh"]
    world.open(at(1))
    with world.db.transaction() as session:
        session.get_one(UnitRow, song_xanh).valid_to = date(2023, 3, 31)
    world.open(at(20, month=4))
    with world.db.read() as session:
        owed = session.exec(
            select(OccurrenceRow.period, AssignmentRow.unit_id)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .order_by(col(OccurrenceRow.period))
        ).all()
    assert [period for period, unit in owed if unit == song_xanh] == ["2023-02"]
    assert [period for period, unit in owed if unit != song_xanh] == ["2023-02", "2023-03", "2023-04"]


def test_a_unit_asked_only_later_is_not_given_what_began_before(world: World) -> None:
    song_xanh = world.sample.units["song-xanh"]
    with world.db.transaction() as session:
        asked = session.exec(select(DutyUnitRow).where(col(DutyUnitRow.unit_id) == song_xanh)).one()
        asked.since = date(2023, 3, 10)
    world.open(at(20, month=4))
    with world.db.read() as session:
        given = session.exec(
            select(OccurrenceRow.period)
            .join(AssignmentRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(col(AssignmentRow.unit_id) == song_xanh)
        ).all()
    assert given == ["2023-04"]


def test_work_of_a_later_quarter_sleeps_until_the_quarter_begins(world: World) -> None:
    third = Schedule(stated="2023-Q3", op="within", first=date(2023, 2, 1))
    an_issued_duty(world.db, monthly_terms(("hoa-sen",), title="Tổng kết năm học", schedule=third))
    world.open(at(30, month=6))
    assert "once" not in periods(world)
    world.open(at(1, month=7))
    assert "once" in periods(world)


def test_work_with_a_fixed_day_is_open_from_the_day_it_is_issued(world: World) -> None:
    an_issued_duty(
        world.db, monthly_terms(("hoa-sen",), title="Rà soát bếp ăn", schedule=once(date(2023, 5, 31)))
    )
    world.open(at(1))
    assert "once" in periods(world)


def periods(world: World) -> set[str]:
    with world.db.read() as session:
        return set(session.exec(select(OccurrenceRow.period)).all())


def test_issuing_opens_nothing_of_what_waits_for_an_event_or_for_its_situation(world: World) -> None:
    waits = Schedule(stated="event+10wd", op="within", first=date(2023, 2, 1))
    worse = Situation(name="dịch bệnh", state="phức tạp")
    for terms in ({"kind": Kind.DORMANT, "schedule": waits}, {"situation": worse}):
        duty = an_issued_duty(world.db, monthly_terms(("hoa-sen",), title=f"Diễn tập {len(terms)}", **terms))
        with world.db.transaction() as session:
            opened = open_occurrences(
                session, duty, calendar=world.calendar(), zone=HANOI, by=By("mai", at(1))
            )
        assert opened.occurrences == 0
    with world.db.read() as session:
        assert session.get_one(DutyRow, duty).opened_through is None, "it is looked at again once it wakes"
