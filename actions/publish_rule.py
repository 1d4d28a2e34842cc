"""Publish a rule the office wrote: from now on it judges beside those of its pack. Editing is publishing again."""

from collections.abc import Mapping
from itertools import groupby

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import Refused, Stale
from rules.conflicts import Conflict, conflicts
from rules.own_rule import read_own, with_own
from rules.pack import Pack
from store.compliance_tables import OwnRuleRow
from store.questions.own_rules import current_rules, versions_of
from store.writing import insert_new


def objections(pack: Pack, text: str) -> list[Conflict]:
    """What is surely wrong with a draft beside the pack's rules; see `rules.conflicts` for what is not looked at.
    Raises PackError with line and column where the text is no rule."""
    rule = read_own(text, pack)
    return [] if rule.off else conflicts(rule, pack.in_force)


def publish_rule(
    session: Session, pack: Pack, text: str, by: By, *, after: int = 0, despite: str = ""
) -> OwnRuleRow:
    """A new version in force; verdicts given under older ones stand. `pack` is as in force (`packs_in_force`),
    `after` the number of the version the writer saw (0: none). The same text again is no new version.

    Raises PackError for a text that is no rule, `Stale` when another version came in between, and `Refused`
    with the objections, unless `despite` says why to publish all the same.
    """
    rule = read_own(text, pack)
    known = versions_of(session, pack.id, rule.id)
    if known and known[-1].text == text:
        return known[-1]
    if len(known) != after:
        raise Stale
    found = objections(pack, text)
    if found and not despite.strip():
        raise Refused("; ".join(conflict.message for conflict in found))
    row = OwnRuleRow(
        pack=pack.id, rule_id=rule.id, number=after + 1, text=text, version=rule.version,
        despite=despite.strip(), published_at=by.at, published_by=by.actor,
    )  # fmt: skip
    if not insert_new(session, OwnRuleRow, [row.model_dump(exclude={"id"})]):
        raise Stale
    record(
        session, by, "publish_rule", f"rule:{pack.id}/{rule.id}", number=row.number, version=rule.version,
        off=rule.off, despite=row.despite, objections=[conflict.message for conflict in found],
    )  # fmt: skip
    return versions_of(session, pack.id, rule.id)[-1]


def packs_in_force(session: Session, packs: Mapping[str, Pack]) -> Mapping[str, Pack]:
    """The packs with the office's current rules in them. Rules of a pack that is not there wait for it."""
    own = groupby(current_rules(session), key=lambda row: row.pack)
    changed = {
        identity: with_own(packs[identity], [(row.rule_id, row.text) for row in rows])
        for identity, rows in own
        if identity in packs
    }
    return {**packs, **changed}
