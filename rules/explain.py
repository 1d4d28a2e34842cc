"""A condition judged for one case as a tree with every value: the reference for what a rule means.

`rules.compile` must always agree with it; a property test holds the two together.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

from rules.meaning import look_up
from rules.tree import (
    Between,
    Call,
    Compare,
    Day,
    In,
    Items,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Path,
    Product,
    Sum,
    Text,
    Truth,
)
from rules.values import (
    Value,
    WorkingDays,
    among,
    every,
    extreme,
    holds,
    ratio,
    read,
    rounded,
    shifted,
    some,
    total,
    working_days,
)
from rules.values import share as share_of


class Step(NamedTuple):
    """One node with its value (None: unknown) and the steps it was made of. `raw` is what the case holds at a
    path, so that a figure of the wrong kind can be told from one that is missing."""

    node: Node
    value: Value
    parts: tuple["Step", ...] = ()
    raw: Any = None

    def walk(self) -> Iterator["Step"]:
        yield self
        for part in self.parts:
            yield from part.walk()


def explain(node: Node, case: Mapping[str, Any], calendar: WorkingDays | None = None) -> Step:
    """Judge a checked condition, keeping every value. The result's value is True, False or None (unknown)."""
    if isinstance(node, Path):
        raw = look_up(case, node.name)
        return Step(node, read(raw, node.kind), (), raw)
    if isinstance(node, _LITERALS):
        return Step(node, node.value)
    parts = tuple([explain(part, case, calendar) for part in node.parts])
    return Step(node, _MEANINGS[type(node)](node, [part.value for part in parts], calendar), parts)


Values = list[Any]
_LITERALS = (Number, Text, Truth, Day)


def _compare(node: Compare, values: Values, _: WorkingDays | None) -> bool | None:
    if len(node.ops) == 1:
        return holds(node.ops[0], values[0], values[1])
    return every(holds(op, *pair) for op, pair in zip(node.ops, pairwise(values), strict=True))


def _between(_node: Between, values: Values, _: WorkingDays | None) -> bool | None:
    return every((holds(">=", values[0], values[1]), holds("<=", values[0], values[2])))


def _logic(node: Logic, values: Values, _: WorkingDays | None) -> bool | None:
    return every(values) if node.op == "and" else some(values)


def _arithmetic(node: Sum | Product, values: Values, _: WorkingDays | None) -> Any:
    return reduce(_step, zip(node.ops, values[1:], strict=True), values[0])


def _called(node: Call, values: Values, calendar: WorkingDays | None) -> Value:
    return call(node.name, values, calendar)


_MEANINGS: dict[type, Callable[[Any, Values, WorkingDays | None], Any]] = {
    Compare: _compare,
    Between: _between,
    Logic: _logic,
    Sum: _arithmetic,
    Product: _arithmetic,
    Call: _called,
    In: lambda _node, values, _: among(values[0], values[1]),
    Items: lambda _node, values, _: tuple(values),
    Not: lambda _node, values, _: None if values[0] is None else not values[0],
    Negative: lambda _node, values, _: None if values[0] is None else -values[0],
}


def _step(left: Any, step: tuple[str, Any]) -> Any:
    op, right = step
    if left is None or right is None:
        return None
    if op == "*":
        return left * right
    if op == "/":
        return ratio(left, right)
    if not isinstance(left, date):
        return left + right if op == "+" else left - right
    if isinstance(right, date):
        return (left - right).days
    return shifted(left, right if op == "+" else -right)


def call(name: str, values: list[Any], calendar: WorkingDays | None) -> Value:
    first = values[0]
    match name:
        case "sum":
            return total(_flat(values))
        case "min" | "max":
            return extreme(name, _flat(values))
        case "abs":
            return None if first is None else abs(first)
        case "round":
            return rounded(*values)
        case "share":
            return share_of(first) if len(values) == 1 else ratio(first, values[1])
        case "change":
            return None if None in values else ratio(first - values[1], values[1])
        case "workdays":
            return working_days(first, values[1], calendar)
        case "present":
            return first is not None
        case _:
            return first is None


def _flat(values: list[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat.extend(value if isinstance(value, tuple) else (value,))
    return flat
