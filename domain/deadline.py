"""What a phrase comes to: the last acceptable day as said, the day due, and why (tính thời hạn).

A fixed date is kept even where nobody works that day; a term (thời hạn) that ends on such a day ends with the
next working day (Bộ luật Dân sự 2015 Điều 148 khoản 5). The office may choose otherwise with `shift`.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.anchoring import in_year
from domain.facts import Facts, data_closes, days_meant
from domain.period import BadPeriod, Period
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
from domain.recurrence import Shift, moved_because, shifted
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
        return _closing(text, period or _period_named(found, document_date), shift or Shift.KEEP, calendar)
    beside = [one for one in found if one is not said]
    facts = Facts(calendar, document_date, received, period or _period_named(beside, document_date))
    if said is None or said.value is None:
        return Answer(text, why=_no_deadline(found))
    known = Answer(text, op=said.op, value=said.value, recurrence=said.recurrence)
    try:
        days = days_meant(said, facts)
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


def _closing(text: str, of: Period | None, shift: Shift, calendar: Calendar) -> Answer:
    """A phrase about the closing of data that names no day itself: the decree does, from the month up."""
    if of is None or of.unit in ("day", "week"):
        return Answer(text, why=(MISSING["cut-off"],))
    day = data_closes(of)
    due = shifted(day, shift, calendar)
    why = (closing_reason(of, day), *moved_because(day, due, calendar))
    return Answer(text, day, due, why, op="by", value=day.isoformat())


def _first_open(pairs: list[tuple[date, date]], facts: Facts) -> tuple[date, date]:
    """Of several days the first that lies in the period asked for and is not over when the office knows of it."""
    asked = facts.period
    inside = [pair for pair in pairs if asked and asked.first <= pair[0] <= asked.last] or pairs
    return next((pair for pair in inside if facts.since is None or pair[0] >= facts.since), inside[0])


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
