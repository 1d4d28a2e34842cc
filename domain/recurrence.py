"""When a duty recurs: one engine, computed once for a duty, never for each assignee.

Every occurrence is worked out from its own period, never from the one before it, so the end of a month
cannot drift (31 January, 28 February, 31 March). A period's key is stable, whatever its deadline becomes.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.moment import last_day, span_of, unit_of
from domain.period import Period, Unit, containing, touching
from domain.workdays import Calendar


class Shift(StrEnum):
    """What becomes of a deadline on a day off. A fixed date is never moved silently; a term ends on the next
    working day by law (Bộ luật Dân sự 2015, Điều 148 khoản 5)."""

    KEEP = "keep"
    PREVIOUS = "previous"
    NEXT = "next"

    def apply(self, day: date, calendar: Calendar) -> date:
        if self is Shift.PREVIOUS:
            return calendar.previous_working(day)
        return calendar.next_working(day) if self is Shift.NEXT else day


UNITS: dict[str, Unit] = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "semester": "semester",
    "twice_yearly": "year",
    "yearly": "year",
}
NEVER = frozenset({"continuous", "periodic", "event"})
"""Standing duties (nhiệm vụ thường xuyên) have no occurrences: they are attested, not ticked off."""


class Schedule(BaseModel):
    """`repeat`: none, or a word of reading.md's recurrences. `stated`: the deadline in the spelling of
    `domain.moment` ("2023-Q1", "day<15", "2025-12-15", "--06-01,--11-15"); empty means the period's end.
    `first`, `last`: the duty's own days, both inclusive; `last` None is open."""

    model_config = ConfigDict(frozen=True)

    repeat: str = "none"
    stated: str = ""
    op: str | None = None
    shift: Shift = Shift.KEEP
    first: date
    last: date | None = None


class Due(BaseModel):
    """One occurrence: `opens_on` it becomes work, `stated_on` is the last acceptable day as said, `due_on`
    the day that counts, `why` tells how one became the other (empty where they are the same)."""

    model_config = ConfigDict(frozen=True)

    period: str
    opens_on: date
    stated_on: date
    due_on: date
    why: str = ""


def occurrences(schedule: Schedule, calendar: Calendar, *, since: date, until: date) -> list[Due]:
    """Occurrences that open in `since`..`until` (both inclusive), in order of their deadlines.

    A deadline that fell before the duty began is none: a report ordered on the 20th is first due next month.
    """
    if schedule.repeat in NEVER:
        return []
    found = _once(schedule, calendar) if schedule.repeat == "none" else _each(schedule, calendar, until)
    return sorted((due for due in found if since <= due.opens_on <= until), key=lambda due: (due.due_on, due.period))


def _once(schedule: Schedule, calendar: Calendar) -> list[Due]:
    """One occurrence for each stated day; a period ("2023-Q3") opens when it begins."""
    found = []
    values = [value for value in schedule.stated.split(",") if value]
    for number, value in enumerate(values, start=1):
        base = _base(value, schedule.first)
        stated = last_day(value, schedule.op, base=base, event=schedule.first, calendar=calendar)
        if stated is None:
            continue
        span = span_of(value, base=base, event=schedule.first, calendar=calendar)
        begins = span.first if span and span.last and span.last > span.first else schedule.first
        key = "once" if len(values) == 1 else f"once-{number}"
        found.append(_due(schedule, calendar, key, max(schedule.first, begins), stated))
    return found


def _each(schedule: Schedule, calendar: Calendar, until: date) -> list[Due]:
    unit = UNITS[schedule.repeat]
    end = min(until, schedule.last) if schedule.last else until
    found = []
    for one in touching(unit, schedule.first, end):
        values = [value for value in schedule.stated.split(",") if value] or [one.key]
        for number, value in enumerate(values, start=1):
            base = containing(unit_of(value) or unit, one.last)
            stated = last_day(value, schedule.op if schedule.stated else None, base=base, calendar=calendar)
            if stated is None or stated < schedule.first:
                continue
            key = one.key if len(values) == 1 else f"{one.key}.{number}"
            found.append(_due(schedule, calendar, key, max(schedule.first, one.first), stated))
    return found


def _base(value: str, first: date) -> Period | None:
    unit = unit_of(value)
    return containing(unit, first) if unit else None


def _due(schedule: Schedule, calendar: Calendar, key: str, opens_on: date, stated: date) -> Due:
    due = max(schedule.shift.apply(stated, calendar), schedule.first)
    why = "" if due == stated else f"{stated:%d/%m/%Y} là {calendar.why_off(stated)}, tính {due:%d/%m/%Y}"
    return Due(period=key, opens_on=min(opens_on, due), stated_on=stated, due_on=due, why=why)
