"""The office this installation serves, as data: its zone, calendar, ladder, groups of units, mail sender."""

from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from domain.escalation import DEFAULT, Ladder
from domain.extension import ExtensionPolicy
from domain.unit import UnitGroup


class Office(BaseModel):
    """`zone` is an IANA name; every day and hour a person reads or writes is in it. `sender` is the address
    letters come from. `unit` is the code of the office's own unit, the root of its tree. `awaited_after`:
    working days after which a unit of ours that others wait for is reminded. `still_after`: days without news
    after which work is shown as not moving. `short_chain`: what happens to a duty whose chain has too few days
    in some period."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    unit: str
    place: str = ""
    superior: str = ""
    zone: str = "Asia/Ho_Chi_Minh"
    calendar: str = "VN"
    sender: str = "dondoc@localhost"
    soon_days: int = 3
    awaited_after: int = 3
    still_after: int = 14
    ladder: Ladder = DEFAULT
    short_chain: Literal["warn", "refuse"] = "warn"
    extension: ExtensionPolicy = ExtensionPolicy()
    groups: tuple[UnitGroup, ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def mail_domain(self) -> str:
        return self.sender.rpartition("@")[2]
