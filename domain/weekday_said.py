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


def clashes(text: str, answered: date) -> Iterator[str]:
    """What to ask about each such date; one without a year lies nearest to the day `answered`. `text` must be NFC."""
    for found in _BESIDE.finditer(fold(text)):
        weekday, said = plain(found["before"] or found["after"]), found["date"] or found["day"]
        try:
            [day] = [_nearest(one, answered) for one in read_dates(said)]
        except (Impossible, ValueError):
            continue
        if day.isoweekday() != (number := weekday_number(weekday)):
            yield Sentence(
                "Văn bản ghi {weekday}, nhưng ngày {day} là {actual}; đề nghị kiểm tra lại.",
                weekday=WEEKDAYS[number - 1], day=say_day(day), actual=WEEKDAYS[day.weekday()],
            )  # fmt: skip


def _nearest(spelled: str, to: date) -> date:
    """Raises ValueError where the year answered lacks 29/02, of which the years beside it tell nothing."""
    years = (to.year,) if spelled == "--02-29" else (to.year, to.year + 1, to.year - 1)
    return min(
        (date.fromisoformat(spelled.replace("--", f"{year}-")) for year in years),
        key=lambda day: abs(day - to),
    )
