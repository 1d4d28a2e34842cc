"""Before duties are given out: what would happen, what stands against it, and then the button."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.ask_once import ask_once
from actions.errors import Refused
from actions.open_occurrences import open_occurrences
from actions.publish import NotYet, publish
from runtime.directives import preview
from store.questions.review import obstacles
from web.forms import Id
from web.review_desk import Clerk, Reviewing

router = APIRouter()


@router.get("/van-ban/{directive_id}/giao")
def look(at: Clerk, directive_id: Id) -> Response:
    with at.works.db.read() as session:
        return _page(Reviewing.of(at, session, directive_id))


@router.post("/van-ban/{directive_id}/giao")
def issue(at: Clerk, directive_id: Id) -> Response:
    """Issue what is approved, and open at once what is due to be open: nobody waits for the clock."""
    try:
        with at.works.db.transaction() as session:
            _issue(Reviewing.of(at, session, directive_id), session)
    except NotYet:  # the page says why
        return _refused(at, directive_id)
    except Refused as refusal:
        return _refused(at, directive_id, str(refusal))
    return RedirectResponse(f"/van-ban/{directive_id}", 303)


def _issue(desk: Reviewing, session: Session) -> None:
    office, by = desk.at.office, desk.at.by
    for duty in publish(session, desk.found.id, office, by):
        open_occurrences(session, duty.id, calendar=desk.calendar, zone=office.tz, by=by)


def _refused(at: Clerk, directive_id: int, said: str = "") -> Response:
    with at.works.db.read() as session:
        return _page(Reviewing.of(at, session, directive_id), 409, said)


def _page(desk: Reviewing, status: int = 200, refusal: str = "") -> Response:
    coming = preview(desk.at.works, desk.session, desk.found.id, desk.at.now)
    labels = {pack.id: [field.label for field in pack.form.fields] for pack in desk.at.works.packs.values()}
    return desk.at.page(
        "office/issue.html",
        status,
        coming=coming,
        asking=ask_once(desk.session, coming.planned, desk.at.office, labels, desk.at.today),
        obstacles=obstacles(desk.session, desk.found.id),
        refusal=refusal,
        review=desk.found,
        unit_names=desk.names.by_code,
    )
