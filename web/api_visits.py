"""The API of one inspection: its pack, answers, photos and end, for the team; calling it off, for the office."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field
from sqlmodel import Session

from actions.close_visit import close_visit
from actions.note_lessons import note_lessons
from actions.plan_inspections import cancel_visit, leave_team
from actions.settle_conflict import settle_conflict
from actions.take_answers import take_answers
from actions.take_photo import take_photo
from domain.inspection import TeamPart, VisitKind, VisitPack, VisitState
from domain.visit_answers import AnswerBatch, Receipt
from intake.refusal import IntakeError
from store.office import load_calendar
from web.api import AtDesk, Body, Clerk, Reason, Shown, Why, Word, api_router, example
from web.api_files import Content, Sent, bytes_of
from web.desk import Desk
from web.errors import Told
from web.forms import MOST, Id
from web.inspection_visits import part_of, readable
from web.inspector import pack_for
from web.inspector_phone import SHA256

router = api_router("inspections")


class Batch(AnswerBatch):
    model_config = example(
        client_id="may-1:000001", device="may-1", base_version=0,
        answers=[{"item": "D01", "seq": 1, "value": "yes", "answered_at": "2026-03-10T07:30:00+07:00"}],
    )  # fmt: skip


class Settled(Body):
    """Which of the answers that contradict one another stands; `answer_id` as in the pack's `conflicts`."""

    model_config = example(item="D01", answer_id=41)

    item: Word
    answer_id: Annotated[int, Field(ge=1, le=MOST)]


class Closed(Body):
    """`reason`: why it is closed though something is lacking."""

    model_config = example(reason="Đơn vị vắng thủ trưởng, chưa ký")

    reason: Annotated[str, Field(max_length=2000)] = ""


class Lessons(Body):
    model_config = example(lessons=4)

    lessons: Annotated[int, Field(ge=0, le=999)]


class Leaving(Body):
    model_config = example(person_id=12, reason="Ốm")

    person_id: Annotated[int, Field(ge=1, le=MOST)]
    reason: Reason


class PhotoSent(Body):
    model_config = example(content="/9j/4AAQSkZJRgABAQ==")

    content: Content


class Kept(BaseModel):
    sha256: str


class Member(Shown):
    person_id: int
    name: str
    unit: str
    part: TeamPart


class Visit(BaseModel):
    id: int
    unit_id: int
    unit: str
    plan: str
    kind: VisitKind
    state: VisitState
    lessons: int
    team: list[Member]


@router.get("/inspections/{visit_id}")
def one(at: AtDesk, visit_id: Id) -> Visit:
    """Một cuộc kiểm tra."""
    with at.works.db.read() as session:
        return _visit(at, session, visit_id)


@router.get("/inspections/{visit_id}/pack")
def pack(at: AtDesk, visit_id: Id) -> VisitPack:
    """Phiếu, câu trả lời và mọi thứ đoàn cần, kể cả khi mất mạng."""
    return pack_for(at, visit_id)


@router.post("/inspections/{visit_id}/answers")
def answers(at: AtDesk, visit_id: Id, batch: Batch) -> Receipt:
    """Ghi các câu trả lời. Gửi lại cùng client_id thì vẫn chỉ là một lần."""
    with at.works.db.transaction() as session:
        return take_answers(session, visit_id, batch, at.by)


@router.put("/inspections/{visit_id}/photos/{sha256}")
def photo(at: AtDesk, visit_id: Id, sha256: Annotated[str, Path(pattern=SHA256)], sent: PhotoSent) -> Kept:
    """Gửi ảnh mà câu trả lời nhắc đến, theo mã băm của nó; ảnh chụp phiếu giấy cũng vậy."""
    part_of(at, visit_id)
    data = bytes_of(Sent(name=sha256, content=sent.content))
    try:
        with at.works.db.transaction() as session:
            row = take_photo(session, at.works.evidence, visit_id, sha256=sha256, data=data, by=at.by)
            return Kept(sha256=row.sha256)
    except IntakeError as error:
        raise Told(422, str(error)) from error


@router.post("/inspections/{visit_id}/settle")
def settle(at: AtDesk, visit_id: Id, chosen: Settled) -> Visit:
    """Chọn giữa các câu trả lời khác nhau."""
    part_of(at, visit_id)
    with at.works.db.transaction() as session:
        settle_conflict(session, visit_id, chosen.item, chosen.answer_id, at.by)
        return _visit(at, session, visit_id)


@router.post("/inspections/{visit_id}/close")
def close(at: AtDesk, visit_id: Id, said: Closed) -> Visit:
    """Kết thúc cuộc kiểm tra, lập biên bản và việc khắc phục."""
    part_of(at, visit_id)
    with at.works.db.transaction() as session:
        calendar = load_calendar(session, at.office.calendar)
        close_visit(session, visit_id, at.by, office=at.office, calendar=calendar, reason=said.reason.strip())
        return _visit(at, session, visit_id)


@router.post("/inspections/{visit_id}/lessons")
def lessons(at: AtDesk, visit_id: Id, observed: Lessons) -> Visit:
    """Ghi số tiết đã dự giờ."""
    part_of(at, visit_id)
    with at.works.db.transaction() as session:
        note_lessons(session, visit_id, observed.lessons, at.by)
        return _visit(at, session, visit_id)


@router.post("/inspections/{visit_id}/cancel")
def cancel(at: Clerk, visit_id: Id, said: Why) -> Visit:
    """Hủy cuộc kiểm tra."""
    with at.works.db.transaction() as session:
        cancel_visit(session, visit_id, at.by, reason=said.reason)
        return _visit(at, session, visit_id)


@router.post("/inspections/{visit_id}/take-out")
def take_out(at: Clerk, visit_id: Id, leaving: Leaving) -> Visit:
    """Rút một người khỏi đoàn."""
    with at.works.db.transaction() as session:
        readable(at, session, visit_id)
        leave_team(session, visit_id, leaving.person_id, at.by, reason=leaving.reason)
        return _visit(at, session, visit_id)


def _visit(at: Desk, session: Session, visit_id: int) -> Visit:
    """Raises NotFound for who may not read it."""
    found = readable(at, session, visit_id)
    return Visit(
        id=visit_id, unit_id=found.row.unit_id, unit=found.unit.name, plan=found.plan.title, kind=found.row.kind,
        state=found.row.state, lessons=found.row.lessons,
        team=[Member.model_validate(one) for one in found.team],
    )  # fmt: skip
