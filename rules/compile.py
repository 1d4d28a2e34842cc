"""Rules compiled to one Python function over the nested case, for judging in bulk.

For each rule two conditions are written: where it surely holds and where it surely does not; neither means
unknown. Only what is common and simple is written out (figures, arithmetic, comparisons, and/or/not, fixed
lists); the rest of a rule is handed to `rules.explain`, which is the meaning of the language. Source is made
only from checked trees: names come from the parser, never from a case.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from domain.verdict import Outcome
from rules.explain import explain
from rules.rational import (
    Rational,
    TooLong,
    absolute,
    compared,
    constant,
    negative,
    product,
    quotient,
    total,
    variable,
)
from rules.tree import (
    Between,
    Call,
    Compare,
    Day,
    In,
    Items,
    Kind,
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
    depth,
)
from rules.values import Value, WorkingDays, calendar_day, number, read, text
from rules.values import total as total_of

BLOCK = 50
"""Rules to a function: long functions compile slowly, and neighbours share the figures they read."""

MAX_DEPTH = 12
_NEGATED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_PLAIN_TYPES = {
    Kind.NUMBER: ("int", "number"),
    Kind.TEXT: ("str", "text"),
    Kind.DATE: ("date", "calendar_day"),
}

Clause = tuple[Node | None, Node]
Function = Callable[[Mapping[str, Any], WorkingDays | None], tuple[Outcome | None, ...]]


@dataclass(frozen=True)
class Judgement:
    """Every rule judged at once. None stands for a rule whose scope does not hold for the case."""

    functions: tuple[Function, ...]
    source: str

    def __call__(
        self, case: Mapping[str, Any], calendar: WorkingDays | None = None
    ) -> tuple[Outcome | None, ...]:
        if len(self.functions) == 1:
            return self.functions[0](case, calendar)
        return tuple(outcome for function in self.functions for outcome in function(case, calendar))


def compile_rules(clauses: Sequence[Clause]) -> Judgement:
    """Checked (scope, condition) pairs to one function giving their outcomes in the same order."""
    blocks = [clauses[start : start + BLOCK] for start in range(0, len(clauses), BLOCK)]
    writers = [_Writer(block) for block in blocks]
    return Judgement(tuple(writer.function() for writer in writers), "\n".join(w.source() for w in writers))


def _slow(node: Node, case: Mapping[str, Any], calendar: WorkingDays | None) -> Value:
    return explain(node, case, calendar).value


def _group(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = parent.get(key)
    return found if isinstance(found, Mapping) else {}


class _Writer:
    """Writes one function. `loads` bring figures into locals, `lines` decide."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.names: dict[str, Any] = {
            "MET": Outcome.MET, "NOT_MET": Outcome.NOT_MET, "UNKNOWN": Outcome.UNKNOWN,
            "number": number, "text": text, "calendar_day": calendar_day, "date": date,
            "read": read, "total": total_of, "slow": _slow, "group": _group, "Kind": Kind,
        }  # fmt: skip
        self.known: dict[tuple[str, Kind], str] = {}
        self.groups: dict[str, str] = {"": "case"}
        self.loads: list[str] = []
        self.lines: list[str] = []
        self.count = len(clauses)
        for index, (scope, check) in enumerate(clauses):
            self.rule(index, scope, check)

    def source(self) -> str:
        outcomes = "".join(f"o{index}, " for index in range(self.count))
        body = [*self.loads, *self.lines, f"return ({outcomes})"]
        return "def judge(case, calendar):\n" + "\n".join(f"    {line}" for line in body)

    def function(self) -> Function:
        exec(self.source(), self.names)  # noqa: S102 -- source is written from checked trees only, see above
        made: Function = self.names["judge"]
        return made

    def rule(self, index: int, scope: Node | None, check: Node) -> None:
        yes, no = self.both(check)
        decision = f"MET if {yes} else NOT_MET if {no} else UNKNOWN"
        if scope is not None:
            inside, outside = self.both(scope)
            decision = f"({decision}) if {inside} else None if {outside} else UNKNOWN"
        self.lines.append(f"o{index} = {decision}")

    def both(self, node: Node) -> tuple[str, str]:
        """Conditions for surely true and surely false."""
        if depth(node) > MAX_DEPTH:
            return self.borrowed(node, True), self.borrowed(node, False)
        try:
            return self.condition(node, True, frozenset()), self.condition(node, False, frozenset())
        except TooLong:
            return self.borrowed(node, True), self.borrowed(node, False)

    # --- conditions

    def condition(self, node: Node, wanted: bool, present: frozenset[str]) -> str:
        """Python that is true exactly where `node` is surely `wanted`. `present`: names not None here."""
        match node:
            case Truth():
                return str(node.value is wanted)
            case Not():
                return self.condition(node.part, not wanted, present)
            case Logic():
                return self.logic(node.parts, node.op, wanted, present)
            case Path():
                return f"{self.load(node)} is {wanted}"
            case Compare():
                links = zip(node.ops, node.parts, node.parts[1:], strict=False)
                pairs = [Compare(node.at, (left, right), (op,), ()) for op, left, right in links]
                if len(pairs) == 1:
                    return self.comparison(pairs[0], wanted, present)
                return self.logic(pairs, "and", wanted, present)
            case Between(at, (value, low, high)):
                pairs = [Compare(at, (value, low), (">=",), ()), Compare(at, (value, high), ("<=",), ())]
                return self.logic(pairs, "and", wanted, present)
            case In():
                return self.membership(node, wanted, present)
            case Call(name="present" | "missing" as name):
                return self.presence(node.parts[0], (name == "present") == wanted)
            case _:
                return self.borrowed(node, wanted)

    def logic(self, parts: Sequence[Node], op: str, wanted: bool, present: frozenset[str]) -> str:
        """`and` is surely true when all parts are, surely false when one is; `or` the other way round."""
        if (op == "and") is not wanted:
            return "(" + " or ".join(self.condition(part, wanted, present) for part in parts) + ")"
        written = []
        for part in parts:
            written.append(self.condition(part, wanted, present))
            present |= self.needed(part, wanted)
        return "(" + " and ".join(written) + ")"

    def needed(self, node: Node, wanted: bool) -> frozenset[str]:
        """Names that cannot be None once a comparison has been found surely true or surely false."""
        match node:
            case Compare(parts=(left, right)):
                sides = self.simple(left), self.simple(right)
                if None not in sides:
                    return frozenset(self.paths(left, right))
                numbers = self.rational(left), self.rational(right)
                return frozenset(name for one in numbers if one is not None for name in one.needs)
            case Not():
                return self.needed(node.part, not wanted)
            case _:
                return frozenset()

    def comparison(self, node: Compare, wanted: bool, present: frozenset[str]) -> str:
        left, right = node.parts
        op = node.ops[0] if wanted else _NEGATED[node.ops[0]]
        sides = self.simple(left), self.simple(right)
        if None not in sides:
            return _all([*_not_none(self.paths(left, right), present), f"{sides[0]} {op} {sides[1]}"])
        if not (_is_number(left) or _is_number(right)):
            return self.borrowed(node, wanted)
        first, second = self.rational(left), self.rational(right)
        if first is None or second is None:
            return "False"
        needs = list(dict.fromkeys((*first.needs, *second.needs)))
        return _all([*_not_none(needs, present), *compared(first, op, second)])

    def membership(self, node: In, wanted: bool, present: frozenset[str]) -> str:
        if not isinstance(node.items, Items):
            return self.borrowed(node, wanted)
        if not node.items.parts:
            return str(not wanted)
        value = self.load(node.value) if isinstance(node.value, Path) else None
        literals = [part.value for part in node.items.parts if isinstance(part, Number | Text | Day)]
        if value is None or len(literals) < len(node.items.parts):
            return self.borrowed(node, wanted)
        listed = self.named(frozenset(literals))
        return _all([*_not_none([value], present), f"{value} {'in' if wanted else 'not in'} {listed}"])

    def presence(self, node: Node, wanted: bool) -> str:
        name = self.load(node) if isinstance(node, Path) else self.temporary(node)
        return f"{name} is not None" if wanted else f"{name} is None"

    def borrowed(self, node: Node, wanted: bool) -> str:
        return f"{self.temporary(node)} is {wanted}"

    # --- values

    def simple(self, node: Node) -> str | None:
        """A text or a day: the source of its value; None for anything else."""
        match node:
            case Path(kind=Kind.TEXT | Kind.DATE):
                return self.load(node)
            case Text(value=value):
                return repr(value)
            case Day(value=value):
                return self.named(value)
            case _:
                return None

    def paths(self, *nodes: Node) -> list[str]:
        return [self.load(node) for node in nodes if isinstance(node, Path)]

    def rational(self, node: Node) -> Rational | None:
        """A figure; None where it has no value whatever the case (division by the constant 0)."""
        match node:
            case Number():
                return constant(node.value)
            case Path():
                return variable(self.load(node))
            case Negative():
                one = self.rational(node.part)
                return None if one is None else negative(one)
            case Sum(ops=ops) | Product(ops=ops) if _is_number(node):
                first, *rest = [self.rational(part) for part in node.parts]
                return reduce(_combined, zip(ops, rest, strict=True), first)
            case Call():
                return self.called(node)
            case _:
                return variable(self.temporary(node))

    def called(self, node: Call) -> Rational | None:
        match node.name, node.parts:
            case "sum", parts:
                terms = [self.summed(part) for part in parts]
                return reduce(_combined, (("+", term) for term in terms[1:]), terms[0])
            case "abs", (part,):
                one = self.rational(part)
                return None if one is None else absolute(one)
            case "share", (part, whole):
                return _combined(self.rational(part), ("/", self.rational(whole)))
            case "change", (now, base):
                below = self.rational(base)
                return _combined(_combined(self.rational(now), ("-", below)), ("/", below))
            case _:
                return variable(self.temporary(node))

    def summed(self, node: Node) -> Rational | None:
        match node:
            case Path(kind=Kind.NUMBERS):
                return variable(self.local(f"total({self.load(node)})"))
            case Items():
                return variable(self.local(f"total({self.temporary(node)})"))
            case _:
                return self.rational(node)

    # --- locals

    def load(self, node: Path) -> str:
        key = (node.name, node.kind)
        if key not in self.known:
            parent, _, leaf = node.name.rpartition(".")
            raw = f"{self.group(parent)}.get({leaf!r})"
            if node.kind in _PLAIN_TYPES:
                plain, reader = _PLAIN_TYPES[node.kind]
                name = self.local(raw)
                odd = f"type({name}) is not {plain} and {name} is not None"
                self.loads.append(f"if {odd}: {name} = {reader}({name})")
            elif node.kind is Kind.BOOLEAN:
                name = self.local(raw)
                self.loads.append(f"if {name} is not True and {name} is not False: {name} = None")
            else:
                name = self.local(f"read({raw}, Kind.{node.kind.name})")
            self.known[key] = name
        return self.known[key]

    def group(self, path: str) -> str:
        if path not in self.groups:
            parent, _, leaf = path.rpartition(".")
            holder = self.group(parent)
            name = f"g{len(self.groups)}"
            self.loads.append(f"{name} = group({holder}, {leaf!r})")
            self.groups[path] = name
        return self.groups[path]

    def temporary(self, node: Node) -> str:
        return self.local(f"slow({self.named(node)}, case, calendar)")

    def local(self, source: str) -> str:
        name = f"v{len(self.loads)}"
        self.loads.append(f"{name} = {source}")
        return name

    def named(self, value: Any) -> str:
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name


def _combined(left: Rational | None, step: tuple[str, Rational | None]) -> Rational | None:
    op, right = step
    if left is None or right is None:
        return None
    if op == "*":
        return product(left, right)
    return quotient(left, right) if op == "/" else total(left, right, op)


def _is_number(node: Node) -> bool:
    match node:
        case Path(kind=kind):
            return kind is Kind.NUMBER
        case Number() | Negative() | Product():
            return True
        case Sum(parts=parts):
            return all(_is_number(part) for part in parts)
        case Call(name=name):
            return name not in {"present", "missing"}
        case _:
            return False


def _not_none(names: Sequence[str], present: frozenset[str]) -> list[str]:
    return [f"{name} is not None" for name in names if name not in present]


def _all(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else "(" + " and ".join(tests) + ")"
