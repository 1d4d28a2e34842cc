"""Several days one order sets: "đợt 1 trước ngày 15/5, đợt 2 trước ngày 30/6", "sơ kết … , tổng kết …"."""

import re
from collections.abc import Callable

from domain.draft import Stage
from domain.stated import Stated
from intake.grammar import verbs
from intake.text import Source, fold
from intake.when import Due

_DAYS = ("date", "day", "period", "point", "range")
_EDGE = re.compile(
    rf"[;.:]\s+|[,;]\s*(?:và\s+)?(?=(?:đợt|lần|giai đoạn|kỳ)\s|(?:{verbs.ALL})\b)|\s+và\s+(?={verbs.ALL})"
)
_BARE = re.compile(r"(?:tháng|quý|năm)\b")
_THEN_YEARLY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:]+)?(?:,--\d{2}-\d{2})+$")
_YEAR = re.compile(r"\d{4}")


def stages_of(
    source: Source, found: list[Stated], due: Callable[[Stated], Due], start: int
) -> tuple[Stage, ...]:
    """The stages of an order whose words begin at `start`, in order of the text; () where it sets one day or none.

    Only days with a word that makes them one to keep ("trước", "chậm nhất", "trong") count, and only those that do
    not recur: two days of every year are a rhythm.
    """
    if once := next((s for s in found if _THEN_YEARLY.match(s.value or "")), None):
        return _then_yearly(source, once, due)
    days = [s for s in found if s.pattern in _DAYS and s.recurrence == "none" and _kept(s)]
    days = [
        s for s in days if not _YEAR.fullmatch(s.value or "")
    ] or days  # a year beside days names a programme
    if len({s.value for s in days}) < 2:
        return ()
    made: list[Stage] = []
    at = start
    for one in days:
        begin = max([at, *(m.end() for m in _EDGE.finditer(source.flat, at, one.start))])
        while source.plain[begin] in " ,;:\n\t":
            begin += 1
        words, last = source.say(begin, one.end), due(one).latest
        made.append(
            Stage(start=begin, end=one.end, text=words, deadline=one.value or "", deadline_latest=last)
        )
        at = one.end
    return tuple(made)


def _then_yearly(source: Source, one: Stated, due: Callable[[Stated], Due]) -> tuple[Stage, ...]:
    """ "Ngày 15/9/2023 và 15/12 hằng năm": once on a day, then every year on another, whose last day is open."""
    words = source.say(one.start, one.end)
    return tuple(
        Stage(
            start=one.start,
            end=one.end,
            text=words,
            deadline=day,
            deadline_latest=None if day.startswith("--") else due(one).latest,
        )
        for day in (one.value or "").split(",")
    )


def _kept(one: Stated) -> bool:
    value = one.value or ""
    if one.pattern == "period" and _BARE.match(fold(one.text)):
        return False  # "số liệu quý I/2025" is what is reported on
    if re.search(r",|day|^--", value) or (_YEAR.fullmatch(value) and one.op != "by"):
        return False
    return one.op not in (None, "on")
