"""Occurrences: every one from its own period, no drift, never before the directive."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.recurrence import Due, Schedule, Shift, occurrences, shifted
from runtime.calendars import shipped_calendar

VN = shipped_calendar()
FIRST = date(2023, 2, 1)


def of_2023(**terms: object) -> list[Due]:
    schedule = Schedule.model_validate({"first": FIRST, "last": date(2023, 12, 31), **terms})
    return occurrences(schedule, VN, since=date(2023, 1, 1), until=date(2023, 12, 31))


def test_a_monthly_report_before_the_15th_is_due_on_the_14th_or_the_working_day_before() -> None:
    found = of_2023(repeat="monthly", stated="day<15", op="before", shift=Shift.PREVIOUS)
    assert [one.period for one in found] == [f"2023-{month:02d}" for month in range(2, 13)]
    assert {one.stated_on.day for one in found} == {14}
    assert [one.due_on.isoformat() for one in found][:4] == [
        "2023-02-14", "2023-03-14", "2023-04-14", "2023-05-12",
    ]  # fmt: skip
    assert found[0].opens_on == FIRST
    assert found[3].why == ("14/05/2023 là ngày nghỉ (Chủ nhật); tính ngày làm việc liền trước: 12/05/2023.",)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"repeat": "monthly", "stated": "day=31"},
         "02-28 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31"),
        ({"repeat": "monthly", "stated": "day<31", "op": "before"},
         "02-28 03-30 04-30 05-30 06-30 07-30 08-30 09-30 10-30 11-30 12-30"),
        ({"repeat": "quarterly"}, "03-31 06-30 09-30 12-31"),
        ({"repeat": "quarterly", "shift": "previous"}, "03-31 06-30 09-29 12-29"),
        ({"repeat": "quarterly", "stated": "q.3:20"}, "03-20 06-20 09-20 12-20"),
        ({"repeat": "quarterly", "stated": "q:wd-1"}, "03-31 06-30 09-29 12-29"),
        ({"repeat": "quarterly", "stated": "day<20", "op": "before"}, "03-19 06-19 09-19 12-19"),
        ({"repeat": "yearly", "stated": "--12"}, "12-31"),
        ({"repeat": "yearly", "stated": "--11-15", "op": "before"}, "11-14"),
        ({"repeat": "twice_yearly", "stated": "--06-01,--11-15", "op": "before"}, "05-31 11-14"),
        ({"repeat": "yearly", "stated": "2023-09-15,--06-01", "op": "before"}, "05-31 09-14"),
        ({"repeat": "twice_yearly"}, "06-30 12-31"),
        ({"repeat": "semester"}, "05-30"),
        ({"repeat": "monthly", "stated": "--12-20"}, "12-20"),
        ({"repeat": "monthly", "stated": "2023-04"}, "02-28 03-31 04-30"),
        ({"repeat": "none", "stated": "2023-02"}, "02-28"),
        ({"repeat": "none", "stated": "--08-24", "op": "before"}, "08-23"),
        ({"repeat": "none", "stated": "2023-08-24,2023-08-26", "op": "on"}, "08-24 08-26"),
        ({"repeat": "none", "stated": "event+5wd"}, "02-08"),
        ({"repeat": "none", "stated": "2023/.."}, ""),
        ({"repeat": "none"}, ""),
        ({"repeat": "continuous"}, ""),
        ({"repeat": "event"}, ""),
    ],
)  # fmt: skip
def test_stated_days_of_a_year(terms: dict[str, object], expected: str) -> None:
    found = of_2023(**terms)
    assert " ".join(f"{one.due_on:%m-%d}" for one in found) == expected


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        ({"repeat": "twice_yearly", "stated": "--06-01,--11-15"}, ["2023-H1", "2023-H2"]),
        ({"repeat": "monthly", "stated": "day=1,day=15", "last": date(2023, 3, 31)},
         ["2023-02#1", "2023-02#2", "2023-03#1", "2023-03#2"]),
        ({"repeat": "semester"}, ["HK2-NH2022-2023"]),
        ({"repeat": "yearly", "stated": "NH"}, ["NH2022-2023"]),
        ({"repeat": "none", "stated": "2023-12-15"}, ["once"]),
        ({"repeat": "weekly", "stated": "w:5", "last": date(2023, 2, 12)}, ["2023-W05", "2023-W06"]),
        ({"repeat": "daily", "last": date(2023, 2, 6)}, ["2023-02-01", "2023-02-02", "2023-02-03", "2023-02-06"]),
    ],
)  # fmt: skip
def test_keys_name_the_period(terms: dict[str, object], keys: list[str]) -> None:
    assert [one.period for one in of_2023(**terms)] == keys


def test_a_report_due_in_the_month_after_its_period_is_open_until_then() -> None:
    schedule = Schedule(repeat="monthly", stated="m+1:5", first=FIRST)
    [open_now] = occurrences(schedule, VN, since=date(2023, 3, 1), until=date(2023, 3, 1))[:1]
    assert (open_now.period, open_now.stated_on) == ("2023-02", date(2023, 3, 5))


def test_a_week_in_which_nobody_works_has_no_weekly_report() -> None:
    schedule = Schedule(repeat="weekly", first=date(2026, 2, 9))
    found = occurrences(schedule, VN, since=date(2026, 2, 9), until=date(2026, 2, 27))
    assert [(one.period, one.due_on.isoformat()) for one in found] == [
        ("2026-W07", "2026-02-13"),
        ("2026-W09", "2026-02-27"),
    ]


def test_a_shift_never_reaches_before_the_directive() -> None:
    schedule = Schedule(repeat="none", stated="2023-02-05", shift=Shift.PREVIOUS, first=date(2023, 2, 4))
    [due] = occurrences(schedule, VN, since=FIRST, until=date(2023, 3, 1))
    assert due.due_on == date(2023, 2, 5)


@pytest.mark.parametrize(
    ("stated", "op", "why"),
    [
        ("2023-02-14T10:30", "before", ("Văn bản nêu giờ: 10 giờ 30",)),
        ("2023-02-14T17", "before", ("Văn bản nêu giờ: 17 giờ 00",)),
        ("2023-02-14T24:00", "at", ()),
        ("2023-02-14", "at", ()),
    ],
)
def test_an_hour_of_the_day_is_told_beside_it(stated: str, op: str, why: tuple[str, ...]) -> None:
    [due] = of_2023(repeat="none", stated=stated, op=op)
    assert (due.due_on, due.why) == (date(2023, 2, 14), why)


def test_a_misspelled_time_is_refused_when_the_schedule_is_made() -> None:
    with pytest.raises(ValidationError):
        Schedule(repeat="monthly", stated="ngày 15", first=FIRST)


@pytest.mark.parametrize(
    ("shift", "due"), [("keep", "2026-02-18"), ("previous", "2026-02-13"), ("next", "2026-02-23")]
)
def test_the_office_chooses_what_happens_on_a_day_off(shift: str, due: str) -> None:
    assert shifted(date(2026, 2, 18), Shift(shift), VN) == date.fromisoformat(due)


schedules = st.builds(
    Schedule,
    repeat=st.sampled_from(["daily", "weekly", "monthly", "quarterly", "semester", "twice_yearly", "yearly"]),
    stated=st.sampled_from(
        ["", "day<15", "day=31", "q.3:20", "q.4:5", "--06-01,--11-15", "m+1:5", "w:5", "q:wd-1", "--02-29", "NH"]
    ),
    op=st.sampled_from([None, "before", "by"]),
    shift=st.sampled_from(Shift),
    first=st.dates(date(2022, 1, 1), date(2026, 12, 31)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(schedules, st.integers(1, 800))
def test_occurrences_are_unique_in_order_and_never_before_the_directive(
    schedule: Schedule, days: int
) -> None:
    found = occurrences(schedule, VN, since=schedule.first, until=schedule.first + timedelta(days=days))
    assert len({one.period for one in found}) == len(found)
    assert [one.stated_on for one in found] == sorted(one.stated_on for one in found)
    for one in found:
        assert schedule.first <= one.opens_on <= one.due_on
        assert schedule.first <= one.stated_on


@settings(max_examples=100, deadline=None)
@given(schedules, st.integers(1, 500), st.integers(1, 500))
def test_the_window_asked_for_never_changes_an_occurrence(schedule: Schedule, start: int, days: int) -> None:
    whole = occurrences(schedule, VN, since=schedule.first, until=schedule.first + timedelta(days=1100))
    since = schedule.first + timedelta(days=start)
    until = since + timedelta(days=days)
    part = occurrences(schedule, VN, since=since, until=until)
    assert part == [one for one in whole if one.opens_on <= until and max(one.due_on, one.stated_on) >= since]
