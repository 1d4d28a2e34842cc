"""What is known beside a phrase, and the days its words can then mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import moment
from domain.anchoring import in_year
from domain.period import Period, Unit, containing, touching
from domain.stated import Stated
from domain.times.dates import Impossible
from domain.wording import say_day
from domain.workdays import Calendar


@dataclass(frozen=True)
class Facts:
    """`received` may carry the local hour of receipt, from which terms in hours run."""

    calendar: Calendar
    document_date: date | None = None
    received: datetime | date | None = None
    period: Period | None = None

    @property
    def received_on(self) -> date | None:
        return self.received.date() if isinstance(self.received, datetime) else self.received

    @property
    def since(self) -> date | None:
        """The day from which a time that comes round is looked for."""
        return self.received_on or self.document_date

    def event(self, anchor: str | None) -> date | None:
        """The day from which a term runs; of an event nobody knows, none."""
        if anchor == "cut-off":
            reports = self.period is not None and self.period.unit not in ("day", "week")
            return data_closes(self.period) if self.period and reports else None
        return {
            "received": self.received_on,
            "document": self.document_date,
            "period": self.period.last if self.period else None,
            None: self.since,
        }.get(anchor)


def data_closes(of: Period) -> date:
    """The day on which the data of a reporting period close (chốt số liệu): the 14th of its last month.

    Nghị định 09/2019/NĐ-CP Điều 12: month, quarter, half-year, nine months and year alike.
    """
    return of.last.replace(day=14)


def days_meant(said: Stated, facts: Facts) -> list[date]:
    """Every last acceptable day the words can mean, in order. May raise Impossible (29/02 of a common year)."""
    if said.value is None or (said.pattern == "school" and said.op == "within"):
        return []
    return sorted({day for value in said.value.split(",") for day in _days_of(value, said, facts)})


def _days_of(value: str, said: Stated, facts: Facts) -> Iterator[date]:
    if end := _hours_after(value, said, facts):
        yield end
        return
    unit = moment.unit_of(value)
    if unit and said.recurrence == "none":
        value = _placed(value, said.op, facts)
        unit = moment.unit_of(value)
    lacking: Impossible | None = None
    found = False
    for base in _bases(value, unit, said.recurrence, facts):
        if said.op != "within" and (lacks := _lacks(value, base, facts.calendar)):
            lacking = lacking or lacks
            continue
        day = moment.last_day(
            value, said.op, base=base, event=facts.event(said.anchor), calendar=facts.calendar
        )
        if day and _counts(day, unit, facts):
            found = True
            yield day
            if unit and facts.period is None:
                return
    if lacking and not found:
        raise lacking


def _lacks(value: str, base: Period | None, calendar: Calendar) -> Impossible | None:
    """Where a period has no n-th working day. A schedule takes its last one instead, so that nothing is skipped."""
    head, _, nth = value.partition(":wd")
    number = re.match(r"\d+(?!.*[+-])", nth)
    span = moment.span_of(head, base=base, calendar=calendar) if number else None
    if number is None or span is None or span.last is None:
        return None
    count = calendar.count(span.first - timedelta(days=1), span.last)
    if int(number[0]) <= count:
        return None
    return Impossible(
        "Từ {first} đến {last} chỉ có {count} ngày làm việc.",
        first=say_day(span.first),
        last=say_day(span.last),
        count=count,
    )


def _hours_after(value: str, said: Stated, facts: Facts) -> date | None:
    """Hours and minutes run at once from a known hour (BLDS 147 khoản 1); of a day without one `moment` adds days."""
    if not isinstance(facts.received, datetime) or said.anchor not in ("received", None):
        return None
    found = re.match(r"event\+(\d+)(h|min)$", value)
    if not found:
        return None
    length = timedelta(hours=int(found[1])) if found[2] == "h" else timedelta(minutes=int(found[1]))
    return (facts.received + length).date()


def _placed(value: str, op: str | None, facts: Facts) -> str:
    """A one-off time in its year: that of the period asked for, else the one after the document."""
    asked = facts.period
    if not asked and moment.unit_of(value) == "school_year":
        return _in_school_year(value, op, facts)
    if asked and value.startswith("--"):
        over_new_year = asked.first.year < asked.last.year  # a school year
        return in_year(value, asked.first, None if over_new_year else asked.first.year, op)
    return value if asked else in_year(value, facts.document_date or facts.since, None, op)


def _in_school_year(value: str, op: str | None, facts: Facts) -> str:
    """The first school year whose day is not over: in June "hết năm học" means the next one."""
    day = facts.document_date or facts.since
    if day is None:
        return value
    this = in_year(value, day, None)
    end = moment.last_day(this, op, calendar=facts.calendar)
    return in_year(value, day.replace(month=8, day=1), None) if end and end < day else this


def _bases(value: str, unit: Unit | None, recurrence: str, facts: Facts) -> list[Period | None]:
    """The periods in which a time comes round: those of the period asked for, else from the known day on."""
    if unit is None:
        return [None]
    asked = facts.period
    if asked is None:
        now = containing(unit, facts.since) if facts.since else None
        return [now, now.next, now.next.next] if now else []
    if value.startswith("p") or (value.startswith("m+") and recurrence == "none"):  # "tháng sau" of a quarter
        return [containing(unit, asked.last)]
    found = list(touching(unit, asked.first, asked.last))
    if unit == "week":
        return [*found]
    inside = [one for one in found if asked.first <= one.first and one.last <= asked.last]
    return [*(inside or found[:1])]


def _counts(day: date, unit: Unit | None, facts: Facts) -> bool:
    """Without a period only days not over count; weeks may reach over the edge of the period asked for."""
    if unit is None:
        return True
    if facts.period is None:
        return facts.since is not None and day >= facts.since
    return unit != "week" or facts.period.unit == "week" or facts.period.first <= day <= facts.period.last
