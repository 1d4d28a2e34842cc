"""`dondoc when`: the deadline a phrase means, with its reasons."""

import json
from datetime import date, datetime
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from domain.deadline import Answer, answer
from domain.period import BadPeriod, Period, period
from domain.recurrence import Shift
from domain.wording import say_day
from domain.workdays import UnknownCalendar
from runtime.calendars import shipped_calendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
"""An hour of receipt with its own offset is turned to the hour of Việt Nam: terms run by local days."""


class BadOption(ValueError):
    """An option that cannot be used; the message is for the reader."""


def when(
    text: Annotated[
        str, typer.Argument(metavar="CỤM-TỪ", help="Cụm từ chỉ thời gian, ví dụ “trước ngày 15 hằng tháng”")
    ],
    document_date: Annotated[str | None, typer.Option(help="Ngày văn bản, ví dụ 2026-02-03")] = None,
    received: Annotated[str | None, typer.Option(help="Ngày nhận, có thể kèm giờ: 2026-02-03T09:00")] = None,
    period_key: Annotated[str | None, typer.Option("--period", help="Kỳ: 2026-02, 2026-Q3, 2026")] = None,
    shift: Annotated[str | None, typer.Option(help="Ngày nghỉ: keep, previous, next")] = None,
    calendar: Annotated[str, typer.Option(help="Lịch làm việc")] = "VN",
    as_json: Annotated[bool, typer.Option("--json", help="In JSON")] = False,
) -> None:
    """Say when the work a phrase speaks of is due. Bad options end with code 2."""
    try:
        found = answer(
            text,
            calendar=shipped_calendar(calendar),
            document_date=_day("--document-date", document_date),
            received=_moment("--received", received),
            period=_period(period_key),
            shift=_shift(shift),
        )
    except (BadOption, UnknownCalendar) as error:
        _refuse(str(error), as_json)
    typer.echo(json.dumps(_plain(found), ensure_ascii=False) if as_json else _said(found))


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadOption(f"{option}: “{text}” không phải là ngày; ví dụ 2026-02-03.") from error


def _moment(option: str, text: str | None) -> datetime | date | None:
    if text is None or len(text) <= len("2026-02-03"):
        return _day(option, text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadOption(f"{option}: “{text}” không phải là ngày giờ; ví dụ 2026-02-03T09:00.") from error
    return moment.astimezone(HANOI).replace(tzinfo=None) if moment.tzinfo else moment


def _period(key: str | None) -> Period | None:
    try:
        return period(key) if key else None
    except BadPeriod as error:
        raise BadOption(f"--period: không có kỳ “{key}”; ví dụ 2026-02, 2026-Q3, 2026.") from error


def _shift(name: str | None) -> Shift | None:
    try:
        return Shift(name) if name else None
    except ValueError as error:
        raise BadOption(f"--shift: “{name}” không phải là keep, previous hoặc next.") from error


def _plain(found: Answer) -> dict[str, object]:
    return {
        "stated": found.stated and found.stated.isoformat(),
        "due": found.due and found.due.isoformat(),
        "why": list(found.why),
        "op": found.op,
        "value": found.value,
        "recurrence": found.recurrence,
        "others": [{"stated": stated.isoformat(), "due": due.isoformat()} for stated, due in found.others],
    }


def _said(found: Answer) -> str:
    lines = [f"Đến hạn: {say_day(found.due)}" if found.due else "Không có ngày đến hạn"]
    if found.stated and found.stated != found.due:
        lines.append(f"Nêu trong văn bản: {say_day(found.stated)}")
    lines += [f"- {reason}" for reason in found.why]
    lines += [f"Hạn khác: {say_day(due)}" for _, due in found.others]
    return "\n".join(lines)


def _refuse(message: str, as_json: bool) -> NoReturn:
    typer.echo(
        json.dumps({"error": {"message": message}}, ensure_ascii=False) if as_json else message,
        err=not as_json,
    )
    raise typer.Exit(2)


if __name__ == "__main__":
    typer.run(when)
