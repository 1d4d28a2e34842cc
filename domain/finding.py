"""Findings (tồn tại, vi phạm): what a visit found wrong, and what must follow."""

from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import SQLModel

from domain.fields import document, instant, string, word
from domain.verdict import Severity
from domain.workdays import Calendar


class InspectionPolicy(BaseModel):
    """The office's own figures. Days to put a finding right are working days; `rest_days`: calendar days for which
    a unit that was visited is not drawn again; `repeat_months`: how far back a finding is looked for;
    `widespread`: percent of the units visited above which a finding calls for guidance, once `widespread_units`
    of them were visited."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    critical_days: int = Field(default=3, ge=0)
    major_days: int = Field(default=10, ge=0)
    minor_days: int = Field(default=20, ge=0)
    rest_days: int = Field(default=90, ge=0)
    repeat_months: int = Field(default=12, ge=1)
    widespread: int = Field(default=30, ge=0, le=100)
    widespread_units: int = Field(default=4, ge=1)

    def days_for(self, severity: Severity) -> int:
        return {
            Severity.CRITICAL: self.critical_days,
            Severity.MAJOR: self.major_days,
            Severity.MINOR: self.minor_days,
        }[severity]


class Finding(SQLModel):
    """A bad answer when its visit was closed, with the words of the checklist's version of that day. Whether it is
    put right is the state of its corrective assignment, which only the reviewer closes."""

    item: str = string()
    text: str = string()
    clause: str = string()
    severity: Severity = word(Severity)
    answer: str = string()
    note: str = string(default="")
    guidance: str = string(default="")
    action: str = string(default="")
    photos: list[str] = document(list)
    found_on: date
    due_on: date
    found_at: datetime = instant()


def due_on(severity: Severity, found_on: date, policy: InspectionPolicy, calendar: Calendar) -> date:
    """The last day to put it right: working days after the visit, never the day itself unless the policy is 0."""
    return calendar.add(found_on, policy.days_for(severity))


def is_widespread(found_at: Collection[int], visited: Collection[int], policy: InspectionPolicy) -> bool:
    """More than the policy's share of the units visited have it: one guidance serves better than so many visits."""
    if len(visited) < policy.widespread_units:
        return False
    return Fraction(len(found_at), len(visited)) > Fraction(policy.widespread, 100)
