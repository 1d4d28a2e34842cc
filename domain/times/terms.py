"""Terms (thời hạn): so many days, working days, hours from an event or before a day."""

import re

from domain.times import words as w
from domain.times.dates import TET, read_dates, read_period, read_time, year_or_any
from domain.times.feasts import BREAK, DAYS_OFF, FEAST, feast_day
from domain.times.form import Forms, Said
from domain.times.spans import PERIOD, SCHOOL_END, school_value

FORMS = Forms()

_COUNT = (
    rf"(?<![\d.,/])(?P<n>1\d{{3}}(?!\d)|{w.NUMBER})(?:\s*-\s*(?P<to>{w.NUMBER}))?\s*(?P<unit>{w.UNIT}|h)(?!\w)"
    r"(?P<more> rưỡi)?"
)
_HALF = r"(?P<half>nửa) (?P<half_unit>tháng|năm)(?!\w)"
_LEAD = (
    r"(?:\b(?:(?:chậm|muộn|trễ) nhất|không quá|tối đa|ít nhất|tối thiểu"
    r"|thời gian(?: (?:xử lý|giải quyết|trả lời|thẩm định))?"
    r"|(?:thời |(?<!quá\x20))hạn(?: (?:xử lý|giải quyết|thực hiện|hoàn thành|trả lời))?"
    r"|trong vòng|trong|sau|là)[\s:]{1,3}){1,4}"
)
_ANCHOR = r"\s*,?\s*(?:(?:(?:kể|tính) )?từ(?: (?:ngày|khi|thời điểm|lúc))?|sau(?: (?:khi|ngày))?) "
_UNITS = {
    "ngày": "d",
    "giờ": "h",
    "h": "h",
    "tiếng": "h",
    "phút": "min",
    "tuần": "w",
    "tháng": "m",
    "năm": "y",
    "ngày làm việc": "wd",
}
_EVENTS = (
    ("cut-off", w.compiled(r"(?:chốt|khóa) (?:số liệu|dữ liệu|sổ)|kết thúc kỳ báo cáo")),
    ("event", w.compiled(r"có hiệu lực")),
    ("period", w.compiled(r"(?:kết thúc|hết|cuối) (?:tháng|quý|năm(?! học)|tuần|kỳ(?! (?:thi|họp|nghỉ)))")),
    ("received", w.compiled(r"(?:tiếp )?nhận|(?:được )?(?:bàn )?giao")),
    ("", w.compiled(r"^(?:ngày )?(?:hôm nay|nay)(?!\w)")),
    ("document", w.compiled(r"(?:ký|ban hành|phát hành|ra (?:văn bản|thông báo|quyết định))")),
)  # fmt: skip
_SINCE = w.compiled(r"(?:từ|sau) (?:khi|ngày) ")
_AFTER = w.compiled(r"(?:kể từ|từ|sau) ")
_AFTER_EVENT = w.compiled(rf"\b(?:kể từ|từ|sau) (?:khi|ngày) [^\d.;,\n]{{2,40}} {_COUNT}$")
_RANGE_HERE = w.compiled(rf"(?:ngày )?{w.DAY_MONTH}\s*(?:-|đến|tới)\s*(?:hết )?(?:ngày )?{w.DAY_MONTH}")
_PERIOD_END = r"(?:khi |ngày |thời điểm )?(?:kết thúc|hết|cuối(?: cùng)?(?: của)?)"
_POINT = r"(?P<point>đầu tiên|cuối cùng|đầu|giữa|cuối)"
_DAYS_HERE = [
    w.compiled(day)
    for day in (
        rf"(?:ngày )?(?P<date>{w.DAY_MONTH})",
        rf"{_PERIOD_END} (?P<ended>{PERIOD})",
        rf"(?:ngày )?(?P<work>làm việc )?{_POINT} (?:(?:của|trong) )?(?P<of>{PERIOD})",
        rf"(?:ngày |lễ )?{FEAST}",
        rf"{BREAK}(?:{FEAST}|{DAYS_OFF})",
        TET,
        rf"(?P<school>{SCHOOL_END})",
    )
]
_HOUR_HERE = w.compiled(rf"(?P<time>{w.TIME})[\s,]{{1,2}}(?:ngày )?(?P<date>{w.DAY_MONTH})")
_DATED_HERE = w.compiled(rf"\s*\(?(?:ngày )?(?P<date>{w.DAY_MONTH})\)?")
_EVENT = (
    r"(?:(?!(?:trước|chậm|muộn|hết|đến|gửi|nộp|báo cáo|trong|âm|là)\b)[^\W\d]+ ){1,9}"  # and no other duty
)
_IN_BRACKETS = r"\((?:dự kiến |tức )?(?:là )?"
_EVENT_ON = w.compiled(rf"{_EVENT}(?:ngày |{_IN_BRACKETS}(?:ngày )?)(?P<date>{w.DAY_MONTH})\)?")
_ONLY_AFTER = re.compile(r"^(?!.*(?:nhất|quá|trong|tối đa))(?:.*\s)?sau\s*$")
_CARRIED_OUT = w.compiled(
    r"\s*(?:triển khai|thực hiện|thi hành|áp dụng|vận hành|hoạt động|thí điểm|sử dụng|không|mà)\b"
)


_EACH_TIME = re.compile(r"\bmỗi (?:buổi|tiết|lần|cuộc|ca|lượt|bài)\b[^.;,\n]{0,60}$")  # "không quá 120 phút"
_AT_LEAST_SO_LONG = re.compile(r"ít nhất|tối thiểu")
# "tính cả ngày nhận", "không kể ngày nghỉ": the text says itself which days count.
_TOLD = w.compiled(
    r"(?:(?P<with>(?:tính|kể|bao gồm|gồm) (?:cả|luôn))|không (?:tính|kể|bao gồm|gồm)(?: cả)?|(?:loại )?trừ) (?:các )?"
    r"(?:(?P<off>(?:ngày )?(?:nghỉ|lễ)|thứ (?:bảy|bẩy|7)|chủ nhật)"
    rf"|ngày (?P<first>(?:tiếp )?nhận|ký|ban hành|phát hành|đầu|bắt đầu|này|đó|{w.DAY_MONTH}))"
)
_LEADING = re.compile(r"trong(?! thời gian)|(?<!ít )nhất|quá|sau|hạn")


_EXPIRY = r"(?:(?:(?:khi |ngày )?hết |(?:thời )?)hạn(?!\w| ?:))"
# What a term is counted back from: a date, the end of a period, or an event.
_BACK_FROM = (
    rf"(?:(?P<end>{_PERIOD_END} (?P<ended>{PERIOD}|kỳ)(?! học)(?!\w))"
    rf"|(?P<school>{SCHOOL_END})|(?:ngày |lễ |khi |(?=tết dương|quốc khánh|khai giảng)){FEAST}"
    rf"|(?:(?:ngày|khi) {_EVENT}(?:{_IN_BRACKETS})?)?(?:{_EXPIRY} )?(?:ngày |{BREAK})?{DAYS_OFF}"
    rf"|(?P<event>khi\b|{_EXPIRY})|{TET})"
)
_AT_LEAST = r"(?:ít nhất|tối thiểu|chậm nhất)"
_OPS = rf"(?:\b{w.OP_WORD}[\s:,]{{1,4}}){{0,3}}?"


@FORMS.form("before-term", rf"(?P<lead>{_LEAD})?{_COUNT} trước {_BACK_FROM}")
@FORMS.form(
    "before-term",
    rf"{_OPS}(?P<lead>\btrước) {_BACK_FROM}(?:[^.;,\n\d]{{0,60}}\s{_AT_LEAST} (?:là )?| ){_COUNT}(?! \d)",
)
@FORMS.form(
    "before-term",
    rf"{_OPS}(?P<lead>\btrước )(?:{_AT_LEAST} )?{_COUNT} (?:so với |trước |tính đến |(?=khi )){_BACK_FROM}",
)
def _before_term(found: re.Match[str]) -> Said | None:
    """Counted back: "chậm nhất 03 ngày trước ngày 15/12"; "báo cáo 6 tháng trước ngày 15/6" is none."""
    named = found["unit"] in ("quý", "năm") or (
        found["unit"] == "tháng" and w.number(found["n"]) in (3, 6, 9)
    )
    if not found["lead"] and named:
        return None
    length = _length(found)
    if base := day_of(found):
        return Said(f"{base}-{length}", "by")
    return Said(f"event-{length}", "by", anchor="period" if found["end"] else "event")


def day_of(found: re.Match[str], *, after: bool = False) -> str | None:
    """The day a term is counted from, where the words name one: a date, a feast, the end of a period, Tết; of days
    off one after another the first, or `after` them the last."""
    groups = found.groupdict()
    if groups.get("ended"):
        return _end_of_period(groups["ended"])
    if groups.get("of"):
        return _point_of_period(found)
    if groups.get("feast"):
        return feast_day(found)
    if groups.get("date"):
        return read_dates(groups["date"])[-1 if after else 0]
    if groups.get("tet"):
        return f"{year_or_any(groups['tet_year'])}-tet"
    return school_value(found) if groups.get("school") else None


def _point_of_period(found: re.Match[str]) -> str | None:
    """ "Ngày đầu tiên của quý", "đầu tháng 5": BLDS 146."""
    value = read_period(found["of"])[0]
    first = found["point"].startswith("đầu")
    if found["work"]:
        return f"{value}:wd{1 if first else -1}"
    return f"{value}:{'first' if first else 'middle' if found['point'] == 'giữa' else 'last'}"


def _end_of_period(words: str) -> str | None:
    """Of "quý II/2026", "tháng 6"; which "quý" or "kỳ" alone is meant, the period asked for says."""
    value = "" if w.plain(words) == "kỳ" else read_period(words)[0]
    return f"{value}:last" if value[:1] in ("-", "2") and "/" not in value and "," not in value else None


@FORMS.form(
    "term",
    rf"(?P<lead>{_LEAD})?(?:{_COUNT}|{_HALF})"
    rf"(?! (?:học|qua|gần|đầu|cuối|tuổi|trước|lần|thứ|chủ|hằng|mỗi|sáng|chiều|làm việc)\b"
    rf"|\s*[,(]?\s*\d)(?: (?:(?:sắp )?tới|nữa)(?!\w))?(?P<anchor>{_ANCHOR})?",
)
def _term(found: re.Match[str]) -> Said | None:
    """A term (thời hạn): needs a word that makes it one, or an event it runs from."""
    if _says_how_long(found):
        return None
    told = _TOLD.search(re.split(r"[.;\n]", found.string[found.end() : found.end() + 90], maxsplit=1)[0])
    length = _counted(found, told)
    return _from_event(found, length) if found["anchor"] else _bare(found, length, told)


def _says_how_long(found: re.Match[str]) -> bool:
    """No term: "báo cáo 6 tháng từ ngày 15/12" says from when, "ít nhất 5 ngày" has no end, "mỗi buổi không quá 120
    phút" is a length, "một ngày rưỡi" and nought no number of days."""
    lead = w.plain(found["lead"] or "")
    return bool(
        (found["anchor"] and not lead and found["anchor"].split()[0] == "từ")
        or _AT_LEAST_SO_LONG.search(lead)
        or _EACH_TIME.search(found.string, 0, found.start())
        or (found["more"] and found["unit"] not in ("tháng", "năm"))
        or (found["n"] and w.number(found["n"]) == 0)
    )


def _bare(found: re.Match[str], length: str, told: re.Match[str] | None) -> Said | None:
    """A term whose event stands before it, or nowhere."""
    leading = bool(_LEADING.search(w.plain(found["lead"] or "")))
    if day := _day_before(found):
        return Said(f"{day}{length}", "within", loose=not leading)
    alone = bool(
        told or found[0].strip() == found.string.strip() or _AFTER_EVENT.search(found.string, 0, found.end())
    )
    if not alone and not leading:
        return None
    carried_out = _ONLY_AFTER.search(found["lead"] or "") and _CARRIED_OUT.match(found.string, found.end())
    anchor = "event" if carried_out else _before(found)  # "sau 3 tháng triển khai"
    if told and told["first"] and (named := _event(told["first"], 0)[0]) != "event":
        anchor = named
    return Said(f"event{length}", "within", anchor=anchor, loose=alone)


def _from_event(found: re.Match[str], length: str) -> Said | None:
    """A term that names its event, or the day of it."""
    if _RANGE_HERE.match(found.string, found.end()):
        return None  # "trong 03 ngày, từ ngày 10/4 đến 12/4": the range says it
    if start := _starts_here(found.string, found.end()):
        day, end = start
        return Said(f"{day}{length}", "within", reach=end - found.end())
    if at := _HOUR_HERE.match(found.string, found.end()):
        return Said(f"{day_of(at)}{_from_hour(at['time'], length)}", "within", reach=at.end() - found.end())
    anchor, end = _event(found.string, found.end())
    event = anchor == "event"
    if on := (_EVENT_ON if event else _DATED_HERE).match(found.string, found.end() if event else end):
        return Said(f"{day_of(on)}{length}", "within", reach=on.end() - found.end())
    return Said(f"event{length}", "within", reach=end - found.end(), anchor=anchor or None)


def _from_hour(time: str, length: str) -> str:
    """Hours and minutes run at once from a known hour (BLDS 147.1): whole days are what they reach over midnight."""
    counted = re.fullmatch(r"\+(\d+)(h|min)", length)
    if counted is None:
        return length
    hour, minute = read_time(time)
    ends = 60 * hour + minute + int(counted[1]) * (60 if counted[2] == "h" else 1)
    return f"+{ends // 1440 * 24}h"


def _counted(found: re.Match[str], told: re.Match[str] | None) -> str:
    """The term from its first day on, which does not count (BLDS 147.2) unless the text says that it does."""
    length = _length(found)
    if told and told["first"] and told["with"]:
        return f"-1d+{length}"
    if told and told["off"] and not told["with"] and length.endswith("d"):
        return f"+{length.removesuffix('d').removesuffix('w')}wd"
    return f"+{length}"


def _starts_here(text: str, at: int) -> tuple[str, int] | None:
    """The day named after "kể từ" (a date, the end of a period, a feast, Tết), and where its words end."""
    for here in _DAYS_HERE:
        if (found := here.match(text, at)) and (day := day_of(found, after=True)):
            return day, found.end()
    return None


def _day_before(found: re.Match[str]) -> str | None:
    """The day where it is named first: "kể từ ngày 15/3/2026, trong 10 ngày"."""
    for after in _AFTER.finditer(found.string, max(0, found.start() - 90), found.start()):
        start = _starts_here(found.string, after.end())
        if start and not found.string[start[1] : found.start()].strip(" ,") and start[1] <= found.start():
            return start[0]
    return None


def _length(found: re.Match[str]) -> str:
    """BLDS 146: half a month is 15 days, half a year six months; of "24-48 giờ" the longer one."""
    if "half" in found.re.groupindex and found["half"]:
        return "15d" if found["half_unit"] == "tháng" else "6m"
    count, unit = w.number(found["to"] or found["n"]), w.plain(re.sub(r"[()]", " ", found["unit"]))
    if found["more"] and unit in ("tháng", "năm"):
        return f"{count}m+15d" if unit == "tháng" else f"{12 * count + 6}m"
    return f"{count * 3}m" if unit == "quý" else f"{count}{_UNITS[unit]}"


def _event(text: str, start: int) -> tuple[str, int]:
    words = re.split(r"[.;,\n]", text[start : start + 90], maxsplit=1)[0]
    for name, pattern in _EVENTS:
        if found := pattern.search(words):
            return name, start + found.end()
    return "event", start


def _before(found: re.Match[str]) -> str | None:
    """The event where it is said first: "Sau khi nhận văn bản, trong 3 ngày ..."."""
    words = re.split(r"[.;\n]", found.string[max(0, found.start() - 90) : found.start()])[-1]
    if not (first := _SINCE.search(words)):
        return None
    return _event(words, first.end())[0]
