"""What several drafts lack, asked once: an answer goes to every marked draft that lacks it, and nowhere else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.draft import DutyDraft
from domain.gaps import Gap
from runtime.missing_fields import Open
from web.cards import Proposed
from web.terms import CHOSEN

EACH = "="
"""Picked instead of a value: every draft gets the first of its own proposals."""
ASKED = {"lead": "lead", "unit": "unit:{}", "deadline": "deadline", "date": "since"}
"""What keeps a draft from approval, and how the question for it is called; in the order of asking."""
FEWEST = 2
"""Drafts that lack something, before they are asked together."""
MOST_PROPOSED = 3
EVERY_NAME = "unit:"
"""The question that stands for every name nobody knows, where these are many."""
MANY_NAMES = 3
MOST_MARKED = 400
"""Drafts one form names; a form has its limit of fields."""


@dataclass(frozen=True)
class Question:
    """`drafts`: how many lack it; `own`: how many of them have a proposal, where these differ (else 0). `wording`:
    the name nobody knows."""

    name: str
    wording: str
    drafts: int
    own: int
    proposals: Sequence[Proposed]


def lacks(one: Open) -> dict[str, Gap]:
    """By the name of the question."""
    return {ASKED[gap.field].format(gap.wording): gap for gap in one.gaps if gap.field in ASKED}


def questions(waiting: Sequence[Open]) -> list[Question]:
    """What the waiting drafts lack; nothing where fewer than two lack anything."""
    lacking = [found for one in waiting if (found := lacks(one))]
    if len(lacking) < FEWEST:
        return []
    asked: dict[str, list[Gap]] = {}
    for found in lacking:
        for name, gap in found.items():
            asked.setdefault(name, []).append(gap)
    order = list(ASKED)
    in_order = sorted(asked.items(), key=lambda one: order.index(one[1][0].field))
    concerned = sum(any(name.startswith(EVERY_NAME) for name in one) for one in lacking)
    return _many_names([_question(name, gaps) for name, gaps in in_order], concerned)


def _many_names(asked: list[Question], drafts: int) -> list[Question]:
    names = [one for one in asked if one.wording]
    if len(names) < MANY_NAMES:
        return asked
    for_all = Question(EVERY_NAME, "", drafts, 0, ())
    at = asked.index(names[0])
    return [*asked[:at], for_all, *asked[at:]]


def _question(name: str, gaps: Sequence[Gap]) -> Question:
    offered = Counter(fill.value for gap in gaps for fill in gap.fills)
    reasons = {fill.value: fill.reason for gap in reversed(gaps) for fill in reversed(gap.fills)}
    first = [gap.fills[0].value for gap in gaps if gap.fills]
    return Question(
        name,
        gaps[0].wording,
        len(gaps),
        len(first) if len(set(first)) > 1 else 0,
        [Proposed(value, value, reasons[value]) for value, _ in offered.most_common(MOST_PROPOSED)],
    )


def field_of(name: str) -> str:
    """The field of a draft's form that the question fills."""
    return "lead" if name.startswith("unit:") else name


def given(one: Open, form: Mapping[str, Any]) -> dict[str, str]:
    """The questions this draft asks that were answered: what was picked, else what was typed."""
    answers = {}
    for name, gap in lacks(one).items():
        answer = answer_to(form, name) or (answer_to(form, EVERY_NAME) if name.startswith(EVERY_NAME) else "")
        if answer == EACH:
            answer = gap.fills[0].value if gap.fills else ""
        if answer:
            answers[name] = answer
    return answers


def answer_to(form: Mapping[str, Any], name: str) -> str:
    return str(form.get(CHOSEN + name) or form.get(name, "")).strip()


def filled(one: Open, answers: Mapping[str, str]) -> dict[str, str]:
    """The fields of the draft's form; a name nobody knew is replaced within the leads it stands among."""
    fields = {name: said for name, said in answers.items() if not name.startswith("unit:")}
    units = {name.partition(":")[2]: said for name, said in answers.items() if name.startswith("unit:")}
    if units:
        leads = DutyDraft.model_validate(one.draft.reading).lead
        fields["lead"] = "; ".join(units.get(wording, wording) for wording in leads)
    return fields
