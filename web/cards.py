"""A draft as its card shows it: what was read and why, what it would become, what is missing."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from textwrap import shorten

from domain.draft import DutyDraft
from domain.duty import DraftStatus, DutyTerms
from domain.gaps import Gap
from domain.missing import say
from domain.proposal import Policy, title
from domain.recast import places
from domain.recurrence import Due, occurrences
from domain.workdays import Calendar
from rules.pack import Pack
from runtime.missing_fields import Open
from store.questions.directives import ReviewedDraft
from web.terms import Answers, NotUnderstood, asked, lacking

log = logging.getLogger("dondoc.desk")

DATES_SHOWN = 3
FIELDS = (
    "title", "lead", "coordinators", "deadline", "since", "product", "measure", "pack", "review", "force",
    "plans_for", "situation", "ending",
)  # fmt: skip
AHEAD = timedelta(days=400)
WORDS_SHOWN = 80


class Part(StrEnum):
    """What of a card lies open (`?mo=`)."""

    NOTHING = ""
    EDIT = "sua"
    SPLIT = "tach"
    MERGE = "gop"
    DISCARD = "bo"


@dataclass(frozen=True)
class Proposed:
    """`value` is what the field takes, `text` how it is shown."""

    value: str
    text: str
    reason: str


@dataclass(frozen=True)
class Wanted:
    """A field the text leaves open, with what may fill it. An essential one keeps the draft from approval."""

    field: str
    lacks: tuple[str, ...]
    proposals: tuple[Proposed, ...]
    essential: bool


@dataclass(frozen=True)
class Cut:
    """A place to split at; `words` open the second part."""

    at: int
    words: str


@dataclass(frozen=True)
class Card:
    """`answers` fill the form; `dates` are the next deadlines the terms give, `unforetold` where
    that cannot be worked out; `error` belongs to a field.

    `cuts` and `beside` (neighbours it may be merged with) are there while the card lies open. `alike`: so many
    others of its clause lack the same."""

    id: int
    reviewed: ReviewedDraft
    reading: DutyDraft
    terms: DutyTerms | None
    answers: Answers
    dates: Sequence[Due] = ()
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    part: Part = Part.NOTHING
    cuts: Sequence[Cut] = ()
    beside: Sequence[ReviewedDraft] = ()
    alike: int = 0
    error: NotUnderstood | None = None
    unforetold: bool = False

    @property
    def title(self) -> str:
        return self.terms.title if self.terms else title(self.reading.quote)

    @property
    def undecided(self) -> bool:
        return self.reviewed.draft.status is DraftStatus.PROPOSED

    @property
    def needed(self) -> list[str]:
        """The fields without which the draft cannot be approved, or that were filled in wrongly."""
        lacks = {lacking(missing)[0] for missing in self.reviewed.draft.missing}
        wrong = self.error.faults.keys() if self.error else set()
        return [name for name in FIELDS if name in lacks | wrong]

    @property
    def optional(self) -> list[str]:
        return [name for name in FIELDS if name not in self.needed and name != "since"]

    @property
    def unknown_names(self) -> list[str]:
        """Wordings for units that the office's tree does not know."""
        leads = [
            missing.partition(":")[2] for missing in self.reviewed.draft.missing if missing[:5] == "unit:"
        ]
        notes = self.reviewed.draft.notes
        others = [name for name in self.reading.coordinators if any(f"“{name}”" in note for note in notes)]
        return list(dict.fromkeys((*leads, *others)))

    @property
    def unknown_lead(self) -> bool:
        """The whole lead as it was read is a wording nobody knows: keeping it in its field helps nobody."""
        return self.answers.lead in self.unknown_names

    def fault(self, field: str) -> str:
        return self.error.faults.get(field, "") if self.error else ""


def card(
    one: ReviewedDraft,
    today: date,
    calendar: Calendar,
    gap: Open | None,
    packs: Mapping[str, Pack],
    policy: Policy,
    answers: Answers | None = None,
    error: NotUnderstood | None = None,
) -> Card:
    reading = DutyDraft.model_validate(one.draft.reading)
    terms = DutyTerms.model_validate(one.draft.terms) if one.draft.terms else None
    dates = next_dates(terms, today, calendar) if terms else ()
    return Card(
        one.id,
        one,
        reading,
        terms,
        answers or asked(reading, terms, policy.rule_for(reading)),
        dates or (),
        wanted(reading, gap.gaps, packs) if gap else {},
        gap.questions if gap else (),
        error=error,
        unforetold=dates is None,
    )


def next_dates(terms: DutyTerms, today: date, calendar: Calendar) -> list[Due] | None:
    """None where the time cannot be worked out: one draft never takes the page of all."""
    since = max(today, terms.schedule.first)
    try:
        return occurrences(terms.schedule, calendar, since=since, until=since + AHEAD)[:DATES_SHOWN]
    except ValueError:
        log.exception("no dates follow from %r", terms.schedule)
        return None


def wanted(reading: DutyDraft, gaps: Iterable[Gap], packs: Mapping[str, Pack]) -> dict[str, Wanted]:
    """By field. A name nobody knows is proposed as the whole list of leads with the other name in its place."""
    found: dict[str, Wanted] = {}
    for gap in gaps:
        name = {"unit": "lead", "date": "since"}.get(gap.field, gap.field)
        lacks = say(f"unit:{gap.wording}") if gap.field == "unit" else say(gap.field)
        proposals = [
            Proposed(_leads(reading, gap, fill.value), _shown(fill.value, packs), fill.reason)
            for fill in gap.fills
        ]
        before = found.get(name)
        found[name] = Wanted(
            name,
            (*(before.lacks if before else ()), lacks),
            (*(before.proposals if before else ()), *proposals),
            gap.field not in ("product", "measure"),
        )
    return found


def _leads(reading: DutyDraft, gap: Gap, value: str) -> str:
    if gap.field != "unit":
        return value
    return "; ".join(value if name == gap.wording else name for name in reading.lead)


def _shown(value: str, packs: Mapping[str, Pack]) -> str:
    return packs[value].title if value in packs else value


def cuts(reading: DutyDraft, text: str) -> list[Cut]:
    return [
        Cut(at, shorten(" ".join(text[at : reading.end].split()), WORDS_SHOWN, placeholder="…"))
        for at in places(text, reading.start, reading.end)
    ]
