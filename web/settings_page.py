"""The settings in force (cài đặt), for whoever keeps the machine: names and values, never a secret."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlalchemy.engine import make_url

from domain.access import KEY_LASTS, LINK_LASTS, SESSION_IDLE, SESSION_LASTS
from runtime.settings import Settings
from web.desk import Desk, desk_for
from web.guard import MAX_BODY
from web.policy import Act
from web.uploads import MAX_FILE, MAX_FILES

router = APIRouter()

SECRET = ("password", "secret", "token", "key")
PATH_IS_SECRET = ("heartbeat_url", "webhook_url")
MASK = "••••••"


@router.get("/cai-dat")
def settings(at: Annotated[Desk, Depends(desk_for(Act.SEE_HEALTH))]) -> Response:
    return at.page(
        "account/settings.html",
        settings=shown(at.works.settings),
        office=at.office,
        limits=[
            ("Phiên đăng nhập kéo dài nhiều nhất", f"{SESSION_LASTS.total_seconds() / 3600:.0f} giờ"),
            ("Phiên không dùng thì kết thúc sau", f"{SESSION_IDLE.total_seconds() / 3600:.0f} giờ"),
            ("Đường dẫn đăng nhập qua thư có hiệu lực", f"{LINK_LASTS.total_seconds() / 60:.0f} phút"),
            ("Khóa truy cập có hiệu lực", f"{KEY_LASTS.days} ngày"),
            ("Một tệp nặng nhiều nhất", f"{MAX_FILE // 2**20} MB, mỗi lần {MAX_FILES} tệp"),
            ("Một lần gửi nặng nhiều nhất", f"{MAX_BODY // 2**20} MB"),
        ],
    )


def shown(settings: Settings) -> list[tuple[str, str, bool]]:
    """(name in the environment, value, whether it differs from the default). A secret is only said to be set;
    an address is shown without its password."""
    return [
        (
            f"DONDOC_{name.upper()}",
            _value(name, getattr(settings, name)),
            getattr(settings, name) != field.default,
        )
        for name, field in type(settings).model_fields.items()
    ]


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if not value and value != 0:
        return ""
    if any(word in name for word in SECRET):
        return MASK
    if name == "database_url":
        return make_url(str(value)).render_as_string(hide_password=True)
    scheme, mark, rest = str(value).partition("://")
    if not mark:
        return str(value)
    host, slash, path = rest.partition("/")
    known_by_path = slash and name in PATH_IS_SECRET
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{MASK if known_by_path else path}"
