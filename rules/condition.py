"""One condition over a pack's reports, for what is no rule: who enters a watch list, what contradicts a statement."""

from collections.abc import Mapping
from typing import Any

from domain.sentence import Sentence
from rules.check import check
from rules.errors import RuleError
from rules.explain import Step, explain
from rules.pack import Pack, PackError
from rules.parser import parse
from rules.values import WorkingDays
from rules.wording import why


def read_condition(
    text: str, pack: Pack, case: Mapping[str, Any], calendar: WorkingDays | None = None
) -> Step:
    """The condition judged for one case; its value is True, False or None (unknown). Raises PackError with line and
    column, for an empty case too: that is how a text is tried before it is kept."""
    try:
        return explain(check(parse(text), pack.vocabulary), case, calendar)
    except RuleError as error:
        raise PackError(Sentence("điều kiện"), error) from None


def said_of(step: Step, pack: Pack) -> str:
    """The sentence with the figures."""
    return why(step, pack.labels)
