"""Why a deadline is the day it is: sentences for the reader, each with the rule of law it rests on."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain import moment
from domain.period import Period, month_end
from domain.recurrence import moved_because
from domain.sentence import Sentence, joined
from domain.stated import Stated
from domain.wording import say_day, say_period
from domain.workdays import Calendar

BLDS = Sentence("Bộ luật Dân sự 2015")
NO_TIME = Sentence("Văn bản không nêu thời hạn.")
ONLY_REPEATS = Sentence("Chỉ nêu tính chất định kỳ hoặc thường xuyên, không nêu ngày đến hạn.")
STARTS = Sentence("Đây là thời điểm bắt đầu, không phải thời hạn.")
NO_MIDDLE = Sentence("{law} Điều 146 chỉ định nghĩa giữa tháng và giữa năm; cần một ngày cụ thể.", law=BLDS)
OPEN_END = Sentence("Không nêu thời điểm kết thúc.")
NO_YEAR = Sentence("Chưa đủ căn cứ để tính: cần kỳ hoặc ngày văn bản.")
VAGUE = re.compile(
    r"(?i)(?:đầu|giữa|trong|trước) (?:năm học(?: mới)?|học kỳ(?: [IV12]+)?)|(?:dịp |nghỉ |kỳ )?hè\b"
    r"|sớm nhất(?: có thể)?|kịp thời|khẩn trương|ngay (?:sau )?khi|ngay lập tức|càng sớm càng tốt"
)
MISSING = {
    "received": Sentence("Thời hạn tính từ ngày nhận: cần ngày nhận."),
    "document": Sentence("Thời hạn tính từ ngày ký, ban hành: cần ngày văn bản."),
    "period": Sentence("Thời hạn tính từ ngày kết thúc kỳ: cần kỳ."),
    "cut-off": Sentence("Thời hạn tính từ ngày chốt số liệu: cần kỳ báo cáo."),
    "event": Sentence("Thời hạn tính từ một sự việc chưa biết ngày xảy ra."),
    "school": Sentence(
        "“Trong năm học” không ấn định ngày; ngày kết thúc do khung kế hoạch thời gian năm học quyết định."
    ),
}
_ANCHORS = {
    "received": Sentence("ngày nhận"), "document": Sentence("ngày ký, ban hành"),
    "period": Sentence("ngày kết thúc kỳ"), "cut-off": Sentence("ngày chốt số liệu"),
    None: Sentence("ngày nhận hoặc ngày văn bản"),
}  # fmt: skip
_TERMS = {
    "h": Sentence("{law} Điều 147 khoản 1: thời hạn bằng giờ tính ngay từ thời điểm bắt đầu.", law=BLDS),
    "min": Sentence("{law} Điều 147 khoản 1: thời hạn bằng phút tính ngay từ thời điểm bắt đầu.", law=BLDS),
    "d": Sentence(
        "{law} Điều 147 khoản 2, 3 và Điều 148 khoản 1: không tính ngày đầu tiên, hết ngày cuối cùng.",
        law=BLDS,
    ),
    "w": Sentence(
        "{law} Điều 147 và Điều 148 khoản 2: kết thúc vào ngày tương ứng của tuần cuối cùng.", law=BLDS
    ),
    "m": Sentence(
        "{law} Điều 147 và Điều 148 khoản 3: kết thúc vào ngày tương ứng của tháng cuối cùng, "
        "tháng không có ngày đó thì vào ngày cuối tháng.",
        law=BLDS,
    ),
    "y": Sentence(
        "{law} Điều 147 và Điều 148 khoản 4: kết thúc vào ngày, tháng tương ứng của năm cuối cùng.", law=BLDS
    ),
    "wd": Sentence("{law} Điều 147 khoản 2, 3: không tính ngày đầu tiên; chỉ tính ngày làm việc.", law=BLDS),
}


_YEAR_SAID = re.compile(r"[+-]1y$")  # "năm sau", "năm trước"


def because(
    said: Stated, stated: date, due: date, *, event: date | None, by_law: bool, calendar: Calendar,
    document_date: date | None, placed_after: date | None,
) -> Iterator[str]:  # fmt: skip
    """The reasons in the order a person would give them. `by_law`: the office chose no shift of its own;
    `placed_after`: the day that decided which year or month is meant where the words name none."""
    yield _meaning(said, stated)
    if placed_after and said.recurrence == "none":
        yield from _placing(said.value or "", stated, placed_after)
    yield from _off_beside(said.value or "", stated, calendar)
    yield from _counting(said, stated, event, calendar)
    yield from _rules_of_words(said, stated)
    if "NH" in (said.value or ""):
        frame = calendar.school_year(stated.year - 1)
        said_of = {"first": frame.start, "last": frame.start + 1, "source": frame.source}
        if frame.status == "expected":
            yield Sentence("Năm học {first}–{last}: {source}, dự kiến.", **said_of)
        else:
            yield Sentence("Năm học {first}–{last}: {source}.", **said_of)
    if due != stated and by_law:
        yield Sentence(
            "{law} Điều 148 khoản 5: ngày cuối cùng là ngày nghỉ thì hết ngày làm việc tiếp theo.", law=BLDS
        )
    yield from moved_because(stated, due, calendar)
    if "wd" not in (said.value or ""):
        yield from _made_up(min(stated, due), max(stated, due), calendar)
    if due > stated:
        yield from _skipped(stated, due, calendar)
    if document_date and stated < document_date:
        yield Sentence("Hạn trước ngày văn bản ({day}): đề nghị kiểm tra lại.", day=say_day(document_date))
    counted = due != stated or "wd" in (said.value or "") or not calendar.is_working(stated)
    if counted and (remark := calendar.remark(due)):
        yield remark


def _meaning(said: Stated, stated: date) -> str:
    words = " ".join(said.text.split())
    if said.op == "before" and not _hour(said):
        return Sentence(
            "“{words}” là chậm nhất hết ngày {day} (không kể ngày, kỳ được nêu).",
            words=words, day=say_day(stated),
        )  # fmt: skip
    return Sentence("“{words}”: chậm nhất ngày {day}.", words=words, day=say_day(stated))


def _placing(value: str, stated: date, since: date) -> Iterator[str]:
    """What is over at the document's date is taken for the next one, never silently."""
    if value.startswith("--") and stated.year > since.year and not _YEAR_SAID.search(value):
        yield Sentence(
            "Không ghi năm: năm {year} thì đã qua ở ngày {day}, nên hiểu là năm {next}; đề nghị kiểm tra lại.",
            year=since.year, day=say_day(since), next=stated.year,
        )  # fmt: skip
    elif value.startswith("day") and stated.replace(day=1) > since:
        yield Sentence(
            "Không ghi tháng: tháng {month} thì đã qua ở ngày {day}, nên hiểu là tháng sau; đề nghị kiểm tra lại.",
            month=since.month, day=say_day(since),
        )  # fmt: skip


def _off_beside(value: str, stated: date, calendar: Calendar) -> Iterator[str]:
    """The holidays passed over to an n-th or a last working day."""
    if ":wd-" in value:
        yield from _skipped(stated, month_end(stated), calendar)
    elif ":wd" in value:
        yield from _skipped(stated.replace(day=1), stated, calendar)


def _counting(said: Stated, stated: date, event: date | None, calendar: Calendar) -> Iterator[str]:
    """How a term was counted, and the holidays passed over on the way."""
    value = said.value or ""
    found = re.match(r"(.+)([+-])(?P<count>\d+)(?P<unit>min|wd|[hdwmy])$", value)
    if not found or re.match(r"--.*[+-]1y$", value):
        return
    base = re.sub(r"-1d$", "", found[1]) if found[2] == "+" else found[1]
    start = event if base == "event" else moment.last_day(base, None, calendar=calendar)
    if found[2] == "-":
        yield Sentence("Đếm ngược từ ngày được nêu; ngày đó không tính.")
    elif base == "event" and start:
        anchor = _ANCHORS.get(said.anchor, Sentence("ngày xảy ra"))
        yield Sentence("Tính từ {anchor} {day}.", anchor=anchor, day=say_day(start))
    elif start and found[2] == "+" and not re.match(r"\d{4}-\d\d-\d\d", base):
        yield Sentence("Tính từ ngày {day}.", day=say_day(start))
    if said.anchor == "cut-off" and start:
        yield Sentence("Nghị định 09/2019/NĐ-CP Điều 12: số liệu chốt ngày {day}.", day=say_day(start))
    if base != found[1]:
        yield Sentence("Văn bản nêu tính cả ngày đầu tiên.")
    elif found[2] == "+" and found["count"] != "0":
        yield _TERMS[found["unit"]]
    if found["unit"] == "wd":
        start = start or calendar.add(stated, -int(found[2] + found["count"]))
        yield from _skipped(min(start, stated), max(start, stated), calendar)
        yield from _made_up(min(start, stated), max(start, stated), calendar)


def _skipped(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    off = calendar.off_between(first, last)
    if off:
        days = [Sentence("{day} ({reason})", day=say_day(one.day), reason=one.reason) for one in off]
        yield Sentence("Bỏ qua ngày nghỉ: {days}.", days=joined(", ", days))


def _made_up(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    if days := calendar.made_up_between(first, last):
        yield Sentence("Làm bù, tính là ngày làm việc: {days}.", days=", ".join(map(say_day, days)))


def _hour(said: Stated) -> str:
    return (said.value or "").partition("T")[2]


def _rules_of_words(said: Stated, stated: date) -> Iterator[str]:
    """What the words themselves mean by law: hours of a day, half a month, the middle of a year."""
    hour, words = _hour(said), said.text.lower()
    if hour == "24:00":
        yield Sentence("{law} Điều 148 khoản 6: ngày kết thúc lúc 24 giờ.", law=BLDS)
    elif hour == "00:00":
        yield Sentence("0 giờ là lúc ngày hôm trước kết thúc.")
    elif hour:
        yield Sentence("Giờ đã nêu: {hour} giờ {minute}.", hour=hour[:2], minute=hour[3:])
    if "nửa" in words:
        yield Sentence("{law} Điều 146 khoản 1: nửa tháng là 15 ngày, nửa năm là 6 tháng.", law=BLDS)
    elif said.pattern == "point" and re.search(r"(?:tháng|năm)\b", words):
        yield Sentence(
            "{law} Điều 146 khoản 2, 3: đầu, giữa, cuối tháng là ngày 1, 15, cuối cùng; giữa năm là 30/6.",
            law=BLDS,
        )
    if said.pattern == "special-day" and words.startswith("tuần"):
        yield Sentence("{law} Điều 146 khoản 1: một tuần là bảy ngày.", law=BLDS)
    days = [int(day) for day in re.findall(r"(?:day[<=]|^--02-(?=29))(\d+)", said.value or "")]
    if days and stated.day < min(days) - (said.op == "before") and (stated + timedelta(days=1)).day == 1:
        yield Sentence("Tháng không có ngày này: lấy ngày cuối tháng ({law} Điều 148 khoản 3).", law=BLDS)


def closing_reason(of: Period, day: date) -> str:
    return Sentence(
        "Nghị định 09/2019/NĐ-CP Điều 12: số liệu {period} chốt ngày {day}.",
        period=say_period(of.key), day=say_day(day),
    )  # fmt: skip
