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
    """A figure summed over the units that reported it. `sources` are the units, in order of the tree."""

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


class Synthesis(BaseModel):
    """What the report of one period says. Pure data: `reports` gives it a form."""

    model_config = ConfigDict(frozen=True)

    office: str
    place: str
    title: str
    period: str
    closed_at: datetime
    duties: tuple[DutyLine, ...]
    units: tuple[UnitLine, ...]
    figures: tuple[Figure, ...]
    standing_duties: tuple[str, ...]
    audit_head: str


class Report(SQLModel):
    period: str = string()
    kind: str = string(default="month")
    data: dict[str, Any] = document(dict)
    sha256: str = string(default="")
    made_at: datetime = instant()
