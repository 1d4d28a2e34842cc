"""Text of a condition → tokens, each with its place. Linear; refuses what does not belong, with a hint."""

import re
import unicodedata
from dataclasses import dataclass

from rules.errors import Place, RuleError

MAX_LENGTH = 20_000

KEYWORDS = frozenset({"and", "or", "not", "in", "between", "true", "false"})

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w.-]))
    | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![\w.]))
    | (?P<name>[^\W\d_][\w\u0300-\u036f]*(?:\.[^\W\d_][\w\u0300-\u036f]*)*)
    | (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (?P<op>==|!=|<=|>=|\*\*|//|&&|\|\||<>|=>|=<|[-+*/%<>()\[\],])
    """,
    re.VERBOSE,
)

_HINTS = {
    "=": "so sánh bằng viết là ==",
    "&&": "viết là and",
    "||": "viết là or",
    "&": "viết là and",
    "|": "viết là or",
    "!": "phủ định viết là not, khác viết là !=",
    "<>": "khác viết là !=",
    "=>": "lớn hơn hoặc bằng viết là >=",
    "=<": "nhỏ hơn hoặc bằng viết là <=",
    "≥": "viết là >=",
    "≤": "viết là <=",
    "≠": "viết là !=",
    "×": "viết là *",
    "÷": "viết là /",
    "**": "không có phép lũy thừa",
    "//": "không có phép chia lấy phần nguyên; dùng round(...)",
    "“": "dùng dấu nháy thẳng ' hoặc \"",
    "”": "dùng dấu nháy thẳng ' hoặc \"",
    "‘": "dùng dấu nháy thẳng ' hoặc \"",
    "’": "dùng dấu nháy thẳng ' hoặc \"",
    "\u00a0": "dấu cách không ngắt; hãy gõ lại dấu cách thường",
}

_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "'": "'", '"': '"'}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, day, text, name or end, or the operator or keyword itself."""

    kind: str
    text: str
    place: Place


def tokens(source: str) -> tuple[list[Token], RuleError | None]:
    """All tokens, closed by one of kind `end`; and the refusal of the first character that fits nowhere,
    where the tokens stop (the parser may have found something wrong before it)."""
    if len(source) > MAX_LENGTH:
        raise RuleError(Place(1, 1), f"điều kiện quá dài ({len(source)} ký tự, tối đa {MAX_LENGTH})")
    found: list[Token] = []
    refusal = None
    line, line_start, position = 1, 0, 0
    while position < len(source):
        place = Place(line, position - line_start + 1)
        match = _TOKEN.match(source, position)
        if match is None:
            refusal = RuleError(place, _refusal(source, position))
            break
        text, position = match.group(), match.end()
        if match.lastgroup != "space":
            try:
                found.append(_token(str(match.lastgroup), text, place))
            except RuleError as error:
                refusal = error
                break
        elif "\n" in text:
            line += text.count("\n")
            line_start = match.start() + text.rindex("\n") + 1
    found.append(Token("end", "", Place(line, position - line_start + 1)))
    return found, refusal


def _token(group: str, text: str, place: Place) -> Token:
    if group == "op" and text in _HINTS:
        raise RuleError(place, f"không có phép '{text}': {_HINTS[text]}")
    if group == "text":
        return Token("text", _unquoted(text, place), place)
    if group == "name":
        text = unicodedata.normalize("NFC", text)
        return Token(text if text in KEYWORDS else "name", text, place)
    return Token(text if group == "op" else group, text, place)


def _unquoted(text: str, place: Place) -> str:
    """The text between the quotes, NFC. Escapes: \\n \\t \\\\ \\' \\" and no others."""

    def plain(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            at = Place(place.line, place.column + 1 + match.start())
            raise RuleError(at, f"không hiểu ký hiệu '\\{match[1]}' trong chuỗi")
        return _ESCAPES[match[1]]

    return unicodedata.normalize("NFC", re.sub(r"\\(.)", plain, text[1:-1]))


def _refusal(source: str, position: int) -> str:
    char = source[position]
    word = re.compile(r"[\w.,-]*").match(source, position, position + 40)
    if char in "'\"":
        return "chuỗi thiếu dấu nháy đóng"
    if word and re.match(r"\.?\d", word[0]):
        return f"số viết không đúng: '{word[0]}'; số thập phân viết như 0.8"
    if char == "_":
        return "tên không được bắt đầu bằng dấu gạch dưới"
    if char == ".":
        return "sau dấu chấm phải là một tên, bắt đầu bằng chữ cái"
    if char in _HINTS:
        return f"ký tự '{char}' không dùng ở đây: {_HINTS[char]}"
    if not char.isprintable() or unicodedata.category(char) in {"Cf", "Zs"}:
        return f"có ký tự không nhìn thấy (U+{ord(char):04X}); hãy xóa đi"
    return f"ký tự '{char}' không dùng được ở đây"
