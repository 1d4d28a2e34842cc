"""Who holds the work now (đang chờ ai): while somebody else has to act, the holder's clock stands still.

Each interval names who is waited for and why; together they are the record of objective cause (nguyên
nhân khách quan). Work put before a superior (đã trình) waits in the same way.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import SQLModel

from domain.escalation import TO_UNIT, Ladder, Rung
from domain.fields import instant, string, word
from domain.sentence import Sentence
from domain.unit import Role
from domain.workdays import Calendar


class Awaited(StrEnum):
    UNIT = "unit"  # chờ đơn vị khác của cơ quan
    OUTSIDE = "outside"  # chờ cơ quan ngoài
    SUPERIOR = "superior"  # đã trình, chờ cấp trên
    SITUATION = "situation"  # tạm nghỉ: another situation is declared


class Waiting(SQLModel):
    """One interval. `who` is the name as it was then; `remind_at` is when somebody of ours is reminded that
    others wait for them, None when that is done or nobody is ours; `step` counts the rungs taken of the office's
    ladder for it. The deadline moved from `old_due_on` to
    `new_due_on` when the waiting ended, both None until then."""

    kind: Awaited = word(Awaited)
    who: str = string()
    reason: str = string()
    started_at: datetime = instant()
    remind_at: datetime | None = instant(default=None)
    step: int = 0
    ended_at: datetime | None = instant(default=None)
    old_due_on: date | None = None
    new_due_on: date | None = None


AWAITED = Ladder(
    name="đơn vị được chờ",
    rungs=(
        Rung(offset=3, to=(Role.OFFICER,)),
        Rung(offset=6, to=(Role.OFFICER, Role.HEAD)),
        Rung(offset=10, to=(Role.LEADER,)),
    ),
)
"""Working days from the day on which somebody began to wait for a unit. Design, not law."""


def asked(kind: Awaited, role: Role) -> Role:
    """At a superior it is the clerk who puts the matter before them again, in the place of officer and head."""
    return Role.CLERK if kind is Awaited.SUPERIOR and role in TO_UNIT else role


def pushed(due_on: date, started: date, ended: date, calendar: Calendar) -> date:
    """The deadline after a wait: later by the working days waited, the first day not counted (BLDS 147)."""
    waited = calendar.count(started, ended)
    return calendar.add(due_on, waited) if waited > 0 else due_on


def given_back(due_on: date, handed_in: date, returned: date, within: int, calendar: Calendar) -> date:
    """The deadline of work that comes back for correction (trả lại). Who was in time has at least `within` working
    days for it, the day of the return not counted (BLDS 147): how long the report lay with others is not theirs to
    answer for. Who was late stays late, and is no later for the days it lay there. What comes back on the day it was
    handed in has cost no time, and handing in nothing gains none."""
    if handed_in > due_on:
        return min(pushed(due_on, handed_in, returned, calendar), returned - timedelta(days=1))
    return due_on if handed_in == returned else max(due_on, calendar.add(returned, within))


def say(kind: Awaited, who: str) -> str:
    words = {
        Awaited.SUPERIOR: Sentence("đã trình {who}", who=who),
        Awaited.SITUATION: Sentence("tạm nghỉ theo tình huống {who}", who=who),
    }
    return words.get(kind) or Sentence("đang chờ {who}", who=who)
