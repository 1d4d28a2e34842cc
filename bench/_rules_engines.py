"""The same rules in each engine's own spelling, written from our tree, so that nobody judges another text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rules.meaning import look_up
from rules.tree import Compare, In, Items, Logic, Node, Not, Number, Path, Product, Sum, Text, children, paths

Judge = Callable[[dict[str, Any]], Sequence[bool]]


@dataclass(frozen=True)
class Dialect:
    """An infix spelling. CEL neither divides integers exactly nor mixes them with decimals, so there every
    literal, and every operand of * and /, is made a double."""

    words: dict[str, str]
    doubles: bool = False
    flat: bool = False

    def spelt(self, node: Node) -> str:
        parts = [self.spelt(part) for part in children(node)]
        match node:
            case Path(name=name):
                return name.replace(".", "_") if self.flat else name
            case Text(value=value):
                return repr(value)
            case Number(value=value):
                return repr(float(value)) if self.doubles or isinstance(value, Fraction) else str(value)
            case Product(ops=ops):
                return _joined([f"double({part})" for part in parts] if self.doubles else parts, ops)
            case Sum(ops=ops) | Compare(ops=ops):
                return f"({_joined(parts, ops)})"
            case Logic(op=op):
                return "(" + f" {self.words[op]} ".join(parts) + ")"
            case Not():
                return f"{self.words['not']}({parts[0]})"
            case Items():
                return "[" + ", ".join(parts) + "]"
            case In():
                return f"({parts[0]} in {parts[1]})"
            case _:
                raise AssertionError(node)


def _joined(parts: list[str], ops: tuple[str, ...]) -> str:
    return parts[0] + "".join(f" {op} {part}" for op, part in zip(ops, parts[1:], strict=True))


ENGLISH = Dialect({"and": "and", "or": "or", "not": "not "})
FLAT = Dialect(ENGLISH.words, flat=True)
SYMBOLS = Dialect({"and": "&&", "or": "||", "not": "!"}, doubles=True)


def rule_engine(nodes: Sequence[Node]) -> Judge:
    """As its documentation has it: dotted names over the nested record."""
    import rule_engine as library

    context = library.Context(resolver=library.resolve_item)
    rules = [library.Rule(ENGLISH.spelt(node), context=context) for node in nodes]
    return lambda case: [rule.matches(case) for rule in rules]


def rule_engine_flat(nodes: Sequence[Node]) -> Judge:
    """Helped along: flat names found by our look-up, since it converts a whole group at every dotted mention."""
    import rule_engine as library

    known = {name.replace(".", "_"): name for node in nodes for name in paths(node)}
    context = library.Context(resolver=lambda case, name: look_up(case, known[name]))
    rules = [library.Rule(FLAT.spelt(node), context=context) for node in nodes]
    return lambda case: [rule.matches(case) for rule in rules]


def cel(nodes: Sequence[Node]) -> Judge:
    """One program giving a list, the fastest way we found."""
    from cel_expr_python import cel as library

    texts = [SYMBOLS.spelt(node) for node in nodes]
    group = library.Type.Map(library.Type.STRING, library.Type.DYN)
    names = ("unit", "report", "previous", "submission", "period")
    program = library.NewEnv(variables=dict.fromkeys(names, group)).compile("[" + ", ".join(texts) + "]")
    return lambda case: program.eval(data=case).plain_value()


def zen(nodes: Sequence[Node]) -> Judge:
    """One expression giving an array: the fastest way of this engine, and of all engines measured."""
    import zen as library

    program = library.compile_expression("[" + ", ".join(ENGLISH.spelt(node) for node in nodes) + "]")
    return program.evaluate


def datalogic(nodes: Sequence[Node]) -> Judge:
    """JsonLogic, one rule giving an array."""
    import datalogic_py as library

    rule = library.Engine().compile([json_logic(node) for node in nodes])
    return rule.evaluate


def json_logic(node: Node) -> Any:
    parts = [json_logic(part) for part in children(node)]
    match node:
        case Path(name=name):
            return {"var": name}
        case Text(value=value):
            return value
        case Number(value=value):
            return float(value) if isinstance(value, Fraction) else value
        case Sum(ops=ops) | Product(ops=ops) | Compare(ops=ops):
            made = parts[0]
            for op, part in zip(ops, parts[1:], strict=True):
                made = {op: [made, part]}
            return made
        case Items():
            return parts
        case Logic(op=op):
            return {op: parts}
        case Not():
            return {"!": parts}
        case In():
            return {"in": parts}
        case _:
            raise AssertionError(node)


ENGINES: dict[str, Callable[[Sequence[Node]], Judge]] = {
    "rule-engine": rule_engine,
    "rule-engine, flat names": rule_engine_flat,
    "cel-expr-python": cel,
    "datalogic-py": datalogic,
    "zen-engine": zen,
}
