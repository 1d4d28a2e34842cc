"""What conditions mean, case by case: `met`, `not_met`, `unknown`."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rules.trial import judge_text, outcome_of

CASE: dict[str, Any] = {
    "unit": {"ownership": "public", "level": "thcs", "name": "Trường Hoà Bình"},
    "report": {
        "pupils": 560, "cashless": 412, "zero": 0, "tenth": Decimal("0.1"), "float": 0.1, "text": "5",
        "big": 10**60,
        "none": None, "yes": True, "no": False, "học_sinh": 7,
        "grades": {"k6": 1, "k7": 2}, "lacking": {"k6": 1, "k7": None}, "list": [3, 1, 2], "empty": [],
        "by_year": {"2025": 3, "2026": 4}, "nulls": [None, None], "unfilled": {"k6": None}, "emptied": {},
        "days": ["2026-02-14", "2026-02-16"], "words": ["2026-02-14", "x"], "instant": datetime(2026, 2, 14, 9),
        "infinite": float("inf"), "nan": Decimal("NaN"), "huge": Decimal("1e999999"), "tiny": Decimal("1e-999999"),
        "schools": [True, False, True, True],
    },
    "submission": {"sent": "2026-02-16", "due": "2026-02-14", "on": date(2026, 2, 16)},
    "period": {"key": "2026-02"},
}  # fmt: skip

MEANINGS = [
    # --- figures are exact
    ("0.1 + 0.2 == 0.3", "met", "no binary fractions"),
    ("1 / 3 * 3 == 1", "met", "nor rounded decimals"),
    ("4 / 5 >= 0.8", "met", "whole numbers divide exactly"),
    ("7 / 2 == 3.5", "met", "and never as whole numbers"),
    ("report.tenth * 3 == 0.3", "met", "a decimal of the case"),
    ("report.by_year.2026 > report.by_year.2025", "met", "a part may be called by a number"),
    ("report.float + report.float + report.float == 0.3", "met", "a float means the decimal it prints as"),
    ("report.big + 1 > report.big", "met", "large figures lose nothing"),
    ("report.big * report.big / report.big == report.big", "met", ""),
    ("9" * 5000 + " > " + "9" * 4999, "met", "5,000 digits are a figure"),
    ("80% == 0.8", "met", "per cent"),
    ("80 % == 0.8", "met", "with a space, as people write"),
    ("-5% < 0", "met", ""),
    (".5 == 0.50", "met", ""),
    ("007 == 7", "met", "leading zeros are decimal"),
    # --- precedence
    ("2 + 3 * 4 == 14", "met", ""),
    ("(2 + 3) * 4 == 20", "met", ""),
    ("10 - 4 - 3 == 3", "met", "from the left"),
    ("100 / 10 / 5 == 2", "met", "from the left"),
    ("12 / 2 * 3 == 18", "met", ""),
    ("-2 * -3 == 6", "met", "sign binds tightest"),
    ("2 - -3 == 5", "met", ""),
    ("- - 2 == 2", "met", ""),
    ("+5 == 5", "met", ""),
    ("-(2 + 3) == -5", "met", ""),
    ("true or false and false", "met", "and before or"),
    ("(true or false) and false", "not_met", ""),
    ("not true or true", "met", "not before or"),
    ("not (true or true)", "not_met", ""),
    ("not false and false", "not_met", "not before and"),
    ("not 1 > 2", "met", "comparison before not"),
    ("not not true", "met", ""),
    ("1 + 1 == 2 and 2 + 2 == 4", "met", ""),
    ("1 < 2 == true or true", "error", "a chain compares neighbours"),
    # --- comparison
    ("1 < 2 < 3", "met", "chains as in mathematics"),
    ("1 < 3 < 2", "not_met", ""),
    ("3 > 2 >= 2 == 2", "met", ""),
    ("(1 < 2) == true", "met", ""),
    ("true != false", "met", ""),
    ("'a' == \"a\"", "met", "both quotes"),
    ("'it''s' == 'x'", "error", "quotes are not doubled"),
    (r"'it\'s' == \"it's\"".replace('\\"', '"'), "met", "but escaped"),
    (r"'a\\b' != 'ab'", "met", ""),
    ("unit.name == 'Trường Hoà Bình'", "met", "Vietnamese text"),
    ("unit.name == 'Trường Hoà Bình'", "met", "NFD is NFC"),
    ("report.học_sinh == 7", "met", "Vietnamese names"),
    ("'th' < 'thcs'", "met", "text by character"),
    ("period.key >= '2026-01'", "met", "which orders period keys"),
    ("'Công lập' == 'công lập'", "not_met", "case matters"),
    # --- between, in
    ("5 between 5 and 7", "met", "bounds belong to it"),
    ("7 between 5 and 7", "met", ""),
    ("8 between 5 and 7", "not_met", ""),
    ("6 between 7 and 5", "not_met", "not turned round"),
    ("6 not between 5 and 7", "not_met", ""),
    ("5 between 1 and 3 or true", "met", ""),
    ("5 between 1 and 2 + 3 and true", "met", "arithmetic in the bounds"),
    ("unit.level in ['th', 'thcs']", "met", ""),
    ("unit.level in ('th', 'thcs')", "met", "round brackets too"),
    ("unit.level in ('thcs',)", "met", "one item needs its comma"),
    ("unit.level not in ['th']", "met", ""),
    ("not unit.level in ['th']", "met", ""),
    ("1 in [0.5 + 0.5]", "met", "by value"),
    ("1 in []", "not_met", "nothing is in an empty list"),
    ("1 not in []", "met", ""),
    ("2 in report.list", "met", "a list of the case"),
    ("submission.due in ['2026-02-14']", "met", ""),
    # --- the third value
    ("report.none == 1", "unknown", "null"),
    ("report.absent == 1", "unknown", "no such figure"),
    ("nowhere.at.all == 1", "unknown", "no such group"),
    ("unit.level.deeper == 1", "unknown", "a text has no parts"),
    ("report.absent == report.absent", "unknown", "even with itself"),
    ("report.absent != report.absent", "unknown", ""),
    ("not report.absent > 1", "unknown", ""),
    ("report.absent > 1 and false", "not_met", "false settles and"),
    ("false and report.absent > 1", "not_met", "in either order"),
    ("report.absent > 1 and true", "unknown", ""),
    ("report.absent > 1 or true", "met", "true settles or"),
    ("true or report.absent > 1", "met", ""),
    ("report.absent > 1 or false", "unknown", ""),
    ("report.absent > 1 or report.none > 1", "unknown", ""),
    ("report.absent * 0 == 0", "unknown", "unknown times 0 too"),
    ("-report.absent < 0", "unknown", ""),
    ("1 < report.absent < 0", "unknown", ""),
    ("2 < 1 < report.absent", "not_met", "a chain is an and"),
    ("report.absent between 1 and 2", "unknown", ""),
    ("5 between 6 and report.absent", "not_met", "too small whatever the upper bound"),
    ("5 between 4 and report.absent", "unknown", ""),
    ("5 not between 6 and report.absent", "met", ""),
    ("1 in [1, report.absent]", "met", "found"),
    ("2 in [1, report.absent]", "unknown", "may yet be it"),
    ("2 not in [1, report.absent]", "unknown", ""),
    ("report.absent in [1, 2]", "unknown", ""),
    ("report.absent in []", "not_met", "whatever it is"),
    ("1 in report.absent", "unknown", ""),
    ("1 in report.empty", "not_met", ""),
    ("1 in report.nulls", "unknown", "a list of unknowns"),
    ("sum(report.unfilled) > 0", "unknown", "a breakdown not filled in"),
    ("sum(report.emptied) == 0", "met", "a breakdown of nothing"),
    ("sum(report.nulls) == 0", "unknown", ""),
    ("report.absent", "unknown", "alone"),
    ("not report.absent", "unknown", ""),
    ("report.yes", "met", ""),
    ("not report.no", "met", ""),
    ("report.yes == true", "met", ""),
    ("1 / 0 > 1", "unknown", "no such figure"),
    ("0 / 0 == 0", "unknown", ""),
    ("report.pupils / report.zero > 1", "unknown", ""),
    ("report.infinite > 1", "unknown", "infinity is no figure"),
    ("report.nan != 1", "unknown", ""),
    ("report.huge > 1", "unknown", "beyond 6,000 digits"),
    ("report.tiny < 1", "unknown", ""),
    ("1 / (report.zero * 5) > 1 or true", "met", ""),
    ("1 / (1 / report.zero) == 0", "unknown", "not 0"),
    ("report.zero / report.pupils == 0", "met", ""),
    ("present(report.pupils)", "met", ""),
    ("present(report.none)", "not_met", "never unknown"),
    ("missing(report.absent)", "met", ""),
    ("missing(report.zero)", "not_met", "0 is a figure"),
    ("missing(1 / report.zero)", "met", ""),
    # --- functions
    ("sum(1, 2, 3) == 6", "met", ""),
    ("sum([1, 2, 3]) == 6", "met", ""),
    ("sum(report.grades) == 3", "met", "a breakdown by name"),
    ("sum(report.list, 4) == 10", "met", ""),
    ("sum(report.empty) == 0", "met", "nothing adds up to 0"),
    ("sum([]) == 0", "met", ""),
    ("sum(report.lacking) == 1", "unknown", "a part is missing"),
    ("sum(report.absent) == 0", "unknown", ""),
    ("min(3, 1, 2) == 1 and max(report.list) == 3", "met", ""),
    ("min([]) == 0", "unknown", "nothing has no least"),
    ("max(1, report.absent) == 1", "unknown", ""),
    ("abs(-3.5) == 3.5 and abs(3) == 3", "met", ""),
    ("round(2.5) == 3", "met", "half up"),
    ("round(-2.5) == -3", "met", "away from zero"),
    ("round(3.5) == 4", "met", "not half to even"),
    ("round(2.345, 2) == 2.35", "met", ""),
    ("round(1 / 3, 4) == 0.3333", "met", ""),
    ("round(26 / 39, 3) == 66.7%", "met", ""),
    ("round(report.absent) == 0", "unknown", ""),
    ("change(440, 400) == 10%", "met", ""),
    ("change(1, report.zero) > 0", "unknown", ""),
    ("share(412, 560) < 80%", "met", ""),
    ("share(report.schools) == 75%", "met", "of a group"),
    ("share(report.empty) == 0", "unknown", ""),
    # --- days
    ("submission.sent <= submission.due", "not_met", "ISO text of a JSON file"),
    ("submission.due == date('2026-02-14')", "met", ""),
    ("submission.due == 2026-02-14", "met", "the same"),
    ("submission.due == '2026-02-14'", "met", ""),
    ("submission.on == submission.sent", "met", "a date and an ISO text"),
    ("submission.sent - submission.due == 2", "met", "days"),
    ("submission.due + 2 == submission.sent", "met", ""),
    ("submission.sent - 2 == submission.due", "met", ""),
    ("2026-03-01 - 2026-02-28 == 1", "met", "February"),
    ("date(submission.due) < 2026-03-01", "met", ""),
    ("submission.due + 0.5 > 2026-01-01", "unknown", "half a day is no day"),
    ("submission.due + 99999999999 > 2026-01-01", "unknown", "beyond the calendar"),
    ("2026-02-14 in report.days", "met", "a list of days"),
    ("submission.due in report.days", "met", ""),
    ("'2026-02-14' in report.words", "met", "a list of texts, one of which looks like a day"),
    ("report.instant < 2026-03-01", "unknown", "an instant is no day"),
    ("submission.absent <= 2026-02-14", "unknown", ""),
    ("workdays(submission.due, submission.sent) == 0", "unknown", "no calendar given"),
    # --- text of any shape
    ("1\n<\n\t2\r\n", "met", "lines and tabs are space"),
    ("((((1)))) == 1", "met", ""),
    ("True and not False", "met", "capitals as in Python"),
]


@pytest.mark.parametrize(("condition", "expected", "remark"), MEANINGS)
def test_a_condition_means(condition: str, expected: str, remark: str) -> None:
    if expected == "error":
        with pytest.raises(ValueError, match="dòng"):
            judge_text(condition, CASE)
    else:
        assert outcome_of(judge_text(condition, CASE)) == expected, remark


class WeekdaysOnly:
    """Counts Monday to Friday: what a calendar without holidays would say."""

    def count(self, first: date, last: date) -> int:
        days = (first + timedelta(n + 1) for n in range((last - first).days))
        return sum(day.weekday() < 5 for day in days)


def test_working_days_are_counted_by_the_calendar_that_is_given() -> None:
    step = judge_text("workdays('2026-02-13', '2026-02-17') == 2", {}, WeekdaysOnly())
    assert step.value is True


def test_working_days_are_not_counted_over_centuries() -> None:
    assert judge_text("workdays('0001-01-01', '9999-12-31') > 1", {}, WeekdaysOnly()).value is None


def test_a_long_flat_condition_is_judged() -> None:
    assert judge_text("+".join(["1"] * 3000) + " == 3000", {}).value is True
    assert judge_text(" and ".join(["1 < 2"] * 2000), {}).value is True
