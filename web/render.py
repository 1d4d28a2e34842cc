"""Templates: one environment, words through `_()`, dates and figures as the office writes them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, pass_context
from jinja2.runtime import Context

from actions.changes import CLOCK
from domain.assignment import LABELS, STANDING_LABELS
from domain.letter import LetterKind, MailState
from domain.missing import say as say_missing
from domain.reach import VIAS
from domain.wording import say_clause, say_day, say_period, say_weekday
from rules.form import Field, FieldType
from store.questions.work import Event
from web.devices import say_device
from web.policy import Act
from web.words import LANGUAGES, _, language, plural, say

KIT = "govuk_frontend_jinja"
HERE = Path(__file__).resolve().parent


LETTER_KINDS: Mapping[LetterKind, str] = {
    LetterKind.REMINDER: "Nhắc việc",
    LetterKind.OVERDUE: "Đôn đốc việc quá hạn",
    LetterKind.DIGEST: "Tổng hợp việc quá hạn",
    LetterKind.RETURNED: "Trả lại báo cáo",
    LetterKind.NOT_MET: "Báo cáo chưa đạt quy tắc",
    LetterKind.AWAITED: "Đơn vị khác đang chờ",
    LetterKind.EXPLANATION: "Giải trình",
    LetterKind.VISIT: "Cuộc kiểm tra đã mở",
    LetterKind.FINDINGS: "Tồn tại nghiêm trọng, tái phạm",
    LetterKind.ALARM: "Hệ thống cần người xem",
}
MAIL_STATES: Mapping[MailState, str] = {
    MailState.PENDING: "Chờ gửi",
    MailState.SENDING: "Đang gửi",
    MailState.SENT: "Đã gửi",
    MailState.FAILED: "Gửi không được",
    MailState.HELD: "Đang giữ lại",
    MailState.SKIPPED: "Không gửi",
}
DELIVERIES = {
    "sent": "máy chủ đã nhận thư",
    "again": "chưa gửi được, sẽ gửi lại",
    "failed": "không gửi được",
    "unknown": "không rõ thư đã đi chưa",
}
KINDS = {
    "report": "báo cáo",
    "inspection": "kiểm tra",
    "target": "chỉ tiêu",
    "training": "tập huấn",
    "milestone": "mốc thời gian",
    "schedule": "lịch",
}
EVENTS = {
    "receive": "đã nhận việc",
    "hand_in": "nộp báo cáo",
    "return": "trả lại",
    "accept": "duyệt hoàn thành",
    "waive": "miễn",
    "withdraw": "thu hồi",
    "wait": "ghi là đang chờ",
    "resume": "làm tiếp",
    "submit": "trình cấp trên",
    "progress": "cập nhật tiến độ",
    "entrust": "giao người làm",
    "take_up": "nhận làm",
    "ask_extension": "xin gia hạn",
    "extension_granted": "đồng ý gia hạn",
    "extension_refused": "không đồng ý gia hạn",
    "demand_explanation": "yêu cầu giải trình",
    "explain": "giải trình",
    "remind_to_explain": "nhắc giải trình",
    "reproject": "chuyển hạn theo lịch nghỉ mới",
    "hand_over": "bàn giao sang đơn vị khác",
    "take_in": "tiếp nhận văn bản",
    "approve": "duyệt nội dung",
    "discard": "bỏ nội dung",
    "issue": "giao việc",
    "open": "mở kỳ",
    "judge": "xét quy tắc",
    "sign_in": "đăng nhập",
    "sign_out": "đăng xuất",
    "end_duty": "kết thúc nhiệm vụ",
    "withdraw_duty": "thu hồi nhiệm vụ",
    "wake": "kích hoạt",
    "declare": "công bố tình huống",
    "change_calendar": "sửa lịch",
    "change_ladder": "sửa thang nhắc",
    "change_unit": "sửa đơn vị",
    "import_tree": "nhập đơn vị và người",
    "install_office": "nạp dữ liệu cơ quan",
    "appoint": "thêm người giữ chức vụ",
    "end_position": "kết thúc chức vụ",
    "hand_over_unit": "bàn giao đơn vị",
    "confirm_handover": "ký nhận bàn giao",
    "resend": "gửi lại thư",
    "release_held": "gửi thư đang giữ",
}
SAYS = ("reason", "text", "question", "answer", "remark", "outcome")
"""Where the words of a change stand in its audit line."""


@cache
def environment() -> Environment:
    """One for the process: its templates are compiled when they are first used."""
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), PrefixLoader({KIT: PackageLoader(KIT)})]),
        autoescape=True,
        finalize=say,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(_, plural, newstyle=True)  # type: ignore[attr-defined]
    for name in ("gettext", "ngettext"):
        env.globals[name] = _saying(env.globals[name])
    env.filters.update(
        day=say_day,
        weekday=say_weekday,
        period=say_period,
        clause=say_clause,
        missing=say_missing,
        moment=say_moment,
        device=say_device,
        answer=say_answer,
        number=say_number,
        happened=say_event,
        pack_option=lambda pack: (pack.id, pack.title),
        first_up=lambda text: text[:1].upper() + text[1:],
        order=lambda quote: quote.lstrip("-–+*• \t"),
        kind=labelled(KINDS),
        done=say_action,
        letter_kind=labelled(LETTER_KINDS),
        delivery=labelled(DELIVERIES),
        via=labelled(VIAS),
        state=labelled(LABELS),
        standing=labelled(STANDING_LABELS),
    )
    env.globals.update(Act=Act, mail_states=MAIL_STATES, language=language, languages=LANGUAGES)
    return env


def _saying(translate: Any) -> Callable[..., str]:
    """What fills the blanks of a sentence in a template is said in the reader's language too."""

    @pass_context
    def gettext(context: Context, *sentences: Any, **blanks: Any) -> str:
        said: str = translate(context, *sentences, **{name: say(value) for name, value in blanks.items()})
        return said

    return gettext


def labelled(labels: Mapping[Any, str]) -> Callable[[Any], str]:
    """A filter that says a code in words; nothing for one without words."""
    return lambda code: _(labels[code]) if code in labels else ""


def say_moment(instant: datetime, zone: ZoneInfo) -> str:
    """08:05 ngày 14/02/2023, in the office's zone."""
    local = instant.astimezone(zone)
    return _("{time} ngày {day}").format(time=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def say_number(value: int | Decimal) -> str:
    """1.234 and 73,6: points between thousands, a comma before the decimals."""
    plain = format(value, ",f") if isinstance(value, Decimal) else f"{value:,}"
    return plain.translate(str.maketrans(",.", ".,"))


def say_answer(value: Any, field: Field) -> str:
    """A stored figure as its form would take it again; nothing for one that was left empty."""
    match field.type:
        case _ if value is None:
            return ""
        case FieldType.BOOLEAN:
            return _("có") if value else _("không")
        case FieldType.DATE:
            year, month, day = str(value).split("-")
            return f"{day}/{month}/{year}"
        case FieldType.TEXT:
            return str(value)
        case FieldType.PERCENT:
            return say_number((Decimal(str(value)) * 100).normalize())
        case _:
            return say_number(Decimal(str(value)))


def say_action(action: str) -> str:
    """What was done, in words; a rare one by its code."""
    return _(EVENTS.get(action, action))


def say_event(event: Event) -> str:
    """Who did what to an assignment, and why: "Văn phòng trả lại: thiếu số liệu"."""
    who = _("Hệ thống") if event.entry.actor == CLOCK else event.by
    did = _(EVENTS.get(event.entry.action, event.entry.action))
    data = event.entry.data
    reason = next((str(data[name]) for name in SAYS if data.get(name)), "")
    if data.get("percent") is not None:
        reason = f"{data['percent']} %: {reason}"
    return f"{who} {did}: {reason}" if reason else f"{who} {did}"


class Pages:
    """Renders templates."""

    def __init__(self) -> None:
        self.env = environment()

    def __call__(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        return HTMLResponse(self.env.get_template(template).render(context), status_code=status)
