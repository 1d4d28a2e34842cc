"""Feasts and the days off around them: "trước ngày Quốc khánh", "trước kỳ nghỉ lễ 30/4 và 01/5", Tết, Giỗ Tổ."""

import re

from domain.times import words as w
from domain.times.dates import FEASTS, TET, feast, read_dates, year_or_any
from domain.times.form import Forms, Said

FORMS = Forms()

FEAST = rf"(?P<feast>{FEASTS})(?!\w)(?: (?:năm )?(?P<feast_year>{w.YEAR}))?"
BREAK = r"(?:(?:kỳ|dịp|đợt) )?nghỉ (?:lễ )?"
DAYS_OFF = rf"(?P<date>{w.DAY_MONTH}(?:\s*(?:,|và|-)\s*(?:ngày )?{w.DAY_MONTH})?)"  # "30/4 và 01/5"


def feast_day(found: re.Match[str]) -> str:
    """The day of the groups of FEAST."""
    return year_or_any(found["feast_year"]) + feast(found["feast"])[1:]


@FORMS.form("holiday", rf"\btrước (?:khi )?{BREAK}(?:{FEAST}[\s,(-]*)?(?:ngày )?{DAYS_OFF}?")
def _before_holiday(found: re.Match[str]) -> Said | None:
    """ "Trước kỳ nghỉ lễ 30/4 và 01/5": the last day worked before it."""
    if not found["date"] and not found["feast"]:
        return None
    return Said(f"{read_dates(found['date'])[0] if found['date'] else feast_day(found)}-1wd", "by")


@FORMS.form("tet", rf"{w.OP}{TET}")
def _tet(found: re.Match[str]) -> Said | None:
    """Before the holiday is the last day worked before it: "trước kỳ nghỉ Tết"."""
    op = w.op_of(found["op"])
    if op is None:
        return Said()
    day = f"{year_or_any(found['tet_year'])}-tet"
    return Said(f"{day}-1wd", "by") if op == "before" and "nghỉ" in found["tet"] else Said(day, op)


@FORMS.form("tet", rf"{w.OP}(?:ngày |lễ |dịp )?giỗ tổ(?: hùng vương)?(?:[\s,-]+(?:năm )?(?P<year>{w.YEAR}))?")
def _hung_kings(found: re.Match[str]) -> Said | None:
    op = w.op_of(found["op"])
    return Said(f"{year_or_any(found['year'])}-gioto", op) if op else Said()


@FORMS.form(
    "named-day",
    rf"{w.OP}(?:(?:ngày|lễ|dịp|khi(?= khai giảng)) (?:lễ )?|(?=quốc khánh|tết dương lịch|khai giảng)){FEAST}"
    rf"(?:\s*[,(-]?\s*(?P<date>{w.DAY_MONTH}))?",
)
def _named_day(found: re.Match[str]) -> Said | None:
    """Only where an operator makes it a deadline: "chào mừng Ngày Nhà giáo" is none."""
    op = w.op_of(found["op"]) or ("on" if "vào" in found["op"] else None)
    if op is None and not found["date"]:
        return Said()
    day = read_dates(found["date"])[0] if found["date"] else feast_day(found)
    return Said(day, op) if op else Said(day, "on", pattern="date", loose=True)
