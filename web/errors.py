"""Error pages: what happened, in Vietnamese, and where to go from there."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from actions.errors import NotFound, Refused, Stale
from domain.assignment import NotAllowed
from domain.sentence import Sentence, joined
from rules.pack import PackError
from store.office import NoOffice
from web.desk import Desk, SignInFirst, desk
from web.faults import Faulty
from web.guard import HEADERS
from web.words import say

API = "/api/v1"

SAID = {
    400: (
        Sentence("Yêu cầu không hợp lệ"),
        Sentence("Địa chỉ này không thuộc hệ thống, hoặc yêu cầu bị hỏng trên đường đi."),
    ),
    401: (Sentence("Chưa đăng nhập"), Sentence("Hãy đăng nhập, hoặc gửi kèm khóa truy cập còn hiệu lực.")),
    403: (
        Sentence("Yêu cầu bị chặn"),
        Sentence("Yêu cầu được gửi từ một trang khác. Hãy mở lại trang này rồi thử lại."),
    ),
    404: (
        Sentence("Không tìm thấy"),
        Sentence("Không có trang này, hoặc trang không thuộc phần việc của bạn."),
    ),
    405: (Sentence("Không làm được như vậy"), Sentence("Trang này không nhận yêu cầu kiểu đó.")),
    409: (Sentence("Chưa thực hiện được"), ""),
    410: (Sentence("Không còn hiệu lực"), ""),
    412: (
        Sentence("Đã có thay đổi"),
        Sentence("Nội dung này vừa được người khác thay đổi. Hãy đọc lại rồi quyết định."),
    ),
    413: (Sentence("Tệp quá lớn"), Sentence("Hãy nén hoặc chia nhỏ tệp rồi gửi lại. Chưa có gì được lưu.")),
    415: (Sentence("Không đúng kiểu nội dung"), Sentence("Hãy gửi JSON với Content-Type: application/json.")),
    422: (
        Sentence("Thông tin gửi lên chưa đúng"),
        Sentence("Hãy quay lại trang trước, kiểm tra các ô rồi gửi lại."),
    ),
    428: (Sentence("Thiếu phiên bản đã xem"), Sentence("Hãy gửi kèm If-Match với ETag của bản đã xem.")),
    429: (Sentence("Quá nhiều lần"), Sentence("Hãy đợi ít phút rồi thử lại.")),
    500: (
        Sentence("Hệ thống gặp lỗi"),
        Sentence("Lỗi đã được ghi lại. Hãy thử lại sau ít phút; dữ liệu đã lưu không mất."),
    ),
    503: (Sentence("Chưa sẵn sàng"), ""),
}


class Told(HTTPException):
    """A refusal of the API with a status of its own, worded for the asker."""


WRONG = {
    "missing": Sentence("còn thiếu"),
    "extra_forbidden": Sentence("không nhận trường này"),
    "string_too_long": Sentence("dài quá giới hạn"),
    "too_long": Sentence("nhiều quá giới hạn"),
}
"""What is wrong with a field, by pydantic's name for it."""


def error_page(request: Request, status: int, message: str = "", **more: Any) -> Response:
    """What went wrong, as whoever asks can read it: a page, or a problem (RFC 9457) for the API; `more` is for
    the latter alone."""
    title, usual = SAID.get(status, SAID[400] if status < 500 else SAID[500])
    if request.url.path.startswith(f"{API}/"):
        return _problem(request.url.path, status, title, message or usual, more)
    answer: Response = request.app.state.pages(
        "error.html", status, title=title, message=message or usual, at=_desk(request, status), back="/"
    )
    return answer


def _problem(path: str, status: int, title: str, detail: str, more: Mapping[str, Any]) -> Response:
    told = {
        "type": "about:blank",
        "title": say(title),
        "status": status,
        "detail": say(detail),
        "instance": path,
    }
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({**told, **more}, status, headers, media_type="application/problem+json")


def _desk(request: Request, status: int) -> Desk | None:
    """With whom and where the page was asked for, so that it keeps its way onward; nobody's after a failure."""
    if status >= 500:
        return None
    try:
        return desk(request)
    except (SignInFirst, NoOffice):
        return None


class ErrorApp:
    """An error page as an ASGI app, for refusals made before the pages are reached."""

    def __init__(self, app: FastAPI, status: int) -> None:
        self.app, self.status = app, status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self.app
        await error_page(Request(scope), self.status)(scope, receive, send)


def _wrong(one: Mapping[str, Any]) -> dict[str, str]:
    said = one.get("ctx", {}).get("error") if one["type"] in ("json_invalid", "value_error") else None
    where = ".".join(str(part) for part in one["loc"][1:] if one["type"] != "json_invalid")
    return {
        "field": where,
        "message": say(str(said or WRONG.get(one["type"], Sentence("giá trị không hợp lệ")))),
    }


def _sign_in_first(request: Request, error: SignInFirst) -> Response:
    if request.url.path.startswith(f"{API}/"):
        return error_page(request, 401)
    where = "/dang-nhap?" + urlencode({"next": error.next_path})
    if request.headers.get("HX-Request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


def _not_found(request: Request, error: NotFound) -> Response:
    return error_page(request, 404, str(error))


def _refused(request: Request, error: Exception) -> Response:
    if not request.url.path.startswith(f"{API}/"):
        return error_page(request, 409, str(error))
    if isinstance(error, Stale):
        return error_page(request, 412, str(error))
    if faults := _faults(error):
        told = [{"field": field, "message": say(said)} for field, said in faults.items()]
        return error_page(request, 422, joined(" ", faults.values()), errors=told)
    return error_page(request, 409, str(error))


def _faults(error: Exception) -> Mapping[str, str]:
    """What is wrong with which field of what was sent."""
    if isinstance(error, Faulty):
        return error.faults
    return {error.of: str(error)} if isinstance(error, Refused) and error.of else {}


def _no_rule(request: Request, error: PackError) -> Response:
    """A text that is no rule or checklist, from where no form shows the line and column beside it."""
    return error_page(request, 422, str(error))


def _no_office(request: Request, error: NoOffice) -> Response:
    return error_page(request, 503, str(error))


def _invalid(request: Request, error: RequestValidationError) -> Response:
    # A number in the path that is none, or too large, names nothing.
    if any(e["loc"][0] == "path" for e in error.errors()):
        return error_page(request, 404)
    return error_page(request, 422, errors=[_wrong(one) for one in error.errors()])


def _not_storable(request: Request, _error: DataError) -> Response:
    """A NUL in a text, say: only the database knows what it cannot keep."""
    return error_page(request, 422)


def _refused_by_framework(request: Request, error: HTTPException) -> Response:
    answer = error_page(request, error.status_code, str(error.detail) if isinstance(error, Told) else "")
    answer.headers.update(error.headers or {})  # Allow, with 405
    return answer


def _unexpected(request: Request, _error: Exception) -> Response:
    answer = error_page(request, 500)
    answer.headers.update(HEADERS)  # answered outside the guard
    return answer


HANDLERS: Mapping[type[Exception], Callable[[Request, Any], Response]] = {
    SignInFirst: _sign_in_first,
    NotFound: _not_found,
    Refused: _refused,
    NotAllowed: _refused,
    PackError: _no_rule,
    NoOffice: _no_office,
    RequestValidationError: _invalid,
    DataError: _not_storable,
    HTTPException: _refused_by_framework,
    Exception: _unexpected,
}


def install(app: FastAPI) -> None:
    """Every refusal has its page. What nobody expected is logged with its traceback."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
