"""What a visit's record (biên bản kiểm tra) says: every answer, whose, with which proof, and who signed."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from domain.checklist import Demand
from domain.checklist_answer import Mark, Score
from domain.fields import canonical
from domain.inspection import Member, PackedSignature, Side, VisitKind
from domain.sentence import Sentence
from domain.verdict import Severity


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class RecordLine(Frozen):
    """One item. `answer` is in words; `photos` are hashes of stored bytes; `lacking`: what a bad answer was to bring
    with it and did not."""

    id: str
    section: str
    text: str
    clause: str
    severity: Severity
    mark: Mark
    answer: str = ""
    note: str = ""
    action: str = ""
    guidance: str = ""
    by: str = ""
    photos: tuple[str, ...] = ()
    lacking: tuple[Demand, ...] = ()


class VisitRecord(Frozen):
    """`unit`, `office` and `superior` are names; instants are UTC, `zone` is the office's. `papers`: hashes of
    stored photos that no answer ever named, such as of a list filled in by hand. `contested`: items whose answers
    contradict one another; `missing_photos`: hashes named by answers that never arrived."""

    visit_id: int
    office: str
    superior: str
    office_place: str
    zone: str
    unit: str
    plan: str
    title: str
    checklist_version: int
    kind: VisitKind
    day: date
    place: str
    started_at: datetime | None
    finished_at: datetime | None
    team: tuple[Member, ...]
    lines: tuple[RecordLine, ...]
    score: Score
    signatures: tuple[PackedSignature, ...]
    papers: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    missing_photos: tuple[str, ...] = ()
    reservation: str = ""

    @property
    def bad(self) -> Sequence[RecordLine]:
        return [line for line in self.lines if line.mark is Mark.BAD]

    @property
    def hash(self) -> str:
        """SHA-256 over everything above in one spelling: the same record, the same hash."""
        return hashlib.sha256(canonical(self.model_dump(mode="json")).encode()).hexdigest()

    def gaps(self) -> list[str]:
        """What keeps it from being whole, in words."""
        unanswered = [line.id for line in self.lines if line.mark is Mark.UNANSWERED]
        unproven = [line.id for line in self.lines if line.lacking]
        signed = {signature.side for signature in self.signatures}
        said = (
            (unanswered, Sentence("chưa trả lời {items}", items=", ".join(unanswered))),
            (
                unproven,
                Sentence("{items} chưa đạt mà thiếu ghi chú, ảnh hoặc biện pháp", items=", ".join(unproven)),
            ),
            (self.missing_photos, Sentence("còn {count} ảnh chưa gửi lên", count=len(self.missing_photos))),
            (Side.TEAM not in signed, Sentence("đoàn chưa ký")),
            (Side.UNIT not in signed, Sentence("đơn vị chưa ký")),
        )
        return [words for lacks, words in said if lacks]
