"""The clerk decides a directive's drafts beside its text, and issues what is approved."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.decide_draft import approve_draft, discard_draft
from actions.errors import NotFound
from actions.issue_duties import issue_duties
from actions.open_occurrences import open_occurrences
from domain.draft import DutyDraft
from domain.duty import DutyTerms
from domain.instants import local_day
from runtime.directives import load_policy, proposer
from store.office import load_calendar
from store.questions.directives import Review, ReviewedDraft, review, reviewed_draft
from web.cards import card, choices
from web.desk import Desk, desk_for
from web.forms import MOST, Id
from web.policy import Act
from web.source_text import pieces
from web.terms import Answers, NotUnderstood, begins, decide

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
Version = Annotated[int, Form(ge=1, le=MOST)]
GONE = "Không có văn bản hoặc nội dung này."
NO_REASON = NotUnderstood("reason", "Hãy ghi lý do bỏ; lý do được lưu cùng văn bản.")


@router.get("/van-ban/{directive_id}")
def look(at: Clerk, directive_id: Id) -> Response:
    with at.works.db.read() as session:
        return _page(at, session, _review(session, directive_id))


@router.post("/noi-dung/{draft_id}/duyet")
def approve(
    at: Clerk,
    draft_id: Id,
    version: Version,
    title: Annotated[str, Form(max_length=1000)] = "",
    lead: Annotated[str, Form(max_length=1000)] = "",
    coordinators: Annotated[str, Form(max_length=1000)] = "",
    deadline: Annotated[str, Form(max_length=300)] = "",
    pack: Annotated[str, Form(max_length=100)] = "",
    reviewer: Annotated[str, Form(max_length=20)] = "",
    since: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """With the form's fields as the person left them. `version`: what they saw."""
    answers = Answers(title, lead, coordinators, deadline, pack, reviewer, since)
    try:
        with at.works.db.transaction() as session:
            terms = _decided(at, session, draft_id, answers)
            approve_draft(session, draft_id, at.by, terms=terms, version=version)
    except NotUnderstood as error:
        return _answer(at, draft_id, answers, error)
    return _answer(at, draft_id)


@router.post("/noi-dung/{draft_id}/bo")
def discard(
    at: Clerk, draft_id: Id, version: Version, reason: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    if not reason.strip():
        return _answer(at, draft_id, error=NO_REASON)
    with at.works.db.transaction() as session:
        discard_draft(session, draft_id, at.by, reason=reason, version=version)
    return _answer(at, draft_id)


@router.post("/van-ban/{directive_id}/duyet-du")
def approve_complete(at: Clerk, directive_id: Id) -> Response:
    """Approve every draft with nothing missing, as proposed."""
    with at.works.db.transaction() as session:
        for one in _review(session, directive_id).complete:
            terms = DutyTerms.model_validate(one.draft.terms)
            approve_draft(session, one.id, at.by, terms=terms, version=one.draft.version)
    return RedirectResponse(f"/van-ban/{directive_id}", 303)


@router.post("/van-ban/{directive_id}/giao")
def issue(at: Clerk, directive_id: Id) -> Response:
    """Issue what is approved, and open at once what is due to be open: nobody waits for the clock."""
    with at.works.db.transaction() as session:
        _review(session, directive_id)
        calendar = load_calendar(session, at.office.calendar)
        for duty in issue_duties(session, directive_id, at.office, at.by):
            open_occurrences(session, duty.id, calendar=calendar, zone=at.office.tz, by=at.by)
    return RedirectResponse(f"/van-ban/{directive_id}", 303)


def _review(session: Session, directive_id: int) -> Review:
    found = review(session, directive_id)
    if found is None:
        raise NotFound(GONE)
    return found


def _draft(session: Session, draft_id: int) -> tuple[Review, ReviewedDraft]:
    found = reviewed_draft(session, draft_id)
    if found is None:
        raise NotFound(GONE)
    return _review(session, found[0]), found[1]


def _decided(at: Desk, session: Session, draft_id: int, answers: Answers) -> DutyTerms:
    found, one = _draft(session, draft_id)
    if answers.pack and answers.pack not in at.works.packs:
        raise NotUnderstood("pack", "Không có biểu mẫu này.")
    issued_on = begins(answers, found.directive.issued_on)
    policy = load_policy(at.works.settings.home / "policy.yaml")
    return decide(
        DutyDraft.model_validate(one.draft.reading),
        answers,
        proposer(session, at.office, policy, issued_on, at.today),
        calendar=load_calendar(session, at.office.calendar),
        issued_on=issued_on,
        received=local_day(found.directive.received_at, at.office.tz),
    )


def _answer(
    at: Desk, draft_id: int, answers: Answers | None = None, error: NotUnderstood | None = None
) -> Response:
    """After a decision: the card alone for htmx, else the page at the card's place."""
    with at.works.db.read() as session:
        found, one = _draft(session, draft_id)
        if not at.is_htmx and error is None:
            return RedirectResponse(f"/van-ban/{found.id}#noi-dung-{draft_id}", 303)
        if not at.is_htmx:
            return _page(at, session, found, draft_id, answers, error)
        shown = card(one, at.today, load_calendar(session, at.office.calendar), answers, error)
        return at.page(
            "office/card_alone.html",
            422 if error else 200,
            card=shown,
            review=found,
            **choices(at, session, found.directive.issued_on),
        )


def _page(
    at: Desk,
    session: Session,
    found: Review,
    wrong: int = 0,
    answers: Answers | None = None,
    error: NotUnderstood | None = None,
) -> Response:
    """The directive beside its drafts; the draft `wrong` keeps what was typed, with what is wrong about it."""
    calendar = load_calendar(session, at.office.calendar)
    return at.page(
        "office/review.html",
        422 if error else 200,
        review=found,
        cards=[
            card(one, at.today, calendar, *((answers, error) if one.id == wrong else ()))
            for one in found.drafts
        ],
        pieces=pieces(found.directive.text, [(d.id, d.draft.start, d.draft.end) for d in found.drafts]),
        **choices(at, session, found.directive.issued_on),
    )
