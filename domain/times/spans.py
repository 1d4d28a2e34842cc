"""Stretches of time: months, quarters, halves, years, school years, and their first, middle and last days."""

import re

from domain.period import period
from domain.times import words as w
from domain.times.dates import Impossible, checked_year, part_of_year, read_period
from domain.times.form import Forms, Said

FORMS = Forms()

_SCHOOL_YEAR = r"(?P<a>\d{4})\s*-?\s*(?P<b>\d{4})"
_AFTER = w.compiled(r"\bsau khi $")
_POINT_OF = r"(?P<point>đầu|giữa|(?:ngày (?P<work>làm việc )?)?cuối(?: cùng)?(?: của)?|kết thúc|hết)"
_END_OF = r"(?P<end>(?:khi|ngày) (?=kết thúc|hết))"
_AND = r"\s*(?:-|,|và|hoặc|đến)\s*"
PERIOD = (
    r"(?:(?:hằng|mỗi) (?:tháng|quý|năm|tuần)\b"
    rf"|(?:0?[1-9]|1[01]|hai|ba|sáu|chín) (?:tháng|quý) (?:đầu|cuối) (?:của )?năm(?: {w.YEAR})?"
    rf"|tháng {w.MONTH_WORD}(?! lần|\w)(?:{_AND}(?:tháng )?{w.MONTH_WORD}(?!\w)){{0,2}}{w.OF_YEAR}?{w.EACH}?"
    rf"|quý\s*{w.QUARTER}(?:{_AND}(?:quý )?{w.QUARTER}){{0,3}}(?:{w.OF_YEAR}|-{w.YEAR})?{w.EACH}?"
    rf"|năm {w.YEAR}(?!\s*-\s*\d)"
    r"|(?:tháng|quý|năm(?! (?:ngày|tháng|tuần|giờ|phút)\b)|tuần)"
    rf"(?: (?:{w.NEXT}|{w.THIS}))?(?! học| đầu(?: tiên)? sau| trước\s*(?:$|[.,;)])|\w|\s*\d))"
)


@FORMS.form("vision", r"\b(?:định hướng|tầm nhìn)(?: (?:đến|tới))?(?: năm)? \d{4}")
def _vision(_: re.Match[str]) -> Said:
    """ "Tầm nhìn đến năm 2045": a horizon in a title, no deadline."""
    return Said()


@FORMS.form(
    "half-year",
    rf"{w.OP}(?:(?P<n>{w.NUMBER}|các|những|mấy) )?(?P<unit>tháng|quý) "
    rf"(?:(?P<part>đầu|cuối)(?: (?:của )?năm)?|(?:của )?năm(?= {w.YEAR}))"
    rf"(?: (?P<year>{w.YEAR})|(?P<tail>{w.YEAR_TAIL}))?",
)
def _part_of_year(found: re.Match[str]) -> Said | None:
    """ "6 tháng đầu năm", "quý cuối năm 2026"; "hết 9 tháng năm 2026" is its first nine.

    "Báo cáo 9 tháng năm 2026" in a text names a report.
    """
    last = found["part"] == "cuối"
    some = found["n"] in ("các", "những", "mấy")
    if some and not last:
        return Said()  # nobody says how many
    months = (1 if some else w.number(found["n"] or "1")) * (3 if found["unit"] == "quý" else 1)
    if not 1 <= months <= 11 or (
        months not in (6, 9) and not re.search(r"(?:đầu|cuối) (?:của )?năm", found[0])
    ):
        return None
    value = part_of_year(months, found["year"], last=last)
    every = "yearly" if re.search(r"hằng|mỗi", found["tail"] or "") else "none"
    op = w.op_of(found["op"])
    named = op is None and not found["part"]
    return Said(value, op or ("within" if months == 6 else "by"), every, loose=named)


_MONTH_PLACE = r"(?:đầu(?: tiên)?|giữa|cuối(?: cùng)?|thứ (?:nhất|hai|ba|[123]))"


@FORMS.form(
    "period",
    rf"{w.OP}tháng (?P<place>{_MONTH_PLACE})(?: của)? quý\s*(?P<quarter>{w.QUARTER})(?P<year>{w.OF_YEAR}|-{w.YEAR})?",
)
def _month_of_quarter(found: re.Match[str]) -> Said:
    """ "Tháng đầu quý III", "tháng cuối cùng của quý IV/2026"."""
    place = (
        1
        if re.search(r"đầu|nhất|1", found["place"])
        else 2
        if re.search(r"giữa|hai|2", found["place"])
        else 3
    )
    month = 3 * (w.ordinal(found["quarter"]) - 1) + place
    return Said(read_period(f"tháng {month}{found['year'] or ''}")[0], w.op_of(found["op"]) or "within")


_OF_SCHOOL_YEAR = rf"(?:[\s,/]+(?:của )?(?:năm học )?{_SCHOOL_YEAR})?"
SCHOOL_END = (
    r"(?:ngày |khi )?(?:kết thúc|hết) (?:học kỳ (?P<semester>ii|i|1|2|hai|một)(?!\w)|năm học(?=\W|$))"
    + _OF_SCHOOL_YEAR
)


def school_value(found: re.Match[str]) -> str:
    """The school year or semester named, by the groups a, b and semester: `NH2025-2026`, `HK1-NH`.

    Raises Impossible where the two years do not follow each other.
    """
    half, value = found.groupdict().get("semester"), "NH"
    if found["a"]:
        if int(found["b"]) != checked_year(found["a"]) + 1:
            raise Impossible("Không có năm học {a}-{b}.", a=found["a"], b=found["b"])
        value = f"NH{found['a']}-{found['b']}"
    return f"HK{1 if half in ('i', '1', 'một') else 2}-{value}" if half else value


@FORMS.form(
    "school",
    rf"{w.OP}{_END_OF}?(?:{_POINT_OF} )?học kỳ (?P<semester>ii|i|1|2|hai|một)(?!\w)"
    rf"{_OF_SCHOOL_YEAR}",
)
@FORMS.form(
    "school",
    rf"{w.OP}{_END_OF}?(?:{_POINT_OF} )?năm học(?P<new> mới)?(?: {_SCHOOL_YEAR})?",
)
def _school(found: re.Match[str]) -> Said | None:
    """School years and semesters; their last days are data of the calendar (domain.workdays.SchoolYear).

    "Trước khi kết thúc" still leaves the last day, which ends at 24:00 (BLDS 148.6); "trước ngày kết thúc" does not.
    """
    point, op = found["point"] or "", w.op_of(found["op"])
    if op == "before" and found["end"] and found["end"].startswith("khi"):
        op = "by"
    if op == "start" or _AFTER.search(found.string, 0, found.start()):
        return Said(pattern="start")
    if (
        point in ("đầu", "giữa")
        or (op == "before" and not point)
        or (found.groupdict().get("new") and not found["a"])
    ):
        return Said()  # no law says on which day a school year begins
    if not op and not point and found["a"] and int(found["b"]) != int(found["a"]) + 1:
        return Said()  # "các năm học 2024-2027": several, and no deadline
    return Said(
        school_value(found) + (":wd-1" if found["work"] else ""),
        op or ("by" if point else "within"),
        loose=not found["a"] and not point and op in (None, "within"),
    )


@FORMS.form("open-years", rf"{w.OP}\bnăm (?P<a>[12]\d{{3}}) và (?:các|những) năm (?:tiếp theo|sau|kế tiếp)")
def _open_years(found: re.Match[str]) -> Said:
    return Said(f"{found['a']}/..", "within")


@FORMS.form(
    "years",
    r"\b(?:giai đoạn|thời kỳ|nhiệm kỳ|lộ trình|từ(?= năm)|(?:các )?năm(?= \d)) (?:từ )?(?:năm )?"
    r"(?P<a>[12]\d{3})\s*(?:-|đến)\s*(?:năm )?(?P<b>[12]\d{3})(?!\d)",
)
def _years(found: re.Match[str]) -> Said:
    return Said(f"{found['a']}/{found['b']}", "within")


@FORMS.form(
    "period-range",
    rf"{w.OP}(?P<a>tháng {w.MONTH_WORD}{w.OF_YEAR}|quý\s*{w.QUARTER}{w.OF_YEAR})"
    rf"\s*(?:-|đến(?: hết)?|tới|(?P<and>,|và|hoặc))\s*"
    rf"(?P<b>(?:tháng |quý )?(?:{w.MONTH_WORD}|{w.QUARTER}){w.OF_YEAR})",
)
def _period_range(found: re.Match[str]) -> Said:
    """ "Tháng 9/2025 - 5/2026", "từ quý IV/2025 đến quý I/2026"; "quý IV/2025 và quý I/2026", which follow each
    other, are one stretch too."""
    first, last = w.plain(found["a"]), w.plain(found["b"])
    unit = first[: 5 if first.startswith("tháng") else 3]
    last = last if last.startswith(unit) else f"{unit} {last}"
    a, b = read_period(first)[0], read_period(last)[0]
    apart = found["and"] and not (a[0] == b[0] == "2" and period(a).next == period(b))
    op = w.op_of(found["op"])
    return Said(f"{a},{b}" if apart else f"{a}/{b}", "within" if op == "start" else op or "within")


@FORMS.form("period", rf"{w.OP}quý\s*(?:v|vi{{1,3}}|[05-9])(?!\w)")
def _no_quarter(found: re.Match[str]) -> Said:
    raise Impossible("Một năm chỉ có bốn quý: “{words}”.", words=w.plain(found[0]))


_POINTS = {
    "đầu": "first", "giữa": "middle", "cuối": "last",
    "ngày kết thúc": "last", "ngày hết": "last",
    "nửa đầu": "middle", "nửa cuối": "last", "nửa sau": "last",
    "thượng tuần": "10", "trung tuần": "20", "hạ tuần": "last",
}  # fmt: skip


@FORMS.form(
    "point", rf"{w.OP}(?P<point>{'|'.join(_POINTS)}) (?:của )?(?P<period>{PERIOD})(?P<tail>{w.YEAR_TAIL})?"
)
def _point(found: re.Match[str]) -> Said | None:
    """BLDS 146 khoản 2, 3: đầu = first day, giữa tháng = the 15th, giữa năm = 30/6, cuối = last day."""
    value, recurrence = read_period(found["period"] + (found["tail"] or ""))
    op = w.op_of(found["op"])
    point = _POINTS[w.plain(found["point"])]
    bare = value[0] in "wmqy" and recurrence == "none"
    return Said(f"{value}:{point}", op or "by", recurrence, loose=bare and op not in ("before", "by"))


@FORMS.form("period", rf"{w.OP}(?P<period>{PERIOD})(?P<tail>{w.YEAR_TAIL})?")
def _period(found: re.Match[str]) -> Said | None:
    value, recurrence = read_period(found["period"] + (found["tail"] or ""))
    op = w.op_of(found["op"])
    op = None if op == "start" and "/" in value else op  # "từ tháng 8 đến tháng 10" has an end
    by_name = value[0] in "wmqy"
    if (
        by_name
        and op is None
        and recurrence == "none"
        and value in "wmqy"
        and not re.search(w.THIS, found[0])
    ):
        return None  # "năm" alone names a report, no time
    loose = by_name and recurrence == "none" and op not in ("before", "by")
    kind = "year-bare" if op is None and len(value) == 4 and value.isdigit() else ""
    return Said(value, op or "within", recurrence, kind, loose)
