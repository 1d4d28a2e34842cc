"""A wait pushes the deadline by the working days waited, and by no other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.waiting import Awaited, pushed, say
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


def test_a_superior_is_not_waited_for_but_has_it_before_him() -> None:
    assert say(Awaited.SUPERIOR, "UBND thị xã") == "đã trình UBND thị xã"
    assert say(Awaited.OUTSIDE, "Công an thị xã") == "đang chờ Công an thị xã"
