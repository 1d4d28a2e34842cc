"""A duty: what a directive orders, of whom, until when, with which evidence and rules.

Everything that later decides about a duty is frozen on it when it is issued: its schedule, its form and
rules, its ladder. Changing the office's defaults changes the duties issued afterwards, never these.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.assignment import Part
from domain.chain import Chain
from domain.escalation import Ladder
from domain.fields import document, instant, said, string, word
from domain.ladders import Sort
from domain.recurrence import Schedule
from domain.scenario import Situation


class Kind(StrEnum):
    ONE_OFF = "one_off"  # việc một lần
    RECURRING = "recurring"  # việc định kỳ
    STANDING = "standing"  # nhiệm vụ thường xuyên: attested in a report, never a tick-box
    CORRECTIVE = "corrective"  # khắc phục tồn tại: of a finding, once, closed by the reviewer
    DORMANT = "dormant"  # việc chờ sự kiện: sleeps until somebody says that its event has come


BY_CALENDAR = (Kind.ONE_OFF, Kind.RECURRING, Kind.CORRECTIVE)
"""Kinds that the calendar opens by itself."""


class Force(StrEnum):
    """How strongly the text speaks. Only what binds is ever overdue or escalated."""

    BINDING = "binding"  # yêu cầu, giao
    REQUEST = "request"  # đề nghị


class Review(StrEnum):
    """Who accepts a hand-in that breaks no rule."""

    RULES = "rules"  # accepted at once when every rule is met
    PERSON = "person"  # waits for the office


class DraftStatus(StrEnum):
    PROPOSED = "proposed"  # chờ duyệt
    APPROVED = "approved"  # đã duyệt
    DISCARDED = "discarded"  # bỏ, with a reason
    RECAST = "recast"  # đã tách hoặc gộp: other drafts carry its words now


class Assignee(BaseModel):
    """One unit's part in a duty (chủ trì, phối hợp, thực hiện)."""

    model_config = ConfigDict(frozen=True)

    unit: str
    part: Part


class Draft(SQLModel):
    """A passage read as a duty, waiting for a person. `reading` is the `DutyDraft` as read, untouched;
    `terms` is what the office decided (`DutyTerms`); `missing` names what neither of them gives, `notes` are
    Vietnamese sentences about the units named. `came_from`: ids of the drafts it was split or merged from."""

    ordinal: int
    clause: str = string(default="")
    quote: str = string()
    start: int
    end: int
    kind: str = string(default="task")
    status: DraftStatus = word(DraftStatus, default=DraftStatus.PROPOSED)
    reading: dict[str, Any] = document(dict)
    terms: dict[str, Any] | None = document(lambda: None)
    missing: list[str] = document(list)
    added: list[str] = document(list)
    notes: list[str] = document(list)
    came_from: list[int] = document(list)
    reason: str = string(default="")
    decided_at: datetime | None = instant(default=None)
    version: int = 1


class DutyTerms(BaseModel):
    """What a person approves: a draft becomes a duty with exactly these terms. `product` is what is handed in
    (sản phẩm), `measure` how one sees that the duty is done; both may stay empty. `chain` is planned back from
    each deadline. `situation`: runs only while that is declared. `plans_for`: what is handed in is the plan
    (kịch bản) of that state, which is not declared before it is approved. `for_superior`: done once put before
    the superior (đã trình). `cascade`: every unit hands in a plan of its own. `series` and `instalment` link đợt 1
    with đợt 2. `inspection`, `report`: what the text orders, for the ladder (`sort`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    kind: Kind
    force: Force = Force.BINDING
    assignees: tuple[Assignee, ...]
    schedule: Schedule
    pack: str = ""
    review: Review = Review.RULES
    ladder: Ladder | None = None
    inspection: bool = False
    report: bool = False
    attested_in: str = ""
    product: str = ""
    measure: str = ""
    chain: Chain | None = None
    situation: Situation | None = None
    plans_for: Situation | None = None
    for_superior: bool = False
    cascade: bool = False
    series: str = ""
    instalment: int | None = None
    added: tuple[str, ...] = ()

    @property
    def sort(self) -> Sort:
        """By which the office chooses the ladder."""
        fits = {
            Sort.REQUEST: self.force is Force.REQUEST,
            Sort.CORRECTIVE: self.kind is Kind.CORRECTIVE,
            Sort.SUPERIOR: self.for_superior,
            Sort.INSPECTION: self.inspection,
            Sort.STANDING: self.kind is Kind.STANDING,
            Sort.REPORT: self.report or bool(self.pack),
        }
        return next((sort for sort, does in fits.items() if does), Sort.TASK)


@dataclass(frozen=True)
class Given:
    """What issuing gives: `units`: code → new duties; `standing` of the `duties` have no deadline."""

    units: Mapping[str, int]
    duties: int
    standing: int


def given_by(terms: Sequence[DutyTerms]) -> Given:
    return Given(
        Counter(assignee.unit for duty in terms for assignee in duty.assignees),
        len(terms),
        sum(duty.kind is Kind.STANDING for duty in terms),
    )


class Duty(SQLModel):
    """`warnings`: what was said when it was issued all the same. `asleep`: its situation is not the declared
    one; `awake_since` is the first whole day on which it last was and was known to be, None for a duty bound to
    none."""

    code: str = string()
    title: str = string()
    clause: str = string(default="")
    quote: str = string()
    kind: Kind = word(Kind)
    force: Force = word(Force, default=Force.BINDING)
    schedule: dict[str, Any] = document(dict)
    pack: str = string(default="")
    review: Review = word(Review, default=Review.RULES)
    ladder: dict[str, Any] = document(dict)
    attested_in: str = string(default="")
    product: str = string(default="")
    measure: str = string(default="")
    chain: dict[str, Any] | None = document(lambda: None)
    situation: str = string(default="")
    situation_state: str = string(default="")
    plans_for: str = string(default="")
    plans_for_state: str = string(default="")
    asleep: bool = False
    awake_since: date | None = None
    for_superior: bool = False
    cascade: bool = False
    series: str = string(default="")
    instalment: int | None = None
    warnings: list[str] = document(list)
    added: list[str] = document(list)
    issued_at: datetime = instant()
    opened_through: date | None = None
    """Occurrences are open through this day; the next run starts after it."""

    def terms_of_time(self) -> Schedule:
        return Schedule.model_validate(self.schedule)

    def frozen_chain(self) -> Chain | None:
        return Chain.model_validate(self.chain) if self.chain else None

    def bound_to(self) -> Situation | None:
        return Situation(name=self.situation, state=self.situation_state) if self.situation else None

    def asks_figures_of(self, part: Part) -> bool:
        """Where the office asks others for parts of a report, the lead hands in the synthesis of them: the
        form's figures are asked of those who give the parts, and counted once."""
        return bool(self.pack) and ("parts" not in self.added or part is Part.COORDINATOR)

    def pack_for(self, part: Part) -> str:
        return self.pack if self.asks_figures_of(part) else ""

    def frozen_ladder(self) -> Ladder:
        return Ladder.model_validate(self.ladder)


class Occurrence(SQLModel):
    """A duty in one period ("2023-02", "2023-Q1", "once"). `stated_on` is the day as the text says it,
    `due_on` the day that counts; `why` tells how one became the other."""

    period: str = string()
    opens_on: date
    stated_on: date | None = None
    due_on: date
    why: str = said(default="")
