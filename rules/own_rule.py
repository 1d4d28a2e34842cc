"""A rule an office writes itself: one YAML mapping, read against the pack it joins.

It may speak of what the pack's form asks and of nothing else; a rule of the same id replaces the pack's own.
"""

import json
import unicodedata
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from domain.sentence import Sentence
from domain.verdict import Consequence, Severity
from rules.errors import Place, RuleError
from rules.meaning import Meaning
from rules.pack import Pack, PackError
from rules.rule import Rule
from rules.rule_reader import RuleReader
from rules.strict_yaml import Section, parse_yaml
from rules.tree import Kind, Path


def read_own(text: str, pack: Pack, name: str = Sentence("quy tắc")) -> Rule:
    """Raises PackError with the line and column in `text`."""
    composed = unicodedata.normalize("NFC", text)
    try:
        return RuleReader(composed.splitlines(), pack.vocabulary, pack.document).rule(parse_yaml(composed))
    except RuleError as error:
        raise PackError(name, error) from None


@lru_cache(maxsize=64)
def with_own(
    pack: Pack, texts: tuple[tuple[str, str], ...], targets: tuple[tuple[str, Meaning], ...] = ()
) -> Pack:
    """The pack with the office's rules (id, text), those of an id it has already in their place. They may speak of
    the office's `targets` too (path, meaning). Kept: its compiled judgement serves until somebody publishes."""
    vocabulary = {**pack.vocabulary, **dict(targets)}
    pack = replace(pack, vocabulary=vocabulary)
    rules = {rule.id: rule for rule in pack.rules}
    for identity, text in texts:
        try:
            rules[identity] = read_own(text, pack, identity)
        except PackError as error:
            rules[identity] = _unreadable(identity)
            vocabulary[_never(identity)] = Meaning(
                Kind.BOOLEAN, None, Sentence("quy tắc đọc được ({error})", error=str(error))
            )
    return replace(pack, rules=tuple(rules.values()), vocabulary=vocabulary)


def _unreadable(identity: str) -> Rule:
    """A form that changed can take away the figures a published rule speaks of. Dropping the rule would pass
    everybody in silence, so it judges everybody UNKNOWN and says why: its condition is a fact no case has."""
    return Rule(
        id=identity,
        title=f"Quy tắc “{identity}”",
        clause="",
        document="",
        severity=Severity.MAJOR,
        then=Consequence.NOTE,
        check=Path(Place(1, 1), _never(identity), Kind.BOOLEAN),
        check_text="",
        scope=None,
        scope_text="",
        off="",
        version="unreadable",
    )


def _never(identity: str) -> str:
    return f"rule.{identity}"


@dataclass(frozen=True)
class OwnText:
    """A rule as its form holds it: the mapping's values as text, empty where nothing is said. `first`, `last`: the
    days between which the work must have been due (ISO)."""

    id: str = ""
    title: str = ""
    clause: str = ""
    document: str = ""
    scope: str = ""
    first: str = ""
    last: str = ""
    check: str = ""
    severity: str = Severity.MINOR.value
    then: str = Consequence.NOTE.value
    days: str = ""
    watch_list: str = ""
    off: str = ""

    @property
    def text(self) -> str:
        """The YAML to publish. A text in quotes as JSON writes it is a text in YAML too, whatever it holds."""
        said = [(key, getattr(self, name).strip()) for name, key in _KEYS.items()]
        return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said if value)


_KEYS = {
    field.name: {"first": "from", "last": "until", "watch_list": "list"}.get(field.name, field.name)
    for field in fields(OwnText)
}


def as_form(text: str) -> OwnText:
    """The form of a published text. Raises RuleError for what is no mapping of texts."""
    section = Section(parse_yaml(unicodedata.normalize("NFC", text)), "quy tắc")
    return OwnText(**{name: section.text(key) for name, key in _KEYS.items()})


def form_of(rule: Rule) -> OwnText:
    """The form of a pack's own rule, for an office that wants it otherwise."""
    return OwnText(
        rule.id, rule.title, rule.clause, rule.document, rule.scope_text, "", "", rule.check_text,
        rule.severity.value, rule.then.value, str(rule.days or ""), rule.watch_list, rule.off,
    )  # fmt: skip
