"""A wait pushes the deadline by the working days waited, and by no other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.waiting import Awaited, given_back, pushed, say
from domain.workdays import Calendar

VN = Calendar.of("VN")
TUESDAY = date(2023, 2, 14)


@pytest.mark.parametrize(
    ("due_on", "started", "ended", "new", "because"),
    [
        (TUESDAY, date(2023, 2, 6), date(2023, 2, 6), TUESDAY, "answered the same day"),
        (TUESDAY, date(2023, 2, 6), date(2023, 2, 8), date(2023, 2, 16), "two working days"),
        (TUESDAY, date(2023, 2, 10), date(2023, 2, 12), TUESDAY, "over a weekend nobody waits"),
        (TUESDAY, date(2023, 2, 10), date(2023, 2, 13), date(2023, 2, 15), "Friday to Monday is one"),
        (date(2023, 2, 11), date(2023, 2, 6), date(2023, 2, 7), date(2023, 2, 13), "from a Saturday"),
        (TUESDAY, date(2023, 2, 16), date(2023, 2, 17), date(2023, 2, 15), "late stays as late as it was"),
    ],
)
def test_a_wait_moves_the_deadline(due_on: date, started: date, ended: date, new: date, because: str) -> None:
    assert pushed(due_on, started, ended, VN) == new, because


DAYS = st.dates(date(2023, 1, 1), date(2024, 12, 31))


@given(DAYS, st.tuples(DAYS, DAYS).map(sorted))
def test_a_deadline_never_comes_nearer_and_keeps_its_distance(due_on: date, span: list[date]) -> None:
    started, ended = span
    new = pushed(due_on, started, ended, VN)
    assert new >= due_on
    assert VN.count(due_on, new) == VN.count(started, ended)


@pytest.mark.parametrize(
    ("handed_in", "returned", "new", "because"),
    [
        (date(2023, 2, 14), date(2023, 2, 24), date(2023, 3, 1), "three working days from a Friday"),
        (date(2023, 2, 6), date(2023, 2, 13), date(2023, 2, 16), "nor has it one day only"),
        (date(2023, 2, 6), date(2023, 2, 7), TUESDAY, "what is left is longer"),
        (date(2023, 2, 14), date(2023, 2, 14), TUESDAY, "handing in nothing on the last day gains nothing"),
        (date(2023, 2, 15), date(2023, 2, 15), TUESDAY, "late, and answered the same day"),
        (date(2023, 2, 15), date(2023, 2, 24), date(2023, 2, 23), "late by one working day, then and now"),
        (date(2023, 2, 18), date(2023, 2, 20), date(2023, 2, 15), "late since Wednesday"),
    ],
)
def test_work_that_comes_back_has_days_of_its_own(
    handed_in: date, returned: date, new: date, because: str
) -> None:
    assert given_back(TUESDAY, handed_in, returned, 3, VN) == new, because


@given(DAYS, st.tuples(DAYS, DAYS).map(sorted), st.integers(1, 10))
def test_who_was_late_stays_late_and_who_was_in_time_never_comes_back_late(
    due_on: date, span: list[date], within: int
) -> None:
    handed_in, returned = span
    new = given_back(due_on, handed_in, returned, within, VN)
    assert new >= due_on
    if handed_in > due_on:
        assert new < returned
    elif handed_in < returned:
        assert VN.count(returned, new) >= within


def test_a_superior_is_not_waited_for_but_has_it_before_him() -> None:
    assert say(Awaited.SUPERIOR, "UBND thị xã") == "đã trình UBND thị xã"
    assert say(Awaited.OUTSIDE, "Công an thị xã") == "đang chờ Công an thị xã"
