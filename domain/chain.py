"""A chain planned back from a deadline (lịch làm ngược): data closes, units send, synthesis, checks, sent.

Working days only, each period anew: the same chain falls on other days in a month with Tết in it. A chain
with too few days says so; it is never squeezed silently.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from domain.recurrence import Due
from domain.sentence import Sentence
from domain.wording import say_day
from domain.workdays import Calendar


class Step(BaseModel):
    """`days`: working days the step takes, the first counted from the day after the step before it ended.
    `parts`: by the end of this step the units owe their parts (các đơn vị gửi)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    days: int = Field(default=1, ge=1)
    parts: bool = False


class Chain(BaseModel):
    """Steps in the order in which they are done; the last one ends on the deadline (gửi đi)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _units_send_once_and_early(self) -> Self:
        sending = [place for place, step in enumerate(self.steps) if step.parts]
        if len(sending) > 1 or sending == [len(self.steps) - 1]:
            raise ValueError("chuỗi công việc: các đơn vị gửi đúng một bước, trước bước cuối")
        return self


@dataclass(frozen=True)
class Planned:
    """A step in one period: its first and its last day, both worked."""

    name: str
    begins: date
    ends: date
    parts: bool


@dataclass(frozen=True)
class Plan:
    """`short` is why the chain cannot be kept, in words; empty when it can."""

    steps: tuple[Planned, ...]
    short: str = ""

    @property
    def parts_due_on(self) -> date | None:
        """The day by which the units owe their parts; None where the chain asks none of them."""
        return next((step.ends for step in self.steps if step.parts), None)


def plan(chain: Chain, due_on: date, calendar: Calendar, *, not_before: date) -> Plan:
    """Every step's days, counted back from the deadline. Nothing can begin before `not_before` (the day the
    duty is issued or its period opens, whichever is later); a plan that would is `short`, and its days are
    those it would have needed."""
    ends = calendar.previous_working(due_on)
    steps: list[Planned] = []
    for step in reversed(chain.steps):
        begins = calendar.add(ends, 1 - step.days)
        steps.append(Planned(step.name, begins, ends, step.parts))
        ends = calendar.add(begins, -1)
    steps.reverse()
    return Plan(tuple(steps), _short(chain, steps, due_on, calendar, not_before))


def _short(chain: Chain, steps: list[Planned], due_on: date, calendar: Calendar, not_before: date) -> str:
    if steps[0].begins >= not_before:
        return ""
    need = sum(step.days for step in chain.steps)
    have = max(0, calendar.count(not_before, due_on) + calendar.is_working(not_before))
    return Sentence(
        "Hạn {due}: các bước cần {need} ngày làm việc, phải bắt đầu từ {begins}, "
        "nhưng từ {issued} chỉ có {have} ngày làm việc.",
        due=say_day(due_on), need=need, begins=say_day(steps[0].begins), issued=say_day(not_before), have=have,
    )  # fmt: skip


def parts_due(chain: Chain, due: Due, calendar: Calendar) -> date:
    """The units' own deadline in one period: the chain's, but never before the period opens."""
    inner = plan(chain, due.due_on, calendar, not_before=due.opens_on).parts_due_on or due.due_on
    return min(max(inner, calendar.next_working(due.opens_on)), due.due_on)


def objections(chain: Chain, dues: Iterable[Due], calendar: Calendar, *, issued_on: date) -> list[str]:
    """What cannot be kept in these periods, in words; nothing for periods that are over when it is issued."""
    plans = (
        plan(chain, due.due_on, calendar, not_before=max(due.opens_on, issued_on))
        for due in dues
        if due.due_on >= issued_on
    )
    return [one.short for one in plans if one.short]
