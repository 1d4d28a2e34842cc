"""YAML with nothing clever: text, lists and mappings, each knowing its place.

YAML guesses types (0123 is 83, NO is false), lets the last of two equal keys win, and has aliases, merges and
tags that a file of rules never needs. All of that is refused, with line and column, in Vietnamese.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from domain.sentence import Sentence
from rules.errors import Place, RuleError
from rules.parser import suggestion

MAX_DEPTH = 12
MAX_NODES = 200_000
MAX_CHARACTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `at` is where its first character stands; `block` says it was written below a |."""

    text: str
    at: Place
    block: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: list["Tree"]
    at: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    items: dict[str, "Tree"]
    keys: dict[str, Place]
    at: Place


Tree = Scalar | Sequence | Mapping


def parse_yaml(text: str) -> Tree:
    """The one document of a file. Raises RuleError at the first thing that does not belong."""
    if len(text) > MAX_CHARACTERS:
        raise RuleError(Place(1, 1), "tệp quá lớn (tối đa {most} ký tự)", most=MAX_CHARACTERS)
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RuleError(
            _place(mark), "YAML viết sai: {problem}", problem=_translated(str(error.problem))
        ) from None
    except YAMLError as error:
        raise RuleError(Place(1, 1), "YAML viết sai: {problem}", problem=str(error).splitlines()[0]) from None
    if builder.root is None:
        raise RuleError(Place(1, 1), "tệp trống")
    return builder.root


def _events(text: str) -> Iterator[Any]:
    yield from YAML(typ="safe", pure=True).parse(text.removeprefix("\ufeff"))


class _Builder:
    """Builds the tree without recursion, so that depth is a count and not a crash."""

    def __init__(self) -> None:
        self.root: Tree | None = None
        self.open: list[tuple[Sequence | Mapping, list[Scalar]]] = []
        self.nodes = 0

    def take(self, event: Any) -> None:
        at = _place(event.start_mark)
        match event:
            case DocumentStartEvent() if self.root is not None:
                raise RuleError(at, "tệp chỉ được chứa một tài liệu")
            case AliasEvent():
                raise RuleError(at, "không dùng bí danh (*{anchor})", anchor=event.anchor)
            case ScalarEvent():
                self.plain(event, at)
                quoted = event.style in {"'", '"'}
                first = Place(at.line, at.column + 1) if quoted else at
                self.add(Scalar(event.value, first, block=event.style == "|"), at)
            case SequenceStartEvent():
                self.plain(event, at)
                self.enter(Sequence([], at), at)
            case MappingStartEvent():
                self.plain(event, at)
                self.enter(Mapping({}, {}, at), at)
            case SequenceEndEvent() | MappingEndEvent():
                self.open.pop()

    def plain(self, event: Any, at: Place) -> None:
        if event.anchor is not None:
            raise RuleError(at, "không dùng neo (&{anchor})", anchor=event.anchor)
        if event.tag is not None:
            raise RuleError(at, "không dùng thẻ kiểu ({tag})", tag=event.tag)

    def enter(self, container: Sequence | Mapping, at: Place) -> None:
        self.add(container, at)
        self.open.append((container, []))
        if len(self.open) > MAX_DEPTH:
            raise RuleError(at, "lồng quá sâu (tối đa {most} lớp)", most=MAX_DEPTH)

    def add(self, node: Tree, at: Place) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise RuleError(at, "tệp quá lớn (tối đa {most} mục)", most=MAX_NODES)
        if not self.open:
            self.root = node
            return
        container, waiting = self.open[-1]
        if isinstance(container, Sequence):
            container.items.append(node)
        elif waiting:
            container.items[waiting.pop().text] = node
        else:
            waiting.append(_key(container, node, at))


def _key(container: Mapping, node: Tree, at: Place) -> Scalar:
    if not isinstance(node, Scalar):
        raise RuleError(at, "khóa phải là chữ")
    if not node.text.isprintable() or "\u00a0" in node.text:
        raise RuleError(at, "khóa có ký tự không nhìn thấy; hãy xóa rồi gõ lại dấu cách thường")
    if node.text == "<<":
        raise RuleError(at, "không gộp mục bằng <<")
    if node.text in container.keys:
        first = container.keys[node.text].line
        raise RuleError(
            at,
            "khóa '{key}' viết hai lần (dòng {first} và dòng {again})",
            key=node.text,
            first=first,
            again=at.line,
        )
    container.keys[node.text] = at
    return node


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _translated(problem: str) -> str:
    if "'\\t'" in problem:
        return Sentence("không thụt dòng bằng phím Tab")
    if "mapping values are not allowed" in problem:
        return Sentence("thừa dấu hai chấm; chữ có dấu hai chấm phải đặt trong dấu nháy")
    if problem.startswith("expected") or "could not find expected" in problem:
        return Sentence("thiếu hoặc thừa một dấu, hoặc thụt dòng không thẳng hàng")
    return problem


class Section:
    """Reads a mapping key by key; `done` refuses what nobody asked for, with a hint."""

    def __init__(self, node: Tree, what: str) -> None:
        if not isinstance(node, Mapping):
            raise RuleError(node.at, "{what} phải gồm các dòng 'khóa: giá trị'", what=what)
        self.node, self.what = node, what
        self.asked: list[str] = []

    def get(self, key: str) -> Tree | None:
        self.asked.append(key)
        return self.node.items.get(key)

    def scalar(self, key: str) -> Scalar | None:
        """The text under a key, or None where the key is absent; never empty."""
        found = self.get(key)
        if found is None:
            return None
        if not isinstance(found, Scalar):
            raise RuleError(found.at, "'{key}' phải là chữ", key=key)
        if not found.text.strip():
            raise RuleError(found.at, "'{key}' đang để trống", key=key)
        return found

    def need(self, key: str) -> Scalar:
        found = self.scalar(key)
        if found is None:
            self.lacking(key)
        return found

    def text(self, key: str, default: str = "") -> str:
        found = self.scalar(key)
        return default if found is None else found.text.strip()

    def yes(self, key: str, *, default: bool) -> bool:
        found = self.scalar(key)
        if found is None:
            return default
        if found.text not in {"yes", "no"}:
            raise RuleError(found.at, "'{key}' phải là yes hoặc no", key=key)
        return found.text == "yes"

    def sequence(self, key: str) -> list[Tree]:
        found = self.get(key)
        if found is None:
            return []
        if not isinstance(found, Sequence):
            raise RuleError(found.at, "'{key}' phải là một danh sách, mỗi mục bắt đầu bằng dấu -", key=key)
        return found.items

    def lacking(self, key: str) -> NoReturn:
        raise RuleError(self.node.at, "{what} thiếu '{key}'", what=self.what, key=key)

    def done(self) -> None:
        for key, at in self.node.keys.items():
            if key not in self.asked:
                raise RuleError(
                    at,
                    "{what} không có mục '{key}'{perhaps}",
                    what=self.what,
                    key=key,
                    perhaps=suggestion(key, self.asked),
                )
