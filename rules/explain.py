"""A condition judged for one case as a tree with every value: the reference for what a rule means.

`rules.compile` must always agree with it; a property test holds the two together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, cast

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
    children,
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
)
from rules.values import share as share_of


@dataclass(frozen=True, slots=True)
class Step:
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
    match node:
        case Number() | Text() | Truth() | Day():
            return Step(node, node.value)
        case Path():
            raw = look_up(case, node.name)
            return Step(node, read(raw, node.kind), (), raw)
    parts = tuple([explain(part, case, calendar) for part in children(node)])
    return Step(node, _value(node, [part.value for part in parts], calendar), parts)


def _value(node: Node, values: list[Any], calendar: WorkingDays | None) -> Value:
    match node:
        case Negative():
            return None if values[0] is None else -values[0]
        case Sum() | Product():
            return cast(Value, reduce(_step, zip(node.ops, values[1:], strict=True), values[0]))
        case Compare():
            pairs = zip(node.ops, values, values[1:], strict=False)
            return every(holds(op, left, right) for op, left, right in pairs)
        case Between():
            return every((holds(">=", values[0], values[1]), holds("<=", values[0], values[2])))
        case In():
            return among(values[0], values[1])
        case Items():
            return tuple(values)
        case Not():
            return None if values[0] is None else not values[0]
        case Logic():
            return every(values) if node.op == "and" else some(values)
        case Call():
            return _called(node.name, values, calendar)
        case _:
            raise AssertionError(node)


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


def _called(name: str, values: list[Any], calendar: WorkingDays | None) -> Value:
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
            return None if None in values or calendar is None else calendar.count(first, values[1])
        case "present":
            return first is not None
        case _:
            return first is None


def _flat(values: list[Any]) -> list[Any]:
    flat: list[Any] = []
    for value in values:
        flat.extend(value if isinstance(value, tuple) else (value,))
    return flat
