"""The exact edges of what the judge reads and counts."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from domain.verdict import Outcome
from rules.errors import RuleError
from rules.parser import MAX_PRODUCTS
from rules.trial import judge_text, outcome_of
from rules.values import MAX_DIGITS, MAX_SPAN, number, rounded


class EveryDay:
    """A calendar on which every day is a working day."""

    def count(self, first: date, last: date, /) -> int:
        return (last - first).days


def test_working_days_are_counted_up_to_the_longest_span_and_not_a_day_further() -> None:
    start = date(2000, 1, 1)
    for days, known in [(MAX_SPAN, True), (MAX_SPAN + 1, False), (-MAX_SPAN, True), (-MAX_SPAN - 1, False)]:
        case = {"a": start, "b": start + timedelta(days)}
        assert (judge_text("workdays(a, b) == workdays(a, b)", case, EveryDay()).value is True) is known, days
    assert MAX_SPAN == 4_000


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        (Decimal("9" * MAX_DIGITS), True),
        (Decimal(f"1e{MAX_DIGITS}"), False),
        (Decimal(f"1e-{MAX_DIGITS}"), True),
        (Decimal(f"1e-{MAX_DIGITS + 1}"), False),
        (Decimal("0." + "3" * MAX_DIGITS), True),
        (Decimal("0.3" + "0" * MAX_DIGITS), False),
        (Decimal("NaN"), False),
        (Decimal("Infinity"), False),
    ],
)
def test_figures_have_a_largest_and_a_smallest_size(raw: Decimal, known: bool) -> None:
    assert (number(raw) is not None) is known


def test_the_limit_of_digits_is_the_one_that_is_written_down() -> None:
    assert MAX_DIGITS == 64


@pytest.mark.parametrize(
    ("value", "digits", "result"),
    [
        (Fraction(5, 2), 0, 3),
        (Fraction(-5, 2), 0, -3),
        (Fraction(1, 8), 2, Fraction(13, 100)),
        (Fraction(-1, 8), 2, Fraction(-13, 100)),
        (0, 0, 0),
    ],
)
def test_rounding_gives_a_whole_number_where_it_is_one(value: Any, digits: int, result: Any) -> None:
    found = rounded(value, digits)
    assert (found, type(found)) == (result, type(result))


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        ("2026-02-14 + round(2.5) == 2026-02-17", Outcome.MET),
        ("2026-02-14 + 4 / 2 == 2026-02-16", Outcome.MET),
        ("2026-02-14 + 1 / 2 == 2026-02-14", Outcome.UNKNOWN),
        ("2026-02-14 - 2 == 2026-02-12", Outcome.MET),
        ("9999-12-31 + 1 > 2026-01-01", Outcome.UNKNOWN),
        ("share([true, false]) == 50%", Outcome.MET),
        ("share([]) >= 0", Outcome.UNKNOWN),
        ("min([]) >= 0", Outcome.UNKNOWN),
        ("sum([]) == 0", Outcome.MET),
    ],
)
def test_days_take_whole_numbers_and_empty_groups_have_no_share(condition: str, outcome: Outcome) -> None:
    assert outcome_of(judge_text(condition, {})) is outcome


def test_the_longest_product_of_the_longest_figures_is_bounded() -> None:
    case = {"a": Decimal("9" * MAX_DIGITS), "b": Decimal("0." + "7" * MAX_DIGITS)}
    longest = judge_text("1" + "*a/b" * (MAX_PRODUCTS // 2) + " > 1", case).parts[0].value
    assert isinstance(longest, Fraction)
    assert longest.numerator.bit_length() < 500_000
    with pytest.raises(RuleError, match=f"cột {2 * MAX_PRODUCTS + 2}: quá nhiều phép nhân"):
        judge_text("1" + "*a/b" * (MAX_PRODUCTS // 2) + "*a > 1", case)
