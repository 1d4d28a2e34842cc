"""Counting days by law: points of a period (BLDS 146), ends of terms (BLDS 147, 148)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.period import month_end
from domain.workdays import Calendar

_WEEKDAY = re.compile(r"d(?P<weekday>[1-7])\.(?P<n>-?\d)$")


@dataclass(frozen=True)
class Span:
    """First and last day meant (both inside); `last` is None where the period stays open."""

    first: date
    last: date | None


def point_of(span: Span, point: str, calendar: Calendar | None) -> date | None:
    """A day inside a span: `first`, `middle`, `last` (BLDS 146 khoản 2, 3), a number, or a working day.

    A month without that day number gives its last day (BLDS 148 khoản 3); -2 is the last day but one.
    """
    first, last = span.first, span.last
    if last is None:
        return None
    if point.startswith("wd"):
        return _working_day(first, last, int(point[2:]), calendar) if calendar else None
    if found := _WEEKDAY.match(point):
        return _weekday_in(first, last, int(found["weekday"]), int(found["n"]))
    if point == "middle":
        return _middle(first, last)
    if point in ("first", "last"):
        return first if point == "first" else last
    number = int(point)
    return last + timedelta(days=number + 1) if number < 0 else min(first + timedelta(days=number - 1), last)


def _working_day(first: date, last: date, number: int, calendar: Calendar) -> date:
    """The n-th working day of a span (from the end, if negative).

    Of a span with fewer of them the last one, as BLDS 148.3 does for day numbers; of a span with none the n-th
    to come.
    """
    if number < 0:
        return calendar.add(last + timedelta(days=1), number)
    day, final = calendar.add(first - timedelta(days=1), number), calendar.add(last + timedelta(days=1), -1)
    return final if first <= final < day else day


def _weekday_in(first: date, last: date, weekday: int, number: int) -> date | None:
    """The n-th (from the end, if negative) Monday=1 ... Sunday=7 of a span, if it has so many."""
    start = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    days = [start + timedelta(days=7 * n) for n in range(((last - start).days // 7) + 1)]
    place = number - 1 if number > 0 else number
    return days[place] if -len(days) <= place < len(days) else None


def _middle(first: date, last: date) -> date | None:
    """The 15th of a month, 30/6 of a year; the law knows no middle of a quarter or a week."""
    if (first.day, first.month) == (1, 1) and (last.day, last.month) == (31, 12):
        return date(first.year, 6, 30)
    return first.replace(day=15) if first.day == 1 and last == month_end(first) else None


def offset(day: date, count: int, unit: str, calendar: Calendar | None) -> date | None:
    """The day on which a term ends (BLDS 147, 148): the first day is not counted.

    Weeks end on the same weekday, months and years on the same day number or the month's last day
    (148 khoản 2-4). Hours run at once (147 khoản 1); of a day without an hour whole days are added.
    """
    if unit == "wd":
        return calendar.add(day, count) if calendar else None
    if unit in "my":
        months = count * (12 if unit == "y" else 1)
        end = month_end(day, months)
        return end.replace(day=min(day.day, end.day))
    return day + timedelta(days={"min": count // 1440, "h": count // 24, "d": count, "w": 7 * count}[unit])
