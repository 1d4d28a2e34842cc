"""Mandates (ủy quyền): for a time a colleague acts in one's place, signs in as themselves, and gets the letters."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.errors import NotFound, Refused
from actions.substitute import appoint_substitute, end_mandate
from domain.sentence import Sentence
from store.questions.access import mandates
from store.questions.people import colleagues
from web.desk import NOT_YOURS, AtDesk, Desk
from web.faults import Faulty, Reading
from web.forms import MOST, Id

router = APIRouter()

Day = Annotated[str, Form(max_length=20)]
BAD_DAY = Sentence("Hãy ghi ngày như 15/12/2026.")
NO_COLLEAGUE = Sentence("Hãy chọn một người cùng đơn vị.")


@router.get("/uy-quyen")
def look(at: AtDesk) -> Response:
    return _page(at)


@router.post("/uy-quyen")
def delegate(
    at: AtDesk,
    who: Annotated[int, Form(ge=0, le=MOST)] = 0,
    since: Day = "",
    until: Day = "",
    text: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """To somebody of one's own unit, for days that have an end: an open mandate is forgotten."""
    typed: dict[str, object] = {"who": who, "since": since, "until": until, "text": text}
    try:
        give_mandate(at, typed)
    except Faulty as faulty:
        return _page(at, 422, typed, faulty.faults)
    except Refused as refused:
        return _page(at, 409, typed, {"since": str(refused)})
    return RedirectResponse("/uy-quyen", 303)


def give_mandate(at: Desk, typed: Mapping[str, Any]) -> None:
    """`who` (a person's id), `since`, `until`, `text`. Raises `Faulty`, `Refused`."""
    read = Reading(typed)
    first, last = read.day("since", BAD_DAY), read.day("until", BAD_DAY)
    with at.works.db.read() as session:
        known = {str(number): number for number, _name in _others(at, session)}
    who = known.get(read.word("who"), 0)
    if not who:
        read.wrong("who", NO_COLLEAGUE)
    text = read.word("text", Sentence("Hãy ghi căn cứ hoặc lý do, ví dụ “đi công tác”."))
    if first and last and (last < first or last < at.today):
        read.wrong("until", Sentence("Ngày cuối phải từ ngày đầu trở đi và chưa qua."))
    if first is None or last is None:
        raise Faulty(read.faults)
    read.done()
    with at.works.db.transaction() as session:
        appoint_substitute(
            session, at.viewer.person_id, who, at.by, text=text, valid_from=first, valid_to=last
        )


@router.post("/uy-quyen/{mandate_id}/ket-thuc")
def end(at: AtDesk, mandate_id: Id) -> Response:
    end_own(at, mandate_id)
    return RedirectResponse("/uy-quyen", 303)


def end_own(at: Desk, mandate_id: int) -> None:
    """Today is its last day. Only who gave it ends it; for anybody else there is none (NotFound)."""
    with at.works.db.transaction() as session:
        given, _ = mandates(session, at.viewer.person_id, at.today)
        if mandate_id not in {one.id for one in given}:
            raise NotFound(NOT_YOURS)
        end_mandate(session, mandate_id, at.by, last_day=at.today)


def _units(at: Desk) -> list[int]:
    return sorted({post.unit_id for post in at.viewer.posts})


def _page(
    at: Desk,
    status: int = 200,
    typed: dict[str, object] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Response:
    with at.works.db.read() as session:
        given, held = mandates(session, at.viewer.person_id, at.today)
        return at.page(
            "account/delegation.html",
            status,
            given=given,
            held=held,
            colleagues=_others(at, session),
            typed=typed or {},
            faults=faults or {},
        )


def _others(at: Desk, session: Session) -> list[tuple[int, str]]:
    """Who may act for the viewer: people of the same units."""
    return [one for one in colleagues(session, _units(at), at.today) if one[0] != at.viewer.person_id]
