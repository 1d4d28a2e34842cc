"""Reminders and escalations are one thing: steps on a ladder, counted in working days from the deadline.

A ladder is frozen on the duty when it is issued, so editing the office's ladder never alters or repeats a
step already taken. A step is taken once per assignment and deadline; a leader is never told before the unit.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, model_validator

from domain.unit import Role
from domain.workdays import Calendar

TO_UNIT = frozenset({Role.OFFICER, Role.HEAD})


class Rung(BaseModel):
    """`offset`: working days from the deadline, negative before it, 0 on the day itself. A rung that is not
    `binding` only informs (để biết): its reader may choose to hear of it once a week or not at all."""

    model_config = ConfigDict(frozen=True)

    offset: int
    to: tuple[Role, ...]
    binding: bool = True


class Ladder(BaseModel):
    """Rungs in order of time. Refused when out of order, or when a leader would hear before the unit."""

    model_config = ConfigDict(frozen=True)

    name: str = "mặc định"
    rungs: tuple[Rung, ...]
    at: time = time(8, 0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        offsets = [rung.offset for rung in self.rungs]
        if offsets != sorted(set(offsets)):
            raise ValueError(
                f"Thang nhắc “{self.name}”: các bậc phải tăng dần và không trùng nhau: {offsets}"
            )
        for rung in self.rungs:
            if not rung.to:
                raise ValueError(f"Thang nhắc “{self.name}”: bậc {rung.offset:+d} không có người nhận")
            if not rung.binding and TO_UNIT & set(rung.to):
                raise ValueError(
                    f"Thang nhắc “{self.name}”: bậc {rung.offset:+d} gửi cho đơn vị thì không thể chỉ để biết"
                )
        if self.rungs and not TO_UNIT & set(self.rungs[0].to):
            raise ValueError(f"Thang nhắc “{self.name}”: bậc đầu tiên phải gửi cho chính đơn vị")
        return self

    def moment(self, step: int, due_on: date, calendar: Calendar, zone: ZoneInfo) -> datetime | None:
        """When rung `step` falls (aware, office zone); None past the end of the ladder."""
        if step >= len(self.rungs):
            return None
        day = rung_day(self.rungs[step].offset, due_on, calendar)
        return datetime.combine(day, self.at, zone)

    def polite(self) -> Self:
        """Of a request (đề nghị) only the unit hears, and up to the day: it reminds and never escalates."""
        rungs = tuple(rung for rung in self.rungs if rung.offset <= 0 and set(rung.to) <= TO_UNIT)
        return self.model_copy(update={"rungs": rungs})

    def ahead(self, due_on: date, at: datetime, calendar: Calendar, zone: ZoneInfo) -> int:
        """The first rung of a deadline whose moment is not before `at`; the ladder's length if none is left."""
        step = 0
        while (moment := self.moment(step, due_on, calendar, zone)) is not None and moment < at:
            step += 1
        return step


def rung_day(offset: int, due_on: date, calendar: Calendar) -> date:
    """The working day `offset` working days away from the deadline.

    A deadline on a day off has its own rung (offset 0) on the last working day before it: the reminder
    is of no use on the holiday itself. Later rungs count from the deadline as it stands.
    """
    if offset == 0:
        return due_on if calendar.is_working(due_on) else calendar.add(due_on, -1)
    return calendar.add(due_on, offset)


class Fate(StrEnum):
    """What becomes of a rung once its moment has come."""

    PENDING = "pending"
    MAILED = "mailed"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


class Taken(BaseModel):
    """One rung taken at one tick: for which roles it is told, and for which a later rung says it better."""

    model_config = ConfigDict(frozen=True)

    step: int
    tell: tuple[Role, ...]
    superseded: tuple[Role, ...]


class Climb(BaseModel):
    model_config = ConfigDict(frozen=True)

    taken: tuple[Taken, ...]
    step: int
    next_action_at: datetime | None


def climb(ladder: Ladder, step: int, at: datetime, moment: Callable[[int], datetime | None]) -> Climb:
    """Take every rung whose moment is not after `at`, starting with `step`.

    After downtime several rungs are due at once. Each role is then told once, by the latest of its rungs;
    the earlier ones are marked superseded, though never by a rung that only informs: what is owed to somebody
    must not hang on what they may switch off. Nobody is skipped: the unit still hears before its leader.
    `moment` gives the instant of a rung (None past the end), see `Ladder.moment`.
    """
    due: list[int] = []
    while (when := moment(step)) is not None and when <= at:
        due.append(step)
        step += 1
    weighed = sorted(due, key=lambda s: (ladder.rungs[s].binding, s))
    latest = {role: s for s in weighed for role in ladder.rungs[s].to}
    taken = tuple(
        Taken(
            step=s,
            tell=tuple(r for r in ladder.rungs[s].to if latest[r] == s),
            superseded=tuple(r for r in ladder.rungs[s].to if latest[r] != s),
        )
        for s in due
    )
    return Climb(taken=taken, step=step, next_action_at=when)


DEFAULT = Ladder(
    name="mặc định",
    rungs=(
        Rung(offset=-3, to=(Role.OFFICER,)),
        Rung(offset=0, to=(Role.OFFICER, Role.HEAD)),
        Rung(offset=1, to=(Role.HEAD,)),
        Rung(offset=3, to=(Role.LEADER,)),
        Rung(offset=7, to=(Role.CHAIR,)),
    ),
)
"""Built from the practices in Vietnamese working rules (design, not law): officer, head, leader, chair."""
