"""Rule packs: a report form and the rules it is judged by, read from one YAML file and checked whole.

A pack that loads is sound: every name exists, every unit of measure fits, every condition is true/false.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from domain.sentence import Sentence, WordedError
from domain.verdict import Consequence, Severity
from rules.compile import Judgement, compile_rules
from rules.errors import Place, RuleError
from rules.form import Field, FieldType, Form, bound
from rules.meaning import Meaning
from rules.parser import is_name
from rules.rule import STANDARD, Rule
from rules.rule_reader import RuleReader
from rules.strict_yaml import Scalar, Section, Tree, parse_yaml
from rules.tree import Exact


class PackError(WordedError, ValueError):
    """A pack that cannot be loaded: file, line, column and what to do, for the reader."""

    def __init__(self, name: str, error: RuleError) -> None:
        super().__init__("{name}, {error}", name=name, error=str(error))
        self.name, self.place, self.message = name, error.place, error.message


@dataclass(frozen=True, eq=False)
class Pack:
    """`vocabulary`: what its rules may speak of; `document`: what a rule enforces that names no other."""

    id: str
    title: str
    form: Form
    rules: tuple[Rule, ...]
    vocabulary: Mapping[str, Meaning]
    document: str = ""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each path's name as people know it."""
        return {path: meaning.label for path, meaning in self.vocabulary.items()}

    @cached_property
    def in_force(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if not rule.off)

    @cached_property
    def judgement(self) -> Judgement:
        """All rules in force as one function of a case."""
        return compile_rules([(rule.scope, rule.check) for rule in self.in_force])


def load_pack(path: Path) -> Pack:
    """Raises PackError naming file, line and column; OSError where the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PackError(path.name, RuleError(Place(1, 1), "tệp không phải là văn bản UTF-8")) from None
    return load_pack_text(text, path.name)


def load_pack_text(text: str, name: str) -> Pack:
    """Raises PackError; `name` is how the message calls the text."""
    try:
        return _Reader(unicodedata.normalize("NFC", text)).pack()
    except RuleError as error:
        raise PackError(name, error) from None


class _Reader(RuleReader):
    def __init__(self, text: str) -> None:
        standard = {name: Meaning(kind, None, label) for name, (kind, label) in STANDARD.items()}
        super().__init__(text.splitlines(), standard)
        self.top = Section(parse_yaml(text), Sentence("bộ quy tắc"))

    def pack(self) -> Pack:
        identity = self.top.need("id").text.strip()
        title = self.top.need("title").text.strip()
        self.document = self.top.text("document")
        facts = [self.field(node) for node in self.top.sequence("facts")]
        self.vocabulary.update({field.code: field.meaning for field in facts})
        form, form_rules = self.form(self.top.get("form"))
        rules = {rule.id: rule for rule in form_rules}
        for node in self.top.sequence("rules"):
            rule = self.rule(node)
            if rule.id in rules:
                raise RuleError(node.at, "hai quy tắc cùng mã '{code}'", code=rule.id)
            rules[rule.id] = rule
        self.top.done()
        return Pack(identity, title, form, tuple(rules.values()), self.vocabulary, self.document)

    def form(self, node: Tree | None) -> tuple[Form, list[Rule]]:
        if node is None:
            return Form(()), []
        section = Section(node, Sentence("biểu mẫu"))
        fields: list[Field] = []
        for item in section.sequence("fields"):
            field = self.field(item)
            if field.code in {known.code for known in fields}:
                raise RuleError(item.at, "số liệu '{code}' khai hai lần", code=field.code)
            fields.append(field)
        for field in fields:
            label = Sentence("{label} kỳ trước", label=field.label)
            self.vocabulary[f"report.{field.code}"] = field.meaning
            self.vocabulary[f"previous.report.{field.code}"] = Meaning(
                field.meaning.kind, field.meaning.unit, label
            )
        form = Form(tuple(fields))
        clause = section.text("clause")
        severity = self.word(section, "severity", Severity, Severity.MAJOR)
        then = self.word(section, "then", Consequence, Consequence.RETURN)
        section.done()
        rules = []
        for identity, title, text in form.checks():
            tree = self.condition(Scalar(text, section.node.at))
            rules.append(
                self.made(identity, title, clause, self.document, severity, then, tree, text, None, "")
            )
        return form, rules

    def field(self, node: Tree) -> Field:
        section = Section(node, Sentence("mục số liệu"))
        code = section.need("code")
        if not is_name(code.text):
            raise RuleError(
                code.at, "mã số liệu '{code}' phải viết liền, bắt đầu bằng chữ cái", code=code.text
            )
        field = Field(
            code=code.text,
            label=section.need("label").text.strip(),
            type=self.word(section, "type", FieldType, FieldType.INTEGER),
            unit=section.text("unit"),
            low=self.bound(section, "min"),
            high=self.bound(section, "max"),
            required=section.yes("required", default=True),
            total_of=tuple(self.scalar(part).text for part in section.sequence("total_of")),
            help=section.text("help"),
        )
        section.done()
        return field

    def bound(self, section: Section, key: str) -> Exact | None:
        found = section.scalar(key)
        if found is None:
            return None
        value = bound(found.text.strip())
        if value is None:
            raise RuleError(found.at, "'{key}' phải là số, như 0, 0.5 hoặc 80%", key=key)
        return value

    def scalar(self, node: Tree) -> Scalar:
        if not isinstance(node, Scalar):
            raise RuleError(node.at, "ở đây phải là chữ")
        return node
