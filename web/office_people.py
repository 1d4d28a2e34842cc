"""One person (Người): their positions and address; the office locks them out, lets them in, trusts their address."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from actions.errors import NotFound
from actions.lock_person import lock_person, unlock_person
from domain.ladders import ROLES
from store.questions.reach import refused_addresses
from store.questions.units import person_page
from web.desk import NOT_YOURS, Desk, attempt, desk_for
from web.faults import Sent
from web.forms import Id, Posted, word
from web.policy import Act

router = APIRouter(prefix="/nguoi/{person_id}")

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]


@router.get("")
def one(at: Clerk, person_id: Id) -> Response:
    return _page(at, person_id)


@router.post("/khoa")
def lock(at: Clerk, person_id: Id, form: Posted) -> Response:
    return attempt(
        at,
        lambda session: lock_person(session, person_id, at.by, reason=word(form, "ly_do")),
        lambda no: _page(at, person_id, 422, Sent(form, no, {"reason": "ly_do"}), str(no)),
        f"/nguoi/{person_id}",
    )


@router.post("/mo-khoa")
def unlock(at: Clerk, person_id: Id) -> Response:
    with at.works.db.transaction() as session:
        unlock_person(session, person_id, at.by, today=at.today)
    return RedirectResponse(f"/nguoi/{person_id}", 303)


def _page(
    at: Desk, person_id: int, status: int = 200, sent: dict[str, str] | None = None, refusal: str = ""
) -> Response:
    with at.works.db.read() as session:
        found = person_page(session, person_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        address = (found.person.email or "").lower()
        return at.page(
            "office/person.html", status, found=found, roles=ROLES, sent=sent or {}, refusal=refusal,
            refuses=refused_addresses(session).get(address),
        )  # fmt: skip
