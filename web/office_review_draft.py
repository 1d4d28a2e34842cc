"""What a clerk does to one draft: approve, discard, split, merge, take a decision back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from actions.decide_draft import approve_draft, discard_draft
from actions.recast_draft import merge_drafts, split_draft
from actions.reconsider_draft import reconsider_draft
from actions.start_later import start_later
from domain.draft import DutyDraft
from domain.duty import DutyTerms, Review
from domain.sentence import Sentence
from store.questions.directives import ReviewedDraft
from web.cards import Part
from web.forms import MOST, Id, Posted
from web.office_review import page
from web.review_desk import Clerk, Reviewing, Version
from web.terms import CHOSEN, Answers, NotUnderstood, answered, asked, begins, decide, lacking

router = APIRouter()

NO_REASON = NotUnderstood({"reason": Sentence("Hãy ghi lý do bỏ; lý do được lưu cùng văn bản.")})
NO_PLACE = NotUnderstood({"at": Sentence("Hãy chọn chỗ tách.")})
NO_OTHER = NotUnderstood({"other": Sentence("Hãy chọn nội dung để gộp vào.")})


@router.get("/noi-dung/{draft_id}")
def look(at: Clerk, draft_id: Id, mo: str = "") -> Response:
    """The card alone for htmx, else on a page of its own."""
    part = Part(mo) if mo in set(Part) else Part.NOTHING
    with at.works.db.read() as session:
        desk, one = Reviewing.of_draft(at, session, draft_id)
        template = "office/card_alone.html" if at.is_htmx else "office/draft.html"
        return at.page(template, card=desk.card(one, part), **desk.choices())


@router.post("/noi-dung/{draft_id}/duyet")
def approve(at: Clerk, draft_id: Id, version: Version, form: Posted) -> Response:
    """With the form's fields as the person left them; a field that was not on it stays as it was read.
    `version`: what they saw. `cung_muc`: the others of its clause that lack the same get the same."""
    together = bool(form.get("cung_muc"))
    try:
        with at.works.db.transaction() as session:
            desk, one = Reviewing.of_draft(at, session, draft_id)
            kin = desk.alike(one) if together else []
            approve_draft(session, draft_id, at.by, terms=terms_of(desk, one, form), version=version)
            for other in kin:
                terms = terms_of(desk, other, _what_it_lacks(other, form))
                approve_draft(session, other.id, at.by, terms=terms, version=other.draft.version)
    except NotUnderstood as error:
        return _wrong(at, draft_id, error, Part.EDIT if "title" in form else Part.NOTHING, form)
    if together and at.is_htmx:  # more than one card has changed
        return Response(headers={"HX-Refresh": "true"})
    return _done(at, draft_id)


@router.post("/noi-dung/{draft_id}/bo")
def discard(
    at: Clerk, draft_id: Id, version: Version, reason: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    if not reason.strip():
        return _wrong(at, draft_id, NO_REASON, Part.DISCARD)
    with at.works.db.transaction() as session:
        discard_draft(session, draft_id, at.by, reason=reason, version=version)
    return _done(at, draft_id)


@router.post("/noi-dung/{draft_id}/tach")
def split(
    at: Clerk,
    draft_id: Id,
    version: Version,
    place: Annotated[int | None, Form(alias="at", ge=0, le=MOST)] = None,
) -> Response:
    """`at`: the character offset in the directive's text where the second part begins."""
    if place is None:
        return _wrong(at, draft_id, NO_PLACE, Part.SPLIT)
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        first, _ = split_draft(session, draft_id, at.by, at=place, propose=desk.propose(), version=version)
        return _to(desk.found.id, first.id)


@router.post("/noi-dung/{draft_id}/gop")
def merge(
    at: Clerk, draft_id: Id, version: Version, other: Annotated[int | None, Form(ge=1, le=MOST)] = None
) -> Response:
    if other is None:
        return _wrong(at, draft_id, NO_OTHER, Part.MERGE)
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        whole = merge_drafts(session, draft_id, other, at.by, propose=desk.propose(), version=version)
        return _to(desk.found.id, whole.id)


@router.post("/noi-dung/{draft_id}/quyet-dinh-lai")
def reconsider(at: Clerk, draft_id: Id, version: Version) -> Response:
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        reconsider_draft(session, draft_id, at.by, propose=desk.propose(), version=version)
    return _done(at, draft_id)


@router.post("/noi-dung/{draft_id}/ky-dau")
def begin_with(at: Clerk, draft_id: Id, version: Version, first: Annotated[date, Form()]) -> Response:
    """`first`: nothing stated before this day is opened."""
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        start_later(session, draft_id, at.by, first=first, version=version)
        return RedirectResponse(f"/van-ban/{desk.found.id}/giao", 303)


def _what_it_lacks(one: ReviewedDraft, form: Mapping[str, Any]) -> dict[str, Any]:
    """Of a form for another draft only the fields that this one lacks too."""
    lacks = {lacking(missing)[0] for missing in one.draft.missing}
    return {name: typed for name, typed in form.items() if name.removeprefix(CHOSEN) in lacks}


def terms_of(desk: Reviewing, one: ReviewedDraft, form: Mapping[str, Any]) -> DutyTerms:
    """The terms a draft gets by these fields; one that is not among them stays as it was. Raises NotUnderstood."""
    answers = _answers(desk, one, form)
    packs = desk.at.works.packs
    if answers.measure in packs:  # a form that was proposed as the measure
        answers = replace(answers, pack=answers.measure, measure="")
        if "review" not in form:  # which has rules of its own
            answers = replace(answers, review=Review.RULES.value)
    if answers.pack and answers.pack not in packs:
        raise NotUnderstood({"pack": Sentence("Không có biểu mẫu này.")})
    return decide(
        DutyDraft.model_validate(one.draft.reading),
        answers,
        desk.propose(answers),
        calendar=desk.calendar,
        issued_on=begins(answers, desk.found.directive.issued_on),
        received=desk.received,
    )


def _answers(desk: Reviewing, one: ReviewedDraft, form: Mapping[str, Any]) -> Answers:
    terms = DutyTerms.model_validate(one.draft.terms) if one.draft.terms else None
    reading = DutyDraft.model_validate(one.draft.reading)
    return answered(form, asked(reading, terms, desk.policy.rule_for(reading)))


def _done(at: Clerk, draft_id: int) -> Response:
    """After a decision: the card as it is now for htmx, else the page at the card's place."""
    with at.works.db.read() as session:
        desk, one = Reviewing.of_draft(at, session, draft_id)
        if not at.is_htmx:
            return _to(desk.found.id, draft_id)
        return at.page("office/card_alone.html", card=desk.card(one), bar=True, **desk.choices())


def _wrong(
    at: Clerk, draft_id: int, error: NotUnderstood, part: Part, form: Mapping[str, Any] | None = None
) -> Response:
    """The card keeps what was typed, with what is wrong about it."""
    with at.works.db.read() as session:
        desk, one = Reviewing.of_draft(at, session, draft_id)
        card = desk.card(one, part, _answers(desk, one, form) if form else None, error)
        if not at.is_htmx:
            return page(desk, wrong=card)
        return at.page("office/card_alone.html", 422, card=card, **desk.choices())


def _to(directive_id: int, draft_id: int) -> Response:
    return RedirectResponse(f"/van-ban/{directive_id}#noi-dung-{draft_id}", 303)
