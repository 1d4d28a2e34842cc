"""How often the digest of what only informs comes (bản tin để biết), asked for from a letter, without signing in.

Opening the link changes nothing: mail scanners open links. A mail program's own button posts here (RFC 8058),
from no page of ours; all that a post can change is this one choice, so it needs no other proof than its token.
"""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from actions.changes import By
from actions.choose_reach import choose_digest
from actions.errors import NotFound
from domain.reach import Pace
from runtime.unsubscribing import PATH, person_of
from runtime.works import Works
from store.questions.reach import preference
from store.tables import PersonRow

router = APIRouter()

Chosen = Annotated[Pace, Form(alias="nhip")]


@router.get(PATH + "/{token}")
def ask(request: Request, token: str) -> Response:
    works: Works = request.app.state.works
    person_id = _person(works, token)
    with works.db.read() as session:
        return _page(request, preference(session, person_id).digest)


@router.post(PATH + "/{token}")
def choose(request: Request, token: str, pace: Chosen = Pace.OFF) -> Response:
    """A mail program says only that it unsubscribes."""
    works: Works = request.app.state.works
    person_id = _person(works, token)
    with works.db.transaction() as session:
        code = session.get_one(PersonRow, person_id).code
        choose_digest(session, person_id, By(code, request.app.state.now(), "từ thư"), digest=pace)
    return _page(request, pace, done=True)


def _person(works: Works, token: str) -> int:
    person_id = person_of(works.settings, token)
    with works.db.read() as session:
        if person_id is None or session.get(PersonRow, person_id) is None:
            raise NotFound("Đường dẫn này không đúng hoặc không còn hiệu lực.")
    return person_id


def _page(request: Request, pace: Pace, *, done: bool = False) -> Response:
    answer: Response = request.app.state.pages("digest_choice.html", 200, pace=pace, done=done, at=None)
    return answer
