"""A condition as people read it: figures by name, relations and functions in words, texts as the office calls them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from domain.sentence import Sentence, joined
from domain.wording import say_day
from rules.lexer import Token, tokens
from rules.meaning import Meaning

RELATIONS = {
    "==": "=", "*": "×", "[": "", "]": "", "-": "–",
    "!=": Sentence("khác"), ">=": Sentence("ít nhất"), "<=": Sentence("không quá"), ">": Sentence("trên"),
    "<": Sentence("dưới"), "and": Sentence("và"), "or": Sentence("hoặc"), "not": Sentence("không"),
    "in": Sentence("là một trong"), "between": Sentence("từ"), "true": Sentence("có"), "false": Sentence("không"),
}  # fmt: skip
FUNCTIONS = {
    "sum": Sentence("tổng của"), "min": Sentence("nhỏ nhất của"), "max": Sentence("lớn nhất của"),
    "abs": Sentence("độ lớn của"), "round": Sentence("làm tròn"), "date": Sentence("ngày"),
    "workdays": Sentence("số ngày làm việc"), "change": Sentence("thay đổi"), "share": Sentence("tỷ lệ"),
    "present": Sentence("đã có"), "missing": Sentence("chưa có"),
}  # fmt: skip


def in_words(text: str, vocabulary: Mapping[str, Meaning], called: Callable[[str], str] = str) -> Sentence:
    """`called`: what the office calls a text of the condition ('cong_lap'). Empty for an empty condition."""
    parts: list[str] = []
    for said in _words(text, vocabulary, called):
        if parts and parts[-1] != "(" and said not in (")", ",", "%"):
            parts.append(" ")
        parts.append(said)
    return joined("", parts)


def _words(text: str, vocabulary: Mapping[str, Meaning], called: Callable[[str], str]) -> Iterator[str]:
    ranging = False
    for token in tokens(text)[0]:
        ranging = ranging or token.kind == "between"
        if ranging and token.kind == "and":
            ranging = False
            yield Sentence("đến")
        elif said := _said(token, vocabulary, called):
            yield said


def _said(token: Token, vocabulary: Mapping[str, Meaning], called: Callable[[str], str]) -> str:
    match token.kind:
        case "name":
            known = vocabulary.get(token.text)
            return known.label if known and known.label else FUNCTIONS.get(token.text, token.text)
        case "text":
            return f"“{called(token.text)}”"
        case "day":
            return say_day(date.fromisoformat(token.text))
        case "number":
            return token.text.replace(".", ",")
        case kind:
            return RELATIONS.get(kind, token.text)
