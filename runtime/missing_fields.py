"""The missing-field desk of a directive: every undecided draft with its gaps and the questions it raises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from actions.errors import NotFound
from domain.competence import Competence
from domain.directory import Directory
from domain.doubts import questions
from domain.draft import DutyDraft
from domain.duty import Draft, DraftStatus, DutyTerms
from domain.gaps import Gap, Knowledge, gaps
from domain.instants import local_day
from domain.proposal import Policy
from domain.workdays import Calendar
from runtime.directives import load_policy
from runtime.works import Works
from store.office import load_calendar, load_office
from store.questions.directives import Review, review
from store.questions.earlier import earlier_duties, headings
from store.tables import DirectiveRow
from store.tree import load_directory


@dataclass(frozen=True)
class Open:
    """`questions` are for the issuer."""

    id: int
    draft: Draft
    gaps: list[Gap]
    questions: tuple[str, ...]


def missing_fields(works: Works, session: Session, directive_id: int, at: datetime) -> list[Open]:
    """In the order of the text; drafts that lack nothing and raise no question are left out."""
    found = review(session, directive_id)
    if found is None:
        raise NotFound("Không có văn bản này.")
    directive = session.get_one(DirectiveRow, directive_id)
    office = load_office(session)
    today = local_day(at, office.tz)
    known = knowledge(
        session,
        found,
        directory=load_directory(session, office, named_on=directive.issued_on or today, given_on=today),
        policy=load_policy(works.settings.home / "policy.yaml"),
        calendar=load_calendar(session, office.calendar),
        headings=headings(session, directive),
        today=today,
    )
    return open_fields(found, known)


def knowledge(
    session: Session,
    found: Review,
    *,
    directory: Directory,
    policy: Policy,
    calendar: Calendar,
    headings: Sequence[tuple[int, str]],
    today: date,
) -> Knowledge:
    """What proposals for this directive's drafts are made from."""
    return Knowledge(
        directory=directory,
        competence=Competence(earlier_duties(session)),
        policy=policy,
        calendar=calendar,
        given_on=today,
        headings=headings,
        siblings=[DutyDraft.model_validate(one.draft.reading) for one in found.drafts],
    )


def open_fields(found: Review, known: Knowledge, only: int | None = None) -> list[Open]:
    """`only`: the id of the one draft to look at."""
    desk = [
        Open(one.id, one.draft, _gaps(one.draft, reading, known), questions(reading))
        for one, reading in zip(found.drafts, known.siblings, strict=True)
        if one.draft.status is DraftStatus.PROPOSED and only in (None, one.id)
    ]
    return [one for one in desk if one.gaps or one.questions]


def _gaps(draft: Draft, reading: DutyDraft, known: Knowledge) -> list[Gap]:
    pack = DutyTerms.model_validate(draft.terms).pack if draft.terms else ""
    return gaps(reading, draft.missing, pack, known)
