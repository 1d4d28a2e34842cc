"""Days, periods, clauses and lateness as people say them."""

from datetime import date

import pytest

from domain.wording import read_period, say_clause, say_day, say_lateness, say_period, say_weekday


def test_a_day_is_said_day_month_year() -> None:
    assert say_day(date(2023, 2, 4)) == "04/02/2023"
    assert say_weekday(date(2023, 2, 14)) == "thứ Ba, 14/02/2023"


PERIODS = [
    ("2023-02-14", "ngày 14/02/2023"),
    ("2023-W07", "tuần từ 13/02/2023 đến 19/02/2023"),
    ("2023-02", "tháng 02/2023"),
    ("2023-02#2", "tháng 02/2023 (lần 2)"),
    ("2023-06-30#2", "đợt 2, ngày 30/06/2023"),
    ("HK1-NH2024-2025#2", "học kỳ I năm học 2024–2025 (lần 2)"),
    ("2023-Q3", "quý III/2023"),
    ("2023-H1", "6 tháng đầu năm 2023"),
    ("2023-H2", "6 tháng cuối năm 2023"),
    ("2023", "năm 2023"),
    ("NH2022-2023", "năm học 2022–2023"),
    ("HK1-NH2022-2023", "học kỳ I năm học 2022–2023"),
    ("HK2-NH2022-2023", "học kỳ II năm học 2022–2023"),
    ("once", ""),
]


@pytest.mark.parametrize(("key", "said"), PERIODS)
def test_a_period_is_said_in_words(key: str, said: str) -> None:
    assert say_period(key) == said


WRITTEN = [(said, key) for key, said in PERIODS[2:] if "#" not in key and said] + [
    ("2023-W07", "2023-W07"),
    ("02/2026", "2026-02"),
    ("Tháng 2 năm 2026", "2026-02"),
    ("quý 3/2026", "2026-Q3"),
    ("Quý III  năm 2026", "2026-Q3"),
    ("2026", "2026"),
    ("học kỳ 2, năm học 2025-2026", "HK2-NH2025-2026"),
    ("13/2026", None),
    ("quý V/2026", None),
    ("năm học 2025-2027", None),
    ("", None),
]


@pytest.mark.parametrize(("typed", "key"), WRITTEN)
def test_a_period_is_read_as_people_write_it(typed: str, key: str | None) -> None:
    found = read_period(typed)
    assert (found.key if found else None) == key


CLAUSES = [
    ("III.2#1", "mục III.2", "the reading's count of orders in a clause means nothing to people"),
    ("4", "mục 4", ""),
    ("II.1.đ", "mục II.1.đ", ""),
    ("Điều 2.1", "Điều 2.1", "an article names itself"),
    ("kết", "", "no number of its own"),
    ("", "", ""),
]


@pytest.mark.parametrize(("clause", "said", "remark"), CLAUSES)
def test_a_clause_is_named_where_it_has_a_number(clause: str, said: str, remark: str) -> None:
    assert say_clause(clause) == said


LATENESS = [
    # Friday 10 February 2023 is the deadline.
    (date(2023, 2, 7), -3, "còn 3 ngày làm việc"),
    (date(2023, 2, 10), 0, "hạn hôm nay"),
    (date(2023, 2, 11), 0, "vừa hết hạn"),  # Saturday: over, but no working day late
    (date(2023, 2, 13), 1, "quá hạn 1 ngày làm việc"),
]


@pytest.mark.parametrize(("today", "late", "said"), LATENESS)
def test_lateness_counts_working_days(today: date, late: int, said: str) -> None:
    assert say_lateness(date(2023, 2, 10), late, today) == said


def test_a_deadline_on_a_day_off_ahead_is_neither_late_nor_days_away() -> None:
    assert say_lateness(date(2023, 2, 12), 0, date(2023, 2, 10)) == "hạn vào ngày nghỉ tới"
