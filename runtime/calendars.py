"""The working calendars that ship with the product: data files beside the law the library knows.

`data/calendar-vn.csv` holds what was announced for each year (days off, swapped Saturdays),
`data/school-years-vn.csv` the decisions on school years. An office adds its own days in its tables.
"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from domain.workdays import Calendar, CalendarDay, SchoolYear, Status

DATA = Path(__file__).resolve().parent / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA / name
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _status(row: dict[str, str]) -> Status:
    return "official" if row["status"] == "official" else "expected"


@cache
def shipped_days(code: str = "VN") -> tuple[CalendarDay, ...]:
    """Where a country's calendar differs from the library's; nothing for a code without a file."""
    return tuple(
        CalendarDay(
            day=date.fromisoformat(row["day"]),
            kind="work" if row["kind"] == "work" else "off",
            reason=row["reason"],
            source=row["source"],
            status=_status(row),
        )
        for row in _rows(f"calendar-{code.lower()}.csv")
    )


@cache
def shipped_school_years(code: str = "VN") -> tuple[SchoolYear, ...]:
    return tuple(
        SchoolYear(
            start=int(row["start"]),
            first_semester_ends=date.fromisoformat(row["first_semester_ends"]),
            ends=date.fromisoformat(row["ends"]),
            source=row["source"],
            status=_status(row),
        )
        for row in _rows(f"school-years-{code.lower()}.csv")
    )


@cache
def shipped_calendar(code: str = "VN") -> Calendar:
    """Raises UnknownCalendar for a code no library knows."""
    return Calendar.of(code, shipped_days(code), shipped_school_years(code))
