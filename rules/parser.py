"""Tokens → tree. Precedence as everywhere: or, and, not, comparisons, + -, * /, sign. Comparisons chain
as in mathematics; `in` and `between` do not. Raises RuleError with line and column; never recurses without
bound."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from rapidfuzz import process

from domain.sentence import Sentence
from rules.errors import Place, RuleError
from rules.functions import ARGUMENTS
from rules.lexer import KEYWORDS, Token, tokens
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

MAX_DEPTH = 100
MAX_PRODUCTS = 2_000
"""Signs of multiplying and dividing in one condition: each makes the figure after it longer."""

_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN = range(1, 8)
_RELATIONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_LEVELS = (
    {"or": _OR, "and": _AND, "in": _COMPARISON, "not": _COMPARISON, "between": _COMPARISON}
    | dict.fromkeys(_RELATIONS, _COMPARISON)
    | {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
)
_NOTHING = frozenset({"null", "none", "nil", "unknown", "undefined"})
_TRUTH = {"True": True, "False": False}


def parse(source: str) -> Node:
    """The tree of one condition. Raises RuleError."""
    found, refusal = tokens(source)
    parser = _Parser(found)
    try:
        node = parser.expression(_OR)
        parser.finish()
    except RuleError as error:
        if refusal is None or error.place < refusal.place:
            raise
    if refusal is not None:
        raise refusal
    if depth(node) > MAX_DEPTH:
        raise RuleError(node.at, "lồng quá sâu (tối đa {most} lớp)", most=MAX_DEPTH)
    return node


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.index = 0
        self.depth = 0
        self.products = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.next
        self.index += 1
        return token

    def expect(self, kind: str) -> Token:
        if self.next.kind != kind:
            raise RuleError(
                self.next.place, "cần '{kind}' ở đây{instead}", kind=kind, instead=_instead(self.next)
            )
        return self.take()

    def finish(self) -> None:
        if self.next.kind != "end":
            before = self.tokens[self.index - 1]
            raise RuleError(self.next.place, _surplus(self.next, before))

    def expression(self, floor: int) -> Node:
        """The longest expression whose operators bind at least as tightly as `floor`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RuleError(self.next.place, "lồng quá sâu (tối đa {most} lớp)", most=MAX_DEPTH)
        node = self.prefix(floor)
        while (level := self.level()) >= floor:
            node = self.infix(node, level)
        self.depth -= 1
        return node

    def level(self) -> int:
        if self.next.kind == "not" and self.tokens[self.index + 1].kind not in {"in", "between"}:
            return 0
        return _LEVELS.get(self.next.kind, 0)

    def infix(self, left: Node, level: int) -> Node:
        if level == _COMPARISON:
            node = self.chain(left) if self.next.kind in _RELATIONS else self.membership(left)
            if self.level() == _COMPARISON:
                raise RuleError(
                    self.next.place, "hãy đặt ngoặc: không nối tiếp in, between với phép so sánh khác"
                )
            return node
        parts, ops, places = self.gather(left, level)
        if level == _SUM:
            return Sum(left.at, parts, ops, places)
        if level == _PRODUCT:
            return Product(left.at, parts, ops, places)
        return Logic(left.at, "or" if level == _OR else "and", parts)

    def chain(self, left: Node) -> Node:
        return Compare(left.at, *self.gather(left, _COMPARISON))

    def gather(self, left: Node, level: int) -> tuple[tuple[Node, ...], tuple[str, ...], tuple[Place, ...]]:
        parts, ops, places = [left], [], []
        while self.level() == level and self.next.kind not in {"in", "between", "not"}:
            operator = self.take()
            self.count(operator, level)
            ops.append(operator.kind)
            places.append(operator.place)
            parts.append(self.expression(level + 1))
        return tuple(parts), tuple(ops), tuple(places)

    def count(self, operator: Token, level: int) -> None:
        self.products += level == _PRODUCT
        if self.products > MAX_PRODUCTS:
            raise RuleError(operator.place, "quá nhiều phép nhân, chia (tối đa {most})", most=MAX_PRODUCTS)

    def membership(self, left: Node) -> Node:
        negated = self.next.kind == "not"
        if negated:
            self.take()
        word = self.take()
        node: Node
        if word.kind == "in":
            node = In(left.at, (left, self.expression(_SUM)), word.place)
        else:
            low = self.expression(_SUM)
            self.expect("and")
            node = Between(left.at, (left, low, self.expression(_SUM)), word.place)
        return Not(left.at, (node,)) if negated else node

    def prefix(self, floor: int) -> Node:
        token = self.take()
        match token.kind:
            case "not" if floor <= _NOT:
                return Not(token.place, (self.expression(_NOT),))
            case "not":
                raise RuleError(token.place, "hãy đặt ngoặc quanh 'not ...' ở đây")
            case "-":
                return Negative(token.place, (self.expression(_SIGN),))
            case "+":
                return Sum(token.place, (self.expression(_SIGN),), (), ())
            case "(":
                return self.bracket(token)
            case "[":
                return Items(token.place, self.arguments("]"))
            case "name":
                return self.name(token)
            case _:
                return self.literal(token)

    def literal(self, token: Token) -> Node:
        match token.kind:
            case "number":
                return self.number(token)
            case "text":
                return Text(token.place, token.text)
            case "true" | "false":
                return Truth(token.place, token.kind == "true")
            case "day":
                return Day(token.place, day(token.text, token.place))
            case "end":
                raise RuleError(token.place, "điều kiện viết dở: còn thiếu một giá trị")
            case _:
                raise RuleError(token.place, "cần một giá trị ở đây{instead}", instead=_instead(token))

    def number(self, token: Token) -> Node:
        value = Fraction(Decimal(token.text))
        if self.next.kind == "%":
            self.take()
            return Number(token.place, whole(value / 100), percent=True)
        return Number(token.place, whole(value))

    def bracket(self, opening: Token) -> Node:
        """`(x)` is x; `()`, `(x,)` and `(x, y)` are lists."""
        if self.next.kind == ")":
            self.take()
            return Items(opening.place, ())
        first = self.expression(_OR)
        if self.next.kind == ",":
            self.take()
            return Items(opening.place, (first, *self.arguments(")")))
        self.expect(")")
        return first

    def arguments(self, closing: str) -> tuple[Node, ...]:
        parts: list[Node] = []
        while self.next.kind != closing:
            parts.append(self.expression(_OR))
            if self.next.kind != closing:
                self.expect(",")
        self.take()
        return tuple(parts)

    def name(self, token: Token) -> Node:
        if self.next.kind == "(":
            return self.call(token)
        if token.text in _TRUTH:
            return Truth(token.place, _TRUTH[token.text])
        if token.text.casefold() in _NOTHING:
            raise RuleError(
                token.place, "không so sánh với giá trị rỗng; dùng present(...) hoặc missing(...)"
            )
        if token.text in ARGUMENTS:
            raise RuleError(token.place, "{text} là một hàm, viết {text}(...)", text=token.text)
        if token.text.casefold() in KEYWORDS:
            raise RuleError(token.place, "viết thường: {word}", word=token.text.casefold())
        return Path(token.place, token.text)

    def call(self, token: Token) -> Node:
        if token.text not in ARGUMENTS:
            raise RuleError(
                token.place,
                "không có hàm '{text}'{perhaps}",
                text=token.text,
                perhaps=suggestion(token.text, ARGUMENTS),
            )
        self.take()
        parts = self.arguments(")")
        least, most = ARGUMENTS[token.text]
        if not least <= len(parts) <= most:
            wanted = str(least) if least == most else Sentence("{least} đến {most}", least=least, most=most)
            raise RuleError(
                token.place,
                "hàm {text} cần {wanted} giá trị, ở đây có {count}",
                text=token.text,
                wanted=wanted,
                count=len(parts),
            )
        return Call(token.place, token.text, parts)


def is_name(text: str) -> bool:
    """Whether a text can stand as a dotted path, exactly as written."""
    try:
        node = parse(text)
    except RuleError:
        return False
    return isinstance(node, Path) and node.name == text


def day(text: str, place: Place) -> date:
    """The day an ISO literal names; RuleError where the calendar has none (2026-02-30)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleError(place, "không có ngày '{text}'; ngày viết như 2026-02-14", text=text) from None


def whole(value: Fraction) -> Exact:
    return value.numerator if value.denominator == 1 else value


def suggestion(word: str, known: object) -> str:
    """'; có phải ý bạn là ...?' or nothing, where no known name is near."""
    near = process.extractOne(word, list(known), score_cutoff=70)  # type: ignore[call-overload]
    return Sentence("; có phải ý bạn là '{near}'?", near=near[0]) if near else ""


def _instead(token: Token) -> str:
    if token.kind == "end":
        return Sentence(", nhưng điều kiện kết thúc")
    return Sentence(", không phải '{text}'", text=token.text)


def _surplus(token: Token, before: Token) -> str:
    if token.kind == "name" and token.text.casefold() in KEYWORDS:
        return Sentence("viết thường: {word}", word=token.text.casefold())
    if token.kind == "," and before.kind == "number":
        return Sentence("thừa dấu phẩy; số thập phân viết bằng dấu chấm, như 0.8")
    return Sentence("thừa '{text}': thiếu and, or hoặc một phép tính ở trước", text=token.text)
