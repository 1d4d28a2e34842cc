"""A condition as a tree. Frozen; every node knows where it stands in the text, none knows how to be judged.

Chains are kept flat (`a + b - c` is one Sum, `a and b and c` one Logic), so the tree is only as deep as its
brackets and a long breakdown costs no depth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from rules.errors import Place

Exact = int | Fraction
"""A figure. Rationals, not binary floats and not rounded decimals: 0.1 + 0.2 == 0.3 and 1 / 3 * 3 == 1."""


class Kind(StrEnum):
    """What sort of value. DAY_TEXT is text that also reads as a date ('2026-02-14'): JSON has no dates.
    ITEMS is a list of nothing known, which fits where any list does; UNKNOWN stands for a path that the case
    does not give and fits everywhere."""

    NUMBER = "number"
    TEXT = "text"
    DAY_TEXT = "day_text"
    DATE = "date"
    BOOLEAN = "boolean"
    NUMBERS = "numbers"
    TEXTS = "texts"
    DATES = "dates"
    BOOLEANS = "booleans"
    ITEMS = "items"
    GROUP = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Number:
    at: Place
    value: Exact
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    at: Place
    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    at: Place
    value: bool


@dataclass(frozen=True, slots=True)
class Day:
    at: Place
    value: date


@dataclass(frozen=True, slots=True)
class Items:
    at: Place
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A dotted name into the case. The checker fills in `kind`."""

    at: Place
    name: str
    kind: Kind = Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Call:
    at: Place
    name: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Negative:
    at: Place
    parts: tuple["Node"]


@dataclass(frozen=True, slots=True)
class Sum:
    """`ops[i]` is the sign before `parts[i + 1]`, written at `places[i]`; so in Product and Compare."""

    at: Place
    parts: tuple["Node", ...]
    ops: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Product:
    at: Place
    parts: tuple["Node", ...]
    ops: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A chain reads as mathematics does: `0 <= a <= b` is `0 <= a and a <= b`."""

    at: Place
    parts: tuple["Node", ...]
    ops: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """`parts` are the value and both bounds; the bounds belong to the range."""

    at: Place
    parts: tuple["Node", "Node", "Node"]
    place: Place


@dataclass(frozen=True, slots=True)
class In:
    """`parts` are the value and the list."""

    at: Place
    parts: tuple["Node", "Node"]
    place: Place


@dataclass(frozen=True, slots=True)
class Not:
    at: Place
    parts: tuple["Node"]


@dataclass(frozen=True, slots=True)
class Logic:
    at: Place
    op: Literal["and", "or"]
    parts: tuple["Node", ...]


Node = (
    Number
    | Text
    | Truth
    | Day
    | Items
    | Path
    | Call
    | Negative
    | Sum
    | Product
    | Compare
    | Between
    | In
    | Not
    | Logic
)


def children(node: Node) -> tuple[Node, ...]:
    found: tuple[Node, ...] = getattr(node, "parts", ())
    return found


def walk(root: Node) -> Iterator[Node]:
    """Every node, in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def paths(node: Node) -> list[str]:
    """Every path the condition reads, each once, in the order of first mention."""
    return list(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Path)))


def depth(root: Node) -> int:
    deepest, waiting = 0, [(root, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((part, level + 1) for part in children(node))
    return deepest
