"""Extensions (gia hạn): asked by the unit, decided by the level that assigned the work.

An axis of its own beside progress: the count and the old dates stay readable for ever. The numbers in
provincial working rules could not be read, so every limit is a setting of the office.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import SQLModel

from domain.assignment import LABELS, OWING, State
from domain.fields import instant, string, word
from domain.wording import say_day
from domain.workdays import Calendar

LONGEST = timedelta(days=366)
"""Further away a day is a slip of the hand, and far enough beyond the last day of the calendar."""


class Answer(StrEnum):
    PENDING = "pending"  # chờ quyết định
    GRANTED = "granted"  # được gia hạn
    REFUSED = "refused"  # không được gia hạn


class ExtensionPolicy(BaseModel):
    """`working_days_before`: the request must come at least so many working days before the deadline, of work that
    was given later than that by the deadline; a negative number lets it come after. `at_most`: how often one
    assignment may be extended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    working_days_before: int = 3
    at_most: int = Field(default=2, ge=0)


class Extension(SQLModel):
    """`old_due_on`: the deadline the request is about; `new_due_on`: what was granted, not always what was
    wished. `asked_by` and `decided_by` are codes of people."""

    number: int
    reason: str = string()
    wished_on: date
    old_due_on: date
    asked_at: datetime = instant()
    asked_by: str = string()
    answer: Answer = word(Answer, default=Answer.PENDING)
    new_due_on: date | None = None
    remark: str = string(default="")
    decided_at: datetime | None = instant(default=None)
    decided_by: str = string(default="")


def objection(
    policy: ExtensionPolicy,
    *,
    state: State,
    given_on: date,
    due_on: date,
    today: date,
    wished_on: date,
    granted: int,
    calendar: Calendar,
) -> str | None:
    """Why a request cannot be made, in words for the unit; None when it can. `granted`: extensions so far."""
    if state not in OWING:
        return f"Việc đang ở trạng thái “{LABELS[state]}” nên không xin gia hạn được."
    if wished_on <= due_on:
        return f"Ngày xin gia hạn phải sau hạn hiện tại ({say_day(due_on)})."
    if wished_on > due_on + LONGEST:
        return f"Ngày xin gia hạn không được quá {LONGEST.days} ngày sau hạn hiện tại ({say_day(due_on)})."
    if granted >= policy.at_most:
        return f"Việc này đã được gia hạn {granted} lần; cơ quan cho phép nhiều nhất {policy.at_most} lần."
    last = calendar.add(due_on, -policy.working_days_before)
    if given_on > last:
        last = due_on
    if calendar.count(today, due_on) < calendar.count(last, due_on):
        return (
            f"Hạn của việc là {say_day(due_on)}; đề nghị gia hạn phải gửi chậm nhất ngày {say_day(last)}. "
            "Hãy nộp kết quả đã có, hoặc báo cáo người giao việc."
        )
    return None
