"""Days: full dates, days of a month, working days of a period, weekdays, feasts."""

import re

from domain.times import words as w
from domain.times.dates import (
    Impossible,
    checked_year,
    read_dates,
    read_period,
    spell_day,
)
from domain.times.form import Forms, Said, dated
from domain.times.months import MONTH, MONTH_TAIL, day_in, read_month
from domain.times.spans import PERIOD

FORMS = Forms()


@FORMS.form(
    "lunar",
    rf"{w.OP}(?:ngày )?(?:mùng )?\d{{1,2}}(?:\s?/\s?| tháng )(?:\d{{1,2}}|giêng|chạp)\s*\(?\s*âm lịch",
)
@FORMS.form("lunar", rf"{w.OP}(?:ngày )?(?:mùng )?\d{{1,2}} tháng (?:giêng|chạp)(?!\w)")
@FORMS.form("lunar", rf"(?:\b{w.OP_WORD}[\s:,]{{1,4}}){{1,5}}(?:rằm )?tháng (?:giêng|chạp)(?!\w)")
def _lunar(_: re.Match[str]) -> Said:
    raise Impossible("Ngày âm lịch: đề nghị ghi ngày dương lịch.")


_JOIN = r"\s*(?:,|;|và|hoặc|-|đến|tới)\s*(?:(?:trước|hết|chậm nhất|vào|là) ){0,2}(?:ngày )?"
_WHOLE_DATE = w.compiled(w.DAY_MONTH)
_LATER_TIME = rf"(?:\s*[,(]?\s*(?:lúc|trước|vào|hồi) (?P<later>{w.TIME}))?"


@FORMS.form(
    "date",
    rf"(?<![\w/.-])(?!(?<=tháng\x20)\d){w.OP}{w.AT}"
    rf"(?:(?P<count>{w.NUMBER}|các|những) (?=ngày\b))?"
    rf"(?P<dates>(?:(?:ngày|lễ)[\s(:]{{1,2}})?(?:m[ùồ]ng )?"
    rf"(?:\d{{1,2}}{_JOIN}){{0,3}}{w.DAY_MONTH}(?:{_JOIN}{w.DAY_MONTH}){{0,3}})"
    rf"(?P<tail>{w.YEAR_TAIL})?{_LATER_TIME}",
)
def _date(found: re.Match[str]) -> Said | None:
    text, tail = w.plain(found["dates"]), w.plain(found["tail"] or "")
    has_year = re.search(r"\d{4}", text)
    bare = not (found["op"] or found["time"] or tail or re.search("ngày|lễ|tháng", text) or has_year)
    try:
        days = read_dates(text)
    except Impossible:
        if bare:
            return None
        raise
    ahead = "+1y" if re.search(rf"năm {w.NEXT}", tail) else "-1y" if tail.endswith("trước") else ""
    recurrence = "none"
    if re.search(r"(?:hằng|mỗi) năm", tail):
        recurrence = {2: "twice_yearly", 4: "quarterly"}.get(len(days), "yearly")
    op = w.op_of(found["op"])
    time = found["time"] or (found["later"] if op != "before" else None)  # "trước ngày 15 (trước 17h00)"
    joints = _WHOLE_DATE.sub("", text)
    if not time and _all_meant(found["count"], op, days):
        return Said(f"{days[0]}/{days[-1]}", "within", recurrence, "range")
    if len(days) > 1 and re.search(r"đến|tới|-", joints) and "," not in joints:
        if re.search(r"(?:đến|tới) trước", text):
            return Said(days[-1], "before", recurrence)
        if op == "before":
            return Said(days[0], "before", recurrence)  # "trước dịp 30/4 - 01/5"
        return Said(f"{days[0]}/{days[-1]}", "within", recurrence, "range")
    return Said(",".join(dated(day + ahead, time) for day in days), op or "on", recurrence, loose=bare)


def _all_meant(count: str | None, op: str | None, days: list[str]) -> bool:
    """ "Trong 2 ngày 05 và 06/3", "trong các ngày 10, 11, 12/9": as long as all of them together."""
    if count is None or count in ("các", "những"):
        return (
            count is not None and op in ("within", "by") and len({day[:-2] for day in days}) == 1 < len(days)
        )
    return w.number(count) == len(days)


@FORMS.form(
    "date",
    rf"(?<![\w/.-]){w.OP}{w.AT}ngày (?P<d>\d{{1,2}}) (?:của )?(?:các )?tháng "
    rf"(?P<months>\d{{1,2}}(?:(?:\s*,|\s+và) (?:tháng )?\d{{1,2}}){{1,5}})"
    rf"(?!\s?[/.-]?\d| (?:tháng|ngày|tuần|lần))(?: năm (?P<year>{w.YEAR}))?(?P<tail>{w.YEAR_TAIL})?",
)
def _in_months(found: re.Match[str]) -> Said:
    """ "Ngày 20 các tháng 3, 6, 9 và 12": the same day of several months, each year unless one is said."""
    year = checked_year(found["year"]) if found["year"] else None
    days = [spell_day(int(found["d"]), int(month), year) for month in re.findall(r"\d+", found["months"])]
    every = {2: "twice_yearly", 4: "quarterly"}.get(len(days), "yearly")
    return Said(",".join(days), w.op_of(found["op"]) or "on", "none" if year else every)


_DAY = r"(?:ngày (?:m[ùồ]ng )?|m[ùồ]ng )"


@FORMS.form(
    "day",
    rf"(?<![\w/.-]){w.OP}{w.AT}{_DAY}(?P<d>\d{{1,2}}(?:(?:\s*,| và| hoặc) \d{{1,2}}){{1,3}}"
    rf"|\d{{1,2}}\s*(?:-|đến)\s*(?:ngày )?\d{{1,2}})(?P<tail>{w.EACH})",
)
@FORMS.form(
    "day",
    rf"(?<![\w/.-]){w.OP}{w.AT}{_DAY}(?P<d>\d{{1,2}}(?:(?:\s*,| và| hoặc) (?:trước )?ngày \d{{1,2}}){{0,3}})"
    rf"(?!\w|\s?[/-]\s?\d|\.\d| tháng \d| ngày| tết|: (?:thứ|chủ|ngày))(?P<tail>{MONTH_TAIL})?",
)
def _day(found: re.Match[str]) -> Said | None:
    """A day of the month alone: "trước ngày 15 hằng tháng", "ngày 20 của tháng cuối quý", "24h00 ngày 14"."""
    op, tail = w.op_of(found["op"]), w.plain(found["tail"] or "")
    days = [int(day) for day in re.findall(r"\d+", found["d"])]
    if re.search(r"-|đến", found["d"]):
        op, days = "by", days[-1:]  # "từ ngày 10 đến 15 hằng tháng" ends on the 15th
    if impossible := next((day for day in days if not 1 <= day <= 31), None):
        if op is None:
            return None
        raise Impossible("Không có ngày {said} trong lịch; đề nghị hỏi lại nơi ban hành.", said=impossible)
    scope, recurrence = read_month(tail)
    sign = "<" if op == "before" and not found["time"] else "="
    spelled = [f"day{sign}{day}" if scope == "m" else day_in(scope, day) for day in days]
    value = ",".join(dated(one, found["time"]) for one in spelled)
    return Said(value, op or "on", recurrence, loose=not (found["op"] or found["time"] or tail))


def weekday_number(words: str) -> int:
    """Monday is 1, Sunday 7."""
    word = words.split()[-1]
    return 7 if word == "nhật" else w.WEEKDAYS.get(word) or int(word) - 1


_PLACE = r"(?:áp|kế) (?:chót|cuối)(?: cùng)?|cuối cùng|cuối|đầu tiên|đầu"
_MONTH_HERE = w.compiled(MONTH)
_WITHIN = (
    rf"(?:(?:của|trong) )?(?P<period>{MONTH}|kỳ(?: báo cáo)?(?! (?:học|thi|họp|nghỉ))"
    rf"|(?:tuần|tháng|quý) trước(?!\w)|{PERIOD})"
    rf"(?P<tail>{w.YEAR_TAIL})?"
)


@FORMS.form(
    "special-day",
    rf"{w.OP}{w.AT}ngày (?P<work>làm việc )?"
    rf"(?P<which>{_PLACE}|(?<=việc\x20)thứ {w.NUMBER}|thứ (?:[89]|\d{{2,3}})"
    rf"|thứ {w.NUMBER}(?= của (?!tuần))) {_WITHIN}",
)
def _special_day(found: re.Match[str]) -> Said | None:
    """ "Ngày làm việc thứ 3 của tháng", "ngày cuối cùng của quý"."""
    place = _place(found["which"])
    if place == 0:
        return Said()
    point = f"wd{place}" if found["work"] else {-1: "last", 1: "first"}.get(place, str(place))
    return _in_whole(found, point)


@FORMS.form(
    "special-day",
    rf"{w.OP}{w.AT}(?:ngày )?(?P<wd>{w.WEEKDAY}),? (?:(?:của )?tuần )?"
    rf"(?P<which>{_PLACE}|thứ {w.NUMBER}) {_WITHIN}",
)
def _special_weekday(found: re.Match[str]) -> Said | None:
    """ "Thứ Sáu cuối cùng của tháng", "thứ Hai tuần đầu tiên của tháng 10"."""
    return _in_whole(found, f"d{weekday_number(found['wd'])}.{_place(found['which'])}")


@FORMS.form(
    "special-day",
    rf"{w.OP}(?P<n>{w.NUMBER}) ngày (?P<work>làm việc )?"
    rf"(?:đầu(?: tiên)?|(?P<end>cuối(?: cùng)?)) {_WITHIN}",
)
def _first_days(found: re.Match[str]) -> Said | None:
    """ "Trong 05 ngày làm việc đầu tiên của tháng": at latest the fifth of them; of the last ones the last."""
    last = "wd-1" if found["work"] else "last"
    return _in_whole(
        found, last if found["end"] else ("wd" if found["work"] else "") + str(w.number(found["n"])), "by"
    )


@FORMS.form(
    "special-day",
    rf"{w.OP}(?:(?P<n>{w.NUMBER}) )?tuần "
    rf"(?P<which>{_PLACE}|thứ nhất|(?:thứ )?{w.NUMBER}),? {_WITHIN}",
)
def _week_of(found: re.Match[str]) -> Said | None:
    """Weeks of a month are seven days each (BLDS 146 khoản 1), the last one ends with the month."""
    if found["period"].startswith("năm") and _place(found["which"]) > 1:
        return Said()  # "tuần 40 năm 2026": offices number them in more than one way
    place = _place(found["which"]) * (w.number(found["n"]) if found["n"] else 1)
    if place == -2 and not found["n"]:
        return Said()  # nor do they say where the last week but one begins
    return _in_whole(found, "last" if place < 0 else str(7 * place), "by")


def _place(words: str) -> int:
    which = w.plain(words)
    if re.search("cuối|chót", which):
        return -2 if re.match("áp|kế", which) else -1
    return 1 if re.search("đầu|nhất", which) else w.number(which.removeprefix("thứ "))


def _in_whole(found: re.Match[str], point: str, default: str = "on") -> Said | None:
    """A point of the period that the words name: "của tháng", "hằng quý", "của tháng đầu quý", "tháng 8/2026"."""
    words = w.plain(found["period"])
    if words.startswith("kỳ"):  # of the reporting period only the last month is known
        return (
            Said(f"p:{point}", w.op_of(found["op"]) or default, "periodic")
            if point in ("last", "wd-1")
            else None
        )
    value, recurrence = read_month(words) if _MONTH_HERE.match(words) else read_period(words)
    if recurrence == "none":
        recurrence = w.UNIT_RECURRENCE.get(value, "none")
    time = found["time"] if "time" in found.re.groupindex else None
    return Said(dated(f"{value}:{point}", time), w.op_of(found["op"]) or default, recurrence)


@FORMS.form(
    "weekday",
    rf"{w.OP}(?:(?P<time>{w.TIME})[\s,(]{{0,3}}(?:ngày )?)?(?:{w.WEEKDAY} (?:đến|-) (?:hết )?)?"
    rf"(?<!việc\x20)(?P<wd>{w.WEEKDAY})(?! (?:đầu tiên|cuối cùng))"
    rf"(?P<tail>{w.EACH}| (?:của )?tuần (?:{w.NEXT}|{w.THIS}|trước))?",
)
def _weekday(found: re.Match[str]) -> Said:
    day, tail = weekday_number(found["wd"]), w.plain(found["tail"] or "")
    ahead = "+1" if re.search(w.NEXT, tail) else ""
    weekly = "weekly" if re.search(r"hằng|mỗi|trước", tail) else "none"  # next week's plan, this Friday
    op = "by" if re.search(r"đến|-", found[0]) else w.op_of(found["op"])
    return Said(dated(f"w{ahead}:{day}", found["time"]), op or "on", weekly, loose=not tail)


@FORMS.form(
    "weekday",
    rf"(?:hằng|mỗi) tuần[\s,:(]{{1,3}}{w.OP}(?:(?:(?P<time>{w.TIME})|chiều|sáng)[\s,(]{{1,3}})?(?:ngày )?"
    rf"(?P<wd>{w.WEEKDAY})",
)
def _weekly(found: re.Match[str]) -> Said | None:
    """ "hằng tuần, vào thứ Sáu"; without such a word the weekday may be that of a meeting."""
    if not found["op"]:
        return None
    value = dated(f"w:{weekday_number(found['wd'])}", found["time"])
    return Said(value, w.op_of(found["op"]) or "on", "weekly")


@FORMS.form(
    "daily",
    rf"{w.OP}(?:(?P<time>{w.TIME})|cuối(?: giờ)?)[\s,]{{0,2}}(?: (?:của|các))? (?:hằng|mỗi|từng) ngày\b",
)
@FORMS.form("daily", rf"{w.OP}(?:hằng|mỗi) ngày[\s,:(]{{1,3}}(?:{w.OP_WORD} ){{0,2}}(?P<time>{w.TIME})")
def _daily(found: re.Match[str]) -> Said:
    """An hour of every day; how often a duty comes is told by its repetition, so only a phrase is read so."""
    time = found.groupdict().get("time")
    return Said(dated("d", time), w.op_of(found["op"]) or "on", "daily", loose=True)
