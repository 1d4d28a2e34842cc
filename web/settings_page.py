"""The settings in force (cài đặt), for whoever keeps the machine: names and values, never a secret."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlalchemy.engine import make_url

from domain.access import KEY_LASTS, LINK_LASTS, SESSION_IDLE, SESSION_LASTS
from domain.sentence import Sentence
from runtime.settings import Settings
from web.desk import Desk, desk_for
from web.guard import MAX_BODY
from web.policy import Act
from web.uploads import MAX_FILE, MAX_FILES

router = APIRouter()

SECRET = ("password", "secret", "token", "key")
PATH_IS_SECRET = ("heartbeat_url", "webhook_url")
MASK = "••••••"
WHAT_FOR = {
    "home": Sentence("Thư mục giữ cơ sở dữ liệu, tệp đơn vị nộp và thư thử"),
    "database_url": Sentence("Cơ sở dữ liệu; để trống là SQLite trong thư mục trên"),
    "host": Sentence("Địa chỉ máy mở trang"),
    "port": Sentence("Cổng mở trang"),
    "base_url": Sentence("Địa chỉ trang ghi trong thư"),
    "smtp_host": Sentence("Máy chủ gửi thư; để trống là thư giữ trên máy này"),
    "smtp_port": Sentence("Cổng của máy chủ thư"),
    "smtp_user": Sentence("Tên đăng nhập máy chủ thư"),
    "smtp_password": Sentence("Mật khẩu máy chủ thư"),
    "smtp_starttls": Sentence("Chỉ gửi khi máy chủ thư mã hóa được (STARTTLS)"),
    "smtp_tls": Sentence("Mã hóa ngay từ đầu (cổng 465)"),
    "signing_key": Sentence("Khóa ký đường dẫn thôi nhận bản tin"),
    "bounces": Sentence("Hộp thư nhận thư bị trả lại"),
    "webhook_url": Sentence("Cổng nhắn tin (Zalo, SMS)"),
    "webhook_secret": Sentence("Khóa ký tin gửi tới cổng nhắn tin"),
    "oidc_issuer": Sentence("Nơi đăng nhập một lần của cơ quan; để trống là không dùng"),
    "oidc_client_id": Sentence("Mã của trang này ở nơi đăng nhập một lần"),
    "oidc_client_secret": Sentence("Khóa của trang này ở nơi đăng nhập một lần"),
    "oidc_name": Sentence("Tên ghi trên nút đăng nhập một lần"),
    "heartbeat_url": Sentence("Nơi được báo mỗi đêm rằng mọi việc chạy đúng"),
    "prefect": Sentence("Chạy công việc định kỳ qua Prefect; tắt thì nhẹ máy hơn"),
}
"""What each setting is for, by its name in `Settings`."""


@router.get("/cai-dat")
def settings(at: Annotated[Desk, Depends(desk_for(Act.SEE_HEALTH))]) -> Response:
    return at.page(
        "account/settings.html",
        settings=shown(at.works.settings),
        office=at.office,
        limits=[
            (
                Sentence("Phiên đăng nhập kéo dài nhiều nhất"),
                Sentence("{hours:.0f} giờ", hours=SESSION_LASTS.total_seconds() / 3600),
            ),
            (
                Sentence("Phiên không dùng thì kết thúc sau"),
                Sentence("{hours:.0f} giờ", hours=SESSION_IDLE.total_seconds() / 3600),
            ),
            (
                Sentence("Đường dẫn đăng nhập qua thư có hiệu lực"),
                Sentence("{minutes:.0f} phút", minutes=LINK_LASTS.total_seconds() / 60),
            ),
            (Sentence("Khóa truy cập có hiệu lực"), Sentence("{days} ngày", days=KEY_LASTS.days)),
            (
                Sentence("Một tệp nặng nhiều nhất"),
                Sentence("{size} MB, mỗi lần {most} tệp", size=MAX_FILE // 2**20, most=MAX_FILES),
            ),
            (Sentence("Một lần gửi nặng nhiều nhất"), f"{MAX_BODY // 2**20} MB"),
        ],
    )


def shown(settings: Settings) -> list[tuple[str, str, str, bool]]:
    """(name in the environment, what for, value, whether it differs from the default). A secret is only said to be set;
    an address is shown without its password."""
    return [
        (
            f"DONDOC_{name.upper()}",
            WHAT_FOR[name],
            _value(name, getattr(settings, name)),
            getattr(settings, name) != field.default,
        )
        for name, field in type(settings).model_fields.items()
    ]


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return Sentence("có") if value else Sentence("không")
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
