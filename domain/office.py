"""The office this installation serves, as data: its zone, calendar, ladder, groups of units, mail sender."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from domain.escalation import DEFAULT, Ladder
from domain.extension import ExtensionPolicy
from domain.finding import InspectionPolicy
from domain.folding import fold
from domain.ladders import LADDERS, Sort
from domain.sentence import Sentence
from domain.unit import UnitGroup
from domain.waiting import AWAITED
from domain.workdays import Calendar

RARE = timedelta(hours=12)
UNIT_LABELS: Mapping[str, str] = {
    "mam_non": Sentence("mầm non"),
    "tieu_hoc": Sentence("tiểu học"),
    "thcs": Sentence("THCS"),
    "thpt": Sentence("THPT"),
    "cong_lap": Sentence("công lập"),
    "tu_thuc": Sentence("tư thục"),
}
"""What the words that our packs of rules use of a unit are called."""


class Office(BaseModel):
    """`zone` is an IANA name; every day and hour a person reads or writes is in it. `sender` is the address
    letters come from. `unit` is the code of the office's own unit, the root of its tree. `awaited`:
    who of ours hears that others wait for them, in working days since they began to. `still_after`: days without news
    after which work is shown as not moving. `explain_within`: working days for an explanation that is demanded.
    `correct_within`: at least so many, for correcting what was handed in in time and comes back on a later day.
    `ladders`: by sort of duty, for those that are to have another than `ladder`.
    `daily_letters`: most letters made of notices that a person gets in a day. `weekly_requests`: pieces of work
    due at one unit in a week above which issuing more is warned about (0: no budget). Above `hold_above` letters in
    one run, or when the clock had stood still for more than `hold_after` hours, letters wait for a person.
    `short_chain`: what happens to a duty whose chain has too few days
    in some period. `labels`: what the words of the office's files for kinds, levels and ownerships are called."""

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
    awaited: Ladder = AWAITED
    still_after: int = 14
    explain_within: int = Field(default=3, ge=1)
    correct_within: int = Field(default=3, ge=1)
    daily_letters: int = Field(default=5, ge=1)
    weekly_requests: int = Field(default=0, ge=0)
    hold_above: int = 500
    hold_after: int = 26
    ladder: Ladder = DEFAULT
    ladders: dict[Sort, Ladder] = {}
    short_chain: Literal["warn", "refuse"] = "warn"
    extension: ExtensionPolicy = ExtensionPolicy()
    inspection: InspectionPolicy = InspectionPolicy()
    groups: tuple[UnitGroup, ...] = ()
    labels: dict[str, str] = {}

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def ladder_for(self, sort: Sort) -> Ladder:
        """What the office set for the sort, else its own ladder for everything, else what we ship for the sort."""
        ladder = self.ladders.get(sort) or (LADDERS[sort] if self.ladder == DEFAULT else self.ladder)
        return ladder.polite() if sort is Sort.REQUEST else ladder

    def label(self, code: str) -> str:
        """A kind, level or ownership as people call it; one without a label is called by its own word."""
        return self.labels.get(code) or UNIT_LABELS.get(code, code)

    def code_of(self, said: str) -> str:
        """What is stored for a kind, level or ownership that somebody wrote as they call it."""
        return {fold(self.label(code)): code for code in (*UNIT_LABELS, *self.labels)}.get(fold(said), said)

    @property
    def mail_domain(self) -> str:
        return self.sender.rpartition("@")[2]

    def writes_letters(self, at: datetime, calendar: Calendar, silence: timedelta = timedelta()) -> bool:
        """Whether notices become letters at `at`: on a working day, from the ladder's hour on. An outage that
        ends on a Sunday, or a digest kept for the next day, wakes nobody. A clock that strikes only once or
        twice a day (`silence` since it last did) writes whenever it strikes, or it would never write."""
        local = at.astimezone(self.tz)
        return calendar.is_working(local.date()) and (local.time() >= self.ladder.at or silence >= RARE)

    def why_hold(self, letters: int, silence: timedelta) -> str:
        """Why a run's letters are kept for a person to release; empty: they are sent."""
        if silence > timedelta(hours=self.hold_after):
            hours = int(silence.total_seconds() // 3600)
            return f"đồng hồ đã ngừng {hours} giờ; cần người xem lại trước khi gửi"
        if letters > self.hold_above:
            return f"một lượt soạn {letters} thư, quá {self.hold_above}; cần người xem lại trước khi gửi"
        return ""
