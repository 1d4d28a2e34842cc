"""Checks a tree against what the case can hold and settles the kind of every path, so that judging
never has to guess. Each refusal is at the operator or the part that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from domain.sentence import Sentence
from rules.errors import Place, RuleError
from rules.meaning import ELEMENT, NAMES, RATIO, Meaning, is_day, multiplied, one_unit
from rules.parser import day, suggestion
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
)

_BOOLEAN = Meaning(Kind.BOOLEAN)
_NUMBER = Meaning(Kind.NUMBER)
_DATE = Meaning(Kind.DATE)


def check(node: Node, vocabulary: Mapping[str, Meaning]) -> Node:
    """The same condition with the kind of every path settled. Raises RuleError: a name that the vocabulary
    does not have, kinds or units that do not go together, or a result that is not true/false."""
    checked, meaning = _Checker(vocabulary).visit(node)
    if meaning.kind not in {Kind.BOOLEAN, Kind.UNKNOWN}:
        raise RuleError(
            node.at, "biểu thức không cho kết quả đúng/sai (kết quả là {kind})", kind=NAMES[meaning.kind]
        )
    return _settled(checked, Kind.BOOLEAN)


class _Checker:
    def __init__(self, vocabulary: Mapping[str, Meaning]) -> None:
        self.vocabulary = vocabulary

    def visit(self, node: Node) -> tuple[Node, Meaning]:
        match node:
            case Number():
                return node, Meaning(Kind.NUMBER, RATIO if node.percent else None)
            case Text():
                return node, Meaning(Kind.DAY_TEXT if is_day(node.value) else Kind.TEXT)
            case Truth():
                return node, _BOOLEAN
            case Day():
                return node, _DATE
            case Path():
                return self.path(node)
            case Call():
                return self.call(node)
            case Items():
                return self.items(node)
            case Negative() | Sum() | Product():
                return self.arithmetic(node)
            case _:
                return self.condition(node), _BOOLEAN

    def visit_all(self, nodes: Sequence[Node]) -> tuple[list[Node], list[Meaning]]:
        pairs = [self.visit(node) for node in nodes]
        return [node for node, _ in pairs], [meaning for _, meaning in pairs]

    def path(self, node: Path) -> tuple[Node, Meaning]:
        meaning = self.vocabulary.get(node.name)
        if meaning is None:
            raise RuleError(
                node.at,
                "không có '{name}'{perhaps}",
                name=node.name,
                perhaps=suggestion(node.name, self.vocabulary),
            )
        return replace(node, kind=meaning.kind), meaning

    def condition(self, node: Node) -> Node:
        match node:
            case Compare():
                return replace(node, parts=tuple(self.alike(node.parts, node.places, node.ops)))
            case Between():
                value, low, high = self.alike(node.parts, (node.place,) * 2, ("<=",) * 2)
                return replace(node, parts=(value, low, high))
            case In():
                return self.membership(node)
            case Not():
                return replace(node, parts=(self.truth(node.parts[0]),))
            case Logic():
                return replace(node, parts=tuple(map(self.truth, node.parts)))
            case _:
                raise AssertionError(node)

    def truth(self, node: Node) -> Node:
        checked, meaning = self.visit(node)
        if meaning.kind not in {Kind.BOOLEAN, Kind.UNKNOWN}:
            raise RuleError(node.at, "and, or, not cần đúng/sai, không phải {kind}", kind=NAMES[meaning.kind])
        return _settled(checked, Kind.BOOLEAN)

    def membership(self, node: In) -> Node:
        wanted, items = node.parts
        if isinstance(items, Items):
            parts = (wanted, *items.parts)
            value, *rest = self.alike(parts, (node.place,) * (len(parts) - 1), ("==",) * (len(parts) - 1))
            return replace(node, parts=(value, replace(items, parts=tuple(rest))))
        value, meaning = self.visit(wanted)
        items, listed = self.visit(items)
        if listed.kind not in ELEMENT:
            raise RuleError(
                node.place, "bên phải của in phải là danh sách, không phải {kind}", kind=NAMES[listed.kind]
            )
        common = _common([meaning, Meaning(ELEMENT[listed.kind])], (node.place,), ("==",))
        return replace(node, parts=(_settled(value, common), items))

    def alike(self, nodes: Sequence[Node], places: Sequence[Place], ops: Sequence[str]) -> list[Node]:
        """Parts that are compared with one another: of one kind and one unit."""
        checked, meanings = self.visit_all(nodes)
        common = _common(meanings, places, ops)
        one_unit(meanings, places)
        return [_settled(node, common) for node in checked]

    def items(self, node: Items) -> tuple[Node, Meaning]:
        if not node.parts:
            return node, Meaning(Kind.ITEMS)
        checked, meanings = self.visit_all(node.parts)
        places = [part.at for part in node.parts[1:]]
        common = _common(meanings, places, ("==",) * len(places))
        many = [many for many, one in ELEMENT.items() if one is common]
        if not many:
            raise RuleError(node.at, "danh sách chỉ gồm số, chữ, ngày hoặc đúng/sai")
        unit = one_unit(meanings, places)
        return replace(node, parts=tuple(_settled(part, common) for part in checked)), Meaning(many[0], unit)

    def arithmetic(self, node: Negative | Sum | Product) -> tuple[Node, Meaning]:
        if isinstance(node, Negative):
            part, meaning = self.visit(node.parts[0])
            _need(meaning, node.at, Kind.NUMBER)
            return replace(node, parts=(_settled(part, Kind.NUMBER),)), replace(meaning, kind=Kind.NUMBER)
        checked, meanings = self.visit_all(node.parts)
        if isinstance(node, Sum) and len(node.parts) > 1 and _dated(meanings):
            return self.dates(node, checked, meanings)
        for meaning, place in zip(meanings, (node.places[:1] or (node.at,)) + node.places, strict=True):
            _need(meaning, place, Kind.NUMBER)
        if isinstance(node, Product):
            unit = multiplied(meanings, node.ops)
        else:
            unit = one_unit(meanings, node.places)
        return replace(node, parts=tuple(_settled(part, Kind.NUMBER) for part in checked)), Meaning(
            Kind.NUMBER, unit
        )

    def dates(self, node: Sum, checked: list[Node], meanings: list[Meaning]) -> tuple[Node, Meaning]:
        """Day - day is a number of days; day + number and day - number are days."""
        first, *rest = meanings
        if len(node.parts) == 2 and rest[0].kind in {Kind.DATE, Kind.DAY_TEXT} and node.ops == ("-",):
            _need(first, node.places[0], Kind.DATE)
            parts = tuple(_settled(part, Kind.DATE) for part in checked)
            return replace(node, parts=parts), _NUMBER
        _need(first, node.places[0], Kind.DATE)
        for meaning, place in zip(rest, node.places, strict=True):
            _need(meaning, place, Kind.NUMBER)
        settled = (_settled(checked[0], Kind.DATE), *(_settled(part, Kind.NUMBER) for part in checked[1:]))
        return replace(node, parts=settled), _DATE

    def call(self, node: Call) -> tuple[Node, Meaning]:
        checked, meanings = self.visit_all(node.parts)
        match node.name:
            case "present" | "missing":
                return replace(node, parts=tuple(checked)), _BOOLEAN
            case "date":
                return self.date(node, checked, meanings)
            case "workdays":
                return self.uniform(node, checked, meanings, Kind.DATE), _NUMBER
            case "share" if len(checked) == 1:
                return self.uniform(node, checked, meanings, Kind.BOOLEANS), Meaning(Kind.NUMBER, RATIO)
            case "share" | "change":
                settled = self.uniform(node, checked, meanings, Kind.NUMBER)
                one_unit(meanings, [node.at])
                return settled, Meaning(Kind.NUMBER, RATIO)
            case "round":
                if len(checked) == 2 and not _is_small(checked[1]):
                    raise RuleError(checked[1].at, "số chữ số làm tròn là một số nguyên từ 0 đến 12")
                return self.uniform(node, checked, meanings, Kind.NUMBER), meanings[0]
            case "abs":
                return self.uniform(node, checked, meanings, Kind.NUMBER), meanings[0]
            case _:
                return self.uniform(node, checked, meanings, Kind.NUMBER, Kind.NUMBERS), Meaning(
                    Kind.NUMBER, one_unit(meanings, [part.at for part in node.parts[1:]])
                )

    def date(self, node: Call, checked: list[Node], meanings: list[Meaning]) -> tuple[Node, Meaning]:
        part = checked[0]
        if isinstance(part, Text):
            return Day(part.at, day(part.value, part.at)), _DATE
        _need(meanings[0], part.at, Kind.DATE)
        return _settled(part, Kind.DATE), _DATE

    def uniform(self, node: Call, checked: list[Node], meanings: list[Meaning], *kinds: Kind) -> Node:
        for part, meaning in zip(checked, meanings, strict=True):
            _need(meaning, part.at, *kinds)
        return replace(node, parts=tuple(_settled(part, kinds[0]) for part in checked))


def _need(meaning: Meaning, place: Place, *kinds: Kind) -> None:
    fits = {*kinds, Kind.UNKNOWN}
    if Kind.DATE in kinds:
        fits.add(Kind.DAY_TEXT)
    if fits & {Kind.NUMBERS, Kind.BOOLEANS}:
        fits.add(Kind.ITEMS)
    if meaning.kind not in fits:
        wanted = reduce(_either, (NAMES[kind] for kind in kinds))
        raise RuleError(
            place, "chỗ này cần {wanted}, không phải {kind}", wanted=wanted, kind=NAMES[meaning.kind]
        )


def _either(one: str, other: str) -> Sentence:
    return Sentence("{one} hoặc {other}", one=one, other=other)


def _dated(meanings: list[Meaning]) -> bool:
    return any(meaning.kind in {Kind.DATE, Kind.DAY_TEXT} for meaning in meanings)


def _common(meanings: Sequence[Meaning], places: Sequence[Place], ops: Sequence[str]) -> Kind:
    """The one kind that all compared parts share; RuleError at the operator where they stop agreeing."""
    common = meanings[0].kind
    for meaning, place in zip(meanings[1:], places, strict=True):
        if Kind.UNKNOWN in (common, meaning.kind):
            common = meaning.kind if common is Kind.UNKNOWN else common
        elif {common, meaning.kind} == {Kind.TEXT, Kind.DAY_TEXT}:
            common = Kind.TEXT
        elif {common, meaning.kind} == {Kind.DATE, Kind.DAY_TEXT}:
            common = Kind.DATE
        elif common is not meaning.kind:
            raise RuleError(
                place, "không so sánh được {first} với {kind}", first=NAMES[common], kind=NAMES[meaning.kind]
            )
    for place, op in zip(places, ops, strict=True):
        _comparable(common, place, op)
    return Kind.TEXT if common is Kind.DAY_TEXT else common


def _comparable(kind: Kind, place: Place, op: str) -> None:
    if kind not in {Kind.NUMBER, Kind.TEXT, Kind.DAY_TEXT, Kind.DATE, Kind.BOOLEAN, Kind.UNKNOWN}:
        raise RuleError(place, "không so sánh được {kind}", kind=NAMES[kind])
    if kind is Kind.BOOLEAN and op not in {"==", "!="}:
        raise RuleError(place, "đúng/sai chỉ so sánh được bằng == và !=")


def _settled(node: Node, kind: Kind) -> Node:
    """The node read as `kind`: a text that must be a date becomes one, an unknown path gets its kind."""
    if isinstance(node, Path) and node.kind in {Kind.UNKNOWN, Kind.DAY_TEXT}:
        return replace(node, kind=kind)
    if isinstance(node, Text) and kind is Kind.DATE:
        return Day(node.at, day(node.value, node.at))
    return node


def _is_small(node: Node) -> bool:
    return isinstance(node, Number) and isinstance(node.value, int) and 0 <= node.value <= 12
