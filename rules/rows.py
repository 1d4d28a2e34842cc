"""A condition as rows of a form (field, relation, value), and back. Both ways of writing give the same tree.

Rows are joined as the language joins them, `and` before `or`, without brackets; a condition that needs brackets, a
function or a sum has no rows and is written as text only. Values are typed the Vietnamese way: 80 %, 1.234,5,
14/02/2026, có, or the name of another figure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.sentence import Sentence, WordedError
from domain.wording import read_day
from rules.meaning import Meaning
from rules.numerals import day, figure
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
    Product,
    Text,
    Truth,
)

RELATIONS = {
    ">=": Sentence("ít nhất"),
    "<=": Sentence("không quá"),
    "==": Sentence("bằng, là"),
    "!=": Sentence("khác, không là"),
    ">": Sentence("trên"),
    "<": Sentence("dưới"),
    "between": Sentence("từ … đến …"),
    "in": Sentence("thuộc (a; b; c)"),
    "not in": Sentence("không thuộc (a; b; c)"),
    "present": Sentence("đã có số liệu"),
    "missing": Sentence("chưa có số liệu"),
}
JOINS = {"and": Sentence("và"), "or": Sentence("hoặc")}

_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,([0-9]{1,9}))?\s*(%?)")
_EXACT = 10**15
Vocabulary = Mapping[str, Meaning]


@dataclass(frozen=True, slots=True)
class Row:
    """`join` stands before the row ("and", "or"; the first row's is not read), `over` is the path it is divided by,
    empty for none; `value` as typed."""

    field: str = ""
    relation: str = ">="
    value: str = ""
    over: str = ""
    join: str = "and"


class BadRow(WordedError, ValueError):
    """A row that says nothing the language knows; the message is Vietnamese, for whoever filled it."""


def text_of(rows: Sequence[Row], vocabulary: Vocabulary) -> str:
    """The condition the rows say, as text; rows without a field are left out. Raises BadRow."""
    said = ""
    for number, row in enumerate(rows, start=1):
        if not row.field:
            continue
        try:
            one = _said(row, vocabulary)
        except BadRow as error:
            raise BadRow("Dòng {number} của bảng: {error}", number=number, error=str(error)) from None
        said = f"{said} {row.join if row.join in JOINS else 'and'} {one}" if said else one
    return said


def _said(row: Row, vocabulary: Vocabulary) -> str:
    meaning = vocabulary.get(row.field)
    if meaning is None or (row.over and row.over not in vocabulary):
        raise BadRow("không có số liệu này")
    if row.relation in {"present", "missing"}:
        return f"{row.relation}({row.field})"
    left = f"{row.field} / {row.over}" if row.over else row.field

    def literal(typed: str) -> str:
        return _literal(typed.strip(), meaning.kind, vocabulary)

    match row.relation:
        case "between":
            low, found, high = row.value.partition("đến")
            if not found:
                raise BadRow("viết hai đầu như 10 đến 45")
            return f"{left} between {literal(low)} and {literal(high)}"
        case "in" | "not in":
            items = [literal(item) for item in row.value.split(";") if item.strip()]
            return f"{left} {row.relation} [{', '.join(items)}]"
        case relation if relation in RELATIONS:
            return f"{left} {relation} {literal(row.value)}"
        case _:
            raise BadRow("hãy chọn quan hệ")


def _literal(typed: str, kind: Kind, vocabulary: Vocabulary) -> str:
    """A typed value in the language. A figure's name or path stands for that figure."""
    if not typed:
        raise BadRow("còn thiếu giá trị")
    if kind is not Kind.TEXT:
        for path, meaning in vocabulary.items():
            if typed == path or typed.casefold() == meaning.label.casefold():
                return path
    match kind:
        case Kind.BOOLEAN:
            return _truth(typed)
        case Kind.DATE:
            return _day(typed)
        case Kind.TEXT:
            return "'" + typed.strip("'\"“”").replace("\\", "\\\\").replace("'", "\\'") + "'"
        case _:
            return _figure(typed)


def _truth(typed: str) -> str:
    if typed.casefold() in {"có", "đúng", "true"}:
        return "true"
    if typed.casefold() in {"không", "sai", "false"}:
        return "false"
    raise BadRow("trả lời có hoặc không, không phải “{typed}”", typed=typed[:30])


def _day(typed: str) -> str:
    if day := read_day(typed):
        return day.isoformat()
    raise BadRow("không có ngày “{typed}”; viết như 14/02/2026", typed=typed[:30])


def _figure(typed: str) -> str:
    found = _NUMBER.fullmatch(typed)
    if found is None:
        raise BadRow("“{typed}” không phải là số; viết như 1.234, 73,6 hoặc 80%", typed=typed[:30])
    sign, whole, decimals, percent = found.groups()
    return sign + whole.replace(".", "") + (f".{decimals}" if decimals else "") + percent


def rows_of(node: Node, vocabulary: Vocabulary) -> list[Row] | None:
    """The rows of a checked condition; None where it can only be written as text."""
    alternatives = node.parts if isinstance(node, Logic) and node.op == "or" else (node,)
    found: list[Row] = []
    for alternative in alternatives:
        conditions = (
            alternative.parts
            if isinstance(alternative, Logic) and alternative.op == "and"
            else (alternative,)
        )
        for place, condition in enumerate(conditions):
            row = _row(condition, "or" if place == 0 and found else "and", vocabulary)
            if row is None:
                return None
            found.append(row)
    return found


def _row(node: Node, join: str, vocabulary: Vocabulary) -> Row | None:
    match node:
        case Path(name=name):
            return Row(name, "==", "có", "", join)
        case Not(parts=(Path(name=name),)):
            return Row(name, "==", "không", "", join)
        case Call(name="present" | "missing" as name, parts=(Path(name=field),)):
            return Row(field, name, "", "", join)
        case Compare(parts=(left, right), ops=(op,)):
            return _related(left, op, [_typed(right, vocabulary)], "", join)
        case Between(parts=(left, low, high)):
            return _related(
                left, "between", [_typed(low, vocabulary), _typed(high, vocabulary)], " đến ", join
            )
        case In(parts=(left, Items(parts=items))):
            return _related(left, "in", [_typed(item, vocabulary) for item in items], "; ", join)
        case Not(parts=(In(parts=(left, Items(parts=items))),)):
            return _related(left, "not in", [_typed(item, vocabulary) for item in items], "; ", join)
        case _:
            return None


def _related(left: Node, relation: str, typed: list[str | None], between: str, join: str) -> Row | None:
    values = [value for value in typed if value is not None]
    if len(values) < len(typed) or any(between.strip() and between.strip() in value for value in values):
        return None
    match left:
        case Path(name=field):
            return Row(field, relation, between.join(values), "", join)
        case Product(parts=(Path(name=field), Path(name=over)), ops=("/",)):
            return Row(field, relation, between.join(values), over, join)
        case _:
            return None


def _typed(node: Node, vocabulary: Vocabulary) -> str | None:
    """A constant, or another figure by its name, as a person types it."""
    match node:
        case Number(value=value, percent=percent) if -_EXACT < value < _EXACT:
            return figure(value, 9, percent=percent)
        case Text(value=value) if value and value == value.strip("'\"“” "):
            return value
        case Day(value=value):
            return day(value)
        case Truth(value=value):
            return "có" if value else "không"
        case Path(name=name):
            labels = [meaning.label.casefold() for meaning in vocabulary.values()]
            label = vocabulary[name].label
            return label if labels.count(label.casefold()) == 1 and ";" not in label else name
        case _:
            return None
