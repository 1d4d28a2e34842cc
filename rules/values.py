"""Reading a case exactly, and the arithmetic of the language. None is the third value, *unknown*.

Both evaluations (compiled and explained) read and compute through this file, so they cannot drift apart.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from rules.tree import Exact, Kind

MAX_DIGITS = 64
"""Figures with more digits than this, before or after the point, are refused: thousands of them multiplied
exactly must stay cheap, whatever is sent in."""

_PLAIN = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,{MAX_DIGITS}}})?")

MAX_SPAN = 4_000
"""Days between which working days are counted, about eleven years."""

Value = Exact | str | bool | date | tuple[Any, ...] | None


class WorkingDays(Protocol):
    """The part of `domain.workdays.Calendar` that rules need."""

    def count(self, first: date, last: date, /) -> int: ...


def number(raw: Any) -> Exact | None:
    """An exact figure, or None where `raw` is none. Text counts when it is a plain decimal ('73.5'): that is
    how exact decimals travel in JSON. A float means the decimal it prints as; true/false is not a number."""
    match raw:
        case bool() | None:
            return None
        case int():
            return raw
        case Fraction():
            return raw.numerator if raw.denominator == 1 else raw
        case float() | str() | Decimal():
            return _decimal(raw)
        case _:
            return None


def _decimal(raw: float | str | Decimal) -> Exact | None:
    if isinstance(raw, str) and not _PLAIN.fullmatch(raw):
        return None
    value = Decimal(str(raw)) if isinstance(raw, float) else Decimal(raw)
    if not fits(value):
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def fits(value: Decimal) -> bool:
    """Whether a figure is of a size that is reckoned with."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MAX_DIGITS and value.adjusted() < MAX_DIGITS


def text(raw: Any) -> str | None:
    return raw if isinstance(raw, str) else None


def boolean(raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else None


def calendar_day(raw: Any) -> date | None:
    """A day: a date, or ISO text. An instant is refused: which day it is depends on a time zone."""
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw) if len(raw) == 10 else None
        except ValueError:
            return None
    return raw if isinstance(raw, date) and not isinstance(raw, datetime) else None


def _tuple(raw: Any) -> tuple[Any, ...] | None:
    if isinstance(raw, Mapping):
        return tuple(raw.values())
    return tuple(raw) if isinstance(raw, list | tuple) else None


_READ = {
    Kind.NUMBER: number,
    Kind.TEXT: text,
    Kind.DAY_TEXT: text,
    Kind.BOOLEAN: boolean,
    Kind.DATE: calendar_day,
}
_READ_EACH = {
    Kind.NUMBERS: number,
    Kind.TEXTS: text,
    Kind.BOOLEANS: boolean,
    Kind.DATES: calendar_day,
}


def read(raw: Any, kind: Kind) -> Value:
    """A raw value of the case as `kind`, or None where it is absent or of another kind. A breakdown
    (a mapping of figures) reads as the list of its figures."""
    one = _READ.get(kind)
    if one is not None:
        return one(raw)
    each = _READ_EACH.get(kind)
    many = _tuple(raw)
    if each is None or many is None:
        return raw if many is None else many
    return tuple(each(part) for part in many)


_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def total(parts: Iterable[Any] | None) -> Exact | None:
    """Sum; unknown when any part is, 0 when there is none."""
    if parts is None:
        return None
    result: Exact = 0
    for part in parts:
        if part is None:
            return None
        result += part
    return result


def extreme(name: str, parts: list[Any]) -> Exact | None:
    if not parts or None in parts:
        return None
    result: Exact = min(parts) if name == "min" else max(parts)
    return result


def ratio(above: Exact | None, below: Exact | None) -> Exact | None:
    """Exact quotient; unknown when either is, or `below` is 0."""
    if above is None or not below:
        return None
    whole = isinstance(above, int) and isinstance(below, int)
    result = Fraction(above, below) if whole else Fraction(above) / below
    return result.numerator if result.denominator == 1 else result


def rounded(value: Exact | None, digits: int = 0) -> Exact | None:
    """Half away from zero, as people round: 2.5 → 3, -2.5 → -3."""
    if value is None:
        return None
    nearest = half_up(value, digits)
    result = Fraction(nearest if value >= 0 else -nearest, 10**digits)
    return result.numerator if result.denominator == 1 else result


def half_up(value: Exact, digits: int) -> int:
    """The size of `value` in units of the last of `digits` decimals, halves rounded up."""
    scale: int = 10**digits
    return (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)


def share(parts: tuple[bool | None, ...] | None) -> Exact | None:
    """The part of a group for which something holds: 3 of 4 is 0.75. Unknown for an empty group."""
    if not parts or None in parts:
        return None
    return ratio(sum(map(bool, parts)), len(parts))


def shifted(start: date | None, days: Exact | None) -> date | None:
    if start is None or not isinstance(days, int):
        return None
    try:
        return start + timedelta(days)
    except OverflowError:
        return None


def working_days(first: date | None, last: date | None, calendar: WorkingDays | None) -> int | None:
    """Working days after `first`, up to and with `last`; unknown without a calendar and over MAX_SPAN days."""
    if first is None or last is None or calendar is None or abs((last - first).days) > MAX_SPAN:
        return None
    return calendar.count(first, last)


def holds(op: str, left: Any, right: Any) -> bool | None:
    """One comparison of two values of one kind."""
    if left is None or right is None:
        return None
    result: bool = _RELATIONS[op](left, right)
    return result


def among(value: Any, items: tuple[Any, ...] | None) -> bool | None:
    """`value in items`: unknown when it could still be one of the unknown items."""
    if items is None:
        return None
    if not items:
        return False
    if value is None:
        return None
    if value in items:
        return True
    return None if None in items else False


def every(parts: Iterable[bool | None]) -> bool | None:
    """and: one false settles it, else one unknown leaves it open."""
    seen = set(parts)
    return False if False in seen else None if None in seen else True


def some(parts: Iterable[bool | None]) -> bool | None:
    """or: one true settles it, else one unknown leaves it open."""
    seen = set(parts)
    return True if True in seen else None if None in seen else False
