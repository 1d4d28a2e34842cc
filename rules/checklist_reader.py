"""Checklists out of YAML: strict, complete, every error with line and column in Vietnamese.

Named for what they check: `rules/checklists/*.yaml` ship with us, the office publishes versions of its own.
"""

import unicodedata
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from domain.checklist import (
    MOST_ITEMS,
    WEIGHTS,
    AnswerType,
    Checklist,
    Choice,
    Column,
    Condition,
    Demand,
    Item,
    answers_of,
)
from domain.checklist import Section as ListSection
from domain.exact import exact
from domain.sentence import Sentence
from domain.verdict import Severity
from rules.errors import RuleError
from rules.pack import PackError
from rules.strict_yaml import Scalar, Section, Tree, parse_yaml

SHIPPED = tuple(sorted(Path(__file__).with_name("checklists").glob("*.yaml")))
HEAVIEST = 100
Word = TypeVar("Word", bound=StrEnum)


def load_checklist(path: Path) -> tuple[str, Checklist]:
    """The text and what it means. Raises PackError naming file, line and column."""
    text = path.read_text(encoding="utf-8-sig")
    return text, read_checklist(text, path.name)


def read_checklist(text: str, name: str = Sentence("phiếu kiểm tra")) -> Checklist:
    """Raises PackError; `name` is how the message calls the text."""
    try:
        return _Reader(
            Section(parse_yaml(unicodedata.normalize("NFC", text)), Sentence("phiếu kiểm tra"))
        ).checklist()
    except RuleError as error:
        raise PackError(name, error) from None


class _Reader:
    def __init__(self, top: Section) -> None:
        self.top = top
        self.items: dict[str, Item] = {}

    def checklist(self) -> Checklist:
        theme, title = self.top.need("theme"), self.top.need("title").text.strip()
        sections = [self.section(node) for node in self.top.sequence("sections")]
        if not self.items:
            raise RuleError(self.top.node.at, "phiếu chưa có nội dung nào")
        self.top.done()
        return Checklist(
            theme=code(theme), title=title, sections=tuple(sections), items=tuple(self.items.values())
        )

    def section(self, node: Tree) -> ListSection:
        section = Section(node, Sentence("phần"))
        made = ListSection(code=code(section.need("code")), title=section.need("title").text.strip())
        for item in section.sequence("items"):
            self.add(item, made.code)
        section.done()
        return made

    def add(self, node: Tree, section_code: str) -> None:
        item = self.item(Section(node, Sentence("nội dung")), section_code)
        if item.id in self.items:
            raise RuleError(node.at, "hai nội dung cùng mã '{item}'", item=item.id)
        if len(self.items) >= MOST_ITEMS:
            raise RuleError(node.at, "phiếu có quá nhiều nội dung (tối đa {most})", most=MOST_ITEMS)
        self.items[item.id] = item

    def item(self, section: Section, section_code: str) -> Item:
        severity = one_of(section, "severity", Severity)
        item = Item(
            id=code(section.need("id")),
            section=section_code,
            text=section.need("text").text.strip(),
            clause=section.need("clause").text.strip(),
            severity=severity,
            answer=one_of(section, "answer", AnswerType),
            weight=self.weight(section, WEIGHTS[severity]),
            unit=section.text("unit"),
            low=exact_bound(section, "min"),
            high=exact_bound(section, "max"),
            choices=tuple(choice(node) for node in section.sequence("choices")),
            columns=tuple(column(node) for node in section.sequence("columns")),
            when=self.condition(section),
            may_not_apply=section.yes("may_not_apply", default=True),
            on_bad=tuple(demand(node) for node in section.sequence("on_bad")),
            guidance=section.text("guidance"),
            doubt=section.text("doubt"),
        )
        section.done()
        fits(item, section)
        return item

    def weight(self, section: Section, default: int) -> int:
        found = section.scalar("weight")
        if found is None:
            return default
        if not (found.text.isascii() and found.text.isdecimal() and int(found.text) <= HEAVIEST):
            raise RuleError(found.at, "'weight' phải là số nguyên từ 0 đến {most}", most=HEAVIEST)
        return int(found.text)

    def condition(self, section: Section) -> Condition | None:
        """`when: A02 == yes`; the item it hangs on stands before it, so nothing can hang on itself."""
        found = section.scalar("when")
        if found is None:
            return None
        item, equals, answer = (part.strip() for part in found.text.partition("=="))
        if not (item and equals and answer):
            raise RuleError(found.at, "'when' phải có dạng: MÃ == câu trả lời")
        if item not in self.items:
            raise RuleError(
                found.at, "'when' nói đến '{item}', nhưng không có nội dung nào mã này ở phía trên", item=item
            )
        known = answers_of(self.items[item])
        if answer not in known:
            raise RuleError(
                found.at,
                "'{item}' không có câu trả lời '{answer}'; có: {known}",
                item=item,
                answer=answer,
                known=", ".join(known),
            )
        return Condition(item=item, answer=answer)


def fits(item: Item, section: Section) -> None:
    """What belongs to one type of answer stands with that type only, and is there."""
    at = section.node.at
    ranged = item.low is not None or item.high is not None
    wrong = (
        (
            item.answer is AnswerType.NUMBER and not ranged,
            Sentence("nội dung kiểu số phải có 'min' hoặc 'max'"),
        ),
        (item.answer is not AnswerType.NUMBER and ranged, Sentence("'min', 'max' chỉ dùng cho kiểu số")),
        (
            item.answer is AnswerType.CHOICE and len(item.choices) < 2,
            Sentence("kiểu chọn phải có ít nhất hai lựa chọn"),
        ),
        (item.answer is not AnswerType.CHOICE and item.choices, Sentence("'choices' chỉ dùng cho kiểu chọn")),
        (item.answer is AnswerType.TABLE and not item.columns, Sentence("kiểu bảng phải có 'columns'")),
        (item.answer is not AnswerType.TABLE and item.columns, Sentence("'columns' chỉ dùng cho kiểu bảng")),
        (len({c.code for c in item.choices}) != len(item.choices), Sentence("hai lựa chọn cùng mã")),
        (len({c.code for c in item.columns}) != len(item.columns), Sentence("hai cột cùng mã")),
    )
    for broken, message in wrong:
        if broken:
            raise RuleError(at, "'{item}': {message}", item=item.id, message=message)


def choice(node: Tree) -> Choice:
    section = Section(node, Sentence("lựa chọn"))
    made = Choice(
        code=code(section.need("code")),
        label=section.need("label").text.strip(),
        good=section.yes("good", default=False),
    )
    section.done()
    return made


def column(node: Tree) -> Column:
    section = Section(node, Sentence("cột"))
    made = Column(
        code=code(section.need("code")),
        label=section.need("label").text.strip(),
        unit=section.text("unit"),
        low=exact_bound(section, "min"),
        high=exact_bound(section, "max"),
    )
    section.done()
    return made


def demand(node: Tree) -> Demand:
    if isinstance(node, Scalar) and node.text in set(Demand):
        return Demand(node.text)
    raise RuleError(node.at, "'on_bad' gồm các từ: {words}", words=", ".join(Demand))


def code(found: Scalar) -> str:
    text = found.text.strip()
    if not (text.isascii() and text.replace("-", "").replace("_", "").isalnum() and len(text) <= 60):
        raise RuleError(found.at, "mã '{text}' phải viết liền, không dấu", text=text)
    return text


def one_of(section: Section, key: str, words: type[Word]) -> Word:
    found = section.need(key)
    try:
        return words(found.text.strip())
    except ValueError:
        raise RuleError(
            found.at, "'{key}' phải là một trong: {words}", key=key, words=", ".join(words)
        ) from None


def exact_bound(section: Section, key: str) -> str | None:
    found = section.scalar(key)
    if found is None:
        return None
    if exact(found.text) is None:
        raise RuleError(found.at, "'{key}' phải là số, như 0 hoặc 0.5", key=key)
    return found.text.strip()
