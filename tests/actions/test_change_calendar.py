"""A day off announced late: open deadlines move with a note, what is done or was decided by people stays."""

from datetime import date, datetime

import pytest
from sqlmodel import select

from actions.change_calendar import change_calendar
from actions.changes import By
from actions.errors import Refused
from actions.extend import ask_extension, grant_extension
from actions.follow import accept
from actions.hand_in import hand_in
from actions.reproject import Moved
from actions.wake import wake
from domain.duty import Kind
from domain.escalation import Fate
from domain.recurrence import Schedule, Shift
from domain.workdays import CalendarDay
from store.tables import CalendarDayRow, DutyRow, NoticeRow, OccurrenceRow
from tests.actions.conftest import HANOI, World, actions_on, at
from tests.actions.test_chained_duty import STEPS, deadlines, synthesis
from tests.support.makers import an_issued_duty, monthly_terms, the_assignment

NOTICE = "Thông báo 5/TB-UBND"


def off(*days: date) -> list[CalendarDay]:
    return [CalendarDay(day, "off", "nghỉ theo thông báo", NOTICE) for day in days]


def change(world: World, days: list[CalendarDay], when: datetime) -> list[Moved]:
    with world.db.transaction() as session:
        return change_calendar(session, days, By("mai", when, NOTICE), office=world.sample.office)


def test_a_deadline_on_the_new_day_off_moves_with_old_new_and_why(world: World, owed: int) -> None:
    [moved] = change(world, off(date(2023, 2, 14)), at(2))
    assert (moved.old, moved.new, moved.assignments) == (date(2023, 2, 14), date(2023, 2, 13), 2)
    row = world.row(owed)
    assert (row.due_on, row.due_at) == (date(2023, 2, 13), at(14, hour=0))
    assert row.next_action_at == at(8, hour=8)
    with world.db.read() as session:
        occurrence = session.get_one(OccurrenceRow, row.occurrence_id)
    assert occurrence.due_on == date(2023, 2, 13)
    assert occurrence.why == (
        "lịch làm việc thay đổi (Thông báo 5/TB-UBND): hạn 14/02/2023 thành 13/02/2023; "
        "14/02/2023 là ngày nghỉ (nghỉ theo thông báo); tính ngày làm việc liền trước: 13/02/2023."
    )
    assert actions_on(world, f"occurrence:{occurrence.id}") == ["open", "reproject"]


def test_a_day_off_before_the_deadline_moves_only_the_reminders(world: World, owed: int) -> None:
    assert change(world, off(date(2023, 2, 10)), at(2)) == []
    assert (world.row(owed).due_on, world.row(owed).next_action_at) == (date(2023, 2, 14), at(8, hour=8))


def test_notices_of_the_old_day_are_cancelled_and_the_new_day_has_rungs_of_its_own(
    world: World, owed: int
) -> None:
    world.sweep(at(9))
    change(world, off(date(2023, 2, 14)), at(9, hour=10))
    with world.db.read() as session:
        old = session.exec(select(NoticeRow)).all()
    assert {(n.fate, n.reason) for n in old} == {
        (Fate.CANCELLED, "lịch làm việc thay đổi: hạn 14/02/2023 thành 13/02/2023")
    }
    assert world.row(owed).next_action_at == at(13, hour=8)  # the rung three days before it is past
    world.sweep(at(13))
    with world.db.read() as session:
        new = session.exec(select(NoticeRow).where(NoticeRow.due_on == date(2023, 2, 13))).all()
    assert {n.step for n in new} == {1}


def test_what_is_closed_keeps_the_deadline_it_was_done_under(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(10)), key="form")
        accept(session, owed, By("mai", at(10)))
    [moved] = change(world, off(date(2023, 2, 14)), at(13))
    assert (world.row(owed).due_on, moved.assignments) == (date(2023, 2, 14), 1)


def test_a_deadline_that_a_person_extended_stays(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        request = ask_extension(
            session, owed, By("binh", at(2)), wished_on=date(2023, 2, 20), reason="thiếu biên chế",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
        grant_extension(session, request.id, By("mai", at(2)), calendar=world.calendar(), zone=HANOI)
    change(world, off(date(2023, 2, 14), date(2023, 2, 16)), at(3))
    assert world.row(owed).due_on == date(2023, 2, 20)
    assert world.row(owed).next_action_at == at(13, hour=8)  # 17, 15 and 13 are worked


def test_a_chain_moves_the_parts_even_where_the_whole_stays(world: World) -> None:
    duty = an_issued_duty(world.db, synthesis(STEPS))
    world.open(at(1))
    change(world, off(date(2023, 2, 10)), at(2))
    assert [day for _, day in deadlines(world, duty, "2023-02")] == [
        date(2023, 2, 8), date(2023, 2, 8), date(2023, 2, 14),
    ]  # fmt: skip


def test_the_term_of_a_woken_duty_moves_and_the_day_a_person_gave_it_does_not(world: World) -> None:
    def dormant(title: str, **stated: str) -> int:
        terms = monthly_terms(
            ("hoa-sen",), title=title, kind=Kind.DORMANT, schedule=Schedule(first=date(2023, 2, 1), **stated)
        )
        return an_issued_duty(world.db, terms)

    by_term, by_person = dormant("Theo yêu cầu", stated="event+5wd", op="within"), dormant("Khi cần")
    with world.db.transaction() as session:
        for duty, due in ((by_term, None), (by_person, date(2023, 4, 17))):
            wake(
                session, duty, By("mai", at(10, month=4)), on=date(2023, 4, 10), cause="Sở yêu cầu",
                due_on=due, calendar=world.calendar(), zone=HANOI,
            )  # fmt: skip
    [moved] = change(world, off(date(2023, 4, 12)), at(10, month=4))
    assert (moved.old, moved.new) == (date(2023, 4, 17), date(2023, 4, 18))


def test_a_made_up_saturday_is_opened_for_a_daily_duty(world: World) -> None:
    daily = Schedule(repeat="daily", shift=Shift.KEEP, first=date(2023, 2, 1))
    duty = an_issued_duty(world.db, monthly_terms(("hoa-sen",), title="Báo cáo nhanh", schedule=daily))
    world.open(at(10))  # a Friday: the next period would open on Monday
    change(world, [CalendarDay(date(2023, 2, 11), "work", "làm bù", NOTICE)], at(10))
    world.open(at(11))
    assert the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02-11")
    with world.db.read() as session:
        assert session.get_one(DutyRow, duty).opened_through == date(2023, 2, 12)


def test_a_period_that_opened_early_for_a_day_off_takes_its_own_day_back(world: World) -> None:
    first = Schedule(repeat="monthly", stated="day=1", op="by", shift=Shift.PREVIOUS, first=date(2023, 3, 15))
    an_issued_duty(world.db, monthly_terms(("hoa-sen",), title="Số liệu đầu tháng", schedule=first))
    world.open(at(31, month=3))  # 1 April 2023 is a Saturday: due, and open, the Friday before
    moved = change(world, [CalendarDay(date(2023, 4, 1), "work", "làm bù", NOTICE)], at(31, month=3))
    assert [(one.old, one.new) for one in moved if one.period == "2023-04"] == [
        (date(2023, 3, 31), date(2023, 4, 1))
    ]


def test_an_open_day_that_is_off_now_is_told_to_a_person(world: World) -> None:
    daily = Schedule(repeat="daily", shift=Shift.KEEP, first=date(2023, 2, 13))
    an_issued_duty(world.db, monthly_terms(("hoa-sen",), title="Báo cáo nhanh", schedule=daily))
    world.open(at(13))
    gone = [one for one in change(world, off(date(2023, 2, 13)), at(13)) if one.new is None]
    assert [(one.period, one.old) for one in gone] == [("2023-02-13", date(2023, 2, 13))]


def test_an_expected_year_becomes_official_and_an_entered_day_is_corrected(world: World) -> None:
    expected = CalendarDay(date(2023, 2, 20), "off", "dự kiến", "", "expected")
    change(world, [expected], at(2))
    assert world.calendar().status(2023) == "expected"
    change(world, [CalendarDay(date(2023, 2, 20), "work", "không nghỉ", NOTICE)], at(3))
    assert world.calendar().status(2023) == "official"
    assert world.calendar().is_working(date(2023, 2, 20))
    with world.db.read() as session:
        assert len(session.exec(select(CalendarDayRow)).all()) == 1


def test_changing_it_again_the_same_way_moves_nothing(world: World, owed: int) -> None:
    change(world, off(date(2023, 2, 14)), at(2))
    before = world.row(owed)
    assert change(world, off(date(2023, 2, 14)), at(2)) == []
    assert world.row(owed) == before


def test_a_change_without_its_notice_is_refused(world: World) -> None:
    with world.db.transaction() as session, pytest.raises(Refused, match="văn bản thông báo"):
        change_calendar(session, off(date(2023, 2, 14)), By("mai", at(2)), office=world.sample.office)
