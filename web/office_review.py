"""The reading desk: a directive's text beside what was read in it."""

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from actions.drop_directive import drop_directive
from actions.errors import Refused
from domain.duty import DraftStatus
from store.questions.directives import ReviewedDraft
from web.cards import Card
from web.desk import attempt
from web.forms import Chosen, Id
from web.once import EACH, MOST_MARKED, lacks, questions
from web.review_desk import Clerk, Reviewing
from web.source_text import KINDS, Tone, coverage, tone

router = APIRouter()

DRAFTS: Mapping[str, Callable[[ReviewedDraft], bool]] = {
    "": lambda _one: True,
    "cho-duyet": lambda one: one.draft.status is DraftStatus.PROPOSED,
    "con-thieu": lambda one: one.draft.status is DraftStatus.PROPOSED and bool(one.draft.missing),
    "da-duyet": lambda one: one.draft.status is DraftStatus.APPROVED,
    "da-bo": lambda one: one.draft.status is DraftStatus.DISCARDED,
}
PASSAGES: Mapping[str, Tone] = {
    "viec": Tone.ORDER,
    "chua-phan-loai": Tone.OPEN,
    "boi-canh": Tone.CONTEXT,
    "the-thuc": Tone.FRAME,
}
"""What the right side shows, in words of the address bar (`?xem=`): drafts or passages."""


@router.get("/van-ban/{directive_id}")
def look(at: Clerk, directive_id: Id, xem: str = "", doi: Chosen = None) -> Response:
    """`doi`: so many drafts were proposed again by what was just taught."""
    with at.works.db.read() as session:
        return page(Reviewing.of(at, session, directive_id), xem, changed=doi)


def page(
    desk: Reviewing,
    view: str = "",
    *,
    wrong: Card | None = None,
    changed: int | None = None,
    sent: FormData | None = None,
    faults: Mapping[str, str] | None = None,
    not_dropped: str = "",
) -> Response:
    """`wrong`: the card of a draft that could not be decided, with what was typed and what is wrong about it; `sent`
    and `faults` are the same for what was answered for many."""
    shown = DRAFTS.get(view, DRAFTS[""] if view not in PASSAGES else None)
    made = desk.pieces()
    cards = desk.cards([one for one in desk.found.drafts if shown(one)]) if shown else []
    lacking = {one.id for one in desk.open if lacks(one)} if shown else set()
    marks = [one for one in cards if one.id in lacking]
    return desk.at.page(
        "office/review.html",
        422 if wrong or faults or not_dropped else 200,
        cards=[wrong if wrong and one.id == wrong.id else one for one in cards],
        passages=[p for p in desk.passages if tone(p) is PASSAGES.get(view)],
        pieces=made,
        shares=coverage(made),
        kinds=KINDS,
        view=view,
        views={name: sum(map(belongs, desk.found.drafts)) for name, belongs in DRAFTS.items()},
        tones={shown.value: name for name, shown in PASSAGES.items()},
        changed=changed,
        once=questions(desk.open) if marks else [],
        marks=marks[:MOST_MARKED],
        sent=sent or {},
        faults=faults or {},
        not_dropped=not_dropped,
        each=EACH,
        asks=[(one, asked) for one in cards for asked in one.questions if one.undecided],
        **desk.choices(),
    )


@router.post("/van-ban/{directive_id}/bo")
def drop(at: Clerk, directive_id: Id, reason: Annotated[str, Form(max_length=1000)] = "") -> Response:
    def show(refused: Refused) -> Response:
        with at.works.db.read() as session:
            return page(Reviewing.of(at, session, directive_id), not_dropped=str(refused))

    return attempt(
        at,
        lambda session: drop_directive(session, directive_id, at.by, reason=reason),
        show,
        f"/van-ban/{directive_id}",
    )


@router.post("/van-ban/{directive_id}/duyet-du")
def approve_complete(at: Clerk, directive_id: Id) -> Response:
    """Approve every draft with nothing missing, as proposed."""
    with at.works.db.transaction() as session:
        Reviewing.of(at, session, directive_id).approve_complete()
    return RedirectResponse(f"/van-ban/{directive_id}", 303)
