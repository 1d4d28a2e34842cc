"""Times said without their year or month, put where the document or the heading puts them."""

import re
from datetime import date, timedelta

from domain.moment import last_day, span_of, unit_of
from domain.period import containing
from domain.times.dates import spell_day


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
    over = day + timedelta(days=1) if known.startswith("day<") else day  # "trước ngày 15" is over on the 15th
    if span and span.last and span.last < over and "+" not in head:
        span = span_of(known, base=base.next)
    if span is None:
        return value
    if known.startswith("day") or (point and known == body):
        return span.first.isoformat() + t + hour
    key = containing("month" if "." in head else unit, span.first).key
    return key + (f":{point}" if point else "") + t + hour


def settled(value: str) -> str:
    """A point of a known period as its day ("2026-08:last" is 2026-08-31), unless it needs the calendar or a term
    runs from it."""
    body, t, hour = value.partition("T")
    if ":" not in body or ":wd" in body or unit_of(value) or re.search(r":\w+[+-]\d", body):
        return value
    span = span_of(body)
    return span.first.isoformat() + t + hour if span else value


def in_year(value: str, document_date: date | None, year: int | None, op: str | None = None) -> str:
    """A one-off value with its year: `year` if given, else the first that does not end before the document.

    Under `op` "before" it ends the day before it begins: "trước tháng 3" is over in March. Values that need
    no year come back as they are. Raises Impossible (29/02 of a year without one).
    """
    if re.search(r"NH(?!\d)", value):
        day = document_date or (date(year, 9, 1) if year else None)
        return value.replace("NH", containing("school_year", day).key) if day else value
    if value.startswith("--") and (document_date or year):
        return settled(_in_its_year(value, document_date, year, op))
    return anchored(value, document_date) if document_date else settled(value)


def _in_its_year(value: str, document_date: date | None, year: int | None, op: str | None) -> str:
    body, t, hour = value.partition("T")
    first = year or (document_date.year if document_date else 0)
    if body.endswith(("+1y", "-1y")):
        body, first = body[:-3], first + int(body[-3:-1])
    elif not year and document_date and _is_over(body, first, document_date, None if hour else op):
        first += 1
    if body.startswith("--02-29"):
        spell_day(29, 2, first)
    return body.replace("--", f"{first}-") + t + hour


def _is_over(body: str, year: int, day: date, op: str | None) -> bool:
    end = last_day(re.sub(r"[+-]\d+wd$", "", body).replace("--", f"{year}-"), op)
    return end is not None and end < day
