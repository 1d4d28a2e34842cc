"""Plans (kế hoạch kiểm tra): a theme for a month or a year, whom it covers, who goes, who may not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import SQLModel

from domain.fields import document, instant, string, word
from domain.inspection import TeamPart, VisitKind
from domain.sentence import Sentence
from domain.unit import UnitGroup


class PlanState(StrEnum):
    DRAFT = "draft"  # dự thảo
    APPROVED = "approved"  # đã duyệt


class Plan(SQLModel):
    """`month` None is a theme of the whole year. Empty `kinds`, `levels`, `ownerships` mean any; `areas` are codes
    of units whose whole subtree is meant. `count`: how many units are drawn; 0 is all of them (100 %)."""

    code: str = string()
    title: str = string()
    theme: str = string()
    kind: VisitKind = word(VisitKind)
    year: int
    month: int | None = None
    first: date
    last: date
    kinds: list[str] = document(list)
    levels: list[str] = document(list)
    ownerships: list[str] = document(list)
    areas: list[str] = document(list)
    count: int = 0
    state: PlanState = word(PlanState, default=PlanState.DRAFT)
    made_at: datetime = instant()
    approved_at: datetime | None = instant(default=None)
    approved_by: str = string(default="")

    def covers(self) -> UnitGroup:
        return UnitGroup(
            code=self.code,
            kinds=tuple(self.kinds),
            levels=tuple(self.levels),
            ownerships=tuple(self.ownerships),
        )


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be of a team. `units`: ids of every unit the person holds a position at."""

    person_id: int
    name: str
    part: TeamPart
    units: frozenset[int]


def conflicts_of_interest(
    team: Iterable[Candidate], unit_id: int, own_units: Collection[int]
) -> list[Candidate]:
    """Members who belong to the unit that is visited or to one of its parts (`own_units`: the unit and what lies
    below it): nobody inspects their own."""
    return [one for one in team if one.units & {unit_id, *own_units}]


def why_no_team(team: Collection[Candidate]) -> str:
    """What the team lacks, in words; empty when it is one."""
    heads = sum(one.part is TeamPart.HEAD for one in team)
    if heads != 1:
        return Sentence("Đoàn phải có đúng một trưởng đoàn.")
    if len(team) > 1 and sum(one.part is TeamPart.SECRETARY for one in team) != 1:
        return Sentence("Đoàn từ hai người phải có đúng một thư ký.")
    if len({one.person_id for one in team}) != len(team):
        return Sentence("Một người chỉ giữ một vai trong đoàn.")
    return ""
