"""Sign-in with code or mail address and password, and sign-out."""

import secrets
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pwdlib import PasswordHash

from actions.changes import By
from actions.sign_in import sign_in, sign_out
from domain.access import How
from domain.sentence import Sentence
from store.questions.people import Credentials, credentials
from web.desk import AtDesk, SignInFirst, cookie_name, cookie_of, desk
from web.local_path import local_path
from web.policy import Act

router = APIRouter()

FOR_ACCOUNT = parse("10 per 15 minutes")
FOR_ADDRESS = parse("200 per 15 minutes")  # a whole school may sit behind one address
HOMES = (
    (Act.SEE_BOARD, "/van-phong"),
    (Act.DO_WORK, "/viec"),
    (Act.INSPECT, "/kiem-tra"),
    (Act.SEE_HEALTH, "/suc-khoe"),
)

WRONG = Sentence("Mã hoặc mật khẩu không đúng.")
TOO_MANY = Sentence("Đã thử quá nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc nhờ văn phòng đặt lại mật khẩu.")


class Attempts:
    """How often somebody tried, by account and by address. A right password clears the account's count."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allow(self, account: str, address: str) -> bool:
        """Counts this try, for both: neither count hides the other."""
        account_may = self._limiter.hit(FOR_ACCOUNT, account)
        return self._limiter.hit(FOR_ADDRESS, address) and account_may

    def forget(self, account: str) -> None:
        self._limiter.clear(FOR_ACCOUNT, account)


@router.get("/dang-nhap")
def ask(request: Request, next: str = "/") -> Response:  # noqa: A002 (the name the address bar shows)
    return _form(request, local_path(next))


@router.post("/dang-nhap")
def enter(
    request: Request,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    works, now = request.app.state.works, request.app.state.now()
    wanted, name = local_path(next), name.strip()
    attempts: Attempts = request.app.state.attempts
    account = name.casefold()
    if not attempts.allow(account, request.client.host if request.client else ""):
        return _form(request, wanted, name, TOO_MANY, 429)
    with works.db.read() as session:
        known = credentials(session, name)
    if not matches(known, password) or known is None:
        return _form(request, wanted, name, WRONG, 422)
    attempts.forget(account)
    return let_in(request, known.person_id, By(known.code, now), How.PASSWORD, wanted)


def let_in(request: Request, person_id: int, by: By, how: How, wanted: str) -> Response:
    """A session of its own for this browser, whatever cookie it came with; then on to the local path `wanted`."""
    works = request.app.state.works
    token = secrets.token_urlsafe(32)
    with works.db.transaction() as session:
        sign_in(session, person_id, token, by, how=how, device=request.headers.get("user-agent", ""))
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(cookie_name(works), token, **cookie_of(works))
    return answer


@router.post("/dang-xuat")
def leave(request: Request) -> Response:
    works = request.app.state.works
    answer = RedirectResponse("/dang-nhap", 303)
    try:
        at = desk(request)
    except SignInFirst:
        return answer
    name = cookie_name(works)
    with works.db.transaction() as session:
        sign_out(session, at.viewer.person_id, request.cookies[name], at.by)
    answer.delete_cookie(name, **cookie_of(works))
    return answer


@router.get("/")
def home(at: AtDesk) -> Response:
    """Everybody's own first page."""
    if at.may(Act.LEAD) and not at.may(Act.DECIDE):
        return RedirectResponse("/lanh-dao", 303)
    for act, path in HOMES:
        if at.may(act):
            return RedirectResponse(path, 303)
    answer: Response = at.request.app.state.pages("no_post.html", at=at)
    return answer


def _form(request: Request, wanted: str, name: str = "", error: str = "", status: int = 200) -> Response:
    answer: Response = request.app.state.pages(
        "sign_in.html",
        status,
        next=wanted,
        name=name,
        error=error,
        single=request.app.state.works.settings.oidc_issuer and request.app.state.works.settings.oidc_name,
        at=None,
    )
    return answer


def matches(known: Credentials | None, password: str) -> bool:
    """As slow for somebody unknown as for somebody known: the answer's time tells nothing."""
    return _hasher().verify(password, known.password_hash if known else _nobody())


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """The hash of a password nobody knows."""
    return _hasher().hash(secrets.token_urlsafe(32))
