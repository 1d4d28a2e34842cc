"""What a clerk says about a passage or a name: what it is, that an order stands in it, which units it means."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.classify_passage import classify_passage, draft_from_passage
from actions.errors import NotFound
from domain.sentence import Sentence
from runtime.directives import teach
from store.questions.review import ReviewedPassage, reviewed_passage
from web.forms import Id
from web.review_desk import GONE, Clerk, Reviewing, Version
from web.source_text import KINDS

router = APIRouter()

Words = Annotated[str, Form(max_length=300)]


@router.get("/doan/{passage_id}")
def look(at: Clerk, passage_id: Id) -> Response:
    """The form alone for htmx, else on a page of its own."""
    with at.works.db.read() as session:
        desk, passage = _passage(at, session, passage_id)
        template = "office/passage_alone.html" if at.is_htmx else "office/passage.html"
        inside = [
            one
            for one in desk.found.drafts
            if one.draft.start < passage.end and one.draft.end > passage.start
        ]
        return at.page(template, review=desk.found, passage=passage, inside=inside, kinds=KINDS)


@router.post("/doan/{passage_id}/loai")
def classify(at: Clerk, passage_id: Id, version: Version, kind: Words) -> Response:
    with at.works.db.transaction() as session:
        desk, _ = _passage(at, session, passage_id)
        classify_passage(session, passage_id, at.by, kind=kind, version=version)
        return RedirectResponse(f"/van-ban/{desk.found.id}#doan-{passage_id}", 303)


@router.post("/doan/{passage_id}/noi-dung")
def make_draft(at: Clerk, passage_id: Id, version: Version) -> Response:
    with at.works.db.transaction() as session:
        desk, _ = _passage(at, session, passage_id)
        made = draft_from_passage(session, passage_id, at.by, propose=desk.propose(), version=version)
        return RedirectResponse(f"/van-ban/{desk.found.id}#noi-dung-{made.id}", 303)


@router.get("/van-ban/{directive_id}/cach-goi")
def ask_whom_it_means(at: Clerk, directive_id: Id, goi: str = "") -> Response:
    """`goi`: the wording of a text for one or more units."""
    with at.works.db.read() as session:
        return _naming(Reviewing.of(at, session, directive_id), goi)


@router.post("/van-ban/{directive_id}/cach-goi")
def teach_name(
    at: Clerk, directive_id: Id, wording: Words = "", units: Words = "", chosen: Words = ""
) -> Response:
    """`units`: names, groups or codes, told apart by semicolons; `chosen`: a proposed one."""
    said = chosen or units
    with at.works.db.transaction() as session:
        desk = Reviewing.of(at, session, directive_id)
        names = [name for part in said.split(";") if (name := part.strip())]
        unknown = [name for name in names if not desk.directory.find(name)]
        if unknown or not names or not wording.strip():
            missing = Sentence("Hãy ghi cách gọi và chọn đơn vị mà cách gọi ấy chỉ.")
            error = (
                Sentence("Cơ quan không có đơn vị nào tên “{unknown}”.", unknown=unknown[0])
                if unknown
                else missing
            )
            return _naming(desk, wording, units, error)
        codes = dict.fromkeys(code for name in names for code in desk.directory.find(name))
        changed = teach(at.works, session, wording, list(codes), at.by)
    return RedirectResponse(f"/van-ban/{directive_id}?doi={changed}", 303)


def _naming(desk: Reviewing, wording: str, units: str = "", error: str = "") -> Response:
    return desk.at.page(
        "office/naming.html",
        422 if error else 200,
        wording=wording,
        units=units,
        error=error,
        suggestions=desk.directory.resolve(wording).suggestions if wording.strip() else (),
        **desk.choices(),
    )


def _passage(at: Clerk, session: Session, passage_id: int) -> tuple[Reviewing, ReviewedPassage]:
    found = reviewed_passage(session, passage_id)
    if found is None:
        raise NotFound(GONE)
    return Reviewing.of(at, session, found[0]), found[1]
