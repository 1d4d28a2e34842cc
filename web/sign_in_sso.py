"""Single sign-on with the office's identity provider (đăng nhập một lần), where one is configured.

What ties the answer to the browser that asked, state, nonce and verifier, lies in a short-lived cookie of that
browser. Coming back signs in: the provider's code is good for once, and without the cookie for nothing.
"""

import logging
import secrets

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.single_sign_on import vouched_for
from domain.access import How
from domain.sentence import Sentence
from runtime.identity_provider import IdentityProvider, NotVouched
from runtime.settings import Settings
from web.desk import NOT_YOURS, cookie_name, cookie_of
from web.local_path import local_path
from web.sign_in import let_in

log = logging.getLogger("dondoc.sign_in")
router = APIRouter()

BACK = "/dang-nhap/co-quan/ve"
LASTS = 600  # seconds to sign in over there
REFUSED = Sentence(
    "Không đăng nhập được bằng tài khoản của cơ quan. Hãy thử lại, hoặc đăng nhập bằng mật khẩu."
)


def provider_of(settings: Settings) -> IdentityProvider | None:
    if not settings.oidc_issuer:
        return None
    return IdentityProvider(
        settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.public_url + BACK
    )


@router.get("/dang-nhap/co-quan")
def start(request: Request, next: str = "/") -> Response:  # noqa: A002 (the name the address bar shows)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    try:
        answer = RedirectResponse(_provider(request).start(state, nonce, verifier), 303)
    except NotVouched as error:
        log.warning("single sign-on: %s", error)
        raise Refused(REFUSED) from error
    kept = "|".join((state, nonce, verifier, local_path(next)))
    answer.set_cookie(_cookie(request), kept, max_age=LASTS, **cookie_of(request.app.state.works))
    return answer


@router.get(BACK)
def come_back(request: Request, state: str = "", code: str = "") -> Response:
    """Raises `Refused` for an answer this browser did not ask for, and for somebody nobody here knows."""
    provider = _provider(request)
    works, now = request.app.state.works, request.app.state.now()
    kept = request.cookies.get(_cookie(request), "").split("|", 3)
    if len(kept) != 4 or not code or not secrets.compare_digest(kept[0].encode(), state.encode()):
        raise Refused(REFUSED)
    try:
        known = provider.identify(code, kept[1], kept[2], now)
    except NotVouched as error:
        log.warning("single sign-on: %s", error)
        raise Refused(REFUSED) from error
    with works.db.transaction() as session:
        person = vouched_for(session, known.subject, known.email, By("sso", now))
    answer = let_in(request, person.id, By(person.code, now), How.SSO, local_path(kept[3]))
    answer.delete_cookie(_cookie(request), **cookie_of(works))
    return answer


def _provider(request: Request) -> IdentityProvider:
    provider: IdentityProvider | None = request.app.state.provider
    if provider is None:
        raise NotFound(NOT_YOURS)
    return provider


def _cookie(request: Request) -> str:
    return cookie_name(request.app.state.works) + "-co-quan"
