"""The office as data: units in a tree with validity dates and successors, people with roles by position.

Nothing here names a level of government, a ministry or a form: kinds, levels and ownership are words of
the office's own files. The district level ended on 1 July 2025 (Luật 72/2025/QH15); an old duty stays
readable under the old unit and is re-routed to its successors.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.fields import document, string, word


class Role(StrEnum):
    """What a position lets a person do, and which letters reach it."""

    OFFICER = "officer"  # người phụ trách của đơn vị
    HEAD = "head"  # thủ trưởng đơn vị
    CLERK = "clerk"  # văn phòng, đầu mối tổng hợp
    LEADER = "leader"  # lãnh đạo phụ trách
    CHAIR = "chair"  # người đứng đầu cơ quan
    INSPECTOR = "inspector"  # người đi kiểm tra
    ADMIN = "admin"  # quản trị hệ thống: settings, not content


def lasts(first: date | None, last: date | None, day: date) -> bool:
    """Both inclusive, None is open."""
    return (first is None or first <= day) and (last is None or day <= last)


class Unit(SQLModel):
    """A unit (đơn vị) while it is valid: `valid_from` and `valid_to` are both inclusive, None is open."""

    code: str = string()
    name: str = string()
    short_names: list[str] = document(list)
    kind: str = string(default="")
    level: str = string(default="")
    ownership: str = string(default="")
    valid_from: date | None = None
    valid_to: date | None = None

    def facts(self) -> dict[str, str]:
        """What a rule may ask of a unit."""
        return self.model_dump(include={"code", "name", "kind", "level", "ownership"})

    def valid_on(self, day: date) -> bool:
        return lasts(self.valid_from, self.valid_to, day)


class Person(SQLModel):
    code: str = string()
    name: str = string()
    email: str | None = string(default=None)
    active: bool = True


class Position(SQLModel):
    """A role held at a unit for a time: letters follow the position, not the person."""

    role: Role = word(Role)
    valid_from: date | None = None
    valid_to: date | None = None

    def held_on(self, day: date) -> bool:
        return lasts(self.valid_from, self.valid_to, day)


class UnitGroup(BaseModel):
    """A name for many units ("các trường trực thuộc"), resolved at a date by what the units are, or, where `members`
    names them (codes), by hand. An empty list means "any". Both days inclusive; None is open."""

    model_config = ConfigDict(frozen=True)

    code: str
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    ownerships: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date | None) -> bool:
        """Without a day every group counts."""
        return day is None or lasts(self.valid_from, self.valid_to, day)

    def holds(self, unit: Unit) -> bool:
        if self.members:
            return unit.code in self.members
        return all(
            not wanted or has in wanted
            for wanted, has in (
                (self.kinds, unit.kind),
                (self.levels, unit.level),
                (self.ownerships, unit.ownership),
            )
        )
