"""A chain planned back from a deadline: working days only, in order, and honest when there are too few."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.chain import Chain, Step, objections, parts_due, plan
from domain.recurrence import Due, Schedule, Shift, occurrences
from runtime.calendars import shipped_calendar

VN = shipped_calendar()
MONTHLY = Chain(
    steps=(
        Step(name="Chốt số liệu"),
        Step(name="Các đơn vị gửi", days=2, parts=True),
        Step(name="Tổng hợp", days=2),
        Step(name="Thủ trưởng kiểm tra"),
        Step(name="Lãnh đạo ký"),
        Step(name="Gửi"),
    )
)


def dates(due_on: date, not_before: date) -> list[tuple[str, str, str]]:
    steps = plan(MONTHLY, due_on, VN, not_before=not_before).steps
    return [(step.name, f"{step.begins:%d/%m}", f"{step.ends:%d/%m}") for step in steps]


def test_each_step_ends_on_the_working_day_before_the_next_begins() -> None:
    assert dates(date(2023, 2, 14), date(2023, 2, 1)) == [
        ("Chốt số liệu", "03/02", "03/02"),
        ("Các đơn vị gửi", "06/02", "07/02"),
        ("Tổng hợp", "08/02", "09/02"),
        ("Thủ trưởng kiểm tra", "10/02", "10/02"),
        ("Lãnh đạo ký", "13/02", "13/02"),
        ("Gửi", "14/02", "14/02"),
    ]


def test_a_deadline_on_a_day_off_is_sent_on_the_working_day_before() -> None:
    assert dates(date(2023, 5, 14), date(2023, 5, 1))[-1] == ("Gửi", "12/05", "12/05")  # a Sunday


def test_tet_takes_days_from_the_chain_and_too_few_are_said_in_words() -> None:
    asked = plan(MONTHLY, date(2026, 2, 25), VN, not_before=date(2026, 2, 1))
    assert (asked.steps[0].begins, asked.short) == (date(2026, 2, 9), "")  # Tết: 14 to 22 February 2026
    asked = plan(MONTHLY, date(2026, 2, 25), VN, not_before=date(2026, 2, 10))
    assert asked.short == (
        "Hạn 25/02/2026: các bước cần 8 ngày làm việc, phải bắt đầu từ 09/02/2026, "
        "nhưng từ 10/02/2026 chỉ có 7 ngày làm việc."
    )


def test_the_units_owe_their_parts_before_the_lead_owes_the_whole() -> None:
    due = Due("2023-02", date(2023, 2, 1), date(2023, 2, 14), date(2023, 2, 14))
    assert parts_due(MONTHLY, due, VN) == date(2023, 2, 7)
    late_opening = Due("2023-02", date(2023, 2, 11), date(2023, 2, 14), date(2023, 2, 14))
    assert parts_due(MONTHLY, late_opening, VN) == date(2023, 2, 13)  # a Saturday opens: the Monday after


def test_a_chain_without_parts_leaves_every_unit_the_same_deadline() -> None:
    alone = Chain(steps=(Step(name="Soạn", days=3), Step(name="Ký")))
    due = Due("2023-02", date(2023, 2, 1), date(2023, 2, 14), date(2023, 2, 14))
    assert parts_due(alone, due, VN) == date(2023, 2, 14)


def test_only_the_periods_that_cannot_be_kept_are_objected_to() -> None:
    schedule = Schedule(
        repeat="monthly", stated="day<15", op="before", shift=Shift.PREVIOUS, first=date(2023, 2, 8)
    )
    dues = occurrences(schedule, VN, since=date(2023, 2, 8), until=date(2023, 7, 31))
    said = objections(MONTHLY, dues, VN, issued_on=date(2023, 2, 8))
    # Issued on 8 February: the 14th cannot be kept. The 14th of May is a Sunday, after 1, 2 and 3 May off.
    assert [words[4:14] for words in said] == ["14/02/2023", "12/05/2023"]


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"name": "Gửi", "days": 0}],
        [{"name": ""}],
        [{"name": "Các đơn vị gửi", "parts": True}],  # nobody would put the parts together
        [{"name": "a", "parts": True}, {"name": "b", "parts": True}, {"name": "c"}],
        [{"name": "a", "dasy": 2}],
    ],
)
def test_a_chain_that_means_nothing_is_refused(steps: list[dict[str, object]]) -> None:
    with pytest.raises(ValidationError):
        Chain.model_validate({"steps": steps})


chains = st.lists(st.integers(1, 6), min_size=1, max_size=7).map(
    lambda days: Chain(steps=tuple(Step(name=f"bước {n}", days=d) for n, d in enumerate(days)))
)
days = st.dates(date(2022, 1, 1), date(2027, 12, 31))


@settings(max_examples=200, deadline=None)
@given(chain=chains, due_on=days, spare=st.integers(0, 90))
def test_steps_are_worked_in_order_without_a_gap_and_never_before_the_issue(
    chain: Chain, due_on: date, spare: int
) -> None:
    not_before = due_on - timedelta(days=spare)
    asked = plan(chain, due_on, VN, not_before=not_before)
    for step, wanted in zip(asked.steps, chain.steps, strict=True):
        assert step.begins <= step.ends <= due_on
        assert VN.is_working(step.begins)
        assert VN.is_working(step.ends)
        assert VN.count(step.begins, step.ends) + 1 == wanted.days
    for before, after in zip(asked.steps, asked.steps[1:], strict=False):
        assert VN.add(before.ends, 1) == after.begins
    assert (asked.short == "") is (asked.steps[0].begins >= not_before)


@settings(max_examples=100, deadline=None)
@given(chain=chains, due_on=days, later=st.integers(1, 40))
def test_a_later_deadline_never_makes_a_step_earlier(chain: Chain, due_on: date, later: int) -> None:
    one = plan(chain, due_on, VN, not_before=date.min)
    two = plan(chain, due_on + timedelta(days=later), VN, not_before=date.min)
    assert all(a.begins <= b.begins for a, b in zip(one.steps, two.steps, strict=True))
