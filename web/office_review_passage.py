"""What a clerk says about a passage or a name: what it is, that an order stands in it, which units it means."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.classify_passage import classify_passage, draft_from_passage
from actions.errors import NotFound, Refused
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
        desk, passage = passage_of(at, session, passage_id)
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
        desk, _ = passage_of(at, session, passage_id)
        classify_passage(session, passage_id, at.by, kind=kind, version=version)
        return RedirectResponse(f"/van-ban/{desk.found.id}#doan-{passage_id}", 303)


@router.post("/doan/{passage_id}/noi-dung")
def make_draft(at: Clerk, passage_id: Id, version: Version) -> Response:
    with at.works.db.transaction() as session:
        desk, _ = passage_of(at, session, passage_id)
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
    with at.works.db.transaction() as session:
        desk = Reviewing.of(at, session, directive_id)
        try:
            changed = taught(desk, wording, (chosen or units).split(";"))
        except Refused as refused:
            return _naming(desk, wording, units, str(refused))
    return RedirectResponse(f"/van-ban/{directive_id}?doi={changed}", 303)


def taught(desk: Reviewing, wording: str, said: Iterable[str]) -> int:
    """How many drafts were proposed again. `said`: names, groups or codes. Raises `Refused` for an unknown one."""
    names = [name for part in said if (name := part.strip())]
    if unknown := [name for name in names if not desk.directory.find(name)]:
        raise Refused("Cơ quan không có đơn vị nào tên “{unknown}”.", unknown=unknown[0]).about("units")
    if not names or not wording.strip():
        raise Refused("Hãy ghi cách gọi và chọn đơn vị mà cách gọi ấy chỉ.").about("wording")
    codes = dict.fromkeys(code for name in names for code in desk.directory.find(name))
    return teach(desk.at.works, desk.session, wording, list(codes), desk.at.by)


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


def passage_of(at: Clerk, session: Session, passage_id: int) -> tuple[Reviewing, ReviewedPassage]:
    found = reviewed_passage(session, passage_id)
    if found is None:
        raise NotFound(GONE)
    return Reviewing.of(at, session, found[0]), found[1]
