"""How a target stands, from the figures there are. A figure that is not there gives UNKNOWN, never a guess."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from domain.exact import exact, say_figure
from domain.measure import Count
from domain.period import period
from domain.sentence import Sentence, joined
from domain.target import Aim, Terms, say_wanted
from domain.verdict import Outcome
from domain.wording import say_day, say_period


@dataclass(frozen=True)
class Standing:
    """`forecast`: a cumulative target at the pace so far, on its last day; None elsewhere."""

    outcome: Outcome
    why: str
    amount: Fraction | None = None
    forecast: Fraction | None = None


def standing(terms: Terms, counts: Sequence[Count], today: date, others: Sequence[Count] = ()) -> Standing:
    """`counts` are the figures of the target's measure in any order, one a period; `others` those of the measure
    a relative target looks at. Only periods that end within the target's own time count."""
    own = sorted((one for one in counts if in_time(terms, one)), key=lambda one: one.ends_on)
    if not own:
        return Standing(Outcome.UNKNOWN, Sentence("chưa có số liệu trong thời gian của chỉ tiêu"))
    found = _of(terms, own, counts, today, others)
    added_up = own[-1].units
    return (
        found
        if added_up is None
        else replace(found, why=Sentence("{why} (cộng từ {units} đơn vị)", why=found.why, units=added_up))
    )


def _of(
    terms: Terms, own: Sequence[Count], counts: Sequence[Count], today: date, others: Sequence[Count]
) -> Standing:
    newest = own[-1]
    amount = newest.amount
    if amount is None:
        return Standing(
            Outcome.UNKNOWN, Sentence("số liệu {period} không tính được", period=say_period(newest.period))
        )
    if faults := newest.faults():
        return Standing(
            Outcome.UNKNOWN,
            Sentence(
                "số liệu {period}: {faults}", period=say_period(newest.period), faults=joined("; ", faults)
            ),
            amount,
        )
    match terms.aim:
        case Aim.LEVEL:
            low, high = terms.wanted_on(newest.ends_on)
            return _by(terms.until(newest.ends_on), today, _measured(terms, amount, low, high))
        case Aim.CUMULATIVE:
            return _cumulative(terms, own, today)
        case Aim.RELATIVE:
            return _relative(terms, newest, amount, others)
        case Aim.GROW:
            return _by(terms.last, today, _since(terms, newest, amount, baseline(terms, counts)))
        case Aim.MAINTAIN | Aim.RANK:
            return _since(terms, newest, amount, baseline(terms, counts))
        case Aim.DIRECTION:
            return _since(terms, newest, amount, terms.baseline or _before(counts, newest.ends_on))


def baseline(terms: Terms, counts: Sequence[Count]) -> Count | None:
    """What the target starts from (số gốc): as kept with it, else the last figure before its time, reported later."""
    return terms.baseline or _before(counts, terms.first)


def _before(counts: Sequence[Count], day: date) -> Count | None:
    return max((one for one in counts if one.ends_on < day), key=lambda one: one.ends_on, default=None)


def in_time(terms: Terms, count: Count) -> bool:
    """Whether a figure's period ends within the target's own time."""
    return terms.first <= count.ends_on and (terms.last is None or count.ends_on <= terms.last)


def _by(day: date | None, today: date, found: Standing) -> Standing:
    """What is to be reached by a day has not failed before that day is over."""
    if found.outcome is not Outcome.NOT_MET or day is None or today > day:
        return found
    return replace(
        found, outcome=Outcome.UNKNOWN, why=Sentence("{why}; hạn {day}", why=found.why, day=say_day(day))
    )


_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "range": lambda a, b: a >= b,
}


def _measured(terms: Terms, amount: Fraction, low: str, high: str) -> Standing:
    wanted, upper = exact(low), exact(high)
    if wanted is None:
        return Standing(Outcome.UNKNOWN, Sentence("chỉ tiêu không ghi mức"), amount)
    good = _HOLDS[terms.comparator](amount, wanted) and (upper is None or amount <= upper)
    said = Sentence(
        "{figure}, cần {wanted}", figure=say_figure(amount, terms.unit), wanted=say_wanted(terms, low, high)
    )
    return Standing(_outcome(good), said, amount)


def _outcome(good: bool) -> Outcome:
    return Outcome.MET if good else Outcome.NOT_MET


def _cumulative(terms: Terms, own: Sequence[Count], today: date) -> Standing:
    """The sum so far; before the last day a sum that is too small is no failure, but its forecast is said."""
    wanted = exact(terms.value)
    if wanted is None:
        return Standing(Outcome.UNKNOWN, Sentence("chỉ tiêu không ghi mức"))
    if {one.definition for one in own} != {own[-1].definition}:
        return Standing(Outcome.UNKNOWN, Sentence("cách tính đã đổi giữa chừng nên không cộng dồn được"))
    amounts = [one.amount for one in apart(own)]
    if None in amounts:
        return Standing(Outcome.UNKNOWN, Sentence("có kỳ không tính được nên không cộng dồn được"))
    total = sum((amount for amount in amounts if amount is not None), Fraction(0))
    said = Sentence(
        "{total} / {wanted} đến hết {period}",
        total=say_figure(total),
        wanted=say_figure(wanted, terms.unit),
        period=say_period(own[-1].period),
    )
    if total >= wanted:
        return Standing(Outcome.MET, said, total)
    if terms.last is not None and today > terms.last:
        return Standing(
            Outcome.NOT_MET,
            Sentence("{said}, thiếu {figure}", said=said, figure=say_figure(wanted - total)),
            total,
        )
    return _on_the_way(terms, own[-1].ends_on, total, wanted, said)


def apart(counts: Sequence[Count]) -> list[Count]:
    """What may be added up: a month that lies within a reported quarter is in it already."""
    return [one for one in counts if not any(_within(one, other) for other in counts)]


def _within(one: Count, other: Count) -> bool:
    inner, outer = period(one.period), period(other.period)
    return inner != outer and outer.first <= inner.first and inner.last <= outer.last


def _on_the_way(terms: Terms, through: date, total: Fraction, wanted: Fraction, said: str) -> Standing:
    """The forecast goes on as before: so much in the days reported, so much in all days (no seasons); of what is
    counted whole, whole."""
    if terms.last is None:
        return Standing(Outcome.UNKNOWN, Sentence("{said}; chỉ tiêu chưa có hạn", said=said), total)
    days, whole = (through - terms.first).days + 1, (terms.last - terms.first).days + 1
    forecast = total * whole / days
    if total.denominator == 1:
        forecast = Fraction(int(forecast))
    verdict = (
        Sentence("đạt")
        if forecast >= wanted
        else Sentence("thiếu {figure}", figure=say_figure(wanted - forecast))
    )
    why = Sentence(
        "{said}; với tốc độ này đến {day} được {figure} ({verdict})",
        said=said,
        day=say_day(terms.last),
        figure=say_figure(forecast),
        verdict=verdict,
    )
    return Standing(Outcome.UNKNOWN, why, total, forecast)


def _relative(terms: Terms, newest: Count, amount: Fraction, others: Sequence[Count]) -> Standing:
    published = [one for one in others if one.period == newest.period and one.amount is not None]
    if not published or published[0].amount is None:
        return Standing(
            Outcome.UNKNOWN,
            Sentence("chưa công bố số để so của {period}", period=say_period(newest.period)),
            amount,
        )
    other = published[0].amount
    good = _HOLDS[terms.comparator](amount, other)
    return Standing(
        _outcome(good),
        Sentence(
            "{figure} so với {other}",
            figure=say_figure(amount, terms.unit),
            other=say_figure(other, terms.unit),
        ),
        amount,
    )


def _since(terms: Terms, newest: Count, amount: Fraction, base: Count | None) -> Standing:
    """Against the figure it started from, which must have been counted in the same way."""
    start = base.amount if base else None
    if base is None or start is None:
        return Standing(Outcome.UNKNOWN, Sentence("chưa có số gốc để so"), amount)
    if base.definition != newest.definition:
        return Standing(
            Outcome.UNKNOWN,
            Sentence("cách tính đã đổi so với {period}", period=say_period(base.period)),
            amount,
        )
    was = Sentence(
        "{figure}, {period} là {start}",
        figure=say_figure(amount, terms.unit),
        period=say_period(base.period),
        start=say_figure(start, terms.unit),
    )
    if terms.aim is Aim.RANK:
        return _ranked(newest, amount, base, start)
    if terms.aim is Aim.GROW:
        return _grown(terms, newest, amount, base, start)
    return Standing(_outcome(_HOLDS[terms.comparator](amount, start)), was, amount)


def _ranked(newest: Count, amount: Fraction, base: Count, start: Fraction) -> Standing:
    said = Sentence(
        "hạng {rank}/{of}, {period} hạng {start}/{of_then}",
        rank=say_figure(amount),
        of=newest.of,
        period=say_period(base.period),
        start=say_figure(start),
        of_then=base.of,
    )
    if newest.of != base.of:
        return Standing(
            Outcome.UNKNOWN, Sentence("{said}: số đơn vị được xếp hạng khác nhau", said=said), amount
        )
    return Standing(_outcome(amount < start), said, amount)


def _grown(terms: Terms, newest: Count, amount: Fraction, base: Count, start: Fraction) -> Standing:
    """More by so much in all, and by so much in each class that the text names."""
    wanted = exact(terms.value) or Fraction(0)
    said = Sentence(
        "thêm {more}, cần thêm {wanted}",
        more=say_figure(amount - start),
        wanted=say_figure(wanted, terms.unit),
    )
    if amount - start < wanted:
        return Standing(Outcome.NOT_MET, said, amount)
    short = []
    for name, least in terms.each.items():
        now, then = newest.part(name), base.part(name)
        if now is None or then is None:
            return Standing(
                Outcome.UNKNOWN, Sentence("{said}; thiếu số của {name}", said=said, name=name), amount
            )
        if now - then < (exact(least) or 0):
            short.append(
                Sentence(
                    "{name} thêm {figure}, cần {least}", name=name, figure=say_figure(now - then), least=least
                )
            )
    return Standing(_outcome(not short), joined("; ", [said, *short]), amount)
