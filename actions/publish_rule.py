"""Publish a rule the office wrote: from now on it judges beside those of its pack. Editing is publishing again."""

from collections import defaultdict
from collections.abc import Mapping

from sqlmodel import Session, select

from actions.changes import By, record
from actions.errors import Refused, Stale
from domain.measure import Measure
from domain.sentence import Sentence
from rules.conflicts import Conflict, conflicts
from rules.meaning import RATIO, Meaning
from rules.own_rule import read_own, with_own
from rules.pack import Pack
from rules.rule import Rule
from rules.tree import Kind
from store.compliance_tables import OwnRuleRow, WatchListRow
from store.questions.own_rules import current_rules, versions_of
from store.questions.wanted import name_of, targeted
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

    Raises PackError for a text that is no rule, `Stale` when another version came in between, `Refused` for a watch
    list of another form, and with the objections, unless `despite` says why to publish all the same.
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
    _same_form(session, pack, rule)
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


def _same_form(session: Session, pack: Pack, rule: Rule) -> None:
    """A list is left by reports of its own form; who is put on it by another would stay for ever."""
    found = session.exec(select(WatchListRow.pack).where(WatchListRow.code == rule.watch_list)).first()
    if found not in (None, pack.id):
        raise Refused(
            "Danh sách theo dõi “{watch_list}” thuộc biểu mẫu khác. Hãy chọn danh sách của biểu này.",
            watch_list=rule.watch_list,
        )


def packs_in_force(session: Session, packs: Mapping[str, Pack]) -> Mapping[str, Pack]:
    """The packs with the office's current rules in them, which may speak of its targets (`targets.` and the code of
    the measure). Rules of a pack that is not there wait for it."""
    own: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in current_rules(session):
        own[row.pack].append((row.rule_id, row.text))
    targets = tuple((f"targets.{name_of(measure)}", _meant(measure)) for measure in targeted(session))
    return {key: with_own(pack, tuple(own[key]), targets) for key, pack in packs.items()}


def _meant(measure: Measure) -> Meaning:
    unit = RATIO if measure.unit == "%" else ((measure.unit, 1),) if measure.unit else None
    return Meaning(Kind.NUMBER, unit, Sentence("chỉ tiêu {name}", name=measure.name))
