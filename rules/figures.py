"""Figures of a condition as source text: the part of a compiled rule below its comparisons."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from rules.loads import Loads
from rules.rational import (
    Rational,
    absolute,
    constant,
    negative,
    product,
    quotient,
    total,
    variable,
)
from rules.tree import (
    Call,
    Day,
    Items,
    Kind,
    Negative,
    Node,
    Number,
    Path,
    Product,
    Sum,
    Text,
)


class Figures:
    """What one function reads (`loads`), its constants, and which of its locals are sure to hold a figure.
    What is not worth writing out becomes a temporary, worked out by `slow`."""

    def __init__(self) -> None:
        self.loads = Loads()
        self.constants: dict[tuple[type, Any], str] = {}
        self.sure: frozenset[str] = frozenset()

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

    def rational(self, node: Node) -> Rational | None:
        """A figure; None where it has no value whatever the case (division by the constant 0)."""
        match node:
            case Number():
                return constant(node.value)
            case Path():
                return variable(self.load(node))
            case Negative():
                one = self.rational(node.parts[0])
                return None if one is None else negative(one)
            case Sum(ops=ops) | Product(ops=ops) if is_number(node):
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
                return variable(self.loads.local(f"total({self.load(node)})"))
            case Items():
                return variable(self.loads.local(f"total({self.temporary(node)})"))
            case _:
                return self.rational(node)

    def load(self, node: Path) -> str:
        return self.loads.figure(node.name, node.kind)

    def known(self, names: Sequence[str]) -> list[str]:
        return [f"{name} is not None" for name in names if name not in self.sure]

    def temporary(self, node: Node) -> str:
        return self.loads.local(f"slow({self.named(node)}, case, calendar)")

    def named(self, value: Any) -> str:
        """A constant of the function: k0, k1, ..., one for equal values of one type."""
        return self.constants.setdefault((type(value), value), f"k{len(self.constants)}")


def _combined(left: Rational | None, step: tuple[str, Rational | None]) -> Rational | None:
    op, right = step
    if left is None or right is None:
        return None
    if op == "*":
        return product(left, right)
    return quotient(left, right) if op == "/" else total(left, right, op)


def is_number(node: Node) -> bool:
    match node:
        case Path(kind=kind):
            return kind is Kind.NUMBER
        case Number() | Negative() | Product():
            return True
        case Sum(parts=parts):
            return all(is_number(part) for part in parts)
        case Call(name=name):
            return name not in {"present", "missing"}
        case _:
            return False
