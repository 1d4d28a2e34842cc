"""Targets in an order: percentages and counts to reach, with comparator and unit."""

import re

from domain.draft import Comparator, Stage, Target
from intake.grammar import counts, verbs
from intake.text import Source

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_PERCENT = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*[%‰]?\s*(?:[-–]|đến|tới)\s*(?P<high>{_NUMBER}))?\s*(?P<sign>[%‰])"
)
_RATIO = re.compile(r"(?<![\d/])(?P<low>\d{1,3})/(?P<high>\d{1,3})\s+(?=\S)")
_COUNT = re.compile(
    rf"(?<![\d/.,\w-])(?P<low>{_NUMBER})(?:\s*(?:[-–]|đến|tới)\s*(?P<high>{_NUMBER}))?\s+(?=[^\W\d])"
)
_AFTER = re.compile(r"[^.;,:()]{0,120}")
_CONTEXT = 120


def value_of(digits: str) -> int | float:
    """'3.000' → 3000, '99.5' and '99,5' → 99.5, '06' → 6."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        return int(digits.replace(".", ""))
    number = float(digits.replace(",", "."))
    return int(number) if number.is_integer() else number


def targets_in(
    source: Source, start: int, end: int, counting: bool, stages: tuple[Stage, ...] = ()
) -> tuple[Target, ...]:
    """The figures to reach between two offsets. `counting`: whether plain counts are targets here too; a
    percentage always is. `stages`: the days of their order, where it sets several."""
    found = [*_percents(source, start, end)]
    found += _ratios(source, start, end)
    if counting:
        found += _counts(source, start, end)
    return _by_day(sorted(found, key=lambda pair: pair[0]), stages)


def _by_day(found: list[tuple[int, Target]], stages: tuple[Stage, ...]) -> tuple[Target, ...]:
    """Each figure with its own day: the one before it, as in "đến 30/6 đạt 45%, đến 31/12 đạt 95%"; the one after it
    where a figure stands before the first day."""
    if not stages or not found:
        return tuple(target for _, target in found)
    after = found[0][0] < stages[0].end
    dated = []
    for at, target in found:
        own = [s for s in stages if (s.end > at) == after]
        stage = own[0 if after else -1] if own else stages[-1]
        dated.append(target.model_copy(update={"deadline_latest": stage.deadline_latest}))
    return tuple(dated)


def _clause_before(source: Source, at: int, start: int) -> str:
    words = source.flat[max(start, at - _CONTEXT) : at]
    return re.split(r"[.;]\s", words)[-1]


def _percents(source: Source, start: int, end: int) -> list[tuple[int, Target]]:
    found = []
    for m in _PERCENT.finditer(source.plain, start, end):
        before = _clause_before(source, m.start(), start)
        stood = before.endswith("từ ") and counts.RISEN.match(source.flat, m.end())
        if stood or counts.ATTAINED.search(before):
            continue
        value, comparator = _figure(m, before)
        found.append(
            (m.start(), _target(source, m.start(), m.end(), end, value, m["sign"], comparator, before))
        )
    return found


def _ratios(source: Source, start: int, end: int) -> list[tuple[int, Target]]:
    found = []
    for m in _RATIO.finditer(source.plain, start, end):
        noun = counts.NOUN.match(source.flat, m.end(), end)
        before = _clause_before(source, m.start(), start)
        if noun and noun.group() != "giờ" and not counts.NAME_BEFORE.search(before):
            ratio = f"{m['low']}/{m['high']}"
            found.append(
                (m.start(), _target(source, m.start(), noun.end(), end, ratio, noun.group(), "=", before))
            )
    return found


def _counts(source: Source, start: int, end: int) -> list[tuple[int, Target]]:
    found: list[tuple[int, Target]] = []
    reached = -1  # the end of the last counted figure: a list goes on after it
    for m in _COUNT.finditer(source.plain, start, end):
        before = _clause_before(source, m.start(), start)
        noun = counts.NOUN.match(source.flat, m.end(), end)
        if not noun and counts.BOUND.search(before):
            noun = counts.ANY_NOUN.match(source.flat, m.end(), end)
        listed = reached >= 0 and re.fullmatch(r"[^.;:()]{0,60},\s*", source.flat[reached : m.start()])
        if (
            not noun
            or counts.SCHOOL_DAY.match(noun.group())
            or counts.NAME_BEFORE.search(before)
            or counts.BREAKDOWN.search(before)
        ):
            continue
        if noun.group() in counts.TIME_UNITS and counts.TERM.search(before):
            continue
        if noun.group().endswith("/lần"):
            continue  # "06 tháng/lần" is how often
        if noun.group() == "tháng" and re.match(r" (?:đầu|cuối) năm", source.flat[noun.end() : end]):
            continue  # "6 tháng cuối năm" is when
        if noun.group() == "giờ" and counts.OF_CLOCK.match(source.flat, noun.end(), end):
            continue
        if noun.group().startswith("lần") and not (
            counts.BOUND.search(before) or counts.OFTEN.search(before)
        ):
            continue
        ordered = verbs.ORDER_VERB.match(before.lstrip(" -+)")) or (
            m.start() == start and counts.HELD.match(source.flat, start)
        )
        reached_for = (
            listed or ordered or counts.REACH.search(before) or counts.OF_ITSELF.match(source.flat, m.end())
        )
        if counts.ATTAINED.search(before) or not reached_for:
            continue
        reached = noun.end()
        value, comparator = _figure(m, before)
        unit = noun.group()
        found.append(
            (
                m.start(),
                _target(source, m.start(), noun.end(), end, value, unit, comparator, before),
            )
        )
    return found


def _figure(found: re.Match[str], before: str) -> tuple[int | float | str, Comparator]:
    """The value of a figure, "12-15" where it goes from one to another, and how it is to be reached."""
    value = value_of(found["low"])
    if found["high"]:
        return f"{value:g}-{value_of(found['high']):g}", "range"
    return value, _comparator(before, value)


def _comparator(before: str, value: int | float | str) -> Comparator:
    for sign, pattern in counts.COMPARATORS:
        if pattern.search(before):
            return "=" if sign == ">=" and value == 100 else sign  # type: ignore[return-value]
    return "=" if value == 100 else ">="


def _target(
    source: Source,
    at: int,
    stop: int,
    end: int,
    value: int | float | str,
    unit: str,
    comparator: Comparator,
    before: str,
) -> Target:
    """`metric`: what is measured, the words after the figure, else those before it."""
    after = _AFTER.match(source.plain, stop, end)
    reach = after.end() if after else stop
    metric = source.say(stop, reach) or before.split(",")[-1].strip()
    return Target(text=source.say(at, reach), metric=metric, comparator=comparator, value=value, unit=unit)
