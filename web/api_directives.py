"""The API of directives: take in, read, the desk's data, decide a draft, give the duties out."""

from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import Response
from pydantic import BaseModel, Field

from actions.decide_draft import approve_draft, discard_draft
from actions.drop_directive import drop_directive
from actions.open_occurrences import open_occurrences
from actions.publish import publish
from domain.directive import OnSameNumber, Status
from domain.draft import Reading
from domain.duty import DraftStatus, Force, Review
from domain.sentence import Sentence
from intake.formats import IntakeError, Loaded, load_bytes
from intake.reading import read_text
from runtime.directives import preview, take_in_text
from runtime.missing_fields import open_fields
from store.questions.directives import ReviewedDraft, directives
from web.api import (
    AsLeafing,
    Body,
    Clerk,
    ForClerk,
    Seen,
    Why,
    api_router,
    example,
    tagged,
)
from web.api_files import Content, Sent, bytes_of
from web.desk import Desk
from web.errors import Told
from web.faults import Faulty
from web.forms import Id
from web.office_review_draft import terms_of
from web.review_desk import Reviewing
from web.terms import Ending, NotUnderstood

router = api_router("directives")

LONGEST_TEXT = 2_000_000

Words = Annotated[str, Field(max_length=1000)]


class Text(Body):
    model_config = example(text="Các trường báo cáo trước ngày 15 hằng tháng.")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class Incoming(Body):
    """Either `text`, or `content`: the file as base64. `on_same`: what to do when the number is known with another
    text."""

    model_config = example(text="Các trường báo cáo trước ngày 15 hằng tháng.", file_name="cong-van-12.txt")

    file_name: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    content: Content = ""
    on_same: OnSameNumber = OnSameNumber.ASK


class TakenIn(BaseModel):
    id: int
    new: bool


class Named(BaseModel):
    id: int
    symbol: str | None
    type: str | None
    issuer: str | None
    subject: str | None
    issued_on: date | None
    file_name: str
    status: Status
    received_at: datetime


class Names(BaseModel):
    items: list[Named]
    next: str | None


class Draft(BaseModel):
    """`reading` is what the text says, `terms` what the office's policy makes of it, `missing` what nobody has
    said yet; `version` is the ETag of its decision."""

    id: int
    version: int
    status: DraftStatus
    start: int
    end: int
    reading: dict[str, Any]
    terms: dict[str, Any] | None
    missing: list[str]
    questions: list[str]
    duty_id: int | None


class Directive(Named):
    text: str
    lint: list[dict[str, Any]]
    drafts: list[Draft]


class Decision(Body):
    """As in the form of the desk; what is left out stays as it was read."""

    model_config = example(
        lead="các trường tiểu học", deadline="trước ngày 15 hằng tháng", since="01/03/2026"
    )

    title: Words | None = None
    lead: Words | None = None
    coordinators: Words | None = None
    deadline: Words | None = None
    pack: Words | None = None
    product: Words | None = None
    measure: Words | None = None
    plans_for: Words | None = None
    situation: Words | None = None
    force: Force | None = None
    ending: Ending | None = None
    review: Review | None = None
    since: Annotated[str, Field(max_length=20)] | None = None


class Coming(BaseModel):
    """What giving out would do. `units`: code → new duties; `letters`: day → units written to."""

    units: dict[str, int]
    duties: int
    standing: int
    letters: dict[date, int]
    overlaps: list[str]


class Published(BaseModel):
    duties: list[int]


@router.get("/directives")
def listed(at: Clerk, asked: AsLeafing) -> Names:
    """Văn bản đã tiếp nhận, mới nhất trước."""
    with at.works.db.read() as session:
        found, after = asked.rows(partial(directives, session))
        return Names(items=[Named(id=one.id, **_head(one)) for one in found], next=after)


@router.post("/directives", status_code=201)
def take_in(at: Clerk, incoming: Incoming) -> TakenIn:
    """Tiếp nhận văn bản; gửi lại cùng nội dung thì vẫn là văn bản đã có."""
    loaded = _loaded(incoming)
    number, new = take_in_text(
        at.works, loaded.text, incoming.file_name, at.by, on_same=incoming.on_same, warnings=loaded.warnings
    )
    return TakenIn(id=number, new=new)


@router.post("/read", dependencies=[ForClerk])
def read(source: Text) -> Reading:
    """Đọc thử, không lưu gì."""
    return read_text(_loaded(Incoming(text=source.text, file_name="văn bản")).text)


@router.get("/directives/{directive_id}")
def one(at: Clerk, directive_id: Id) -> Directive:
    """Một văn bản với các nội dung đã đọc ra."""
    with at.works.db.read() as session:
        desk = Reviewing.of(at, session, directive_id)
        asked = {gap.id: list(gap.questions) for gap in open_fields(desk.found, desk.known)}
        head = desk.found.directive
        return Directive(
            id=directive_id, **_head(head), text=head.text, lint=head.lint,
            drafts=[_draft(one, asked.get(one.id, [])) for one in desk.found.drafts],
        )  # fmt: skip


@router.get("/directives/{directive_id}/preview")
def coming(at: Clerk, directive_id: Id) -> Coming:
    """Nếu giao việc bây giờ thì điều gì xảy ra."""
    with at.works.db.read() as session:
        Reviewing.of(at, session, directive_id)
        found = preview(at.works, session, directive_id, at.now)
    return Coming(
        units=dict(found.units), duties=found.duties, standing=found.standing, letters=dict(found.letters),
        overlaps=[f"{o.unit}: {o.title} – {o.duty}" for o in found.overlaps],
    )  # fmt: skip


@router.post("/directives/{directive_id}/publish")
def give_out(at: Clerk, directive_id: Id) -> Published:
    """Giao các việc đã duyệt, mở ngay những kỳ đã đến lúc."""
    with at.works.db.transaction() as session:
        desk = Reviewing.of(at, session, directive_id)
        duties = publish(session, directive_id, at.office, at.by)
        for duty in duties:
            open_occurrences(session, duty.id, calendar=desk.calendar, zone=at.office.tz, by=at.by)
        return Published(duties=[duty.id for duty in duties])


@router.post("/directives/{directive_id}/drop", status_code=204)
def drop(at: Clerk, directive_id: Id, said: Why) -> None:
    """Bỏ một văn bản chưa giao việc nào."""
    with at.works.db.transaction() as session:
        drop_directive(session, directive_id, at.by, reason=said.reason)


@router.get("/drafts/{draft_id}")
def draft(at: Clerk, draft_id: Id, answer: Response) -> Draft:
    """Một nội dung đã đọc ra."""
    return _shown(at, draft_id, answer)


@router.post("/drafts/{draft_id}/approve")
def approve(at: Clerk, draft_id: Id, decision: Decision, seen: Seen, answer: Response) -> Draft:
    """Duyệt một nội dung thành nhiệm vụ."""
    try:
        with at.works.db.transaction() as session:
            desk, one = Reviewing.of_draft(at, session, draft_id)
            terms = terms_of(desk, one, decision.model_dump(exclude_none=True))
            approve_draft(session, draft_id, at.by, terms=terms, version=seen)
    except NotUnderstood as error:
        raise Faulty(error.faults) from error
    return _shown(at, draft_id, answer)


@router.post("/drafts/{draft_id}/discard")
def discard(at: Clerk, draft_id: Id, said: Why, seen: Seen, answer: Response) -> Draft:
    """Bỏ một nội dung."""
    with at.works.db.transaction() as session:
        Reviewing.of_draft(at, session, draft_id)
        discard_draft(session, draft_id, at.by, reason=said.reason, version=seen)
    return _shown(at, draft_id, answer)


def _shown(at: Desk, draft_id: int, answer: Response) -> Draft:
    with at.works.db.read() as session:
        _desk, one = Reviewing.of_draft(at, session, draft_id)
    tagged(answer, one.draft.version)
    return _draft(one, [])


def _draft(one: ReviewedDraft, questions: list[str]) -> Draft:
    d = one.draft
    return Draft(
        id=one.id, version=d.version, status=d.status, start=d.start, end=d.end, reading=d.reading,
        terms=d.terms, missing=list(d.missing), questions=questions, duty_id=one.duty_id,
    )  # fmt: skip


def _head(directive: Any) -> dict[str, Any]:
    return {name: getattr(directive, name) for name in Named.model_fields if name != "id"}


def _loaded(incoming: Incoming) -> Loaded:
    """Text goes through the same checks as a file. Raises 422 in the reader's words."""
    name = incoming.file_name
    if bool(incoming.text) == bool(incoming.content):
        raise Told(422, Sentence("Hãy gửi văn bản, hoặc nội dung tệp."))
    try:
        if incoming.content:
            return load_bytes(bytes_of(Sent(name=name, content=incoming.content)), name)
        return load_bytes(incoming.text.encode(), name if name.endswith(".txt") else f"{name}.txt")
    except IntakeError as error:
        raise Told(422, str(error)) from error
