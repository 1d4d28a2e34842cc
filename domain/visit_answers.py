"""Answers as they come from devices, and which of them stand.

Answers are only added to. A device numbers its own answers (`seq`); every answer also tells the version of the
visit its author had seen (`base`). From the two follows who knew of whom: a later answer of the same device
overrules the earlier, an answer given in sight of another overrules it, and two given in ignorance of one another
stand side by side until a person chooses. Nothing is ever lost by syncing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlmodel import SQLModel

from domain.checklist_answer import Given
from domain.fields import document, instant, string

MOST_ANSWERS = 2_000
MOST_PHOTOS = 50
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Answer(SQLModel):
    """One answer of one device. `version` is the visit's version that it became; `base` the version its author
    had seen. `answered_at` is the device's clock, `received_at` the server's; both UTC."""

    item: str = string()
    device: str = string()
    seq: int
    base: int
    version: int
    value: Any = document(lambda: None, nullable=True)
    note: str = string(default="")
    action: str = string(default="")
    not_applicable: bool = False
    photos: list[str] = document(list)
    answered_at: datetime = instant()
    received_at: datetime = instant()

    def given(self) -> Given:
        return Given.model_validate(self)

    def overrules(self, other: "Answer") -> bool:
        if self.device == other.device:
            return self.seq > other.seq
        return self.base >= other.version

    def says_what(self, other: "Answer") -> bool:
        """Photos do not contradict one another."""
        mine, theirs = self.given(), other.given()
        return mine.model_copy(update={"photos": ()}) == theirs.model_copy(update={"photos": ()})


A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Standing(Generic[A]):
    """Either one `answer` (with the photos of all who said the same), or several `contested`, oldest first."""

    answer: A | None
    photos: tuple[str, ...] = ()
    contested: tuple[A, ...] = ()

    def given(self) -> Given | None:
        return self.answer.given().model_copy(update={"photos": self.photos}) if self.answer else None


def standing(answers: Iterable[A]) -> Standing[A]:
    """Of one item's answers, those that nobody overrules."""
    all_ = sorted(answers, key=lambda a: (a.version, a.device, a.seq))
    heads = [one for one in all_ if not any(other.overrules(one) for other in all_ if other is not one)]
    if not heads:
        return Standing(None)
    if any(not head.says_what(heads[0]) for head in heads):
        return Standing(None, contested=tuple(heads))
    photos = dict.fromkeys(photo for head in heads for photo in head.photos)
    return Standing(heads[-1], tuple(photos))


def standings(answers: Iterable[A]) -> Mapping[str, Standing[A]]:
    """By item."""
    by_item: dict[str, list[A]] = {}
    for answer in answers:
        by_item.setdefault(answer.item, []).append(answer)
    return {item: standing(group) for item, group in by_item.items()}


def happened(told: datetime | None, opened: datetime, arrived: datetime) -> datetime:
    """When something was done on a device that may have been offline for days: its own clock where that can be true,
    after the opening and before the arrival; else the arrival."""
    return told if told and opened <= told <= arrived else arrived


# --- what travels ------------------------------------------------------------------------------------------


class Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SentAnswer(Wire):
    """`seq` counts all answers of the device in this visit, from 1. `base_version`: what the author had seen when
    answering, where that is less than the batch says."""

    item: str = Field(max_length=100)
    seq: int = Field(ge=1, le=2**31 - 1)
    value: Any = None
    note: str = ""
    action: str = ""
    not_applicable: bool = False
    photos: tuple[Hash, ...] = Field(default=(), max_length=MOST_PHOTOS)
    answered_at: AwareDatetime
    base_version: int | None = Field(default=None, ge=0, le=2**31 - 1)

    def given(self) -> Given:
        return Given.model_validate(self)


class SentSignature(Wire):
    """`sha256` names the drawing, which travels as a photo does; empty where a name was typed instead. `signed_at`:
    the device's clock; None: as it arrives."""

    side: Literal["team", "unit"]
    name: str = Field(min_length=1, max_length=200)
    sha256: Hash | Literal[""] = ""
    signed_at: AwareDatetime | None = None


class AnswerBatch(Wire):
    """What a device sends at once. `client_id` makes it count once however often it is sent; `base_version` is the
    version of the visit the device had last seen. `finished_at`: the device's clock; None: as it arrives. `place`:
    where, as "latitude,longitude", only if the person agreed."""

    client_id: str = Field(min_length=8, max_length=100)
    device: str = Field(min_length=1, max_length=100)
    base_version: int = Field(ge=0, le=2**31 - 1)
    answers: tuple[SentAnswer, ...] = Field(default=(), max_length=MOST_ANSWERS)
    signatures: tuple[SentSignature, ...] = Field(default=(), max_length=20)
    finished: bool = False
    finished_at: AwareDatetime | None = None
    place: str = Field(default="", max_length=100)


class RefusedAnswer(Wire):
    item: str
    seq: int
    why: str


class Told(Wire):
    """One of several answers that contradict one another. `id` is what `settle_conflict` takes."""

    id: int
    by: str
    answered_at: datetime
    value: Any = None
    note: str = ""
    action: str = ""
    not_applicable: bool = False
    photos: tuple[str, ...] = ()


class Conflict(Wire):
    item: str
    answers: tuple[Told, ...]


class Receipt(Wire):
    """What the server has for good. Only what stands in `accepted` (by `seq`) may be forgotten by the device;
    `refused` never will be accepted as it is; `missing_photos` are still to be sent."""

    client_id: str
    accepted: tuple[int, ...] = ()
    refused: tuple[RefusedAnswer, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    missing_photos: tuple[str, ...] = ()
    version: int
