"""A school has a day off of its own: its deadlines and reminders follow it, everybody else's stay."""

from datetime import date, datetime

import pytest
from sqlmodel import col, select

from actions.audit_letters import suspicions
from actions.change_calendar import change_calendar
from actions.changes import By
from actions.open_occurrences import new_assignments, still_to_open
from actions.preview_letters import preview
from actions.reassign import reassign
from actions.reproject import Moved
from actions.wait import resume, wait_for
from domain.recurrence import Schedule, Shift
from domain.waiting import Awaited
from domain.workdays import CalendarDay
from store.office import load_staff
from store.tables import AssignmentRow, DutyRow, NoticeRow, OccurrenceRow
from tests.actions.conftest import HANOI, World, actions_on, at
from tests.actions.test_chained_duty import STEPS, synthesis
from tests.support.makers import an_issued_duty, monthly_terms, the_assignment

NOTICE = "Kế hoạch 9/KH-HS"
DUE = date(2023, 2, 14)


def own_days(world: World, when: datetime, *days: CalendarDay, unit: str = "hoa-sen") -> list[Moved]:
    with world.db.transaction() as session:
        return change_calendar(
            session, days, By("mai", when, NOTICE),
            office=world.sample.office, unit_id=world.sample.units[unit],
        )  # fmt: skip


def off(*days: int) -> list[CalendarDay]:
    return [CalendarDay(date(2023, 2, day), "off", "nghỉ truyền thống trường", NOTICE) for day in days]


def shown(world: World, period: str = "2023-02") -> dict[str, tuple[date, datetime | None]]:
    """Of each unit its deadline and the moment of its next rung."""
    names = {unit_id: code for code, unit_id in world.sample.units.items()}
    with world.db.read() as session:
        rows = session.exec(
            select(AssignmentRow)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(OccurrenceRow.period == period)
            .order_by(col(AssignmentRow.id))
        ).all()
    return {names[row.unit_id]: (row.due_on, row.next_action_at) for row in rows}


def test_work_opens_with_the_units_own_last_day(world: World) -> None:
    own_days(world, at(1), *off(14))
    world.open(at(1))
    found = shown(world)
    assert found.pop("hoa-sen") == (date(2023, 2, 13), at(8, hour=8))
    assert found
    assert set(found.values()) == {(DUE, at(9, hour=8))}
    with world.db.read() as session:
        assert session.exec(select(OccurrenceRow.due_on)).all() == [DUE]


def test_a_day_off_before_the_deadline_moves_only_the_units_reminders(world: World) -> None:
    own_days(world, at(1), *off(10))
    world.open(at(1))
    assert shown(world)["hoa-sen"] == (DUE, at(8, hour=8))


def test_open_work_of_that_unit_alone_moves_with_a_line_in_its_trail(world: World, owed: int) -> None:
    before = shown(world)
    [moved] = own_days(world, at(2), *off(14))
    assert (moved.old, moved.new, moved.assignments) == (DUE, date(2023, 2, 13), 1)
    assert moved.unit == "Trường Tiểu học Hoa Sen"
    assert shown(world) == {**before, "hoa-sen": (date(2023, 2, 13), at(8, hour=8))}
    assert actions_on(world, f"assignment:{owed}") == ["reproject"]


def test_a_day_taken_back_gives_the_deadline_back(world: World, owed: int) -> None:
    before = shown(world)
    own_days(world, at(2), *off(14))
    own_days(world, at(3), CalendarDay(DUE, "work", "không nghỉ nữa", NOTICE))
    assert shown(world) == before


def test_a_day_off_of_the_whole_office_moves_everybody_by_their_own_calendar(world: World, owed: int) -> None:
    own_days(world, at(2), *off(13))
    with world.db.transaction() as session:
        days = [CalendarDay(DUE, "off", "nghỉ bão", "Công điện 1")]
        moved = change_calendar(session, days, By("mai", at(2), "Công điện 1"), office=world.sample.office)
    assert [(one.new, one.unit) for one in moved] == [
        (date(2023, 2, 13), ""),
        (date(2023, 2, 10), "Trường Tiểu học Hoa Sen"),
    ]
    assert shown(world).pop("hoa-sen")[0] == date(2023, 2, 10)
    assert {due for unit, (due, _) in shown(world).items() if unit != "hoa-sen"} == {date(2023, 2, 13)}


def test_each_rung_comes_by_the_units_own_calendar_and_the_auditor_agrees(world: World, owed: int) -> None:
    own_days(world, at(2), *off(10))
    for day in (8, 9, 13, 14, 15, 16, 17, 20):
        world.sweep(at(day))
        world.write(at(day))
        with world.db.read() as session:
            said = suspicions(session, at(day), office=world.sample.office, calendar=world.calendar())
        assert [one for one in said if one.kind.value != "letter"] == []
    with world.db.read() as session:
        rows = session.exec(select(NoticeRow).order_by(col(NoticeRow.id))).all()
    first = {row.assignment_id: row.at for row in reversed(rows)}
    assert first.pop(owed) == at(8)
    assert set(first.values()) == {at(9)}


@pytest.mark.parametrize("opened", [True, False], ids=["open", "to come"])
def test_the_preview_foretells_the_units_own_days(world: World, opened: bool) -> None:
    own_days(world, at(1), *off(10))
    if opened:
        world.open(at(1))
    with world.db.read() as session:
        found = preview(
            session, office=world.sample.office, calendar=world.calendar(), staff=load_staff(session),
            at=at(1), days=13,
        )  # fmt: skip
    days = {about.unit: one.day for one in reversed(found) for about in one.about}
    assert days.pop("Trường Tiểu học Hoa Sen") == date(2023, 2, 8)
    assert set(days.values()) == {date(2023, 2, 9)}


def test_a_unit_owes_no_daily_report_on_its_own_day_off(world: World) -> None:
    daily = Schedule(repeat="daily", shift=Shift.KEEP, first=date(2023, 2, 1))
    an_issued_duty(world.db, monthly_terms(("hoa-sen", "song-xanh"), title="Báo cáo nhanh", schedule=daily))
    own_days(world, at(8), *off(9))
    world.open(at(9))
    assert set(shown(world, "2023-02-08")) == {"hoa-sen", "song-xanh"}
    assert set(shown(world, "2023-02-09")) == {"song-xanh"}


def test_parts_others_wait_for_come_earlier_never_later(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(STEPS))
    own_days(world, at(1), *off(9))
    world.open(at(1))
    with world.db.read() as session:
        rows = session.exec(
            select(AssignmentRow)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(OccurrenceRow.duty_id == duty)
        ).all()
    due = {row.unit_id: row.due_on for row in rows}
    assert due.pop(world.sample.units["hoa-sen"]) == date(2023, 2, 8)
    assert date(2023, 2, 9) in due.values()


def test_days_waited_are_counted_as_the_unit_works(world: World, owed: int) -> None:
    own_days(world, at(2), *off(7, 8))
    with world.db.transaction() as session:
        wait_for(
            session, owed, By("binh", at(6)), kind=Awaited.OUTSIDE, reason="chờ số liệu", who="Sở Y tế",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
    with world.db.transaction() as session:
        resume(session, owed, By("mai", at(9)), calendar=world.calendar(), zone=HANOI)
    assert world.row(owed).due_on == date(2023, 2, 15)


@pytest.mark.parametrize(
    ("whose", "next_rung"),
    [("anh-duong", at(8, hour=8)), ("hoa-sen", at(9, hour=8)), ("song-xanh", at(9, hour=8))],
)
def test_work_that_moves_is_reminded_by_the_days_of_the_unit_it_moves_to(
    world: World, whose: str, next_rung: datetime
) -> None:
    own_days(world, at(1), *off(10), unit=whose)
    world.open(at(1))
    work = the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
    with world.db.transaction() as session:
        reassign(
            session,
            work,
            "anh-duong",
            By("mai", at(6)),
            reason="nhầm",
            office=world.sample.office,
            later=False,
        )
    assert (world.row(work).due_on, world.row(work).next_action_at) == (DUE, next_rung)


def test_the_units_own_official_day_does_not_make_the_year_official(world: World) -> None:
    own_days(world, at(1), CalendarDay(date(2031, 3, 3), "off", "nghỉ", NOTICE))
    calendar = world.calendar()
    mine = calendar.for_unit(world.sample.units["hoa-sen"])
    assert (mine.status(2031), calendar.is_working(date(2031, 3, 3))) == ("expected", True)
    assert not mine.is_working(date(2031, 3, 3))


def test_another_unit_sees_nothing_of_it(world: World, owed: int) -> None:
    other = the_assignment(world.db, world.sample.units["song-xanh"], "2023-02")
    own_days(world, at(2), *off(14))
    assert actions_on(world, f"assignment:{other}") == []


@pytest.mark.parametrize(("days", "statements"), [((), 1), ((1, 24), 1), ((14,), 2)])
def test_opening_costs_a_statement_more_only_where_own_days_make_a_difference(
    world: World, days: tuple[int, ...], statements: int
) -> None:
    if days:
        own_days(world, at(1), *off(*days))
    calendar = world.calendar()
    with world.db.read() as session:
        duty = session.exec(select(DutyRow)).one()
        [due] = [one for one in still_to_open(duty, date(2023, 2, 28), calendar) if one.period == "2023-02"]
        asked = list(new_assignments(session, duty, due, 0, due.opens_on, calendar=calendar, zone=HANOI))
    assert len(asked) == statements
