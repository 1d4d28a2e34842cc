"""What names stand for: kinds, units of measure, and the kinds of values found in an untyped case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.sentence import Sentence
from rules.errors import Place, RuleError
from rules.tree import Kind, Node, paths

Unit = tuple[tuple[str, int], ...]
"""A unit of measure with exponents, sorted: đồng/học sinh is (("học sinh", -1), ("đồng", 1)).
() is a ratio."""

RATIO: Unit = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a path, or any part of a condition, stands for. `unit` None fits any unit: a plain number."""

    kind: Kind
    unit: Unit | None = None
    label: str = ""


NAMES = {
    Kind.NUMBER: Sentence("số"),
    Kind.TEXT: Sentence("chữ"),
    Kind.DAY_TEXT: Sentence("chữ"),
    Kind.DATE: Sentence("ngày"),
    Kind.BOOLEAN: Sentence("đúng/sai"),
    Kind.NUMBERS: Sentence("danh sách số"),
    Kind.TEXTS: Sentence("danh sách chữ"),
    Kind.DATES: Sentence("danh sách ngày"),
    Kind.BOOLEANS: Sentence("danh sách đúng/sai"),
    Kind.ITEMS: Sentence("danh sách"),
    Kind.GROUP: Sentence("nhóm số liệu"),
}
ELEMENT = {
    Kind.NUMBERS: Kind.NUMBER,
    Kind.TEXTS: Kind.TEXT,
    Kind.DATES: Kind.DATE,
    Kind.BOOLEANS: Kind.BOOLEAN,
    Kind.ITEMS: Kind.UNKNOWN,
    Kind.UNKNOWN: Kind.UNKNOWN,
}


def vocabulary_of(node: Node, case: Mapping[str, Any]) -> dict[str, Meaning]:
    """What the paths of a condition mean in one untyped case (a JSON file): the kind each value has there."""
    return {name: Meaning(kind_of(look_up(case, name))) for name in paths(node)}


def look_up(case: Any, name: str) -> Any:
    """The raw value at a dotted path, or None where any step of it is absent."""
    for part in name.split("."):
        if type(case) is not dict and not isinstance(case, Mapping):  # the first test is the fast one
            return None
        case = case.get(part)
    return case


def kind_of(value: Any) -> Kind:
    """The kind of one raw value. A breakdown (a mapping of figures only) reads as a list of figures."""
    match value:
        case Mapping():
            return Kind.NUMBERS if _kinds(value.values()) <= {Kind.NUMBER} else Kind.GROUP
        case list() | tuple():
            return _list_of(_kinds(value))
        case _:
            return _kind_of_one(value)


def _kinds(values: Iterable[Any]) -> set[Kind]:
    """Kinds of the parts, missing ones aside; what is nested deeper is a group."""
    return {_kind_of_one(value) for value in values} - {Kind.UNKNOWN}


def _kind_of_one(value: Any) -> Kind:
    match value:
        case None:
            return Kind.UNKNOWN
        case bool():
            return Kind.BOOLEAN
        case str():
            return Kind.DAY_TEXT if is_day(value) else Kind.TEXT
        case date():
            return Kind.DATE
        case Mapping() | list() | tuple():
            return Kind.GROUP
        case _:
            return Kind.NUMBER


def _list_of(kinds: set[Kind]) -> Kind:
    if not kinds:
        return Kind.ITEMS
    if kinds == {Kind.DAY_TEXT, Kind.TEXT}:
        kinds = {Kind.TEXT}
    if kinds <= {Kind.DAY_TEXT, Kind.DATE}:
        kinds = {Kind.DATE}
    plural = [many for many, one in ELEMENT.items() if {one} == kinds]
    return plural[0] if plural else Kind.GROUP


def is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False


def one_unit(meanings: Sequence[Meaning], places: Sequence[Place]) -> Unit | None:
    """The unit that parts added or compared share; a plain number takes any."""
    common: Unit | None = None
    for index, meaning in enumerate(meanings):
        if common is None:
            common = meaning.unit
        elif meaning.unit is not None and meaning.unit != common:
            place = places[max(index - 1, 0)] if index - 1 < len(places) else places[-1]
            raise RuleError(
                place,
                Sentence(
                    "không cùng đơn vị: {first} và {second}",
                    first=unit_text(common),
                    second=unit_text(meaning.unit),
                ),
            )
    return common


def multiplied(meanings: Sequence[Meaning], ops: Sequence[str]) -> Unit | None:
    """The unit of a product. A plain number scales, so `pupils * 2` stays pupils; alone it has no unit."""
    powers: dict[str, int] = {}
    if all(meaning.unit is None for meaning in meanings):
        return None
    for meaning, op in zip(meanings, ("*", *ops), strict=True):
        for name, power in meaning.unit or ():
            powers[name] = powers.get(name, 0) + (power if op == "*" else -power)
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def unit_text(unit: Unit) -> str:
    above = " x ".join(name for name, power in unit if power > 0)
    below = "/".join(name for name, power in unit if power < 0)
    if not unit:
        return Sentence("tỷ lệ (%)")
    return f"{above or '1'}/{below}" if below else above
