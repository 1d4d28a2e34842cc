"""When a duty comes round (định kỳ): its schedule, and the occurrences that follow from it.

Every occurrence is worked out from its own period, never from the one before: a day 31 that February lacks
does not drift. Period keys are those of `domain.period`; several days in one period are told apart as
`2023-02#1`, `2023-02#2`, two a year as `2023-H1`, `2023-H2`; a duty done once has `once`, one done on several
days that are named (đợt 1, đợt 2) has them as `2023-03-15#1`, `2023-06-30#2`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from domain import moment
from domain.anchoring import in_year
from domain.period import Period, Unit, containing
from domain.sentence import Sentence
from domain.workdays import Calendar

Repeat = Literal[
    "none", "daily", "weekly", "monthly", "quarterly", "semester", "twice_yearly", "yearly",
    "continuous", "periodic", "event",
]  # fmt: skip
UNITS: dict[str, Unit] = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "semester": "semester",
    "twice_yearly": "half", "yearly": "year",
}  # fmt: skip
LENGTH: dict[Unit, int] = {
    "day": 1, "week": 7, "month": 30, "quarter": 91, "half": 182, "semester": 182, "year": 365, "school_year": 366,
}  # fmt: skip
ONE_DAY = timedelta(days=1)
LONGEST_LAG = timedelta(days=400)  # a yearly report may be due in the year after its period


class Shift(StrEnum):
    """What an office does with a stated day on which nobody works."""

    KEEP = "keep"  # giữ nguyên
    PREVIOUS = "previous"  # ngày làm việc liền trước
    NEXT = "next"  # ngày làm việc liền sau


class Schedule(BaseModel):
    """A duty's times, frozen when it is issued.

    `stated` is spelled as in `domain.moment`, or "" for the last day of each period; with `repeat` a stated
    day of one particular year only limits the schedule, except beside one that comes back, where it is due
    once; one that comes less often than `repeat` decides. `first` is the day the duty begins (the directive's
    date, from which terms run), `last` the last day that may be due; both inside.
    """

    model_config = ConfigDict(frozen=True)

    repeat: Repeat = "none"
    stated: str = ""
    op: str | None = None
    shift: Shift = Shift.KEEP
    first: date
    last: date | None = None

    @field_validator("stated")
    @classmethod
    def _is_spelled(cls, stated: str) -> str:
        for value in filter(None, stated.split(",")):
            unit = moment.unit_of(value)
            moment.span_of(value.split("T")[0], base=containing(unit, date(2024, 1, 1)) if unit else None)
        return stated


@dataclass(frozen=True)
class Due:
    """`stated_on` is the last acceptable day as said, `due_on` the same after the shift; both end at midnight."""

    period: str
    opens_on: date
    stated_on: date
    due_on: date
    why: tuple[str, ...] = ()


def shifted(day: date, shift: Shift, calendar: Calendar, *, not_before: date | None = None) -> date:
    """A day off moved to a working day; never to before `not_before` (the directive's own date)."""
    if shift is Shift.KEEP or calendar.is_working(day):
        return day
    moved = calendar.previous_working(day) if shift is Shift.PREVIOUS else calendar.next_working(day)
    return day if not_before and moved < not_before <= day else moved


def occurrences(schedule: Schedule, calendar: Calendar, *, since: date, until: date) -> list[Due]:
    """Every occurrence that is open at some time from `since` to `until`, both inside, in order.

    It is open from `opens_on` to the later of its stated and its due day. Nothing is stated before
    `schedule.first`. Standing duties (continuous, periodic, event) have none, nor has a time still unknown.
    """
    if schedule.repeat == "none":
        every = _once(schedule, calendar)
    elif schedule.repeat in UNITS:
        every = _repeated(schedule, calendar, since, until)
    else:
        return []
    found = (due for due in every if due.opens_on <= until and max(due.stated_on, due.due_on) >= since)
    return sorted(found, key=lambda due: due.stated_on)


def _once(schedule: Schedule, calendar: Calendar) -> Iterator[Due]:
    values = [
        in_year(value, schedule.first, None, schedule.op) for value in schedule.stated.split(",") if value
    ]
    for place, value in enumerate(values, start=1):
        day = moment.last_day(value, schedule.op, event=schedule.first, calendar=calendar)
        if day and _allowed(schedule, day):
            key = "once" if len(values) == 1 else f"{day}#{place}"
            yield _due(schedule, calendar, key, _begins(value, schedule, calendar), day, value)


def _begins(value: str, schedule: Schedule, calendar: Calendar) -> date:
    """Work of a later quarter or year sleeps until it begins; work with a day of its own is open at once."""
    span = moment.span_of(value.partition("T")[0], event=schedule.first, calendar=calendar)
    whole = span is not None and span.last is not None and span.first < span.last
    return span.first if span is not None and whole else schedule.first


def _repeated(schedule: Schedule, calendar: Calendar, since: date, until: date) -> Iterator[Due]:
    values, limit = _values(schedule)
    dated = [value for value in schedule.stated.split(",") if values != [""] and value not in values]
    if dated:
        yield from _once(schedule.model_copy(update={"stated": ",".join(dated)}), calendar)
    unit = max(UNITS[schedule.repeat], moment.unit_of(values[0]) or "day", key=LENGTH.__getitem__)
    base = containing(unit, max(schedule.first, since - LONGEST_LAG))
    while base.first <= min(until, limit or until):
        yield from _in_period(schedule, calendar, base, values, limit)
        base = base.next


def _values(schedule: Schedule) -> tuple[list[str], date | None]:
    """The stated days that recur; where none does, one that does not is a limit instead."""
    values = schedule.stated.split(",")
    if recurring := [value for value in values if not value or moment.unit_of(value)]:
        return recurring, schedule.last
    limits = [schedule.last, moment.last_day(values[-1], schedule.op, event=schedule.first)]
    return [""], min((day for day in limits if day), default=None)


def _in_period(
    schedule: Schedule, calendar: Calendar, base: Period, values: list[str], limit: date | None
) -> Iterator[Due]:
    opens = base.first
    for place, value in enumerate(values, start=1):
        day = _stated_in(value, schedule.op, base, calendar)
        if day is None:
            return
        if _allowed(schedule, day) and (limit is None or day <= limit):
            yield _due(schedule, calendar, _key(base, place, len(values)), opens, day, value)
        opens = max(opens, day + ONE_DAY)


def _key(base: Period, place: int, of: int) -> str:
    if of == 1:
        return base.key
    return f"{base.key}-H{place}" if base.unit == "year" and of == 2 else f"{base.key}#{place}"


def _stated_in(value: str, op: str | None, base: Period, calendar: Calendar) -> date | None:
    """The stated day inside one period; a value of a shorter period means the last such one of `base`."""
    if not value:
        return _end_of(base, calendar)
    unit = moment.unit_of(value)
    if unit is None:
        return None
    return moment.last_day(value, op, base=containing(unit, base.last), calendar=calendar)


def _end_of(base: Period, calendar: Calendar) -> date | None:
    """Where no day is stated: the last day; of a week the last one worked, of a day only if it is worked."""
    if base.unit == "day":
        return base.last if calendar.is_working(base.last) else None
    if base.unit == "week":
        day = calendar.add(base.last + ONE_DAY, -1)
        return day if day >= base.first else None
    if base.unit in ("semester", "school_year"):
        return moment.last_day(base.key, None, calendar=calendar)
    return base.last


def _allowed(schedule: Schedule, day: date) -> bool:
    return schedule.first <= day and (schedule.last is None or day <= schedule.last)


def _due(schedule: Schedule, calendar: Calendar, key: str, opens: date, day: date, value: str) -> Due:
    due = shifted(day, schedule.shift, calendar, not_before=schedule.first)
    why = (*_hour_said(value), *moved_because(day, due, calendar))
    return Due(key, min(max(opens, schedule.first), due), day, due, why)


def _hour_said(value: str) -> tuple[str, ...]:
    """Work is owed by the day; an hour of it is told beside."""
    hour, _, minute = value.partition("T")[2].partition(":")
    if not hour or int(hour) in (0, 24):
        return ()
    return (Sentence("Văn bản nêu giờ: {hour} giờ {minute}", hour=hour, minute=minute or "00"),)


def moved_because(stated: date, due: date, calendar: Calendar) -> tuple[str, ...]:
    """Why the due day is not the stated one, or that the stated one is kept though nobody works on it."""
    reason = calendar.why_off(stated)
    if reason is None:
        return ()
    day = f"{stated:%d/%m/%Y}"
    if stated == due:
        return (
            Sentence("{day} là ngày nghỉ ({reason}); giữ nguyên ngày đã ấn định.", day=day, reason=reason),
        )
    said = {"day": day, "reason": reason, "due": f"{due:%d/%m/%Y}"}
    if due < stated:
        return (Sentence("{day} là ngày nghỉ ({reason}); tính ngày làm việc liền trước: {due}.", **said),)
    return (Sentence("{day} là ngày nghỉ ({reason}); tính ngày làm việc liền sau: {due}.", **said),)
