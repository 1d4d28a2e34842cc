"""The reason behind a judgement in one sentence: only what decided it, with the figures.

"Nộp không tiền mặt / cha mẹ = 412 / 560 = 73,6 % < 80 %, vì loại hình = 'công lập'".
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any

from domain.office import UNIT_LABELS
from domain.sentence import Sentence, joined
from rules.explain import Step
from rules.meaning import NAMES
from rules.numerals import day, figure, pair
from rules.tree import (
    Between,
    Call,
    Compare,
    Day,
    Exact,
    In,
    Items,
    Logic,
    Negative,
    Not,
    Number,
    Path,
    Product,
    Sum,
    Text,
    Truth,
)
from rules.values import Value, holds

MAX_REASONS = 5

_SHOWN = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_OPPOSITE = {"==": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}
Spell = Callable[[Step, str], str]
_LITERAL = (Number, Text, Truth, Day)
Labels = Mapping[str, str]


def why(step: Step, labels: Labels | None = None, scope: Step | None = None) -> Sentence:
    """The sentence for a judged condition. `labels` gives a path the name people know it by; `scope`,
    where it holds, lends the circumstances for which the condition applies ("vì loại hình = ...")."""
    labels = labels or {}
    decisive = _decisive(step)
    if scope is not None and step.value is not None:
        decisive += [part for part in _decisive(scope) if _is_circumstance(part)]
    if step.value is None:
        lacks = dict.fromkeys(lack for part in decisive for lack in _lacks(part, labels))
        return Sentence("chưa đủ số liệu: {lacks}", lacks=_joined(list(lacks), "; "))
    reasons = [(_is_circumstance(part), _reason(part, labels)) for part in decisive]
    facts = [text for aside, text in reasons if not aside]
    asides = [text for aside, text in reasons if aside]
    if not facts:
        return _joined(asides, "; ")
    if not asides:
        return _joined(facts, "; ")
    return Sentence(
        "{facts}, vì {asides}", facts=_joined(facts, "; "), asides=reduce(_and, asides[:MAX_REASONS])
    )


def _joined(parts: list[str], between: str) -> Sentence:
    rest = len(parts) - MAX_REASONS
    more: list[str] = [Sentence("và {count} điều khác", count=rest)] if rest > 0 else []
    return joined(between, parts[:MAX_REASONS] + more)


def _and(one: str, other: str) -> Sentence:
    return Sentence("{one} và {other}", one=one, other=other)


def _decisive(step: Step) -> list[Step]:
    """The relations that settled it: of a false `and` the false parts, of a true one all; `or` reversed."""
    match step.node:
        case Not():
            return _decisive(step.parts[0])
        case Logic(op=op):
            settling = None if step.value is None else (op == "or")
            parts = [part for part in step.parts if part.value is settling]
            return [leaf for part in parts or step.parts for leaf in _decisive(part)]
        case _:
            return [step]


def _is_circumstance(step: Step) -> bool:
    """What kind of unit or case it is, rather than how it did: comparisons of text and plain true/false."""
    match step.node:
        case Compare() | In():
            return isinstance(step.parts[0].value, str)
        case Path():
            return True
        case _:
            return False


def _reason(step: Step, labels: Labels) -> str:
    met = step.value is True
    match step.node:
        case Compare(ops=ops):
            return _comparison(ops, step, labels)
        case Between():
            value, low, high = step.parts
            said = _spelt(value, labels), say_value(low.value), say_value(high.value)
            return _between(*said) if met else _outside(*said)
        case In():
            one, many = _spelt(step.parts[0], labels), say_value(step.parts[1].value)
            if met:
                return Sentence("{one} thuộc {many}", one=one, many=many)
            return Sentence("{one} không thuộc {many}", one=one, many=many)
        case Call(name=name):
            what = _names(step.parts[0], labels)
            has = met == (name == "present")
            return Sentence("có {what}", what=what) if has else Sentence("thiếu {what}", what=what)
        case Path(name=name):
            return joined(": ", (labels.get(name, name), say_value(met)))
        case _:
            return Sentence("đúng") if met else Sentence("sai")


def _between(value: str, low: str, high: str) -> Sentence:
    return Sentence("{value} trong khoảng {low} đến {high}", value=value, low=low, high=high)


def _outside(value: str, low: str, high: str) -> Sentence:
    return Sentence("{value} ngoài khoảng {low} đến {high}", value=value, low=low, high=high)


def _comparison(ops: tuple[str, ...], step: Step, labels: Labels) -> str:
    links = list(zip(ops, step.parts, step.parts[1:], strict=False))
    if step.value is False:
        links = [link for link in links if not _holds(*link)]
    return joined("; ", (_link(op, left, right, labels, met=step.value is True) for op, left, right in links))


def _holds(op: str, left: Step, right: Step) -> bool:
    return holds(op, left.value, right.value) is not False


def _link(op: str, left: Step, right: Step, labels: Labels, *, met: bool) -> str:
    sign = _SHOWN[op] if met else _OPPOSITE[op]
    figures = _figure(left.value), _figure(right.value)
    if figures[0] is not None and figures[1] is not None:
        shown = pair(figures[0], figures[1], percent=_as_percent(left, right))
    else:
        shown = say_value(left.value), say_value(right.value)
    said = _spelt(left, labels, shown[0])
    if sign == "=" and isinstance(right.node, _LITERAL) and not isinstance(left.node, _LITERAL):
        return said
    return joined(f" {sign} ", (said, _spelt(right, labels, shown[1])))


def _figure(value: Value) -> Exact | None:
    return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _as_percent(left: Step, right: Step) -> bool:
    """Shown as per cent: a quotient against a plain figure below 1, and anything against 80 %."""
    literals = [side.node for side in (left, right) if isinstance(side.node, Number)]
    if any(literal.percent for literal in literals):
        return True
    quotient = any(_is_quotient(side) for side in (left, right))
    return quotient and any(literal.value and -1 < literal.value < 1 for literal in literals)


def _is_quotient(step: Step) -> bool:
    match step.node:
        case Product(ops=ops):
            return "/" in ops
        case Call(name=name):
            return name in {"share", "change"}
        case _:
            return False


def _spelt(step: Step, labels: Labels, shown: str | None = None) -> str:
    """Names = figures = value, each only where it says something new."""
    value = shown or say_value(step.value)
    if isinstance(step.node, (*_LITERAL, Items)):
        return value
    names, figures = _names(step, labels), _figures(step)
    return joined(" = ", dict.fromkeys(text for text in (names, figures, value) if text))


def _names(step: Step, labels: Labels) -> str:
    return _formula(step, lambda _, name: labels.get(name, name))


def _figures(step: Step) -> str:
    match step.node:
        case Path():
            return ""
        case Call(name="sum"):
            parts = [part.value if isinstance(part.value, tuple) else (part.value,) for part in step.parts]
            return joined(" + ", (say_value(value) for values in parts for value in values))
        case _:
            return _formula(step, lambda path, _: say_value(path.value))


def _formula(step: Step, spell: Spell) -> str:
    match step.node:
        case Path(name=name):
            return spell(step, name)
        case Sum(ops=ops) | Product(ops=ops):
            first, *rest = [_bracketed(part, step, spell) for part in step.parts]
            return joined(
                "", (first, *(said for op, part in zip(ops, rest, strict=True) for said in (f" {op} ", part)))
            )
        case Negative():
            return joined("", ("-", _bracketed(step.parts[0], step, spell)))
        case Call(name=name):
            return joined("", (f"{name}(", joined(", ", (_formula(part, spell) for part in step.parts)), ")"))
        case Number(value=value, percent=percent):
            return figure(value, percent=percent)
        case _:
            return say_value(step.value)


def _bracketed(part: Step, whole: Step, spell: Spell) -> str:
    text = _formula(part, spell)
    loose = isinstance(part.node, Sum) or (isinstance(part.node, Product) and not isinstance(whole.node, Sum))
    return joined("", ("(", text, ")")) if loose else text


def say_value(value: Any) -> str:
    """A value as people here write it: 1.234,5; 14/02/2026; có; "?" where it is unknown."""
    match value:
        case None:
            return "?"
        case bool():
            return Sentence("có") if value else Sentence("không")
        case int() | Fraction():
            return figure(value)
        case date():
            return day(value)
        case tuple():
            return joined("", ("(", _joined([say_value(part) for part in value], "; "), ")"))
        case _:
            return joined("", ("'", UNIT_LABELS.get(value, str(value)), "'"))


def _lacks(step: Step, labels: Labels) -> list[str]:
    """What keeps a relation unknown: absent figures, figures of the wrong kind, a division by nothing."""
    found: list[str] = []
    for part in step.walk():
        if part.value is None or (isinstance(part.value, tuple) and None in part.value):
            found.extend(_lack(part, labels))
    return found


def _lack(part: Step, labels: Labels) -> list[str]:
    match part.node:
        case Path(name=name, kind=kind):
            label = labels.get(name, name)
            if part.raw is None:
                return [Sentence("thiếu {what}", what=label)]
            if isinstance(part.value, tuple):
                return [Sentence("thiếu một phần của {what}", what=label)]
            return [Sentence("{what} không phải là {kind}", what=label, kind=NAMES[kind])]
        case Product(ops=ops):
            divisors = zip(ops, part.parts[1:], strict=True)
            zeros = [divisor for op, divisor in divisors if op == "/" and divisor.value == 0]
            return [_by_nothing(_names(zero, labels)) for zero in zeros]
        case Call(name="share" | "change") if part.parts[-1].value == 0:
            return [_by_nothing(_names(part.parts[-1], labels))]
        case Call(name="min" | "max" | "share") if () in [argument.value for argument in part.parts]:
            return [Sentence("danh sách trống")]
        case Sum() if None not in [argument.value for argument in part.parts]:
            return [Sentence("không có ngày ấy: số ngày cộng thêm phải là số nguyên, không quá lớn")]
        case Call(name="workdays") if None not in [argument.value for argument in part.parts]:
            return [Sentence("không đếm được ngày làm việc (chưa có lịch, hoặc khoảng ngày quá dài)")]
        case _:
            return []


def _by_nothing(divisor: str) -> Sentence:
    return Sentence("không chia được cho {divisor} = 0", divisor=divisor)
