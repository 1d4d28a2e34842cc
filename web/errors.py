"""Error pages: what happened, in Vietnamese, and where to go from there."""

from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from actions.errors import NotFound, Refused
from domain.assignment import NotAllowed
from store.office import NoOffice
from web.desk import Desk, SignInFirst, desk
from web.guard import HEADERS

SAID = {
    400: ("Yêu cầu không hợp lệ", "Địa chỉ này không thuộc hệ thống, hoặc yêu cầu bị hỏng trên đường đi."),
    403: ("Yêu cầu bị chặn", "Yêu cầu được gửi từ một trang khác. Hãy mở lại trang này rồi thử lại."),
    404: ("Không tìm thấy", "Không có trang này, hoặc trang không thuộc phần việc của bạn."),
    405: ("Không làm được như vậy", "Trang này không nhận yêu cầu kiểu đó."),
    409: ("Chưa thực hiện được", ""),
    413: ("Tệp quá lớn", "Hãy nén hoặc chia nhỏ tệp rồi gửi lại. Chưa có gì được lưu."),
    422: ("Thông tin gửi lên chưa đúng", "Hãy quay lại trang trước, kiểm tra các ô rồi gửi lại."),
    500: ("Hệ thống gặp lỗi", "Lỗi đã được ghi lại. Hãy thử lại sau ít phút; dữ liệu đã lưu không mất."),
    503: ("Chưa sẵn sàng", ""),
}


def error_page(request: Request, status: int, message: str = "") -> Response:
    title, usual = SAID.get(status, SAID[400] if status < 500 else SAID[500])
    answer: Response = request.app.state.pages(
        "error.html", status, title=title, message=message or usual, at=_desk(request, status), back="/"
    )
    return answer


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


def install(app: FastAPI) -> None:
    """Every refusal has its page. What nobody expected is logged with its traceback."""

    @app.exception_handler(SignInFirst)
    def sign_in_first(request: Request, error: SignInFirst) -> Response:
        where = "/dang-nhap?" + urlencode({"next": error.next_path})
        if request.headers.get("HX-Request") == "true":
            return Response(status_code=401, headers={"HX-Redirect": where})
        return RedirectResponse(where, 303)

    @app.exception_handler(NotFound)
    def not_found(request: Request, error: NotFound) -> Response:
        return error_page(request, 404, str(error))

    @app.exception_handler(Refused)
    @app.exception_handler(NotAllowed)
    def refused(request: Request, error: Exception) -> Response:
        return error_page(request, 409, str(error))

    @app.exception_handler(NoOffice)
    def no_office(request: Request, error: NoOffice) -> Response:
        return error_page(request, 503, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        # A number in the path that is none, or too large, names nothing.
        bad_path = any(e["loc"][0] == "path" for e in error.errors())
        return error_page(request, 404 if bad_path else 422)

    @app.exception_handler(HTTPException)
    def refused_by_framework(request: Request, error: HTTPException) -> Response:
        return error_page(request, error.status_code)

    @app.exception_handler(Exception)
    def unexpected(request: Request, _error: Exception) -> Response:
        answer = error_page(request, 500)
        answer.headers.update(HEADERS)  # answered outside the guard
        return answer
