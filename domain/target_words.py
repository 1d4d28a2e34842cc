"""From a figure read in a directive (`domain.draft.Target`) to a target of the ledger."""

from datetime import date

from domain.draft import Target as Read
from domain.folding import fold
from domain.measure import Measure
from domain.period import Unit, containing
from domain.target import Aim

GROWTH = ("nhan rong them", "tang them", "them", "cong nhan moi")
"""Words that ask for more than there is: "nhân rộng thêm 03 trường"."""


def measure_of(read: Read) -> Measure:
    """The measure a reading speaks of, under a code made of its words; a rate and a count of the same thing are
    two measures."""
    unit = read.unit.partition("/")[0].strip()
    words = fold(read.metric).replace(" ", "-")[:60].strip("-")
    code = f"ty-le-{words}" if unit == "%" else words
    return Measure(code=code, name=read.metric, unit=unit, definition=read.metric)


def aim_of(read: Read) -> Aim:
    """Only what the words themselves say. A level is what remains: "duy trì 25 trường" is at least 25."""
    said = f" {fold(f'{read.metric} {read.text}')} "
    if read.unit != "%" and any(f" {words} " in said for words in GROWTH):
        return Aim.GROW
    if "/" in read.unit:
        return Aim.CUMULATIVE
    return Aim.LEVEL


def bounds_of(read: Read) -> tuple[str, str, str]:
    """Comparator, value, upper value. "50-55" is a range, "13/13" all thirteen; keeping 25 is having 25 or more."""
    value = str(read.value)
    if read.comparator == "range":
        low, _, high = value.partition("-")
        return "range", low, high
    value = value.partition("/")[0]
    keeps = read.comparator == "=" and "duy tri" in fold(f"{read.metric} {read.text}")
    return (">=" if keeps or (read.comparator == "=" and read.unit != "%") else read.comparator), value, ""


def span_of(read: Read, dated: date, latest: date | None) -> tuple[date, date | None]:
    """The days whose figures count: from the start of the year, or school year where the words say so, in which
    the directive was written; to its deadline, or to the end of that year for so much a year."""
    unit: Unit = "school_year" if "nam hoc" in fold(f"{read.unit} {read.text}") else "year"
    year = containing(unit, dated)
    return year.first, latest or (year.last if "/" in read.unit else None)
