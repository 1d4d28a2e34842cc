"""How far inspections have come: each plan, its coverage, what it found and what is left of that."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from domain.inspection import VisitKind
from domain.verdict import Severity


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class PlanStanding(Frozen):
    """`to_visit`: units the plan must reach, all it covers or as many as it draws; `visited`: those with a closed
    visit. `open_findings` and `late_findings` by the corrective work as it is now. `silent`: units not visited yet, by
    name; of a plan that draws, only those whose visit is open. `lessons`: lessons observed (tiết dự giờ)."""

    plan_id: int
    title: str
    kind: VisitKind
    first: date
    last: date
    to_visit: int
    visited: int
    lessons: int
    findings: dict[Severity, int]
    open_findings: int
    late_findings: int
    silent: tuple[str, ...]

    @property
    def covered(self) -> int | None:
        """Whole percent of the units reached, rounded down: 100 only when all are. None where there is none."""
        return self.visited * 100 // self.to_visit if self.to_visit else None


class CommonFinding(Frozen):
    """One item and how many units it was found bad at."""

    item: str
    text: str
    units: int


class InspectionReport(Frozen):
    """Days inclusive; names as in the office's settings."""

    office: str
    superior: str
    place: str
    first: date
    last: date
    today: date
    made_at: datetime
    plans: Sequence[PlanStanding]
    common: Sequence[CommonFinding]


class PlannedLine(Frozen):
    """One plan of a year. `to_visit`: how many units it is to reach, all it covers or as many as it draws."""

    title: str
    kind: VisitKind
    first: date
    last: date
    to_visit: int
    approved: bool


class YearPlan(Frozen):
    """What an office will inspect in a year, earliest first; names as in its settings."""

    office: str
    superior: str
    place: str
    year: int
    today: date
    made_at: datetime
    lines: Sequence[PlannedLine]
