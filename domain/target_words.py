"""From a figure read in a directive (`domain.draft.Target`) to a target of the ledger."""

import re
from datetime import date

from domain.draft import Target as Read
from domain.folding import fold
from domain.measure import Measure
from domain.period import Unit, containing
from domain.target import Aim

GROWTH = ("them", "cong nhan moi")
"""Words right before a figure that ask for more than there is: "nhân rộng thêm 03 trường"."""
_YEAR = re.compile(
    r"(?:(?:\A|[\s,]+)(?:đến|trong|vào|hết|cuối|của))*(?:\A|[\s,]+)năm (?:học )?\d{4}(?:\s?[-–]\s?\d{4})?\s*\Z",
    re.IGNORECASE,
)
"""The year a figure is for, at the end of its words: next year's document speaks of the same measure."""


def measure_of(read: Read, fallback: str) -> Measure:
    """The measure a reading speaks of, under a code made of its words; a rate and a count of the same thing are
    two measures. Where the reader found no words for it, it is a measure of its own called `fallback`: two
    nameless figures are not the same thing."""
    unit = read.unit.partition("/")[0].strip()
    metric = _YEAR.sub("", read.metric)
    words = fold(metric).replace(" ", "-")[:60].strip("-") or fallback
    code = f"ty-le-{words}" if unit == "%" else words
    name = metric if fold(metric) else f"{read.text} (chưa đặt tên)"
    return Measure(code=code, name=name, unit=unit, definition=name)


def aim_of(read: Read, quote: str) -> Aim:
    """Only what the words before the figure and its unit say. A level is what remains: "duy trì 25 trường" is at
    least 25."""
    before, _, _ = quote.partition(read.text)
    figure = re.search(r"[0-9]", read.text)
    said = fold(f"{before} {read.text[: figure.start()] if figure else ''}")
    if read.unit != "%" and any(f" {said}".endswith(f" {words}") for words in GROWTH):
        return Aim.GROW
    return Aim.CUMULATIVE if "/" in read.unit else Aim.LEVEL


def bounds_of(read: Read) -> tuple[str, str, str]:
    """Comparator, value, upper value. "50-55" is a range, "13/13" all thirteen; a plain count is at least that
    many: nobody has failed with one school more."""
    value = str(read.value)
    if read.comparator == "range":
        low, _, high = value.partition("-")
        return "range", low, high
    at_least = read.comparator == "=" and read.unit != "%"
    return ">=" if at_least else read.comparator, value.partition("/")[0], ""


def span_of(read: Read, dated: date, latest: date | None) -> tuple[date, date | None]:
    """The days whose figures count: from the start of the year, or school year where the words say so, in which
    the directive was written; to its deadline, or to the end of that year for so much a year."""
    unit: Unit = "school_year" if "nam hoc" in fold(f"{read.unit} {read.text}") else "year"
    year = containing(unit, dated)
    return year.first, latest or (year.last if "/" in read.unit else None)
