"""Rule packs: a report form and the rules it is judged by, read from one YAML file and checked whole.

A pack that loads is sound: every name exists, every unit of measure fits, every condition is true/false.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from domain.fields import canonical
from domain.verdict import Consequence, Severity
from rules.check import check
from rules.compile import Judgement, compile_rules
from rules.errors import Place, RuleError
from rules.form import Field, FieldType, Form, bound
from rules.meaning import Meaning
from rules.parser import day, is_name, parse
from rules.rule import STANDARD, Rule
from rules.strict_yaml import Scalar, Section, Tree, parse_yaml
from rules.tree import Exact, Node


class PackError(ValueError):
    """A pack that cannot be loaded: file, line, column and what to do, in Vietnamese."""

    def __init__(self, name: str, error: RuleError) -> None:
        super().__init__(f"{name}, {error}")
        self.name, self.place, self.message = name, error.place, error.message


@dataclass(frozen=True)
class Pack:
    """`labels` gives each path the name people know it by."""

    id: str
    title: str
    form: Form
    rules: tuple[Rule, ...]
    labels: Mapping[str, str]

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


Word = TypeVar("Word", bound=StrEnum)


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.top = Section(parse_yaml(text), "bộ quy tắc")
        self.vocabulary: dict[str, Meaning] = {
            name: Meaning(kind, None, label) for name, (kind, label) in STANDARD.items()
        }

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
                raise RuleError(node.at, f"hai quy tắc cùng mã '{rule.id}'")
            rules[rule.id] = rule
        self.top.done()
        labels = {path: meaning.label for path, meaning in self.vocabulary.items()}
        return Pack(identity, title, form, tuple(rules.values()), labels)

    def form(self, node: Tree | None) -> tuple[Form, list[Rule]]:
        if node is None:
            return Form(()), []
        section = Section(node, "biểu mẫu")
        fields: list[Field] = []
        for item in section.sequence("fields"):
            field = self.field(item)
            if field.code in {known.code for known in fields}:
                raise RuleError(item.at, f"số liệu '{field.code}' khai hai lần")
            fields.append(field)
        for field in fields:
            label = f"{field.label} kỳ trước"
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
        section = Section(node, "mục số liệu")
        code = section.need("code")
        if not is_name(code.text):
            raise RuleError(code.at, f"mã số liệu '{code.text}' phải viết liền, bắt đầu bằng chữ cái")
        field = Field(
            code=code.text,
            label=section.need("label").text.strip(),
            type=self.word(section, "type", FieldType, FieldType.INTEGER),
            unit=section.text("unit"),
            low=self.bound(section, "min"),
            high=self.bound(section, "max"),
            required=self.yes(section, "required", default=True),
            total_of=tuple(self.scalar(part).text for part in section.sequence("total_of")),
            help=section.text("help"),
        )
        section.done()
        return field

    def rule(self, node: Tree) -> Rule:
        section = Section(node, "quy tắc")
        identity = section.need("id").text.strip()
        text = section.need("check")
        scope = section.scalar("scope")
        first, last = self.day(section, "from"), self.day(section, "until")
        rule = self.made(
            identity,
            section.need("title").text.strip(),
            section.need("clause").text.strip(),
            section.text("document", self.document),
            self.word(section, "severity", Severity),
            self.word(section, "then", Consequence),
            self.condition(text),
            text.text.strip(),
            *self.scope(scope, first, last),
            off=section.text("off"),
        )
        section.done()
        return rule

    def scope(self, written: Scalar | None, first: date | None, last: date | None) -> tuple[Node | None, str]:
        """The unit class and the days between which the work must have been due, as one condition."""
        parts = [] if written is None else [written.text.strip()]
        if written is not None:
            self.condition(written)
        if first is not None:
            parts.append(f"submission.due_on >= {first.isoformat()}")
        if last is not None:
            parts.append(f"submission.due_on <= {last.isoformat()}")
        if not parts:
            return None, ""
        text = parts[0] if len(parts) == 1 else " and ".join(f"({part})" for part in parts)
        return self.condition(Scalar(text, Place(1, 1))), text

    def made(
        self,
        identity: str,
        title: str,
        clause: str,
        document: str,
        severity: Severity,
        then: Consequence,
        check: Node,
        check_text: str,
        scope: Node | None,
        scope_text: str,
        off: str = "",
    ) -> Rule:
        said = [identity, title, clause, document, severity, then, check_text, scope_text]
        version = hashlib.sha256(canonical(said).encode()).hexdigest()[:16]
        return Rule(
            identity,
            title,
            clause,
            document,
            severity,
            then,
            check,
            check_text,
            scope,
            scope_text,
            off,
            version,
        )

    def condition(self, written: Scalar) -> Node:
        """Parsed and checked; an error is moved from its place in the condition to its place in the file."""
        try:
            return check(parse(written.text), self.vocabulary)
        except RuleError as error:
            raise RuleError(self.placed(written, error.place), error.message) from None

    def placed(self, written: Scalar, inside: Place) -> Place:
        """A place within a text, as a place in the file: exact for one line and for |, else the text's start
        (folding loses the columns)."""
        if written.block:
            first = next(line for line in self.lines[written.at.line :] if line.strip())
            indent = len(first) - len(first.lstrip(" "))
            return Place(written.at.line + inside.line, indent + inside.column)
        source = self.lines[written.at.line - 1]
        if not source.startswith(written.text, written.at.column - 1):
            return written.at
        return Place(written.at.line, written.at.column + inside.column - 1)

    def word(self, section: Section, key: str, words: type[Word], default: Word | None = None) -> Word:
        found = section.scalar(key)
        if found is None:
            return default if default is not None else section.lacking(key)
        try:
            return words(found.text.strip())
        except ValueError:
            choices = ", ".join(words)
            raise RuleError(found.at, f"'{key}' phải là một trong: {choices}") from None

    def yes(self, section: Section, key: str, *, default: bool) -> bool:
        found = section.scalar(key)
        if found is None:
            return default
        if found.text not in {"yes", "no"}:
            raise RuleError(found.at, f"'{key}' phải là yes hoặc no")
        return found.text == "yes"

    def bound(self, section: Section, key: str) -> Exact | None:
        found = section.scalar(key)
        if found is None:
            return None
        value = bound(found.text.strip())
        if value is None:
            raise RuleError(found.at, f"'{key}' phải là số, như 0, 0.5 hoặc 80%")
        return value

    def day(self, section: Section, key: str) -> date | None:
        found = section.scalar(key)
        return None if found is None else day(found.text.strip(), found.at)

    def scalar(self, node: Tree) -> Scalar:
        if not isinstance(node, Scalar):
            raise RuleError(node.at, "ở đây phải là chữ")
        return node
