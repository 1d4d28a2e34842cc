"""A demand for an explanation (yêu cầu giải trình): a leader asks why, the unit answers by a day.

It stands beside the states of the work: asking stops no clock, and answering excuses nothing.
"""

from datetime import date, datetime

from sqlmodel import SQLModel

from domain.fields import instant, string
from domain.instants import local_day
from domain.office import Office
from domain.sentence import Sentence
from domain.wording import say_day
from domain.workdays import Calendar

MOST = 4000
"""Letters of a question and of an answer."""


class Explanation(SQLModel):
    """`answer_by`: the last day for the answer. `remind_at`: when the unit is reminded next, None when that is
    over. `asked_by` and `answered_by` are people's codes."""

    number: int
    question: str = string()
    asked_at: datetime = instant()
    asked_by: str = string()
    answer_by: date
    remind_at: datetime | None = instant(default=None)
    answer: str = string(default="")
    answered_at: datetime | None = instant(default=None)
    answered_by: str = string(default="")


def last_day(office: Office, calendar: Calendar, asked_at: datetime, days: int | None = None) -> date:
    """`days` working days after the day of asking, which is not counted (BLDS 147); by default the office's."""
    return calendar.add(local_day(asked_at, office.tz), office.explain_within if days is None else days)


def days_of(answer_by: date, own: Calendar) -> tuple[date, date]:
    """When the unit is reminded, by its own calendar: on the last day, and on the working day after it."""
    return answer_by, own.add(answer_by, 1)


def say(one: Explanation, answered_on: date | None, today: date) -> str:
    """Where the demand stands, in a sentence for whoever reads of the work; `answered_on` in the office's zone."""
    if answered_on:
        return Sentence("Giải trình ngày {day}: {answer}", day=say_day(answered_on), answer=one.answer)
    if one.answer_by < today:
        return Sentence("Chưa giải trình (quá hạn {day})", day=say_day(one.answer_by))
    return Sentence("Chưa giải trình (hạn {day})", day=say_day(one.answer_by))
