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
from domain.period import Period, Unit, containing, touching
from domain.reasons import MISSING, NO_TIME, NO_YEAR, ONLY_REPEATS, OPEN_END, STARTS, because, cut_off_reason
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
    facts = Facts(calendar, document_date, received, period)
    said, why = _time_in(text)
    if said is None or said.value is None:
        return _closing(text, facts) or Answer(text, why=why)
    known = Answer(text, op=said.op, value=said.value, recurrence=said.recurrence)
    try:
        days = sorted(set(_days(said, facts)))
    except Impossible as impossible:
        return replace(known, why=(str(impossible),))
    if not days:
        return replace(known, why=(_missing(said),))
    how = shift or (Shift.NEXT if is_term(said.value) else Shift.KEEP)
    pairs = [(day, shifted(day, how, calendar, not_before=document_date)) for day in days]
    chosen = next((pair for pair in pairs if facts.since is None or pair[0] >= facts.since), pairs[0])
    return replace(
        known,
        stated=chosen[0],
        due=chosen[1],
        why=tuple(
            because(
                said,
                *chosen,
                event=facts.event(said.anchor),
                by_law=shift is None,
                calendar=calendar,
                document_date=document_date,
            )
        ),
        others=tuple(pair for pair in pairs if pair != chosen),
    )


def data_closes(of: Period) -> date:
    """The day on which the data of a reporting period close (chốt số liệu): the 14th of its last month.

    Nghị định 09/2019/NĐ-CP Điều 12: month, quarter, half-year, nine months and year alike.
    """
    return of.last.replace(day=14)


def is_term(value: str) -> bool:
    """A stretch that runs from an event or a day, as against a date that was fixed (BLDS 144, 147)."""
    return bool(re.search(r"\+\d+[dwmy]$", value)) and not re.match(r"--.*\+1y$", value)


def _time_in(text: str) -> tuple[Stated | None, tuple[str, ...]]:
    """The deadline in the text, else the reason there is none."""
    found = find_stated(text, phrase=True)
    if not any(one.value or one.problem for one in found) and text[:1].isdigit():
        found = find_stated(f"ngày {text}", phrase=True) or found
    deadlines = [one for one in found if one.value]
    if deadlines:
        return next((one for one in deadlines if one.pattern != "cut-off"), deadlines[0]), ()
    if problems := [one.problem for one in found if one.problem]:
        return None, tuple(problems)
    if any(one.pattern == "start" for one in found):
        return None, (STARTS,)
    return None, (ONLY_REPEATS if any(one.recurrence != "none" for one in found) else NO_TIME,)


def _closing(text: str, facts: Facts) -> Answer | None:
    """A phrase about the closing of data itself, without a day: the decree says which."""
    if facts.period is None or not re.search(r"(?i)chốt số liệu|khóa số liệu|09/2019", text):
        return None
    day = data_closes(facts.period)
    return Answer(text, day, day, (cut_off_reason(facts.period, day),), op="by", value=day.isoformat())


def _days(said: Stated, facts: Facts) -> Iterator[date]:
    if said.value is None or (said.pattern == "school" and said.op == "within"):
        return
    for value in said.value.split(","):
        if (end := _hours_from(value, said, facts)) is not None:
            yield end
        else:
            yield from _days_of(value, said, facts)


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
        value, unit = moment.in_year(value, facts.document_date or facts.since, year), None
    for base in _bases(unit, facts) if unit else [None]:
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
    if said.value and said.value.startswith("event"):
        return MISSING[said.anchor or "received"]
    return NO_YEAR
