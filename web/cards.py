"""A draft as its card shows it: what was read and why, what it would become, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from domain.draft import DutyDraft
from domain.duty import DraftStatus, DutyTerms
from domain.proposal import title
from domain.recurrence import Due, occurrences
from domain.workdays import Calendar
from store.office import units_on
from store.questions.directives import ReviewedDraft
from web.desk import Desk
from web.terms import Answers, NotUnderstood, asked, lacking

DATES_SHOWN = 3
FIELDS = ("title", "lead", "coordinators", "deadline", "since", "pack", "reviewer")
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Card:
    """`answers` fill the form; `dates` are the next deadlines the terms give; `error` belongs to a field."""

    id: int
    reviewed: ReviewedDraft
    reading: DutyDraft
    terms: DutyTerms | None
    answers: Answers
    dates: list[Due]
    error: NotUnderstood | None = None

    @property
    def title(self) -> str:
        return self.terms.title if self.terms else title(self.reading.quote)

    @property
    def undecided(self) -> bool:
        return self.reviewed.draft.status is DraftStatus.PROPOSED

    @property
    def needed(self) -> list[str]:
        """The fields without which the draft cannot be approved, or that were filled in wrongly."""
        lacks = [lacking(missing).field for missing in self.reviewed.draft.missing]
        wrong = [self.error.field] if self.error and self.error.field != "reason" else []
        return [name for name in FIELDS if name in (*lacks, *wrong)]

    @property
    def optional(self) -> list[str]:
        return [name for name in FIELDS if name not in self.needed and name != "since"]

    def fault(self, field: str) -> str:
        return str(self.error) if self.error and self.error.field == field else ""


def card(
    one: ReviewedDraft,
    today: date,
    calendar: Calendar,
    answers: Answers | None = None,
    error: NotUnderstood | None = None,
) -> Card:
    reading = DutyDraft.model_validate(one.draft.reading)
    terms = DutyTerms.model_validate(one.draft.terms) if one.draft.terms else None
    dates = next_dates(terms, today, calendar) if terms else []
    return Card(one.id, one, reading, terms, answers or asked(reading, terms), dates, error)


def next_dates(terms: DutyTerms, today: date, calendar: Calendar) -> list[Due]:
    since = max(today, terms.schedule.first)
    return occurrences(terms.schedule, calendar, since=since, until=since + AHEAD)[:DATES_SHOWN]


def choices(at: Desk, session: Session, issued_on: date | None) -> Mapping[str, object]:
    """What every form offers: units by name, groups of units, report forms."""
    return {
        "unit_names": {unit.code: unit.name for unit in units_on(session, issued_on or at.today)},
        "group_names": [name for group in at.office.groups for name in group.names[:1]],
        "packs": at.works.packs,
    }
