"""What a stated time means in days: the spelling of deadlines (reading.md) worked out.

| value | means |
|---|---|
| `2025-12-15`, `2018-04-23T09:00` | a day, an hour of a day (`T24:00` is the end of that day) |
| `2025-12`, `2023-Q1`, `2026-H1`, `2025`, `2026-W07` | a calendar period |
| `NH2024-2025`, `HK1-NH2024-2025` | năm học, học kỳ: days only from the calendar's school years |
| `NH`, `HK1-NH` | the school year at hand, its first semester |
| `2026/2030`, `2025/..` | from one to the other, open |
| `day<15`, `day=25` | a day of every month |
| `--11-15`, `--12`, `--Q2`, `--H1` | a day, month, quarter, half of every year, or of a year not yet known |
| `m`, `q`, `y`, `w`, `m+1` | this month, quarter, year, week; the next month |
| `p` | the last month of the reporting period (kỳ báo cáo) |
| `q.3`, `q.4` | third month of the quarter; first month of the next one |
| `…:15`, `…:first`, `…:middle`, `…:last` | in any period: its 15th day, and the days of BLDS 146 |
| `…:d1.1`, `…:d5.-1` | in any period: its first Monday, its last Friday |
| `…:wd3`, `…:wd-1` | in any period: its third and its last working day |
| `w:5` | Friday |
| `2026-tet`, `--tet` | mùng 1 Tết Nguyên đán |
| `2026-12-15-3d`, `event+5wd`, `event+48h` | from a day or an event: h, d, wd (ngày làm việc), w, m, y |
| `a,b` | several |
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.period import Period, Unit, containing, month_end, period
from domain.times.dates import spell_day
from domain.workdays import Calendar, lunar_new_year

LETTER: dict[str, Unit] = {"w": "week", "m": "month", "p": "month", "q": "quarter", "y": "year"}

_OFFSET = re.compile(r"(?P<base>.+?)(?P<count>[+-]\d+)(?P<unit>wd|[hdwmy])$")
_SCOPE = re.compile(r"(?P<unit>[wmpqy])(?:\+(?P<ahead>\d+))?(?:\.(?P<month>\d))?$")
_DAY_OF_MONTH = re.compile(r"day[<=](\d{1,2})$")
_NUMBERED = re.compile(
    r"day[<=](?P<day>\d+)$|(?P<head>[wmpqy][^:]*):(?P<point>\d+)$|--(?P<month>\d\d)-(?P<of_month>\d\d)$"
)
_WEEKDAY = re.compile(r"d(?P<weekday>[1-7])\.(?P<n>-?\d)$")
_DATE = re.compile(r"(\d{4}|-)-(\d\d)-(\d\d)$")


@dataclass(frozen=True)
class Span:
    """First and last day meant (both inside); `last` is None where the period stays open."""

    first: date
    last: date | None


def unit_of(value: str) -> Unit | None:
    """The kind of period a value needs to become days; None where it stands by itself."""
    head = value.split(",")[0]
    if head.startswith("day"):
        return "month"
    if head.startswith("--"):
        return "year"
    if head.endswith("NH"):
        return "school_year"
    return LETTER[head[0]] if _SCOPE.match(re.split("[:T]", head)[0]) else None


def last_day(
    value: str,
    op: str | None,
    *,
    base: Period | None = None,
    event: date | None = None,
    calendar: Calendar | None = None,
) -> date | None:
    """Last acceptable calendar day of one value (not a list), as said, before any shift.

    "trước" (before) a day or a period ends the day before it begins; everything else ends with its last day.
    "trước ngày 30" of a February is its last day. None where something is missing: the year, the event, the
    working calendar, the school year.
    """
    body, _, hour = value.partition("T")
    if op == "before" and not hour and (eve := _eve(body, base)):
        return eve
    span = span_of(body, base=base, event=event, calendar=calendar)
    if span is None or span.last is None:
        return None
    if hour == "00:00" or (op == "before" and not hour):
        return span.first - timedelta(days=1)
    return span.last


def _eve(body: str, base: Period | None) -> date | None:
    """The day before a numbered day, which the month may lack: "trước ngày 30" of a February is its last day."""
    found = _NUMBERED.match(body)
    if not found or base is None:
        return None
    month = f"{base.first.year}-{found['month']}" if found["month"] else found["head"]
    whole = _whole(month, base, None) if month else Span(base.first, base.last)
    number = int(found["day"] or found["point"] or found["of_month"])
    return whole and whole.last and min(whole.first + timedelta(days=number - 2), whole.last)


def span_of(
    value: str, *, base: Period | None = None, event: date | None = None, calendar: Calendar | None = None
) -> Span | None:
    """First and last day of one value without its hour, or None where something it needs is missing."""
    if "/" in value:
        return _range(value, base=base, event=event, calendar=calendar)
    if found := _OFFSET.match(value):
        start = span_of(found["base"], base=base, event=event, calendar=calendar)
        if start is None or start.last is None:
            return None
        day = offset(start.last, int(found["count"]), found["unit"], calendar)
        return Span(day, day) if day else None
    if value == "event":
        return Span(event, event) if event else None
    head, _, point = value.partition(":")
    span = _whole(head, base, calendar)
    if span is None or not point:
        return span
    day = point_of(span, point, calendar)
    return Span(day, day) if day else None


def _range(value: str, *, base: Period | None, event: date | None, calendar: Calendar | None) -> Span | None:
    first, _, last = value.partition("/")
    start = span_of(first, base=base, event=event, calendar=calendar)
    if start is None or last == "..":
        return start and Span(start.first, None)
    end = span_of(last, base=base, event=event, calendar=calendar)
    return end and Span(start.first, end.last)


def _whole(head: str, base: Period | None, calendar: Calendar | None) -> Span | None:
    if found := _DATE.match(head):
        return _day(found, base)
    if head.startswith("--"):
        if base is None or base.unit != "year":
            return None
        head = f"{base.first.year}-{head[2:]}"
    if head.endswith("NH"):
        if base is None or base.unit != "school_year":
            return None
        head = head[:-2] + base.key
    if head.endswith("-tet"):
        day = lunar_new_year(int(head[:4]))
        return Span(day, day)
    if found := _DAY_OF_MONTH.match(head):
        day = min(base.first + timedelta(days=int(found[1]) - 1), base.last) if base else None
        return Span(day, day) if day else None
    if scope := _SCOPE.match(head):
        return _scoped(scope, base)
    named = period(head)
    if named.unit in ("semester", "school_year"):
        return _school(named, calendar)
    return Span(named.first, named.last)


def _day(found: re.Match[str], base: Period | None) -> Span | None:
    """A day; one of a year that lacks it (29/02) becomes the month's last day (BLDS 148.3)."""
    if found[1] == "-" and (base is None or base.unit != "year"):
        return None
    year = base.first.year if found[1] == "-" and base else int(found[1])
    month = date(year, int(found[2]), 1)
    day = min(month + timedelta(days=int(found[3]) - 1), month_end(month))
    return Span(day, day)


def _scoped(scope: re.Match[str], base: Period | None) -> Span | None:
    if base is None or base.unit != LETTER[scope["unit"]]:
        return None
    for _ in range(int(scope["ahead"] or 0)):
        base = base.next
    if scope["month"]:
        base = containing("month", month_end(base.first, int(scope["month"]) - 1))
    return Span(base.first, base.last)


def _school(named: Period, calendar: Calendar | None) -> Span | None:
    if calendar is None:
        return None
    year = calendar.school_year(named.last.year - 1)
    last = year.first_semester_ends if named.key.startswith("HK1") else year.ends
    return Span(named.first, last)


def point_of(span: Span, point: str, calendar: Calendar | None) -> date | None:
    """A day inside a span: `first`, `middle`, `last` (BLDS 146 khoản 2, 3), a number, or a working day.

    A month without that day number gives its last day (BLDS 148 khoản 3).
    """
    first, last = span.first, span.last
    if last is None:
        return None
    if point.startswith("wd"):
        number = int(point[2:])
        start = first - timedelta(days=1) if number > 0 else last + timedelta(days=1)
        return calendar.add(start, number) if calendar else None
    if found := _WEEKDAY.match(point):
        return _weekday_in(first, last, int(found["weekday"]), int(found["n"]))
    if point == "middle":
        return _middle(first, last)
    if point in ("first", "last"):
        return first if point == "first" else last
    return min(first + timedelta(days=int(point) - 1), last)


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
    return day + timedelta(days={"h": count // 24, "d": count, "w": 7 * count}[unit])


def anchored(value: str, day: date) -> str:
    """A value of a running period (`m`, `q.3:20`, `day<15`) spelled for the first one not over by `day`."""
    unit = unit_of(value)
    if unit is None:
        return settled(value)
    body, t, hour = value.partition("T")
    head, _, point = body.partition(":")
    known = head if point.startswith("wd") else body
    base = containing(unit, day)
    span = span_of(known, base=base)
    if span and span.last and span.last < day and "+" not in head:
        span = span_of(known, base=base.next)
    if span is None:
        return value
    if known.startswith("day") or (point and known == body):
        return span.first.isoformat() + t + hour
    key = containing("month" if "." in head else unit, span.first).key
    return key + (f":{point}" if point else "") + t + hour


def settled(value: str) -> str:
    """A point of a known period as its day ("2026-08:last" is 2026-08-31), unless it needs the calendar."""
    body, t, hour = value.partition("T")
    if ":" not in body or ":wd" in body or unit_of(value):
        return value
    span = span_of(body)
    return span.first.isoformat() + t + hour if span else value


def in_year(value: str, document_date: date | None, year: int | None) -> str:
    """A one-off value with its year: `year` if given, else the first that does not end before the document.

    Values that need no year come back as they are. Raises Impossible (29/02 of a year without one).
    """
    if value.endswith("NH"):
        day = document_date or (date(year, 9, 1) if year else None)
        return value[:-2] + containing("school_year", day).key if day else value
    if value.startswith("--") and (document_date or year):
        return settled(_in_its_year(value, document_date, year))
    return anchored(value, document_date) if document_date else settled(value)


def _in_its_year(value: str, document_date: date | None, year: int | None) -> str:
    body, t, hour = value.partition("T")
    first = year or (document_date.year if document_date else 0)
    if body.endswith("+1y"):
        body, first = body[:-3], first + 1
    elif not year and document_date and _is_over(body, first, document_date):
        first += 1
    if body.startswith("--02-29"):
        spell_day(29, 2, first)
    return body.replace("--", f"{first}-") + t + hour


def _is_over(body: str, year: int, day: date) -> bool:
    span = span_of(body.replace("--", f"{year}-"))
    return bool(span and span.last and span.last < day)
