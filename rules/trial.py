"""One condition, one untyped case: what `dondoc judge` and the rule editor's "try it" need."""

from collections.abc import Mapping
from typing import Any

from domain.verdict import Outcome
from rules.check import check
from rules.explain import Step, explain
from rules.meaning import vocabulary_of
from rules.parser import parse
from rules.values import WorkingDays


def judge_text(source: str, case: Mapping[str, Any], calendar: WorkingDays | None = None) -> Step:
    """Parse, check against the kinds found in the case, judge. Raises RuleError with line and column."""
    node = parse(source)
    return explain(check(node, vocabulary_of(node, case)), case, calendar)


def outcome_of(step: Step) -> Outcome:
    if step.value is None:
        return Outcome.UNKNOWN
    return Outcome.MET if step.value is True else Outcome.NOT_MET
