"""The judge: a pack and a case in, verdicts out. Says what is so and why; tells nobody."""

from collections.abc import Mapping
from typing import Any

from domain.sentence import joined
from domain.verdict import Outcome, Verdict
from rules.explain import Step, explain
from rules.numerals import plain
from rules.pack import Pack
from rules.rule import Rule
from rules.tree import Path
from rules.values import WorkingDays
from rules.wording import why


def judge(pack: Pack, case: Mapping[str, Any], calendar: WorkingDays | None = None) -> list[Verdict]:
    """One verdict for each rule in force whose scope holds, in the pack's order, with its reason. A scope
    that cannot be told (the unit's kind is missing, say) gives UNKNOWN. `calendar` serves workdays()."""
    outcomes = pack.judgement(case, calendar)
    return [
        verdict_of(pack, rule, outcome, case, calendar)
        for rule, outcome in zip(pack.in_force, outcomes, strict=True)
        if outcome is not None
    ]


def verdict_of(
    pack: Pack, rule: Rule, outcome: Outcome, case: Mapping[str, Any], calendar: WorkingDays | None = None
) -> Verdict:
    """The outcome of one rule with its explanation: figures, sentence, clause."""
    scope = None if rule.scope is None else explain(rule.scope, case, calendar)
    step = explain(rule.check, case, calendar)
    if scope is not None and scope.value is None:
        reason = why(scope, pack.labels)
    else:
        reason = why(step, pack.labels, scope)
    source = " — ".join(part for part in (rule.clause, rule.document) if part)
    return Verdict(
        rule_id=rule.id,
        rule_version=rule.version,
        title=rule.title,
        clause=rule.clause,
        document=rule.document,
        outcome=outcome,
        why=joined("", (rule.title, ": ", reason, f" ({source})" if source else "")),
        figures=figures(*(part for part in (scope, step) if part is not None)),
        severity=rule.severity,
        then=rule.then,
        days=rule.days,
        watch_list=rule.watch_list,
    )


def figures(*steps: Step) -> dict[str, Any]:
    """What was read, by path, as plain JSON values; None for a figure that was missing or unusable."""
    found: dict[str, Any] = {}
    for step in steps:
        for part in step.walk():
            if isinstance(part.node, Path):
                found[part.node.name] = plain(part.value)
    return found
