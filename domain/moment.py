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
| `q.3`, `q.4`, `y.15` | third month of the quarter; first month of the next one; third month after the year |
| `…:15`, `…:first`, `…:middle`, `…:last` | in any period: its 15th day, and the days of BLDS 146 |
| `…:d1.1`, `…:d5.-1` | in any period: its first Monday, its last Friday |
| `…:wd3`, `…:wd-1` | in any period: its third and its last working day; `…:-2` its last day but one |
| `w:5`, `dT17:00` | Friday; 17:00 of every day |
| `2026-tet`, `--tet`, `2026-gioto` | mùng 1 Tết Nguyên đán, Giỗ Tổ Hùng Vương |
| `2026-12-15-3d`, `event+5wd`, `event+48h` | from a day or an event: min, h, d, wd (ngày làm việc), w, m, y |
| `a,b` | several |
"""

import re
from datetime import date, timedelta

from domain.counting import Span, offset, point_of
from domain.period import Period, Unit, containing, month_end, period
from domain.workdays import Calendar, lunar_feast

LETTER: dict[str, Unit] = {"d": "day", "w": "week", "m": "month", "p": "month", "q": "quarter", "y": "year"}

_OFFSET = re.compile(r"(?P<base>.+?)(?P<count>[+-]\d+)(?P<unit>min|wd|[hdwmy])$")
_SCOPE = re.compile(r"(?P<unit>[dwmpqy])(?:\+(?P<ahead>\d+))?(?:\.(?P<month>\d{1,4}))?$")
_DAY_OF_MONTH = re.compile(r"day[<=](\d{1,2})$")
_NUMBERED = re.compile(
    r"day[<=](?P<day>\d+)$|(?P<head>[wmpqy][^:]*):(?P<point>\d+)$|--(?P<month>\d\d)-(?P<of_month>\d\d)$"
)
_THIS_SCHOOL_YEAR = re.compile(r"NH(?!\d)")
_DATE = re.compile(r"(\d{4}|-)-(\d\d)-(\d\d)$")


def unit_of(value: str) -> Unit | None:
    """The kind of period a value needs to become days; None where it stands by itself."""
    head = value.split(",")[0]
    if head.startswith("day"):
        return "month"
    if head.startswith("--"):
        return "year"
    if _THIS_SCHOOL_YEAR.search(head):
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
    "trước ngày 30" of a February is its last day; "trước" a school year or semester is said of the day
    of its end ("trước ngày kết thúc năm học"). None where something is missing: the year, the event, the
    working calendar, the school year.
    """
    body, _, hour = value.partition("T")
    if op == "before" and not hour and (eve := _eve(body, base)):
        return eve
    span = span_of(body, base=base, event=event, calendar=calendar)
    if span is None or span.last is None:
        return None
    if hour == "00:00" or (op == "before" and not hour):
        return (span.last if "NH" in body else span.first) - timedelta(days=1)
    return span.last


def _eve(body: str, base: Period | None) -> date | None:
    """The day before a numbered day, which the month may lack: "trước ngày 30" of a February is its last day."""
    found = _NUMBERED.match(body)
    if not found or base is None:
        return None
    month = f"{base.first.year}-{found['month']}" if found["month"] else found["head"]
    whole = _whole(month, base, None) if month else Span(base.first, base.last)
    number = int(found["day"] or found["point"] or found["of_month"])
    if whole is None or whole.last is None:
        return None
    return min(whole.first + timedelta(days=number - 2), whole.last)


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
    if _THIS_SCHOOL_YEAR.search(head):
        if base is None or base.unit != "school_year":
            return None
        head = head[:-2] + base.key
    if head.endswith(("-tet", "-gioto")):
        day = lunar_feast(head[5:], int(head[:4]))
        return Span(day, day)
    if found := _DAY_OF_MONTH.match(head):
        return _numbered(base, int(found[1])) if base else None
    if scope := _SCOPE.match(head):
        return _scoped(scope, base)
    named = period(head)
    if named.unit in ("semester", "school_year"):
        return _school(named, calendar)
    return Span(named.first, named.last)


def _numbered(month: Period, number: int) -> Span:
    """The day of that number; a month without it gives its last day (BLDS 148 khoản 3)."""
    day = min(month.first + timedelta(days=number - 1), month.last)
    return Span(day, day)


def _day(found: re.Match[str], base: Period | None) -> Span | None:
    """A day; one of a year that lacks it (29/02) becomes the month's last day (BLDS 148.3)."""
    if found[1] == "-" and (base is None or base.unit != "year"):
        return None
    year = base.first.year if found[1] == "-" and base else int(found[1])
    return _numbered(containing("month", date(year, int(found[2]), 1)), int(found[3]))


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
