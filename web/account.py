"""One's own ways in (tài khoản và bảo mật): password, open sessions, keys for programs and calendars."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from actions.access_key import give_key, keys_of, revoke_key
from actions.errors import Refused
from actions.set_password import set_password
from actions.sign_in import end_other_sessions, end_session, token_hash
from domain.access import Opens
from domain.sentence import Sentence
from store.questions.access import open_sessions
from store.questions.people import credentials
from web.desk import AtDesk, Desk, cookie_name
from web.forms import Id
from web.sign_in import TOO_MANY, Attempts, matches

router = APIRouter()

HERE = "/tai-khoan/bao-mat"
Typed = Annotated[str, Form(max_length=200)]


@router.get(HERE)
def look(at: AtDesk) -> Response:
    return _page(at)


@router.post("/tai-khoan/mat-khau")
def change_password(at: AtDesk, old: Typed = "", new: Typed = "", again: Typed = "") -> Response:
    """Every session and key ends, this one too: whoever knew the old password is out."""
    attempts: Attempts = at.request.app.state.attempts
    account = at.viewer.code.casefold()
    if not attempts.allow(account, at.request.client.host if at.request.client else ""):
        return _page(at, 429, old=TOO_MANY)
    with at.works.db.read() as session:
        known = credentials(session, at.viewer.code)
    if not matches(known, old):
        return _page(at, 422, old=Sentence("Mật khẩu hiện tại không đúng."))
    attempts.forget(account)
    if new != again:
        return _page(at, 422, again=Sentence("Hai lần ghi mật khẩu mới không giống nhau."))
    try:
        with at.works.db.transaction() as session:
            set_password(session, at.viewer.code, new, at.by)
    except Refused as refused:
        return _page(at, 422, new=str(refused))
    return RedirectResponse("/dang-nhap", 303)


@router.post("/tai-khoan/phien/{session_id}/ket-thuc")
def end(at: AtDesk, session_id: Id) -> Response:
    with at.works.db.transaction() as session:
        end_session(session, at.viewer.person_id, session_id, at.by)
    return RedirectResponse(HERE, 303)


@router.post("/tai-khoan/phien-khac/ket-thuc")
def end_others(at: AtDesk) -> Response:
    with at.works.db.transaction() as session:
        end_other_sessions(session, at.viewer.person_id, _token(at), at.by)
    return RedirectResponse(HERE, 303)


@router.post("/tai-khoan/khoa")
def give(at: AtDesk, name: Annotated[str, Form(max_length=100)] = "", opens: Typed = "") -> Response:
    """The key is on the page that answers, and nowhere afterwards."""
    if opens not in set(Opens):
        return _page(at, 422, opens=Sentence("Hãy chọn khóa mở được gì."))
    key = secrets.token_urlsafe(32)
    try:
        with at.works.db.transaction() as session:
            give_key(session, at.viewer.person_id, key, at.by, name=name, opens=Opens(opens))
    except Refused as refused:
        return _page(at, 422, name=str(refused))
    link = f"{at.works.settings.public_url}/lich-han/{key}.ics" if opens == Opens.CALENDAR else ""
    return _page(at, key=link or key, calendar=bool(link))


@router.post("/tai-khoan/khoa/{key_id}/thu-hoi")
def take_back(at: AtDesk, key_id: Id) -> Response:
    with at.works.db.transaction() as session:
        revoke_key(session, at.viewer.person_id, key_id, at.by)
    return RedirectResponse(HERE, 303)


def _token(at: Desk) -> str:
    return at.request.cookies[cookie_name(at.works)]


def _page(at: Desk, status: int = 200, *, key: str = "", calendar: bool = False, **faults: str) -> Response:
    with at.works.db.read() as session:
        return at.page(
            "account/security.html",
            status,
            sessions=open_sessions(session, at.viewer.person_id, at.now),
            mine=token_hash(_token(at)),
            keys=[row for row in keys_of(session, at.viewer.person_id) if row.valid_at(at.now)],
            key=key,
            calendar=calendar,
            faults=faults,
        )
