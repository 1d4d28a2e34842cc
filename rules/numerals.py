"""Figures and days as people here write them: 1.234,5 and 73,6 % and 14/02/2026."""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from rules.tree import Exact
from rules.values import MAX_DIGITS, Value, half_up

_LONG = 10**15
_SHORT = Context(prec=4, rounding=ROUND_HALF_UP)


def figure(value: Exact, digits: int = 4, *, percent: bool = False, most: int = _LONG) -> str:
    """Rounded half up to at most `digits` decimals, trailing zeros dropped; from `most` on as 1,234 x 10^20."""
    if percent:
        return f"{figure(value * 100, digits, most=most)} %"
    if type(value) is int and -most < value < most:
        return f"{value:,}".replace(",", ".")
    if not -most < value < most:
        return _huge(value)
    units = half_up(value, digits)
    whole, part = divmod(units, 10**digits)
    decimals = f"{part:0{digits}d}".rstrip("0") if digits else ""
    sign = "-" if value < 0 and units else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def _huge(value: Exact) -> str:
    exact = Fraction(value)
    near = _SHORT.divide(_SHORT.create_decimal(exact.numerator), _SHORT.create_decimal(exact.denominator))
    mantissa = str(_SHORT.scaleb(near, -near.adjusted()).normalize(_SHORT)).replace(".", ",")
    return f"{mantissa} x 10^{near.adjusted()}"


def pair(left: Exact, right: Exact, *, percent: bool = False) -> tuple[str, str]:
    """Two compared figures, with as many digits as it takes to tell them apart: 79,96 % < 80 %."""
    first = 1 if percent else 2
    for digits, most in ((first, _LONG), (4, _LONG), (8, _LONG), (20, _LONG), (MAX_DIGITS, 10**MAX_DIGITS)):
        shown = (
            figure(left, digits, percent=percent, most=most),
            figure(right, digits, percent=percent, most=most),
        )
        if shown[0] != shown[1] or left == right:
            break
    return shown


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def plain(value: Value) -> Any:
    """A value for JSON: a number that is not whole is its decimal text (28 digits at most), a day is ISO."""
    match value:
        case Fraction():
            return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize(), "f")
        case date():
            return value.isoformat()
        case tuple():
            return [plain(part) for part in value]
        case _:
            return value
