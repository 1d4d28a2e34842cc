"""Rules that cannot be meant: never applicable, never met, never broken, or at odds with another rule.

What is decided: conditions of and, or, not over comparisons of one expression with a constant (ranges, equal,
in, between, days, words, true/false). Two expressions are the same when they are written the same. What is not:
how different figures relate (`a < b and b < a`, `a / b` beside `a`), whole numbers (`1 < a < 2`), and conditions
of more than MAX_BRANCHES cases. Silence here is therefore no proof.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from domain.sentence import Sentence
from rules.explain import explain
from rules.rule import Rule
from rules.tree import Between, Call, Compare, In, Items, Logic, Node, Not, Path, Truth, children, walk

MAX_BRANCHES = 256

_FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Conflict:
    """`other` is the id of the rule it clashes with, empty where the rule is at odds with itself."""

    rule_id: str
    other: str
    message: str


class TooMany(Exception):
    """More branches than are looked at."""


def conflicts(rule: Rule, others: Iterable[Rule]) -> list[Conflict]:
    """What is surely wrong with the rule, by itself and beside each other rule in force, in Vietnamese."""
    scope, check = _part(rule.scope, True), _part(rule.check, True)
    if not _possible(scope):
        return [Conflict(rule.id, "", Sentence("phạm vi tự mâu thuẫn: quy tắc không bao giờ được áp dụng"))]
    if not _possible(scope, check):
        return [Conflict(rule.id, "", Sentence("điều kiện tự mâu thuẫn: không đơn vị nào đạt được"))]
    if not _possible(scope, _part(rule.check, False)):
        return [
            Conflict(rule.id, "", Sentence("điều kiện luôn đúng: quy tắc không bao giờ phát hiện vi phạm"))
        ]
    found = []
    for other in others:
        both = scope, _part(other.scope, True)
        if other.off or other.id == rule.id or not _possible(*both):
            continue
        theirs = _part(other.check, True)
        if _possible(*both, theirs) and not _possible(*both, check, theirs):
            message = Sentence("mâu thuẫn với “{title}”: không đơn vị nào đạt được cả hai", title=other.title)
            found.append(Conflict(rule.id, other.id, message))
    return found


@dataclass
class Room:
    """The values one expression may still take."""

    low: Any = None
    low_open: bool = False
    high: Any = None
    high_open: bool = False
    only: frozenset[Any] | None = None
    never: set[Any] = field(default_factory=set)

    def take(self, op: str, value: Any) -> None:
        match op:
            case "in":
                self.only = value if self.only is None else self.only & value
            case "not in":
                self.never |= value
            case ">" | ">=":
                if self.low is None or (value, op == ">") > (self.low, self.low_open):
                    self.low, self.low_open = value, op == ">"
            case _:
                if self.high is None or (value, op == "<=") < (self.high, not self.high_open):
                    self.high, self.high_open = value, op == "<"

    @property
    def is_empty(self) -> bool:
        if self.only is not None:
            return not any(self.holds(value) for value in self.only)
        if self.low is None or self.high is None:
            return False
        if self.low == self.high:
            return self.low_open or self.high_open or self.low in self.never
        return bool(self.low > self.high)

    def holds(self, value: Any) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below and value not in self.never


Atom = tuple[str, str, Any]
"""What one expression (as written) must be: (expression, relation, constant)."""
Branches = list[list[Atom]]


def _possible(*conditions: Branches | None) -> bool:
    """Can all hold at once in some case with every figure there? True also where that is not decided."""
    known = [condition for condition in conditions if condition is not None]
    try:
        return any(_fits(branch) for branch in _all(known))
    except TooMany:
        return True


def _fits(branch: list[Atom]) -> bool:
    rooms: dict[str, Room] = {}
    for name, op, value in branch:
        rooms.setdefault(name, Room()).take(op, value)
    return not any(room.is_empty for room in rooms.values())


def _part(node: Node | None, wanted: bool) -> Branches | None:
    """None stands for what is not decided, and for no condition at all."""
    if node is None:
        return None
    try:
        return _branches(node, wanted)
    except TooMany:
        return None


def _branches(node: Node, wanted: bool) -> Branches:
    """The cases in which the condition is surely `wanted`, each a list of what must hold together."""
    match node:
        case Truth():
            return [[]] if node.value is wanted else []
        case Not():
            return _branches(node.parts[0], not wanted)
        case Logic():
            parts = [_branches(part, wanted) for part in node.parts]
            return _all(parts) if (node.op == "and") is wanted else _any(parts)
        case Compare():
            links = zip(node.ops, pairwise(node.parts), strict=True)
            parts = [_link(left, op if wanted else _NEGATED[op], right) for op, (left, right) in links]
            return _all(parts) if wanted else _any(parts)
        case Between():
            value, low, high = node.parts
            ends = [_link(value, ">=" if wanted else "<", low), _link(value, "<=" if wanted else ">", high)]
            return _all(ends) if wanted else _any(ends)
        case In(parts=(sought, Items(parts=items))) if all(map(_is_constant, items)):
            listed = frozenset(_value(item) for item in items)
            return [[(_spelt(sought), "in" if wanted else "not in", listed)]]
        case Call(name="present" | "missing" as name):
            there = (name == "present") is wanted
            return [[(f"present({_spelt(node.parts[0])})", "in", frozenset({there}))]]
        case _:
            return [[(_spelt(node), "in", frozenset({wanted}))]]


def _link(left: Node, op: str, right: Node) -> Branches:
    if _is_constant(left) and not _is_constant(right):
        left, op, right = right, _FLIPPED[op], left
    if not _is_constant(right):
        return _between_figures(left, op, right)
    if _is_constant(left):
        return _constants(left, op, right)
    value = _value(right)
    if value is None:
        return [[]]
    if op in {"==", "!="}:
        return [[(_spelt(left), "in" if op == "==" else "not in", frozenset({value}))]]
    return [[(_spelt(left), op, value)]]


def _between_figures(left: Node, op: str, right: Node) -> Branches:
    """A relation of two figures is one thing, true or false: `a <= b` is that `b < a` is false."""
    first, second = _spelt(left), _spelt(right)
    name, truth = {
        "<": (f"{first} < {second}", True),
        ">": (f"{second} < {first}", True),
        "<=": (f"{second} < {first}", False),
        ">=": (f"{first} < {second}", False),
        "==": (" == ".join(sorted((first, second))), True),
        "!=": (" == ".join(sorted((first, second))), False),
    }[op]
    return [[(name, "in", frozenset({truth}))]]


def _constants(left: Node, op: str, right: Node) -> Branches:
    outcome = explain(Compare(left.at, (left, right), (op,), ()), {}).value
    return [] if outcome is False else [[]]


def _all(parts: list[Branches]) -> Branches:
    found: Branches = [[]]
    for part in parts:
        found = [[*one, *other] for one in found for other in part]
        _bounded(found)
    return found


def _any(parts: list[Branches]) -> Branches:
    found = [branch for part in parts for branch in part]
    _bounded(found)
    return found


def _bounded(found: Branches) -> None:
    if len(found) > MAX_BRANCHES:
        raise TooMany


def _is_constant(node: Node) -> bool:
    return not any(
        isinstance(part, Path) or (isinstance(part, Call) and part.name == "workdays") for part in walk(node)
    )


def _value(node: Node) -> Any:
    return explain(node, {}).value


def _spelt(node: Node) -> str:
    """One spelling for expressions written the same, wherever they stand."""
    if isinstance(node, Path):
        return node.name
    if _is_constant(node):
        return repr(_value(node))
    ops = " ".join(getattr(node, "ops", ())) or getattr(node, "name", "") or getattr(node, "op", "")
    return f"{type(node).__name__}[{ops}]({', '.join(map(_spelt, children(node)))})"
