"""Which month the words after a day name: "của tháng cuối quý", "tháng thứ ba kể từ ngày kết thúc năm"."""

import re

from domain.period import month_end, period
from domain.times import words as w
from domain.times.dates import read_period
from domain.times.spans import PERIOD

_PLACE = r"(?:đầu(?: tiên)?|giữa|cuối(?: cùng)?|thứ (?:nhất|hai|ba|[123]))"
_AFTER_END = (
    rf"tháng (?:đầu(?: tiên)?|thứ (?P<nth>nhất|{w.NUMBER})) (?:(?:(?:kể |tính )?từ|sau)(?: (?:khi|ngày|thời điểm))?)"
    rf" (?:kết thúc|hết) (?P<ended>(?!tuần|hằng|mỗi){PERIOD}|kỳ(?: báo cáo)?)"
)
_AFTER_END_HERE = w.compiled(_AFTER_END)
MONTH = rf"(?:{_AFTER_END}|tháng {_PLACE}(?: của)?(?: (?:mỗi|từng|hằng))? quý(?: {w.NEXT})?)"
MONTH_TAIL = (
    rf"{w.EACH}| (?:của )?{_AFTER_END}"
    rf"| (?:(?:của|trong) )?(?:các )?tháng(?!\s*\d)(?!\w)(?: (?:{w.NEXT}|{w.THIS}|trước))?"
    r"(?: (?:đầu(?: tiên)?|giữa|cuối(?: cùng)?)"
    r"(?!\w| tiên| cùng| (?:của |thuộc )?(?:(?:mỗi|từng|hằng) )?(?:quý|kỳ|học|năm))"
    rf"| (?:{_PLACE})?(?: (?:của|thuộc))?"
    rf"(?: (?:mỗi|từng|hằng))?\s*(?:quý|(?:học )?kỳ(?: báo cáo)?|năm)(?: (?:{w.NEXT}|{w.THIS}))?)?{w.EACH}?"
)


def read_month(words: str) -> tuple[str, str]:
    """The month as `domain.moment` spells it, and how often it comes."""
    if after := _AFTER_END_HERE.search(words):
        nth = after["nth"] or "nhất"
        return _after_end(w.plain(after["ended"]), 1 if nth == "nhất" else w.number(nth.lstrip("0")))
    if "kỳ" in words and "quý" not in words and re.search(r"đầu|cuối|thứ", words):
        return "p", "semester" if "học kỳ" in words else "periodic"
    words = words.replace("thuộc kỳ báo cáo", "")
    ahead = bool(re.search(w.NEXT, words))
    if ahead and "kỳ" in words:
        return "p+1", "periodic"
    if "quý" in words or re.search(r"tháng (?:đầu|giữa|cuối)(?: tiên| cùng)?$", words):
        if re.search(rf"tháng {w.NEXT}", words):
            return "q.4", "quarterly"
        place = (
            1 if re.search(r"đầu|nhất|thứ 1", words) else 2 if re.search(r"giữa|thứ (?:hai|2)", words) else 3
        )
        return f"q.{place + 3 * ahead}", "quarterly"
    if re.search(r"(?:đầu|cuối).*năm", words):
        month = "01" if "đầu" in words else "12"
        return (f"y+1.{month}", "none") if ahead else (f"--{month}", "yearly")
    if ahead:
        return "m+1", "monthly" if re.search(r"hằng|mỗi|của tháng (?:kế|liền)", words) else "none"
    return "m", "none" if not words or re.search(r"này|nay|đó", words) else "monthly"


def _after_end(ended: str, nth: int) -> tuple[str, str]:
    """The n-th month after the end of a period, counted within the period's own scope: "q.5" of a quarter."""
    value = "p" if ended.startswith("kỳ") else re.split("[,/]", read_period(ended)[0])[-1]
    if value[0] == "2":
        return f"{month_end(period(value).last, nth):%Y-%m}", "none"
    if value[0] == "-":
        months = {"Q": 3, "H": 6}.get(value[2], 1) * int(re.sub(r"\D", "", value[2:4]))
        return f"y.{months + nth}", "none"
    return {"m": f"m+{nth}", "q": f"q.{3 + nth}", "y": f"y.{12 + nth}", "p": f"p+{nth}"}[value[0]], {
        "p": "periodic",
        **w.UNIT_RECURRENCE,
    }[value[0]]


def day_in(month: str, day: int) -> str:
    return f"{month}-{day:02d}" if month.startswith("--") else f"{month}:{day}"
