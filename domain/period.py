"""Periods of work and their keys (kỳ): the stable names under which duties recur.

Keys: `2026-02-14`, `2026-W07`, `2026-02`, `2026-Q1`, `2026-H1`, `2026`, `NH2025-2026` (năm học)
and `HK1-NH2025-2026` (học kỳ). Periods of one unit tile the time: every day lies in exactly one.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "half", "year", "semester", "school_year"]
MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class BadPeriod(ValueError):
    """A key that names no period."""


@dataclass(frozen=True)
class Period:
    """`first` and `last` are both inside the period."""

    key: str
    unit: Unit
    first: date
    last: date

    @property
    def next(self) -> "Period":
        return containing(self.unit, self.last + timedelta(days=1))


_KEY = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?$"
    r"|(?:HK(?P<semester>[12])-)?NH(?P<start>\d{4})-(?P<end>\d{4})$"
)


@lru_cache(maxsize=1024)
def period(key: str) -> Period:
    """The period a key names. Raises BadPeriod."""
    found = _KEY.match(key)
    if not found:
        raise BadPeriod(key)
    part = {name: int(text) for name, text in found.groupdict().items() if text is not None}
    try:
        return _period(part)
    except ValueError as error:
        raise BadPeriod(key) from error


def _period(part: dict[str, int]) -> Period:
    if "start" in part:
        if part["end"] != part["start"] + 1:
            raise ValueError("a school year spans two years that follow each other")
        spring = date(part["end"], 2, 1)
        if "semester" not in part:
            return containing("school_year", spring)
        return containing("semester", spring if part["semester"] == 2 else date(part["start"], 9, 1))
    year = part["year"]
    if "week" in part:
        return containing("week", date.fromisocalendar(year, part["week"], 1))
    if "day" in part:
        return containing("day", date(year, part["month"], part["day"]))
    for unit in ("month", "quarter", "half"):
        if unit in part:
            return containing(unit, date(year, (part[unit] - 1) * MONTHS_IN[unit] + 1, 1))
    return containing("year", date(year, 1, 1))


def containing(unit: Unit, day: date) -> Period:
    """The period of this unit in which the day lies; weeks begin on Monday (ISO 8601)."""
    if unit == "day":
        return Period(day.isoformat(), unit, day, day)
    if unit == "week":
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(f"{year}-W{week:02d}", unit, monday, monday + timedelta(days=6))
    if unit in ("semester", "school_year"):
        return _of_school(unit, day)
    length = MONTHS_IN[unit]
    place = (day.month - 1) // length + 1
    key = {"month": f"-{place:02d}", "quarter": f"-Q{place}", "half": f"-H{place}", "year": ""}[unit]
    first = date(day.year, (place - 1) * length + 1, 1)
    return Period(f"{day.year}{key}", unit, first, month_end(first, length - 1))


def _of_school(unit: Unit, day: date) -> Period:
    """School plans run from August to July; the second semester starts in the second half of January.

    The days on which semesters end for the law are data of the working calendar, not of the key.
    """
    start = day.year if day.month >= 8 else day.year - 1
    whole = Period(f"NH{start}-{start + 1}", "school_year", date(start, 8, 1), date(start + 1, 7, 31))
    if unit == "school_year":
        return whole
    turn = date(start + 1, 1, 18)
    if day < turn:
        return Period(f"HK1-{whole.key}", unit, whole.first, turn - timedelta(days=1))
    return Period(f"HK2-{whole.key}", unit, turn, whole.last)


def month_end(day: date, months: int = 0) -> date:
    """Last day of the month that lies `months` after the day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def touching(unit: Unit, first: date, last: date) -> Iterator[Period]:
    """All periods of this unit that share a day with first..last, in order."""
    now = containing(unit, first)
    while now.first <= last:
        yield now
        now = now.next
