"""What the pages of the reading desk have in common: one directive with everything about it, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Annotated, Any

from fastapi import Depends, Form
from sqlmodel import Session

from actions.decide_draft import approve_draft
from actions.errors import NotFound
from domain.directory import Directory
from domain.duty import DraftStatus, DutyTerms
from domain.gaps import Knowledge
from domain.instants import local_day
from domain.proposal import Policy, Proposer, propose
from domain.sentence import Sentence
from domain.workdays import Calendar
from runtime.directives import load_policy
from runtime.missing_fields import Open, knowledge, open_fields
from store.office import load_calendar
from store.questions.directives import Review, ReviewedDraft, review, reviewed_draft
from store.questions.review import ReviewedPassage, reviewed_passages
from store.tree import Names, names
from web.cards import Card, Part, card, cuts
from web.desk import Desk, desk_for
from web.forms import MOST
from web.named_units import offered
from web.policy import Act
from web.source_text import Piece, pieces
from web.terms import Answers, NotUnderstood, begins

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
Version = Annotated[int, Form(ge=1, le=MOST)]
GONE = Sentence("Không có văn bản hoặc nội dung này.")


@dataclass(frozen=True)
class Reviewing:
    """A directive on the desk, within a session."""

    at: Desk
    session: Session
    found: Review

    @classmethod
    def of(cls, at: Desk, session: Session, directive_id: int) -> "Reviewing":
        """Raises NotFound."""
        found = review(session, directive_id)
        if found is None:
            raise NotFound(GONE)
        return cls(at, session, found)

    @classmethod
    def of_draft(cls, at: Desk, session: Session, draft_id: int) -> tuple["Reviewing", ReviewedDraft]:
        found = reviewed_draft(session, draft_id)
        if found is None or found[1].draft.status is DraftStatus.RECAST:
            raise NotFound(GONE)
        return cls.of(at, session, found[0]), found[1]

    @cached_property
    def calendar(self) -> Calendar:
        return load_calendar(self.session, self.at.office.calendar)

    @cached_property
    def policy(self) -> Policy:
        return load_policy(self.at.works.settings.home / "policy.yaml")

    @cached_property
    def passages(self) -> Sequence[ReviewedPassage]:
        return reviewed_passages(self.session, self.found.id)

    @cached_property
    def names(self) -> Names:
        return names(self.session)

    @cached_property
    def directory(self) -> Directory:
        """Names as of the document's date, work to the units of today."""
        return self._directory(self.found.directive.issued_on)

    @cached_property
    def known(self) -> Knowledge:
        text = self.found.directive.text
        return knowledge(
            self.session,
            self.found,
            directory=self.directory,
            policy=self.policy,
            calendar=self.calendar,
            headings=[(p.start, text[p.start : p.end]) for p in self.passages if p.kind == "heading"],
            today=self.at.today,
        )

    def propose(self, answers: Answers | None = None) -> Proposer:
        """How drafts of this directive become terms; `answers` may give the day a document lacks."""
        issued_on = self.found.directive.issued_on
        if answers:
            issued_on = begins(answers, issued_on)
        directory = self._directory(issued_on)
        return partial(propose, policy=self.policy, directory=directory, issued_on=issued_on)

    def _directory(self, named_on: date | None) -> Directory:
        today = self.at.today
        return self.names.directory(self.at.office, named_on or today, today)

    def approve_complete(self) -> None:
        for one in self.found.complete:
            terms = DutyTerms.model_validate(one.draft.terms)
            approve_draft(self.session, one.id, self.at.by, terms=terms, version=one.draft.version)

    @property
    def received(self) -> date:
        return local_day(self.found.directive.received_at, self.at.office.tz)

    def cards(self, drafts: Sequence[ReviewedDraft]) -> list[Card]:
        waiting = any(one.draft.status is DraftStatus.PROPOSED for one in drafts)  # else no directory is made
        gaps = {one.id: one for one in self.open} if waiting else {}
        return [self._card(one, gaps) for one in drafts]

    @cached_property
    def open(self) -> Sequence[Open]:
        """The waiting drafts that leave something open."""
        return open_fields(self.found, self.known) if self.found.proposed else []

    def card(
        self,
        one: ReviewedDraft,
        part: Part = Part.NOTHING,
        answers: Answers | None = None,
        error: NotUnderstood | None = None,
    ) -> Card:
        made = replace(self._card(one, self._gaps(one), answers, error), part=part)
        if part is Part.SPLIT:
            return replace(made, cuts=cuts(made.reading, self.found.directive.text))
        return replace(made, beside=self.beside(one)) if part is Part.MERGE else made

    def beside(self, one: ReviewedDraft) -> list[ReviewedDraft]:
        """The waiting drafts next to this one in the text: the one after it first."""
        waiting = list(self.found.proposed)
        here = next((n for n, other in enumerate(waiting) if other.id == one.id), None)
        return [] if here is None else [*waiting[here + 1 : here + 2], *waiting[max(here - 1, 0) : here]]

    def alike(self, one: ReviewedDraft) -> list[ReviewedDraft]:
        """The other waiting drafts of its clause that lack just what this one lacks."""
        return [other for other in self._kin.get(_lack(one), ()) if other.id != one.id]

    @cached_property
    def _kin(self) -> Mapping[tuple[str, ...], Sequence[ReviewedDraft]]:
        kin: dict[tuple[str, ...], list[ReviewedDraft]] = {}
        for one in self.found.proposed:
            if one.draft.missing:
                kin.setdefault(_lack(one), []).append(one)
        return kin

    def pieces(self) -> list[Piece]:
        directive = self.found.directive
        return pieces(
            directive.text,
            [(one.id, one.draft.start, one.draft.end) for one in self.found.drafts],
            self.passages,
            [(n, doubt["start"], doubt["end"]) for n, doubt in enumerate(directive.lint, start=1)],
        )

    def choices(self) -> Mapping[str, Any]:
        """What every form offers: units by name, groups of units, report forms."""
        return {
            "review": self.found,
            "unit_names": self.names.by_code,
            "offered_names": offered(self.session, self.at),
            "group_names": [name for group in self.at.office.groups for name in group.names[:1]],
            "packs": self.at.works.packs,
            "Part": Part,
        }

    def _gaps(self, one: ReviewedDraft) -> Mapping[int, Open]:
        if one.draft.status is not DraftStatus.PROPOSED:
            return {}
        return {gap.id: gap for gap in open_fields(self.found, self.known, one.id)}

    def _card(
        self,
        one: ReviewedDraft,
        gaps: Mapping[int, Open],
        answers: Answers | None = None,
        error: NotUnderstood | None = None,
    ) -> Card:
        packs, gap = self.at.works.packs, gaps.get(one.id)
        made = card(one, self.at.today, self.calendar, gap, packs, self.policy, answers, error)
        return replace(made, alike=len(self.alike(one))) if made.undecided else made


def _lack(one: ReviewedDraft) -> tuple[str, ...]:
    return one.draft.clause.partition("#")[0], *one.draft.missing
