"""The periodic synthesis report (báo cáo tổng hợp): every figure names its source, silence is printed."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.assignment import Standing
from domain.fields import document, instant, string


class UnitLine(BaseModel):
    """How one unit stands in the period. `sent_at` is None for a unit that has not handed in: it is shown as
    "chưa báo cáo", never guessed."""

    model_config = ConfigDict(frozen=True)

    unit: str
    standing: Standing
    sent_at: datetime | None
    rounds: int
    broken: tuple[str, ...] = ()


class Figure(BaseModel):
    """A figure summed over the units that reported it (a yes/no figure: how many said yes). `sources` are the
    names of those units, in order of the tree; `silent` counts the units that owe it and gave none."""

    model_config = ConfigDict(frozen=True)

    code: str
    label: str
    unit: str
    total: str
    sources: tuple[str, ...]
    silent: int


class DutyLine(BaseModel):
    """One duty of the period: how many owe it and how they stand."""

    model_config = ConfigDict(frozen=True)

    title: str
    clause: str
    lead: str
    due_on: date
    counts: dict[Standing, int]

    @property
    def owed(self) -> int:
        return sum(count for standing, count in self.counts.items() if standing is not Standing.OUT)


class StandingLine(BaseModel):
    """One standing duty: the units that attested it in the period, and how many of those that owe it did not."""

    model_config = ConfigDict(frozen=True)

    title: str
    attested: tuple[str, ...] = ()
    silent: int = 0


class Synthesis(BaseModel):
    """What the report of one period says, as of `closed_at`. Pure data: `reports` gives it a form.

    `duties` fell due in the period; `carried` fell due before it and are still owed.
    `zone` is the office's."""

    model_config = ConfigDict(frozen=True)

    office: str
    superior: str
    place: str
    zone: str
    title: str
    period: str
    closed_at: datetime
    duties: tuple[DutyLine, ...]
    carried: tuple[DutyLine, ...]
    units: tuple[UnitLine, ...]
    figures: tuple[Figure, ...]
    standing_duties: tuple[StandingLine, ...]
    audit_head: str


class Report(SQLModel):
    period: str = string()
    kind: str = string(default="month")
    data: dict[str, Any] = document(dict)
    sha256: str = string(default="")
    made_at: datetime = instant()
