"""Inspections (kiểm tra): the visit, its kinds and states, its team, and what the team carries along.

The word is kiểm tra: a ward or a school has no inspectorate of its own (Luật Thanh tra 84/2025/QH15; Nghị định
217/2025/NĐ-CP), so no text of ours uses the other word.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.checklist import Item, Section
from domain.checklist_answer import Given
from domain.fields import document, instant, string, word
from domain.sentence import Sentence
from domain.visit_answers import Conflict


class VisitKind(StrEnum):
    PLANNED = "planned"  # kiểm tra theo kế hoạch
    SURPRISE = "surprise"  # kiểm tra đột xuất
    SELF = "self"  # tự kiểm tra
    REPEAT = "repeat"  # tái kiểm tra: only what failed before
    REMOTE = "remote"  # kiểm tra trực tuyến


class VisitState(StrEnum):
    SEALED = "sealed"  # chưa mở: nobody without need knows of it
    OPEN = "open"  # đang kiểm tra
    CLOSED = "closed"  # đã kết thúc
    CANCELLED = "cancelled"  # đã hủy


class TeamPart(StrEnum):
    HEAD = "head"  # trưởng đoàn
    SECRETARY = "secretary"  # thư ký
    MEMBER = "member"  # thành viên


class Side(StrEnum):
    TEAM = "team"  # đoàn kiểm tra
    UNIT = "unit"  # đơn vị được kiểm tra


KIND_LABELS = {
    VisitKind.PLANNED: Sentence("kiểm tra theo kế hoạch"),
    VisitKind.SURPRISE: Sentence("kiểm tra đột xuất"),
    VisitKind.SELF: Sentence("tự kiểm tra"),
    VisitKind.REPEAT: Sentence("tái kiểm tra"),
    VisitKind.REMOTE: Sentence("kiểm tra trực tuyến"),
}

STATE_LABELS = {
    VisitState.SEALED: Sentence("chưa mở"),
    VisitState.OPEN: Sentence("đang kiểm tra"),
    VisitState.CLOSED: Sentence("đã kết thúc"),
    VisitState.CANCELLED: Sentence("đã hủy"),
}

PART_LABELS = {
    TeamPart.HEAD: Sentence("trưởng đoàn"),
    TeamPart.SECRETARY: Sentence("thư ký"),
    TeamPart.MEMBER: Sentence("thành viên"),
}


class Visit(SQLModel):
    """One team at one unit. `key` says for what it was planned. `version` counts accepted answers; `only_items` are
    those of a re-inspection. `lessons`: lessons observed (số tiết dự giờ). `allowed`: the leader's reason for a
    second team in one month."""

    key: str = string()
    kind: VisitKind = word(VisitKind)
    theme: str = string()
    place: str = string(default="")
    day: date
    opens_at: datetime = instant()
    state: VisitState = word(VisitState, default=VisitState.SEALED)
    only_items: list[str] = document(list)
    allowed: str = string(default="")
    location: str = string(default="")
    lessons: int = 0
    reservation: str = string(default="")
    """Why it was closed though something was lacking: an answer, a photo, a signature."""
    record_hash: str = string(default="")
    """Of everything the record says, when it was closed."""
    opened_at: datetime | None = instant(default=None)
    started_at: datetime | None = instant(default=None)
    finished_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    version: int = 0


class TeamMember(SQLModel):
    """`sections`: those of the checklist this person answers for; none means all."""

    part: TeamPart = word(TeamPart, default=TeamPart.MEMBER)
    sections: list[str] = document(list)
    left_at: datetime | None = instant(default=None)


class Photo(SQLModel):
    """`sha256` is the hash of what the device sent and what answers name; `stored` the hash of what is kept: the
    same, unless the server had to take something out of it. A signature's drawing is kept the same way."""

    sha256: str = string()
    stored: str = string()
    media_type: str = string()
    size: int
    received_at: datetime = instant()


class Signature(SQLModel):
    """`version`: the visit's version when it was signed; answers that came later are not covered by it."""

    side: Side = word(Side)
    name: str = string()
    sha256: str = string(default="")
    version: int
    signed_at: datetime = instant()


class Sync(SQLModel):
    """A batch that was taken. `receipt` is what the device was told."""

    client_id: str = string()
    device: str = string()
    finished: bool = False
    receipt: dict[str, Any] = document(dict)
    received_at: datetime = instant()


# --- what the team carries along ---------------------------------------------------------------------------


class Packed(BaseModel):
    model_config = ConfigDict(frozen=True)


class Member(Packed):
    person_id: int
    name: str
    unit: str
    part: TeamPart
    sections: tuple[str, ...] = ()

    def answers_for(self, sections: Iterable[Section]) -> str:
        """The titles of this person's own (phần phụ trách); "" for who answers for all."""
        return ", ".join(section.title for section in sections if section.code in self.sections)


class PackedVisit(Packed):
    """`unit` is its name. Instants are UTC."""

    id: int
    unit: str
    unit_id: int
    theme: str
    title: str
    kind: VisitKind
    state: VisitState
    day: date
    place: str
    opens_at: datetime
    finished_at: datetime | None
    version: int
    team: tuple[Member, ...]
    sections: tuple[Section, ...]


class PackedChecklist(Packed):
    version: int
    items: tuple[Item, ...]


class PackedAnswer(Packed):
    """What stands now, by whom."""

    item: str
    by: str
    answered_at: datetime
    value: Any = None
    note: str = ""
    action: str = ""
    not_applicable: bool = False
    photos: tuple[str, ...] = ()

    def given(self) -> Given:
        return Given.model_validate(self)


class PastFinding(Packed):
    """What was found at the unit before, on the same item. `open`: not yet put right."""

    id: int
    item: str
    found_on: date
    severity: str
    note: str
    action: str
    due_on: date | None
    open: bool


class PackedSignature(Packed):
    side: Side
    name: str
    sha256: str
    signed_at: datetime


class VisitPack(Packed):
    """Everything a device needs for days without network. `self_answers`: what the unit said of itself in its last
    self-inspection of this theme; `differences`: items where the team found otherwise."""

    visit: PackedVisit
    checklist: PackedChecklist
    answers: tuple[PackedAnswer, ...]
    conflicts: tuple[Conflict, ...]
    signatures: tuple[PackedSignature, ...]
    findings: tuple[PastFinding, ...]
    self_answers: tuple[PackedAnswer, ...]
    self_on: date | None
    differences: tuple[str, ...]
    missing_photos: tuple[str, ...]
