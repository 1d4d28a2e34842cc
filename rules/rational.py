"""Arithmetic as source text without division: a figure is `scale * above / below`, and two are compared by
multiplying out. So the compiled form stays in whole numbers, exact and fast, where people divide."""

from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from rules.tree import Exact

MAX_SOURCE = 2_000
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class TooLong(Exception):
    """The source would grow out of proportion; the caller falls back on the explained form."""


@dataclass(frozen=True, slots=True)
class Rational:
    """`above` and `below` are Python expressions over ints (empty: 1). It has a value where every name in
    `needs` is not None and every expression in `nonzero` is not 0; `below` is among those."""

    scale: Fraction
    above: str = ""
    below: str = ""
    needs: tuple[str, ...] = ()
    nonzero: tuple[str, ...] = ()


def constant(value: Exact) -> Rational:
    return Rational(Fraction(value))


def variable(name: str) -> Rational:
    return Rational(Fraction(1), name, "", (name,))


def negative(one: Rational) -> Rational:
    return replace(one, scale=-one.scale)


def absolute(one: Rational) -> Rational:
    above, below = (f"abs({text})" if text else "" for text in (one.above, one.below))
    return replace(one, scale=abs(one.scale), above=above, below=below)


def product(left: Rational, right: Rational) -> Rational:
    return _limited(
        Rational(
            left.scale * right.scale,
            _times(left.above, right.above),
            _times(left.below, right.below),
            _union(left.needs, right.needs),
            _union(left.nonzero, right.nonzero),
        )
    )


def quotient(left: Rational, right: Rational) -> Rational | None:
    """None where the divisor is the constant 0: no value at all."""
    if not right.scale:
        return None
    turned = Rational(1 / right.scale, right.below, right.above, right.needs, right.nonzero)
    divided = product(left, turned)
    return replace(divided, nonzero=_union(divided.nonzero, (right.above,) if right.above else ()))


def total(left: Rational, right: Rational, sign: str) -> Rational:
    """Over the common denominator."""
    bottom = (
        left.scale.denominator
        * right.scale.denominator
        // gcd(left.scale.denominator, right.scale.denominator)
    )
    below, first, second = _over_one(left, right)
    above = f"({_scaled(left.scale * bottom, first)} {sign} {_scaled(right.scale * bottom, second)})"
    needs, nonzero = _union(left.needs, right.needs), _union(left.nonzero, right.nonzero)
    return _limited(Rational(Fraction(1, bottom), above, below, needs, nonzero))


def compared(left: Rational, op: str, right: Rational, positive: frozenset[str] = frozenset()) -> list[str]:
    """Python tests that are all true only where the comparison holds, hence not where a divisor is 0.
    `positive`: divisors known to be above 0 (`below` is made of divisors)."""
    below, first, second = _over_one(left, right)
    common = left.scale.denominator * right.scale.denominator
    one, other = _scaled(left.scale * common, first), _scaled(right.scale * common, second)
    zeros = _union(left.nonzero, right.nonzero)
    if positive.issuperset(zeros):
        return [f"{one} {op} {other}"]
    if not below or op in {"==", "!="}:
        return [*(f"{zero} != 0" for zero in zeros), f"{one} {op} {other}"]
    flipped = f"{one} {_FLIPPED[op]} {other}"
    if zeros == (below,):  # the sign test below tells 0 apart already
        return [f"({one} {op} {other} if {below} > 0 else {below} < 0 and {flipped})"]
    return [*(f"{zero} != 0" for zero in zeros), f"({one} {op} {other} if {below} > 0 else {flipped})"]


def _over_one(left: Rational, right: Rational) -> tuple[str, str, str]:
    """The divisor both have once they are brought to one, and what then stands above it."""
    if left.below == right.below:
        return left.below, left.above, right.above
    return _times(left.below, right.below), _times(left.above, right.below), _times(right.above, left.below)


def _times(*factors: str) -> str:
    return " * ".join(factor for factor in factors if factor)


def _scaled(scale: Fraction, text: str) -> str:
    """`scale` is whole here."""
    number = hex(scale.numerator)  # decimal spelling is limited to 4,300 digits, hexadecimal is not
    if -10_000 < scale < 10_000:
        number = str(scale.numerator)
    if not text or not scale:
        return f"({number})" if scale < 0 else number
    return text if scale == 1 else f"{number} * {text}"


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _limited(one: Rational) -> Rational:
    if len(one.above) + len(one.below) > MAX_SOURCE:
        raise TooLong
    return one
