"""The day beside another: the working day after a feast, the next working day, today, tomorrow, the same day."""

import re

from domain.times import words as w
from domain.times.dates import TET
from domain.times.feasts import BREAK, DAYS_OFF, FEAST
from domain.times.form import Forms, Said
from domain.times.terms import day_of

FORMS = Forms()
_COUNTED = re.compile(rf"\b{w.NUMBER}\s+$")


@FORMS.form(
    "next-day",
    rf"{w.OP}ngày làm việc (?:(?:liền )?(?:kề )?|đầu tiên |cuối cùng |thứ (?P<n>{w.NUMBER}) )"
    rf"(?P<side>trước|sau|(?:tiếp theo|kế tiếp)(?: của| sau)?)"
    rf"(?: ngày)? (?:{BREAK}|lễ )?(?:{DAYS_OFF}|{FEAST}|{TET})",
)
def _beside(found: re.Match[str]) -> Said:
    """ "Ngày làm việc liền trước ngày 23/11/2026", "ngày làm việc đầu tiên sau Tết"."""
    sign, count = "-" if found["side"] == "trước" else "+", w.number(found["n"] or "1")
    return Said(f"{day_of(found, after=sign == '+')}{sign}{count}wd", "by")


@FORMS.form("next-day", rf"{w.OP}(?:trong )?ngày làm việc (?:{w.NEXT}|hôm sau)(?!\w)")
def _next_day(_: re.Match[str]) -> Said:
    return Said("event+1wd", "by")


@FORMS.form(
    "same-day",
    rf"{w.OP}(?P<time>(?:{w.TIME}|cuối giờ|cuối ngày)\s*,? )?"
    r"(?P<day>(?:ngày )?hôm nay|ngày (?:mai|kia|mốt)|(?:sáng|trưa|chiều|tối|đêm) (?:hôm nay|nay|mai)"
    rf"|(?:ngày )?hôm sau|ngày {w.NEXT})(?!\w)",
)
def _near_day(found: re.Match[str]) -> Said | None:
    day = found["day"]
    if _COUNTED.search(found.string, 0, found.start("day")):
        return None  # "năm ngày tới"
    ahead = 0 if day.endswith("nay") else 2 if day.endswith(("kia", "mốt")) else 1
    op = "on" if found["time"] else w.op_of(found["op"]) or "on"
    return Said(f"event+{ahead}d", op, loose=True)


@FORMS.form(
    "same-day", r"\b(?:ngay )?trong (?:ngày(?: nhận(?: được)?| làm việc(?! \w))?|hôm nay)(?! \d|\w| làm)"
)
def _same_day(_: re.Match[str]) -> Said:
    return Said("event+0d", "within", loose=True)
