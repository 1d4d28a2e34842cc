"""Situations (tình huống) that wake and put to sleep: "dịch bệnh: được kiểm soát" or "phức tạp".

A duty bound to one state of a situation runs only while that state is the declared one. A ban (điều cấm) is
stronger than any declaration: what a directive forbids to some units ("không tổ chức trực tuyến đối với
mầm non") no situation orders of them.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import SQLModel

from domain.fields import document, instant, string, word
from domain.unit import Unit, UnitGroup


class Situation(BaseModel):
    """The one state of a named situation in which a duty runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    state: str = Field(min_length=1)


_SAID = re.compile(
    r"(?:^(?:\W|\d|[a-zđ]\))*(?:chỉ\s+)?(?:khi|nếu|(?:trong\s+)?trường\s+hợp)"
    r"|\bchỉ\s+(?:(?:thực\s+hiện|áp\s+dụng|tổ\s+chức|triển\s+khai)\s+)?(?:khi|trong\s+trường\s+hợp))"
    r"\s+(?:tình\s+hình\s+)?(?P<name>dịch(?:\s+bệnh)?|thiên\s+tai)"
    r"\s+(?:(?:có\s+)?diễn\s+biến\s+|ở\s+mức\s+(?:độ\s+)?)?"
    r"(?P<state>(?:rất\s+)?phức\s+tạp|được\s+kiểm\s+soát|bùng\s+phát|căng\s+thẳng|cấp\s+độ\s+\d|nguy\s+cơ\s+cao)\b",
    re.IGNORECASE,
)


def situation_in(order: str) -> Situation | None:
    """The situation an order begins with, or is only for: "Khi dịch bệnh diễn biến phức tạp, …". What merely happens
    ("khi có dịch") is an event, and no state that could be declared; what is so already ("trong tình hình dịch bệnh
    diễn biến phức tạp") is no condition."""
    found = _SAID.search(order)
    if found is None:
        return None
    name, state = (" ".join(found[part].lower().split()) for part in ("name", "state"))
    return Situation(name="dịch bệnh" if name == "dịch" else name, state=state.removeprefix("rất "))


class Declaration(SQLModel):
    """From the start of `since` (office's day) on the situation `name` is in `state`. Declarations are only
    added, the latest applied one counts; `applied_at` is None until its day has come."""

    name: str = string()
    state: str = string()
    since: date
    reason: str = string()
    declared_by: str = string()
    declared_at: datetime = instant()
    applied_at: datetime | None = instant(default=None)


class Stance(StrEnum):
    """What a ban does with a duty given against it."""

    REFUSE = "refuse"  # chặn
    WARN = "warn"  # chỉ cảnh báo


class Ban(SQLModel):
    """Forbids to units of these kinds, levels and ownerships (an empty list is "any") what runs in `state`.
    `words` are the directive's, `source` its symbol and clause."""

    name: str = string()
    state: str = string()
    kinds: list[str] = document(list)
    levels: list[str] = document(list)
    ownerships: list[str] = document(list)
    stance: Stance = word(Stance, default=Stance.REFUSE)
    words: str = string()
    source: str = string(default="")

    def concerns(self, situation: Situation, unit: Unit) -> bool:
        group = UnitGroup(
            code="", kinds=tuple(self.kinds), levels=tuple(self.levels), ownerships=tuple(self.ownerships)
        )
        return (self.name, self.state) == (situation.name, situation.state) and group.holds(unit)

    def say(self, unit: Unit) -> str:
        return f"{unit.name}: {self.words}" + (f" ({self.source})" if self.source else "")


def forbidden(bans: Iterable[Ban], situation: Situation, unit: Unit) -> Ban | None:
    """The ban that keeps the unit out, a refusing one before a warning one; None when nothing forbids."""
    found = [ban for ban in bans if ban.concerns(situation, unit)]
    return min(found, key=lambda ban: ban.stance is not Stance.REFUSE, default=None)
