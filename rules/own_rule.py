"""A rule an office writes itself: one YAML mapping, read against the pack it joins.

It may speak of what the pack's form asks and of nothing else; a rule of the same id replaces the pack's own.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from domain.verdict import Consequence, Severity
from rules.errors import Place, RuleError
from rules.meaning import Meaning
from rules.pack import Pack, PackError
from rules.rule import Rule
from rules.rule_reader import RuleReader
from rules.strict_yaml import parse_yaml
from rules.tree import Kind, Path


def read_own(text: str, pack: Pack, name: str = "quy tắc") -> Rule:
    """Raises PackError with the line and column in `text`."""
    composed = unicodedata.normalize("NFC", text)
    try:
        return RuleReader(composed.splitlines(), pack.vocabulary, pack.document).rule(parse_yaml(composed))
    except RuleError as error:
        raise PackError(name, error) from None


def with_own(pack: Pack, texts: Iterable[tuple[str, str]]) -> Pack:
    """The pack with the office's rules (id, text), those of an id it has already in their place."""
    vocabulary = dict(pack.vocabulary)
    rules = {rule.id: rule for rule in pack.rules}
    for identity, text in texts:
        try:
            rules[identity] = read_own(text, pack, identity)
        except PackError as error:
            rules[identity] = _unreadable(identity)
            vocabulary[_never(identity)] = Meaning(Kind.BOOLEAN, None, f"quy tắc đọc được ({error})")
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
