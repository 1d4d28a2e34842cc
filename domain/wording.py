"""How days, periods and clauses are said to people, in Vietnamese."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from domain.period import BadPeriod, Period, period
from domain.sentence import Sentence, joined
from domain.workdays import WEEKDAYS

DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PLACES = {**{roman.casefold(): place for place, roman in _ROMAN.items()}, "đầu": "1", "cuối": "2"}
_PERIODS = (
    (r"(?:tháng )?(\d{1,2})(?:/| năm )(\d{4})", "{1}-{0:0>2}"),
    (r"quý (i{1,3}|iv|[1-4])(?:/| năm )(\d{4})", "{1}-Q{0}"),
    (r"6 tháng (đầu|cuối) năm (\d{4})", "{1}-H{0}"),
    (r"năm (\d{4})", "{0}"),
    (r"năm học (\d{4})[–-](\d{4})", "NH{0}-{1}"),
    (r"học kỳ (ii?|[12]),? năm học (\d{4})[–-](\d{4})", "HK{0}-NH{1}-{2}"),
)
"""Periods in people's words, with the keys they have."""
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def say_day(day: date) -> str:
    """14/02/2023."""
    return f"{day:%d/%m/%Y}"


def read_day(typed: str, forms: Sequence[str] = DAY_FORMS) -> date | None:
    """A day as somebody wrote it; None for what is no day."""
    for form in forms:
        try:
            return datetime.strptime(typed.strip(), form).date()
        except ValueError:
            continue
    return None


def read_period(typed: str) -> Period | None:
    """A period as somebody wrote it ("02/2026", "quý III/2026") or by its key; None for what is no period."""
    said = " ".join(typed.casefold().split())
    keys = (
        key.format(*(_PLACES.get(one, one) for one in found.groups()))
        for words, key in _PERIODS
        if (found := re.fullmatch(words, said))
    )
    try:
        return period(next(keys, typed.strip()))
    except BadPeriod:
        return None


def say_weekday(day: date) -> str:
    """thứ Ba, 14/02/2023."""
    return joined(", ", (WEEKDAYS[day.weekday()], say_day(day)))


def say_period(key: str) -> str:
    """tháng 02/2023, quý I/2023, năm học 2022–2023, tháng 02/2023 (lần 2), đợt 2, ngày 30/06/2023; nothing for a duty
    done once."""
    key, _, time = key.partition("#")
    if time and _A_DAY.fullmatch(key):
        return Sentence("đợt {time}, {period}", period=say_period(key), time=time)
    if time:
        return Sentence("{period} (lần {time})", period=say_period(key), time=time)
    try:
        return _named(period(key))
    except BadPeriod:
        return ""


def _named(found: Period) -> str:
    key, first, last = found.key, found.first, found.last
    match found.unit:
        case "day":
            return Sentence("ngày {day}", day=say_day(first))
        case "week":
            return Sentence("tuần từ {first} đến {last}", first=say_day(first), last=say_day(last))
        case "month":
            return Sentence("tháng {month}", month=f"{first:%m/%Y}")
        case "quarter":
            return Sentence("quý {roman}/{year}", roman=_ROMAN[key[-1]], year=first.year)
        case "half":
            if first.month == 1:
                return Sentence("6 tháng đầu năm {year}", year=first.year)
            return Sentence("6 tháng cuối năm {year}", year=first.year)
        case "year":
            return Sentence("năm {year}", year=first.year)
        case "semester":
            return Sentence("học kỳ {roman} {period}", roman=_ROMAN[key[2]], period=say_period(key[4:]))
        case "school_year":
            return Sentence("năm học {first}–{last}", first=first.year, last=last.year)


def say_clause(clause: str) -> str:
    """mục III.2 for the reading's `III.2#1`; nothing where the passage has no number of its own."""
    place = clause.partition("#")[0].strip()
    if place.startswith("Điều"):
        return place
    return Sentence("mục {place}", place=place) if re.match(r"[IVXLC]+\b|\d", place) else ""


def say_lateness(due_on: date, late: int, today: date) -> str:
    """Where today stands to a deadline; `late` counts working days after it, negative before it.

    In the days off that follow a deadline nothing is late by a working day yet, and nothing is in time.
    """
    if due_on == today:
        return Sentence("hạn hôm nay")
    if due_on < today:
        return Sentence("quá hạn {days} ngày làm việc", days=late) if late > 0 else Sentence("vừa hết hạn")
    return Sentence("còn {days} ngày làm việc", days=-late) if late < 0 else Sentence("hạn vào ngày nghỉ tới")
