"""How days, periods and clauses are said to people, in Vietnamese."""

import re
from datetime import date

from domain.period import BadPeriod, Period, period
from domain.workdays import WEEKDAYS

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def say_day(day: date) -> str:
    """14/02/2023."""
    return f"{day:%d/%m/%Y}"


def say_weekday(day: date) -> str:
    """thứ Ba, 14/02/2023."""
    return f"{WEEKDAYS[day.weekday()]}, {say_day(day)}"


def say_period(key: str) -> str:
    """tháng 02/2023, quý I/2023, năm học 2022–2023, tháng 02/2023 (lần 2); nothing for a duty done once."""
    key, _, time = key.partition("#")
    if time:
        return f"{say_period(key)} (lần {time})"
    try:
        return _named(period(key))
    except BadPeriod:
        return ""


def _named(found: Period) -> str:
    key, first, last = found.key, found.first, found.last
    match found.unit:
        case "day":
            return f"ngày {say_day(first)}"
        case "week":
            return f"tuần từ {say_day(first)} đến {say_day(last)}"
        case "month":
            return f"tháng {first:%m/%Y}"
        case "quarter":
            return f"quý {_ROMAN[key[-1]]}/{first.year}"
        case "half":
            return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}"
        case "year":
            return f"năm {first.year}"
        case "semester":
            return f"học kỳ {_ROMAN[key[2]]} {say_period(key[4:])}"
        case "school_year":
            return f"năm học {first.year}–{last.year}"


def say_clause(clause: str) -> str:
    """mục III.2 for the reading's `III.2#1`; nothing where the passage has no number of its own."""
    place = clause.partition("#")[0].strip()
    if place.startswith("Điều"):
        return place
    return f"mục {place}" if re.match(r"[IVXLC]+\b|\d", place) else ""


def say_lateness(due_on: date, late: int, today: date) -> str:
    """Where today stands to a deadline; `late` counts working days after it, negative before it.

    In the days off that follow a deadline nothing is late by a working day yet, and nothing is in time.
    """
    if due_on == today:
        return "hạn hôm nay"
    if due_on < today:
        return f"quá hạn {late} ngày làm việc" if late > 0 else "vừa hết hạn"
    return f"còn {-late} ngày làm việc" if late < 0 else "hạn vào ngày nghỉ tới"
