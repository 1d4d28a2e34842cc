"""A weekday written beside a date that falls on another: "15/11/2026 (thứ Hai)" is a Sunday."""

from collections.abc import Iterator
from datetime import date

from domain.sentence import Sentence
from domain.times.dates import Impossible, read_dates
from domain.times.days import weekday_number
from domain.times.words import DAY_MONTH, WEEKDAY, compiled, fold, plain
from domain.wording import say_day
from domain.workdays import WEEKDAYS

_BESIDE = compiled(
    rf"(?:(?P<before>{WEEKDAY})[\s,(]{{1,3}}(?:ngày )?(?P<date>{DAY_MONTH})"
    rf"|(?P<day>{DAY_MONTH})[\s,]{{0,2}}\((?:tức )?(?:ngày )?(?P<after>{WEEKDAY})\))"
)


def clashes(text: str, year: int) -> Iterator[str]:
    """What to ask about each such date; `year` is that of dates without one. `text` must be NFC."""
    for found in _BESIDE.finditer(fold(text)):
        weekday, said = plain(found["before"] or found["after"]), found["date"] or found["day"]
        try:
            [day] = [date.fromisoformat(one.replace("--", f"{year}-")) for one in read_dates(said)]
        except (Impossible, ValueError):
            continue
        if day.isoweekday() != (number := weekday_number(weekday)):
            yield Sentence(
                "Văn bản ghi {weekday}, nhưng ngày {day} là {actual}; đề nghị kiểm tra lại.",
                weekday=WEEKDAYS[number - 1], day=say_day(day), actual=WEEKDAYS[day.weekday()],
            )  # fmt: skip
