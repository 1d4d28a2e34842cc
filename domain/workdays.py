"""Working days (ngày làm việc): which days the office works, and counting in them.

The public holidays come from the `holidays` library (Bộ luật Lao động 2019 Điều 112, made-up days Điều 111
khoản 3, the swaps it knows); what an office adds or corrects are `CalendarDay`s, which win. A unit's own days (a
school's day off, or made-up day) win over those, for that unit alone.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Literal

import holidays
from holidays import HolidayBase

from domain.sentence import Sentence, WordedError

Status = Literal["official", "expected"]
Kind = Literal["off", "work"]
WEEKDAYS = (
    Sentence("thứ Hai"), Sentence("thứ Ba"), Sentence("thứ Tư"), Sentence("thứ Năm"), Sentence("thứ Sáu"),
    Sentence("thứ Bảy"), Sentence("Chủ nhật"),
)  # fmt: skip


class UnknownCalendar(WordedError, ValueError):
    """No working calendar has this code."""


@dataclass(frozen=True)
class CalendarDay:
    """One day on which the office differs from the week's habit: a day off, or a day worked (làm bù)."""

    day: date
    kind: Kind
    reason: str
    source: str
    status: Status = "official"


@dataclass(frozen=True)
class SchoolYear:
    """Last days of a school year (năm học), from the decision on its frame (khung kế hoạch thời gian)."""

    start: int
    first_semester_ends: date
    ends: date
    source: str
    status: Status = "official"


def usual_school_year(start: int) -> SchoolYear:
    """What a school year not yet decided is expected to be.

    The decisions say "kết thúc học kỳ I trước ngày 18/01, kết thúc năm học trước ngày 31/5".
    """
    return SchoolYear(
        start,
        date(start + 1, 1, 17),
        date(start + 1, 5, 30),
        "khung kế hoạch thời gian thường lệ",
        "expected",
    )


@dataclass(frozen=True)
class Calendar:
    code: str
    days: Mapping[date, CalendarDay]
    school_years: Mapping[int, SchoolYear]
    _known: HolidayBase = field(repr=False, compare=False)
    unit_days: Mapping[int, Mapping[date, CalendarDay]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        code: str,
        overrides: Iterable[CalendarDay] = (),
        school_years: Iterable[SchoolYear] = (),
        unit_days: Iterable[tuple[int, CalendarDay]] = (),
    ) -> "Calendar":
        """The calendar of a country, ISO 3166 code ("VN"), with days of the office and, by id, of units. Raises
        UnknownCalendar."""
        try:
            known = holidays.country_holidays(code, language="vi" if code == "VN" else None)
        except NotImplementedError as error:
            raise UnknownCalendar("Không có lịch làm việc “{code}”. Ví dụ hợp lệ: VN.", code=code) from error
        own: dict[int, dict[date, CalendarDay]] = {}
        for unit_id, one in unit_days:
            own.setdefault(unit_id, {})[one.day] = one
        days, years = {one.day: one for one in overrides}, {one.start: one for one in school_years}
        return cls(code, days, years, known, own)

    @cached_property
    def apart(self) -> "tuple[tuple[Calendar, tuple[int, ...]], ...]":
        """Each calendar that differs from this one, with the ids of the units that keep it; units with the same
        days of their own share one."""
        alike: dict[tuple[CalendarDay, ...], list[int]] = {}
        for unit_id in sorted(self.unit_days):
            days = self.unit_days[unit_id]
            # What a unit decides says nothing of whether the year's notice has come (`status`).
            own = tuple(replace(days[day], status="expected") for day in sorted(days))
            alike.setdefault(own, []).append(unit_id)
        return tuple(
            (replace(self, days={**self.days, **{one.day: one for one in days}}, unit_days={}), tuple(units))
            for days, units in alike.items()
        )

    @cached_property
    def _by_unit(self) -> "Mapping[int, Calendar]":
        return {unit_id: own for own, units in self.apart for unit_id in units}

    def for_unit(self, unit_id: int) -> "Calendar":
        """The calendar this unit keeps: this one, unless it has days of its own."""
        return self._by_unit.get(unit_id, self)

    def among(self, units: Container[int]) -> "Calendar":
        """The same calendar, as far as it concerns these units."""
        return replace(self, unit_days={unit: days for unit, days in self.unit_days.items() if unit in units})

    @cached_property
    def _worked(self) -> dict[date, bool]:
        """The days asked for so far: a letter, a sweep, a page each ask for the same few."""
        return {}

    def is_working(self, day: date) -> bool:
        if (worked := self._worked.get(day)) is None:
            own = self.days.get(day)
            worked = self._worked[day] = own.kind == "work" if own else self._known.is_working_day(day)
        return worked

    def why_off(self, day: date) -> str | None:
        """The reason nobody works that day, in Vietnamese; None for a working day."""
        if self.is_working(day):
            return None
        if own := self.days.get(day):
            return own.reason
        return self._known.get(day) or WEEKDAYS[day.weekday()]

    def next_working(self, day: date) -> date:
        """The day itself if worked, else the first working day after it (BLDS 148 khoản 5)."""
        return day if self.is_working(day) else self.add(day, 1)

    def previous_working(self, day: date) -> date:
        """The day itself if worked, else the last working day before it."""
        return day if self.is_working(day) else self.add(day, -1)

    def add(self, day: date, working_days: int) -> date:
        """The n-th working day after (before, if negative) a day that itself is not counted (BLDS 147)."""
        step = timedelta(days=1 if working_days > 0 else -1)
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def count(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; add(a, count(a, b)) is b if b is worked.

        Negative, by the same rule backwards, where `last` lies before `first`.
        """
        if last < first:
            return -sum(self.is_working(last + timedelta(days=n)) for n in range((first - last).days))
        return sum(self.is_working(first + timedelta(days=n + 1)) for n in range((last - first).days))

    def off_between(self, first: date, last: date) -> list[CalendarDay]:
        """Holidays, not ordinary weekends, from first to last, both counted: what a person wants named."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [
            CalendarDay(day, "off", reason, "")
            for day in days
            if (reason := self.why_off(day)) and reason not in WEEKDAYS
        ]

    def made_up_between(self, first: date, last: date) -> list[date]:
        """Days of weekends on which people work all the same (làm bù), from first to last, both counted."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [day for day in days if day.isoweekday() > 5 and self.is_working(day)]

    def status(self, year: int) -> Status:
        """`official` once a day of that year is entered with its notice; until then `expected` (dự kiến)."""
        entered = any(one.day.year == year and one.status == "official" for one in self.days.values())
        return "official" if entered else "expected"

    def remark(self, day: date) -> str:
        """What is to be said beside a deadline on that day while its year is only expected; else nothing. Asked
        when it is shown, never kept: the notice may come."""
        if self.status(day.year) == "official":
            return ""
        return Sentence("Lịch nghỉ năm {year} là dự kiến, chưa có thông báo chính thức.", year=day.year)

    def school_year(self, start: int) -> SchoolYear:
        return self.school_years.get(start) or usual_school_year(start)


_LUNAR = {"tet": "Tết Nguyên Đán", "gioto": "Ngày Giỗ Tổ Hùng Vương"}


@lru_cache
def lunar_feast(name: str, year: int) -> date:
    """The solar day of mùng 1 Tết Nguyên đán (`tet`) or Giỗ Tổ, 10/3 âm lịch (`gioto`), by the Vietnamese moon
    (UTC+7)."""
    known = holidays.country_holidays("VN", years=year, language="vi")
    return known.get_named(_LUNAR[name], lookup="exact")[0]
