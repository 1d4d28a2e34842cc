"""Rules compiled to one Python function over the nested case, for judging in bulk.

For each rule two conditions are written: where it surely holds and where it surely does not; neither means
unknown. Only what is common and simple is written out (figures, arithmetic, comparisons, and/or/not, fixed
lists); the rest of a rule is handed to `rules.explain`, which is the meaning of the language. Source is made
only from checked trees: names come from the parser, never from a case.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Protocol

from domain.verdict import Outcome
from rules.explain import explain
from rules.figures import Figures, is_number
from rules.rational import TooLong, compared
from rules.tree import (
    Between,
    Call,
    Compare,
    Day,
    In,
    Items,
    Kind,
    Logic,
    Node,
    Not,
    Number,
    Path,
    Text,
    Truth,
    children,
    depth,
)
from rules.values import Value, WorkingDays, boolean, calendar_day, number, read, text, total

BLOCK = 50
"""Rules to a function: long functions compile slowly, and neighbours share the figures they read."""

MAX_DEPTH = 12
_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
Clause = tuple[Node | None, Node]


class Judgement(Protocol):
    def __call__(
        self, case: Mapping[str, Any], calendar: WorkingDays | None = None
    ) -> tuple[Outcome | None, ...]: ...


def compile_rules(clauses: Sequence[Clause]) -> Judgement:
    """Checked (scope, condition) pairs to one function of a case (and a calendar, for workdays()), giving
    their outcomes in the same order. None stands for a rule whose scope does not hold for the case."""
    blocks = [clauses[start : start + BLOCK] for start in range(0, len(clauses), BLOCK)]
    functions = [_Writer(block).function() for block in blocks]
    if len(functions) == 1:
        return functions[0]

    def judge(case: Mapping[str, Any], calendar: WorkingDays | None = None) -> tuple[Outcome | None, ...]:
        return tuple(outcome for function in functions for outcome in function(case, calendar))

    return judge


def _slow(node: Node, case: Mapping[str, Any], calendar: WorkingDays | None) -> Value:
    return explain(node, case, calendar).value


def _group(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = parent.get(key)
    return found if isinstance(found, Mapping) else {}


_NAMES: dict[str, Any] = {
    "MET": Outcome.MET, "NOT_MET": Outcome.NOT_MET, "UNKNOWN": Outcome.UNKNOWN,
    "number": number, "text": text, "boolean": boolean, "calendar_day": calendar_day, "date": date,
    "read": read, "total": total, "slow": _slow, "group": _group, "Kind": Kind,
}  # fmt: skip
"""Everything a compiled function can reach, besides its constants."""


class _Writer(Figures):
    """Writes one function, each rule twice. First with every doubt; then as short as a person would write it,
    for a case in which every figure is there (`sure`) and every divisor is `positive`, as in most they are."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        super().__init__()
        self.positive: frozenset[str] = frozenset()
        self.divisors: dict[str, None] = {}
        self.careful = [self.outcome(scope, check) for scope, check in clauses]
        self.sure = self.loads.names
        self.positive = frozenset(self.divisors)
        self.swift = [self.outcome(scope, check) for scope, check in clauses]

    def source(self) -> str:
        usual = [*self.loads.usual(), *(f"{divisor} > 0" for divisor in self.divisors)]
        lines = self.loads.fetching()
        if usual:
            lines += [f"if {' and '.join(usual)}:", *_indented([*self.loads.later, *_returned(self.swift)])]
        lines += [*self.loads.reading(), *self.loads.later, *_returned(self.careful)]
        return "\n".join(["def judge(case, calendar=None):", *_indented(lines)])

    def function(self) -> Judgement:
        names = _NAMES | {name: value for (_, value), name in self.constants.items()}
        exec(self.source(), names)  # noqa: S102 -- source is written from checked trees only, see above
        made: Judgement = names["judge"]
        return made

    def outcome(self, scope: Node | None, check: Node) -> str:
        if scope is None:
            return self.decision(check, "MET", "NOT_MET")
        return self.decision(scope, f"({self.decision(check, 'MET', 'NOT_MET')})", "None")

    def decision(self, node: Node, met: str, not_met: str) -> str:
        """Without temporaries (their names begin with t) a sure case leaves no third possibility."""
        yes = self.either(node, True)
        if self.sure and not re.search(r"\bt[0-9]", yes):
            return f"{met} if {yes} else {not_met}"
        return f"{met} if {yes} else {not_met} if {self.either(node, False)} else UNKNOWN"

    def either(self, node: Node, wanted: bool) -> str:
        """The condition written out, or borrowed whole where that would nest or grow out of proportion."""
        try:
            return self.condition(node, wanted) if depth(node) <= MAX_DEPTH else self.borrowed(node, wanted)
        except TooLong:
            return self.borrowed(node, wanted)

    def condition(self, node: Node, wanted: bool) -> str:
        """Python that is true exactly where `node` is surely `wanted`."""
        match node:
            case Truth():
                return str(node.value is wanted)
            case Not():
                return self.condition(node.parts[0], not wanted)
            case Logic():
                return self.logic(node.parts, node.op, wanted)
            case Path():
                name = self.load(node)
                if name in self.sure:
                    return name if wanted else f"not {name}"
                return f"{name} is {wanted}"
            case Compare(ops=(_,)):
                return self.comparison(node, wanted)
            case Compare() | Between():
                return self.logic(_links(node), "and", wanted)
            case In():
                return self.membership(node, wanted)
            case Call(name="present" | "missing" as name):
                return self.presence(node.parts[0], (name == "present") == wanted)
            case _:
                return self.borrowed(node, wanted)

    def logic(self, parts: Sequence[Node], op: str, wanted: bool) -> str:
        """`and` is surely true when all parts are, surely false when one is; `or` the other way round."""
        word = " and " if (op == "and") is wanted else " or "
        return "(" + word.join(self.condition(part, wanted) for part in parts) + ")"

    def comparison(self, node: Compare, wanted: bool) -> str:
        left, right = node.parts
        op = node.ops[0] if wanted else _NEGATED[node.ops[0]]
        sides = self.simple(left), self.simple(right)
        if None not in sides:
            paths = [self.load(side) for side in node.parts if isinstance(side, Path)]
            return _all([*self.known(paths), f"{sides[0]} {op} {sides[1]}"])
        if not (is_number(left) or is_number(right)):
            return self.borrowed(node, wanted)
        first, second = self.rational(left), self.rational(right)
        if first is None or second is None:
            return self.borrowed(node, wanted)
        needs = list(dict.fromkeys((*first.needs, *second.needs)))
        if self.loads.names.issuperset(needs):
            self.divisors.update(dict.fromkeys((*first.nonzero, *second.nonzero)))
        return _all([*self.known(needs), *compared(first, op, second, self.positive)])

    def membership(self, node: In, wanted: bool) -> str:
        sought, items = node.parts
        literals = [part.value for part in children(items) if isinstance(part, Number | Text | Day)]
        if not isinstance(items, Items) or len(literals) < len(items.parts):
            return self.borrowed(node, wanted)
        if not literals:
            return str(not wanted)
        if not isinstance(sought, Path):
            return self.borrowed(node, wanted)
        value = self.load(sought)
        listed = self.named(frozenset(literals))
        return _all([*self.known([value]), f"{value} {'in' if wanted else 'not in'} {listed}"])

    def presence(self, node: Node, wanted: bool) -> str:
        name = self.load(node) if isinstance(node, Path) else self.temporary(node)
        if name in self.sure:
            return str(wanted)
        return f"{name} is not None" if wanted else f"{name} is None"

    def borrowed(self, node: Node, wanted: bool) -> str:
        return f"{self.temporary(node)} is {wanted}"


def _links(node: Compare | Between) -> list[Compare]:
    """A chain or a range as the comparisons it is made of."""
    if isinstance(node, Between):
        value, low, high = node.parts
        return [Compare(node.at, (value, low), (">=",), ()), Compare(node.at, (value, high), ("<=",), ())]
    pairs = zip(node.ops, pairwise(node.parts), strict=True)
    return [Compare(node.at, pair, (op,), ()) for op, pair in pairs]


def _returned(outcomes: list[str]) -> list[str]:
    return ["return (", *(f"    {outcome}," for outcome in outcomes), ")"]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _all(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else "(" + " and ".join(tests) + ")"
