"""One rule out of its YAML mapping: words, days and conditions, each checked, each error at its place."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from domain.fields import canonical
from domain.sentence import Sentence
from domain.verdict import Consequence, Severity
from rules.check import check
from rules.errors import Place, RuleError
from rules.meaning import Meaning
from rules.parser import day, parse
from rules.rule import Rule
from rules.strict_yaml import Scalar, Section, Tree
from rules.tree import Node

Word = TypeVar("Word", bound=StrEnum)


class RuleReader:
    """`lines` are those of the text that places point into, `vocabulary` what a condition may speak of,
    `document` the one that a rule enforces when it names none."""

    def __init__(self, lines: list[str], vocabulary: Mapping[str, Meaning], document: str = "") -> None:
        self.lines, self.vocabulary, self.document = lines, dict(vocabulary), document

    def rule(self, node: Tree) -> Rule:
        section = Section(node, Sentence("quy tắc"))
        identity = section.need("id").text.strip()
        text = section.need("check")
        scope = section.scalar("scope")
        first, last = self.day(section, "from"), self.day(section, "until")
        then = self.word(section, "then", Consequence)
        rule = self.made(
            identity,
            section.need("title").text.strip(),
            section.need("clause").text.strip(),
            section.text("document", self.document),
            self.word(section, "severity", Severity),
            then,
            self.condition(text),
            text.text.strip(),
            *self.scope(scope, first, last),
            off=section.text("off"),
            days=self.days(section, then),
            watch_list=self.only_with(section, "list", then, Consequence.WATCH),
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
        days: int | None = None,
        watch_list: str = "",
    ) -> Rule:
        said = [identity, title, clause, document, severity, then, check_text, scope_text, days, watch_list]
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
            days,
            watch_list,
        )

    def days(self, section: Section, then: Consequence) -> int | None:
        """Working days for corrective work."""
        text = self.only_with(section, "days", then, Consequence.CORRECTIVE)
        if not text:
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
            raise RuleError(section.need("days").at, "'days' phải là số ngày làm việc, từ 1 đến 999")
        return int(text)

    def only_with(self, section: Section, key: str, then: Consequence, wanted: Consequence) -> str:
        """The text of a key that says more of one consequence, and contradicts every other."""
        found = section.scalar(key)
        if found is not None and then is not wanted:
            raise RuleError(found.at, "'{key}' chỉ đi với 'then: {wanted}'", key=key, wanted=wanted)
        return found.text.strip() if found else ""

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
            raise RuleError(
                found.at, "'{key}' phải là một trong: {choices}", key=key, choices=choices
            ) from None

    def day(self, section: Section, key: str) -> date | None:
        found = section.scalar(key)
        return None if found is None else day(found.text.strip(), found.at)
