"""What a phrase comes to: the last acceptable day as said, the day due, and why (tính thời hạn).

A fixed date is kept even where nobody works that day; a term (thời hạn) that ends on such a day ends with the
next working day (Bộ luật Dân sự 2015 Điều 148 khoản 5). The office may choose otherwise with `shift`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain import moment
from domain.anchoring import in_year
from domain.period import BadPeriod, Period, Unit, containing, touching
from domain.period import period as period_of
from domain.reasons import (
    MISSING,
    NO_MIDDLE,
    NO_TIME,
    NO_YEAR,
    ONLY_REPEATS,
    OPEN_END,
    STARTS,
    because,
    closing_reason,
)
from domain.recurrence import Shift, shifted
from domain.stated import Stated, find_stated
from domain.times.dates import Impossible
from domain.workdays import Calendar


@dataclass(frozen=True)
class Answer:
    """`stated`: the last acceptable day as said; `due`: the same after the shift; `others`: further such pairs.

    `stated` is None where the text says no time, an impossible one, or one that lacks a fact; `why` says which.
    """

    text: str
    stated: date | None = None
    due: date | None = None
    why: tuple[str, ...] = ()
    op: str | None = None
    value: str | None = None
    recurrence: str = "none"
    others: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known beside the phrase."""

    calendar: Calendar
    document_date: date | None
    received: datetime | date | None
    period: Period | None

    @property
    def received_on(self) -> date | None:
        return self.received.date() if isinstance(self.received, datetime) else self.received

    @property
    def since(self) -> date | None:
        """The day from which a time that comes round is looked for."""
        return self.received_on or self.document_date

    def event(self, anchor: str | None) -> date | None:
        """The day from which a term runs; of an event nobody knows, none."""
        if anchor == "cut-off":
            return data_closes(self.period) if self.period else None
        return {
            "received": self.received_on,
            "document": self.document_date,
            "period": self.period.last if self.period else None,
            None: self.received_on or self.document_date,
        }.get(anchor)


def answer(
    text: str, *, calendar: Calendar, document_date: date | None = None,
    received: datetime | date | None = None, period: Period | None = None, shift: Shift | None = None,
) -> Answer:  # fmt: skip
    """When the work a phrase speaks of is due.

    `received` counts for terms from receipt (nhận), `document_date` for terms from signing (ký, ban hành) and
    for dates without a year; `period` for what comes round each month, quarter or year. Without `shift` fixed
    dates are kept and terms move to the next working day.
    """
    text = unicodedata.normalize("NFC", text).strip()
    found = _found_in(text)
    said = _deadline_among(found)
    if _ABOUT_CLOSING.search(text) and (
        said is None or said.pattern in _STRETCHES or said.value in _STRETCHES
    ):
        return _closing(text, period or _period_named(found, document_date))
    beside = [one for one in found if one is not said]
    facts = Facts(calendar, document_date, received, period or _period_named(beside, document_date))
    if said is None or said.value is None:
        return Answer(text, why=_no_deadline(found))
    known = Answer(text, op=said.op, value=said.value, recurrence=said.recurrence)
    try:
        days = _days(said, facts)
    except Impossible as impossible:
        return replace(known, why=(str(impossible),))
    if not days:
        return replace(known, why=(_missing(said),))
    how = shift or (Shift.NEXT if is_term(said.value) else Shift.KEEP)
    pairs = [(day, shifted(day, how, calendar, not_before=document_date)) for day in days]
    chosen = _first_open(pairs, facts)
    why = because(
        said, *chosen, event=facts.event(said.anchor), by_law=shift is None, calendar=calendar,
        document_date=document_date,
    )  # fmt: skip
    others = tuple(pair for pair in pairs if pair != chosen)
    return replace(known, stated=chosen[0], due=chosen[1], why=tuple(why), others=others)


def _closing(text: str, of: Period | None) -> Answer:
    """A phrase about the closing of data that names no day itself: the decree does."""
    if of is None:
        return Answer(text, why=(MISSING["cut-off"],))
    day = data_closes(of)
    return Answer(text, day, day, (closing_reason(of, day),), op="by", value=day.isoformat())


def _first_open(pairs: list[tuple[date, date]], facts: Facts) -> tuple[date, date]:
    """Of several days the first that lies in the period asked for and is not over when the office knows of it."""
    asked = facts.period
    inside = [pair for pair in pairs if asked and asked.first <= pair[0] <= asked.last] or pairs
    return next((pair for pair in inside if facts.since is None or pair[0] >= facts.since), inside[0])


def data_closes(of: Period) -> date:
    """The day on which the data of a reporting period close (chốt số liệu): the 14th of its last month.

    Nghị định 09/2019/NĐ-CP Điều 12: month, quarter, half-year, nine months and year alike.
    """
    return of.last.replace(day=14)


def is_term(value: str) -> bool:
    """A stretch that runs from an event or a day, as against a date that was fixed (BLDS 144, 147)."""
    return bool(re.search(r"\+\d+[dwmy]$", value)) and not re.match(r"--.*\+1y$", value)


_STRETCHES = {"period", "point", "m", "q", "y"}  # forms and values that name a whole period, not a day in it
_ABOUT_CLOSING = re.compile(r"(?i)(?:chốt|khóa) (?:số|dữ) liệu|09/2019/NĐ-CP")


def _found_in(text: str) -> list[Stated]:
    found = find_stated(text, phrase=True)
    if re.match(r"\d{1,2}\s?[-/.]\s?\d", text) and not any(one.value or one.problem for one in found):
        return find_stated(f"ngày {text}", phrase=True)
    return found


def _deadline_among(found: list[Stated]) -> Stated | None:
    """The time that is the deadline: no cut-off of data if there is another, a day rather than a whole period."""
    timed = [one for one in found if one.value]
    timed = [one for one in timed if one.pattern != "cut-off"] or timed
    periods = (*_STRETCHES, "school", "year-bare", "half-year")
    return next((one for one in timed if one.pattern not in periods), timed[0] if timed else None)


def _period_named(found: list[Stated], document_date: date | None) -> Period | None:
    """The period a text names beside its deadline: "báo cáo quý III/2026 trước ngày 20 tháng cuối quý"."""
    for one in found:
        if one.value:
            try:
                return period_of(in_year(one.value, document_date, None))
            except BadPeriod:
                continue
    return None


def _no_deadline(found: list[Stated]) -> tuple[str, ...]:
    if problems := tuple(one.problem for one in found if one.problem):
        return problems
    if any(one.pattern == "start" for one in found):
        return (STARTS,)
    return (ONLY_REPEATS if any(one.recurrence != "none" for one in found) else NO_TIME,)


def _days(said: Stated, facts: Facts) -> list[date]:
    """Every day the words can mean under these facts, in order. May raise Impossible."""
    if said.value is None or (said.pattern == "school" and said.op == "within"):
        return []
    days: set[date] = set()
    for value in said.value.split(","):
        end = _hours_from(value, said, facts)
        days.update([end] if end else _days_of(value, said, facts))
    return sorted(days)


def _hours_from(value: str, said: Stated, facts: Facts) -> date | None:
    """Hours run at once from a known hour (BLDS 147 khoản 1); of a day without an hour `moment` adds days."""
    if not isinstance(facts.received, datetime) or said.anchor not in ("received", None):
        return None
    found = re.match(r"event\+(\d+)h$", value)
    return (facts.received + timedelta(hours=int(found[1]))).date() if found else None


def _days_of(value: str, said: Stated, facts: Facts) -> Iterator[date]:
    unit = moment.unit_of(value)
    recurs = said.recurrence != "none"
    if (
        unit
        and not recurs
        and (facts.period or facts.since)
        and (facts.period is None or value.startswith("--"))
    ):
        year = facts.period.first.year if facts.period else None
        value, unit = in_year(value, facts.document_date or facts.since, year), None
    bases = _bases(unit, facts) if unit else [None]
    if value.startswith("p") and facts.period:
        bases = bases[-1:]
    for base in bases:
        event = facts.event(said.anchor)
        day = moment.last_day(value, said.op, base=base, event=event, calendar=facts.calendar)
        if day is None or (
            unit == "week" and facts.period and not facts.period.first <= day <= facts.period.last
        ):
            continue
        if facts.period or not unit:
            yield day
        elif facts.since and day >= facts.since:
            yield day
            return


def _bases(unit: Unit, facts: Facts) -> list[Period]:
    """The periods in which a time comes round: those of the period asked for, else from the known day on."""
    if facts.period is None:
        if facts.since is None:
            return []
        now = containing(unit, facts.since)
        return [now, now.next, now.next.next]
    asked = facts.period
    if unit == "week":
        return list(touching(unit, asked.first, asked.last))
    inside = [
        one
        for one in touching(unit, asked.first, asked.last)
        if asked.first <= one.first and one.last <= asked.last
    ]
    return inside or [containing(unit, asked.first)]


def _missing(said: Stated) -> str:
    if said.pattern == "school":
        return MISSING["school"]
    if said.value and said.value.endswith("/.."):
        return OPEN_END
    if said.value and said.value.endswith(":middle"):
        return NO_MIDDLE
    if said.value and said.value.startswith("event"):
        return MISSING[said.anchor or "received"]
    return NO_YEAR
