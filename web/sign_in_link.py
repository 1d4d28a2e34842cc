"""Sign-in by a one-time link: asked for here, read in one's mail, used here.

Opening the link changes nothing: mail scanners open links, and once more before their reader does. The button
on its page is what signs in.
"""

import secrets
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from fastapi.responses import Response
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from actions.changes import By
from actions.errors import Refused
from actions.sign_in_link import use_link
from domain.access import LINK_LASTS, How
from domain.sentence import Sentence
from runtime.sign_in_mail import send_link
from web.desk import cookie_name, cookie_of
from web.sign_in import TOO_MANY, let_in

router = APIRouter()

FOR_NAME = parse("3 per 15 minutes")
FOR_ADDRESS = parse("60 per 15 minutes")


class Asked:
    """How often a link was asked for, by name and by network address."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allow(self, name: str, address: str) -> bool:
        return self._limiter.hit(FOR_NAME, name) and self._limiter.hit(FOR_ADDRESS, address)


@router.get("/dang-nhap/qua-thu")
def ask(request: Request) -> Response:
    return _page(request)


@router.post("/dang-nhap/qua-thu")
def send(
    request: Request, afterwards: BackgroundTasks, name: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """The same answer, as soon, whoever it is: letter and link are made after it has left."""
    works, name = request.app.state.works, name.strip()
    if not name:
        return _page(request, 422, error=Sentence("Hãy ghi mã người dùng hoặc thư điện tử."))
    if not request.app.state.asked.allow(name.casefold(), request.client.host if request.client else ""):
        return _page(request, 429, name=name, error=TOO_MANY)
    browser = secrets.token_urlsafe(32)
    answer = _page(request, name=name, sent=True)
    answer.set_cookie(_cookie(request), browser, max_age=int(LINK_LASTS.total_seconds()), **cookie_of(works))
    afterwards.add_task(send_link, works, name, secrets.token_urlsafe(32), browser, request.app.state.now())
    return answer


@router.get("/dang-nhap/lien-ket/{token}")
def show(request: Request, token: str) -> Response:
    """The same page for every link: only the button finds out what it is worth."""
    return _page(request, link=token)


@router.post("/dang-nhap/lien-ket/{token}")
def use(request: Request, token: str) -> Response:
    works, by = request.app.state.works, By("link", request.app.state.now())
    try:
        with works.db.transaction() as session:
            person = use_link(session, token, request.cookies.get(_cookie(request), ""), by)
    except Refused as refused:
        return _page(request, 422, error=str(refused))
    answer = let_in(request, person.id, By(person.code, by.at), How.LINK, "/")
    answer.delete_cookie(_cookie(request), **cookie_of(works))
    return answer


def _cookie(request: Request) -> str:
    return cookie_name(request.app.state.works) + "-thu"


def _page(
    request: Request,
    status: int = 200,
    *,
    name: str = "",
    error: str = "",
    sent: bool = False,
    link: str = "",
) -> Response:
    answer: Response = request.app.state.pages(
        "sign_in_link.html", status, name=name, error=error, sent=sent, link=link, at=None
    )
    return answer
