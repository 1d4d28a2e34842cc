"""Text of a condition → tokens, each with its place. Linear; refuses what does not belong, with a hint."""

import re
import unicodedata
from dataclasses import dataclass

from domain.sentence import Sentence
from rules.errors import Place, RuleError

MAX_LENGTH = 20_000

KEYWORDS = frozenset({"and", "or", "not", "in", "between", "true", "false"})

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w.-]))
    | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![\w.]))
    | (?P<name>[^\W\d_][\w\u0300-\u036f]*(?:\.[^\W_][\w\u0300-\u036f]*)*)
    | (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (?P<op>===|==|!=|<=|>=|\*\*|//|&&|\|\||<>|=>|=<|[-+*/%<>()\[\],])
    """,
    re.VERBOSE,
)

_HINTS = {
    "=": Sentence("so sánh bằng viết là =="),
    "===": Sentence("so sánh bằng viết là =="),
    "&&": Sentence("viết là and"),
    "||": Sentence("viết là or"),
    "&": Sentence("viết là and"),
    "|": Sentence("viết là or"),
    "!": Sentence("phủ định viết là not, khác viết là !="),
    "<>": Sentence("khác viết là !="),
    "=>": Sentence("lớn hơn hoặc bằng viết là >="),
    "=<": Sentence("nhỏ hơn hoặc bằng viết là <="),
    "≥": Sentence("viết là >="),
    "≤": Sentence("viết là <="),
    "≠": Sentence("viết là !="),
    "×": Sentence("viết là *"),
    "÷": Sentence("viết là /"),
    "**": Sentence("không có phép lũy thừa"),
    "//": Sentence("không có phép chia lấy phần nguyên; dùng round(...)"),
    "“": Sentence("dùng dấu nháy thẳng ' hoặc \""),
    "”": Sentence("dùng dấu nháy thẳng ' hoặc \""),
    "‘": Sentence("dùng dấu nháy thẳng ' hoặc \""),
    "’": Sentence("dùng dấu nháy thẳng ' hoặc \""),
    "\u00a0": Sentence("dấu cách không ngắt; hãy gõ lại dấu cách thường"),
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
        raise RuleError(
            Place(1, 1),
            "điều kiện quá dài ({count} ký tự, tối đa {most})",
            count=len(source),
            most=MAX_LENGTH,
        )
    found: list[Token] = []
    refusal = None
    line, line_start, position = 1, 0, 0
    while position < len(source):
        place = Place(line, position - line_start + 1)
        match = _TOKEN.match(source, position)
        if match is None:
            after_name = source[position] == "." and source[position - 1 : position].isalnum()
            refusal = RuleError(Place(line, place.column + after_name), _refusal(source, position))
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
        raise RuleError(place, "không có phép '{text}': {hint}", text=text, hint=_HINTS[text])
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
            raise RuleError(at, "không hiểu ký hiệu '\\{escape}' trong chuỗi", escape=match[1])
        return _ESCAPES[match[1]]

    return unicodedata.normalize("NFC", re.sub(r"\\(.)", plain, text[1:-1]))


def _refusal(source: str, position: int) -> str:
    char = source[position]
    word = re.compile(r"[\w.,-]*").match(source, position, position + 40)
    if char in "'\"":
        return Sentence("chuỗi thiếu dấu nháy đóng")
    if word and re.match(r"\.?\d", word[0]):
        return Sentence("số viết không đúng: '{word}'; số thập phân viết như 0.8", word=word[0])
    if char == "_":
        return Sentence("tên không được bắt đầu bằng dấu gạch dưới")
    if char == ".":
        return Sentence("sau dấu chấm phải là một tên, bắt đầu bằng chữ cái")
    if char in _HINTS:
        return Sentence("ký tự '{char}' không dùng ở đây: {hint}", char=char, hint=_HINTS[char])
    if not char.isprintable() or unicodedata.category(char) in {"Cf", "Zs"}:
        return Sentence("có ký tự không nhìn thấy (U+{code}); hãy xóa đi", code=f"{ord(char):04X}")
    return Sentence("ký tự '{char}' không dùng được ở đây", char=char)
