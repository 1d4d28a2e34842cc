"""Templates: one environment, words through `_()`, dates and figures as the office writes them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi.responses import HTMLResponse
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    pass_context,
    pass_eval_context,
)
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context

from domain.assignment import LABELS, STANDING_LABELS
from domain.fields import canonical
from domain.letter import LetterKind, MailState
from domain.missing import say as say_missing
from domain.reach import VIAS
from domain.recast import QUOTE
from domain.sentence import Sentence
from domain.wording import say_clause, say_day, say_period, say_weekday
from rules.form import Field, FieldType
from store.questions.named import Named
from store.questions.work import Event
from web.devices import say_device
from web.policy import Act
from web.trail_words import about, say_action, say_compared, say_data, say_done, say_who, say_words
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
    MailState.PENDING: Sentence("Chờ gửi"),
    MailState.SENDING: Sentence("Đang gửi"),
    MailState.SENT: Sentence("Đã gửi"),
    MailState.FAILED: Sentence("Gửi không được"),
    MailState.HELD: Sentence("Đang giữ lại"),
    MailState.SKIPPED: Sentence("Không gửi"),
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
        weekday=lambda day: say(say_weekday(day)),
        period=lambda key: say(say_period(key)),
        clause=lambda clause: say(say_clause(clause)),
        missing=lambda name: say(say_missing(name)),
        say=say,
        join=_join,
        moment=say_moment,
        device=say_device,
        answer=say_answer,
        number=say_number,
        happened=say_event,
        unit_word=say_unit_word,
        pack_option=lambda pack: (pack.id, pack.title),
        first_up=lambda text: say(text)[:1].upper() + say(text)[1:],
        order=say_order,
        kind=labelled(KINDS),
        done=say_action,
        did=say_done,
        canonical=canonical,
        who=say_who,
        about=about,
        said=say_words,
        data=say_data,
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


@pass_eval_context
def _join(context: EvalContext, parts: Iterable[Any], between: str = "", attribute: str | None = None) -> str:
    joined: str = do_join(context, map(say, parts), between, attribute)
    return joined


def labelled(labels: Mapping[Any, str]) -> Callable[[Any], str]:
    """A filter that says a code in words; nothing for one without words."""
    return lambda code: _(labels[code]) if code in labels else ""


def say_moment(instant: datetime, zone: ZoneInfo) -> str:
    """08:05 ngày 14/02/2023, in the office's zone."""
    local = instant.astimezone(zone)
    return _("{time} ngày {day}").format(time=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def say_unit_word(code: str, at: Any) -> str:
    """A unit's kind, level or ownership as the office calls it."""
    return _(at.office.label(code)) if code else ""


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


def say_order(quote: str) -> str:
    """An order without its bullet; a long one was cut after so many letters, and ends with a whole word here."""
    whole = len(quote) < QUOTE
    return (quote if whole else f"{quote.rsplit(' ', 1)[0]} …").lstrip("-–+*• \t")


def say_event(event: Event, known: Mapping[str, Named]) -> str:
    """Who did what to an assignment, what it was before and is now, and why: "Văn phòng trả lại: thiếu số liệu"."""
    entry = event.entry
    said = say_words(entry)
    if entry.data.get("percent") is not None:
        said = f"{entry.data['percent']} %: {said}"
    did = f"{say_who(entry, event.by)} {say_done(entry.action)}"
    if compared := "; ".join(say_compared(entry, known)):
        did = f"{did} ({compared})"
    return f"{did}: {said}" if said else did


class Pages:
    """Renders templates."""

    def __init__(self) -> None:
        self.env = environment()

    def __call__(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        return HTMLResponse(self.env.get_template(template).render(context), status_code=status)
