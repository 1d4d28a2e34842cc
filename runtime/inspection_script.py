"""How a replay's inspections go: which theme in which month, who goes, and what a team finds at a unit.

Chance is seeded: the same seed, unit and item give the same weak spots, visit after visit.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.checklist import MISSING, NO, VALID, YES, AnswerType, Item


class Theme(BaseModel):
    """A month (1 to 12) and the checklist's theme; `draw`: how many units of these `levels` (none: any) are drawn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: int = Field(ge=1, le=12)
    theme: str
    draw: int = Field(ge=1)
    levels: tuple[str, ...] = ()


class InspectionScript(BaseModel):
    """People by code: `team` with the head first and the secretary second. `bad`: percent of items that are a unit's
    weak spots; `again`: percent of these that are found bad once more by a later team."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    planner: str
    approver: str
    team: tuple[str, ...] = Field(min_length=1)
    bad: int = Field(default=8, ge=0, le=100)
    again: int = Field(default=40, ge=0, le=100)
    kinds: tuple[str, ...] = ()
    months: tuple[Theme, ...]

    def weak(self, seed: int, unit: str, items: Iterable[Item]) -> list[str]:
        """Ids of the items at which this unit is weak."""
        return [item.id for item in items if _percent(seed, unit, item.id) < self.bad]

    def relapses(self, seed: int, visit: str, item: str) -> bool:
        return _percent(seed, visit, item) < self.again


def _percent(*about: object) -> float:
    return Random("|".join(map(str, about))).random() * 100


def answers(items: Sequence[Item], bad: Iterable[str], at: str) -> list[dict[str, Any]]:
    """What a team sends, `answered_at` as given; a bad answer brings a note and what has to be done."""
    wrong = set(bad)
    given = []
    for seq, item in enumerate(items, 1):
        answer = {
            "item": item.id,
            "seq": seq,
            "answered_at": at,
            "value": value(item, good=item.id not in wrong),
        }
        if item.id in wrong:
            answer |= {"note": "Đoàn ghi nhận tại chỗ.", "action": item.guidance or "Khắc phục và báo cáo."}
        given.append(answer)
    return given


def value(item: Item, *, good: bool) -> Any:
    """A good or a bad answer of the item's type; a photo cannot be bad, and none is taken in a replay."""
    match item.answer:
        case AnswerType.YES_NO:
            return YES if good else NO
        case AnswerType.DOCUMENT:
            return VALID if good else MISSING
        case AnswerType.CHOICE:
            return next((one.code for one in item.choices if one.good is good), None)
        case AnswerType.NUMBER:
            return _figure(item.low, item.high, good=good)
        case AnswerType.TABLE:
            row = {
                column.code: _figure(column.low, column.high, good=good) if column.numeric else "mẫu"
                for column in item.columns
            }
            return [row]
        case AnswerType.PHOTO:
            return None


def _figure(low: str | None, high: str | None, *, good: bool) -> str:
    if low is not None:
        return low if good else str(float(Fraction(low) - 1))
    bound = high or "0"
    return bound if good else str(float(Fraction(bound) + 1))
