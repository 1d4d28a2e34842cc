from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workdays import Calendar, CalendarDay, UnknownCalendar, lunar_feast
from runtime.calendars import shipped_calendar

VN = shipped_calendar()

# day | worked | why not | source
DAYS = [
    ("2026-01-01", False, "Tết Dương lịch"),
    ("2026-01-02", False, "Nghỉ hoán đổi với thứ Bảy 10/01/2026"),
    ("2026-01-10", True, None),
    ("2026-02-13", True, None),
    ("2026-02-16", False, "29 Tết Nguyên đán"),
    ("2026-02-20", False, "Mùng bốn Tết Nguyên đán"),
    ("2026-02-23", True, None),
    ("2026-04-27", False, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
    ("2026-08-22", True, None),
    ("2026-08-31", False, "Nghỉ hoán đổi với thứ Bảy 22/8/2026"),
    ("2026-09-02", False, "Quốc khánh"),
    ("2026-11-23", True, None),
    ("2026-11-24", False, "Ngày Văn hóa Việt Nam"),
    ("2025-11-24", True, None),
    ("2026-11-28", False, "thứ Bảy"),
    ("2026-11-29", False, "Chủ nhật"),
    ("2024-04-29", False, "Nghỉ hoán đổi với thứ Bảy 04/5/2024"),
    ("2024-05-04", True, None),
    ("2025-05-02", False, "Nghỉ hoán đổi với thứ Bảy 26/4/2025"),
    ("2025-04-26", True, None),
    ("2023-01-26", False, "Mùng năm Tết Nguyên Đán"),
]


@pytest.mark.parametrize(("day", "worked", "why"), DAYS)
def test_the_calendar_knows_holidays_and_swapped_days(day: str, worked: bool, why: str | None) -> None:
    assert VN.is_working(date.fromisoformat(day)) is worked
    assert VN.why_off(date.fromisoformat(day)) == why


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-02-13", 1, "2026-02-23"),  # over Tết
        ("2026-08-21", 1, "2026-08-22"),  # onto a worked Saturday
        ("2026-08-28", 1, "2026-09-03"),  # over Quốc khánh with its swap
        ("2026-12-31", 5, "2027-01-08"),
        ("2026-11-25", -1, "2026-11-23"),
        ("2026-02-23", -1, "2026-02-13"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, days: int, end: str) -> None:
    assert VN.add(date.fromisoformat(start), days) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("day", "following", "previous"),
    [("2026-02-18", "2026-02-23", "2026-02-13"), ("2026-11-23", "2026-11-23", "2026-11-23")],
)
def test_a_day_off_gives_way_to_its_neighbours(day: str, following: str, previous: str) -> None:
    assert VN.next_working(date.fromisoformat(day)) == date.fromisoformat(following)
    assert VN.previous_working(date.fromisoformat(day)) == date.fromisoformat(previous)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 31), ""),
        (date(2027, 1, 4), "Lịch nghỉ năm 2027 là dự kiến, chưa có thông báo chính thức."),
    ],
)
def test_a_deadline_in_a_year_that_is_only_expected_says_so(day: date, said: str) -> None:
    assert VN.remark(day) == said


def test_a_year_without_an_official_notice_is_expected() -> None:
    assert [VN.status(year) for year in (2025, 2026, 2027)] == ["official", "official", "expected"]


def test_a_school_year_not_yet_decided_is_expected() -> None:
    assert VN.school_year(2025).status == "official"
    assert (VN.school_year(2027).status, VN.school_year(2027).ends) == ("expected", date(2028, 5, 30))


def test_an_unknown_calendar_is_an_error_and_not_an_empty_one() -> None:
    with pytest.raises(UnknownCalendar, match="XX"):
        Calendar.of("XX")


def test_an_offices_own_day_wins_over_the_library() -> None:
    own = Calendar.of("VN", [CalendarDay(date(2026, 11, 24), "work", "Trực thi", "Quyết định 1/QĐ")])
    assert own.is_working(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("year", "day"), [(2023, "2023-01-22"), (2025, "2025-01-29"), (2026, "2026-02-17"), (2030, "2030-02-02")]
)
def test_tet_follows_the_vietnamese_moon(year: int, day: str) -> None:
    assert lunar_feast("tet", year) == date.fromisoformat(day)


dates = st.dates(date(2023, 1, 1), date(2030, 12, 31))


@given(dates, st.integers(-60, 60).filter(bool))
def test_counting_undoes_adding(day: date, number: int) -> None:
    assert VN.count(day, VN.add(day, number)) == number


@given(dates, st.integers(1, 40))
def test_later_starts_never_end_earlier(day: date, number: int) -> None:
    assert VN.add(day + timedelta(days=1), number) >= VN.add(day, number)
    assert VN.is_working(VN.add(day, number))
