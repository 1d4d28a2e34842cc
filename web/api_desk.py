"""The API of the reading desk beyond one decision: passages, names a text uses, drafts taken up again."""

from datetime import date
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field

from actions.classify_passage import classify_passage, draft_from_passage
from actions.reconsider_draft import reconsider_draft
from actions.start_later import start_later
from web.api import Body, Clerk, Seen, Shown, Word, api_router, example
from web.api_directives import Directive, Draft, draft
from web.api_directives import one as directive
from web.forms import Id
from web.office_review_passage import passage_of, taught
from web.review_desk import Reviewing

router = api_router("directives")


class Passage(Shown):
    """A part of the text and what it is; `settled` false: an order that no draft stands in. `version`: what If-Match
    takes."""

    id: int
    start: int
    end: int
    kind: str
    version: int
    settled: bool


class Kind(Body):
    model_config = example(kind="background")

    kind: Word


class Named(Body):
    """`wording`: as the text says it; `units`: names, groups or codes that it means."""

    model_config = example(wording="Bộ phận Một cửa", units=["to-tong-hop"])

    wording: Word
    units: Annotated[list[Word], Field(min_length=1, max_length=200)]


class Begins(Body):
    """Nothing stated before `first` is opened."""

    model_config = example(first="2026-03-01")

    first: date


class Again(BaseModel):
    """How many drafts were proposed again."""

    changed: int


@router.get("/directives/{directive_id}/passages")
def passages(at: Clerk, directive_id: Id) -> list[Passage]:
    """Mọi đoạn của văn bản và loại của từng đoạn."""
    with at.works.db.read() as session:
        return [Passage.model_validate(one) for one in Reviewing.of(at, session, directive_id).passages]


@router.post("/directives/{directive_id}/approve-complete")
def approve_complete(at: Clerk, directive_id: Id) -> Directive:
    """Duyệt mọi nội dung không còn thiếu gì, như đã đề xuất."""
    with at.works.db.transaction() as session:
        Reviewing.of(at, session, directive_id).approve_complete()
    return directive(at, directive_id)


@router.post("/directives/{directive_id}/names")
def teach_name(at: Clerk, directive_id: Id, named: Named) -> Again:
    """Cách gọi này trong văn bản chỉ những đơn vị nào; ghi nhớ cho các văn bản sau."""
    with at.works.db.transaction() as session:
        return Again(changed=taught(Reviewing.of(at, session, directive_id), named.wording, named.units))


@router.post("/passages/{passage_id}/classify")
def classify(at: Clerk, passage_id: Id, said: Kind, seen: Seen) -> list[Passage]:
    """Đoạn này là gì: mệnh lệnh, bối cảnh, thể thức…"""
    with at.works.db.transaction() as session:
        desk, _ = passage_of(at, session, passage_id)
        classify_passage(session, passage_id, at.by, kind=said.kind, version=seen)
        directive_id = desk.found.id
    return passages(at, directive_id)


@router.post("/passages/{passage_id}/draft", status_code=201)
def make_draft(at: Clerk, passage_id: Id, seen: Seen, answer: Response) -> Draft:
    """Trong đoạn này có việc phải giao: lập một nội dung từ nó."""
    with at.works.db.transaction() as session:
        desk, _ = passage_of(at, session, passage_id)
        made = draft_from_passage(session, passage_id, at.by, propose=desk.propose(), version=seen)
        draft_id = made.id
    return draft(at, draft_id, answer)


@router.post("/drafts/{draft_id}/reconsider")
def reconsider(at: Clerk, draft_id: Id, seen: Seen, answer: Response) -> Draft:
    """Quyết định lại một nội dung đã duyệt hoặc đã bỏ."""
    with at.works.db.transaction() as session:
        desk, _ = Reviewing.of_draft(at, session, draft_id)
        reconsider_draft(session, draft_id, at.by, propose=desk.propose(), version=seen)
    return draft(at, draft_id, answer)


@router.post("/drafts/{draft_id}/start-later")
def begin_with(at: Clerk, draft_id: Id, begins: Begins, seen: Seen, answer: Response) -> Draft:
    """Chỉ giao từ một ngày: các kỳ trước ngày ấy không mở."""
    with at.works.db.transaction() as session:
        Reviewing.of_draft(at, session, draft_id)
        start_later(session, draft_id, at.by, first=begins.first, version=seen)
    return draft(at, draft_id, answer)
