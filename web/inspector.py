"""The inspector's pages (Kiểm tra): lists and checklists of one's own visits, as plain forms and on paper.

Who may: the members of a visit's team, whatever else they are; for everybody else the visit does not exist. With
scripts the same addresses become the app that works without network (`web.inspector_phone`).
"""

import secrets
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from actions.errors import NotFound, Refused
from actions.take_answers import take_answers
from actions.take_photo import take_photo
from domain.checklist import DEMAND_LABELS, SEVERITY_LABELS
from domain.checklist_answer import lacking, say_answer
from domain.evidence import sha256
from domain.inspection import VisitPack, VisitState
from domain.sentence import Sentence
from intake.refusal import IntakeError
from reports.inspection_papers import checklist_paper
from store.questions.visits import team_part, visit_pack, visits_of
from web.desk import NOT_YOURS, AtDesk, Desk
from web.forms import Files, Id, Posted
from web.inspection_paper import as_file
from web.uploads import Sent
from web.visit_form import Filled, as_given, batch_of, fields_of, given_of

router = APIRouter()

Plain = Annotated[str, Query(alias="kieu", max_length=20)]
"""`?kieu=don-gian` asks for the plain form where the app would take over."""


@router.get("/kiem-tra")
def my_visits(at: AtDesk) -> Response:
    with at.works.db.read() as session:
        return at.page("inspector/list.html", visits=visits_of(session, at.viewer.person_id, at.now))


@router.get("/kiem-tra/{visit_id}")
def one(at: AtDesk, visit_id: Id, kind: Plain = "") -> Response:
    return _form(at, pack_for(at, visit_id), app=kind != "don-gian")


@router.post("/kiem-tra/{visit_id}")
def record(at: AtDesk, visit_id: Id, form: Posted, files: Files) -> Response:
    """Only what was changed is an answer, given in sight of what the form showed; sent twice it counts once."""
    pack = pack_for(at, visit_id)
    photos = _photos(at, visit_id, files)
    filled = Filled.of(form, pack, photos, at.now)
    if filled.faults:
        return _form(at, pack, filled, app=False, status=422)
    with at.works.db.transaction() as session:
        receipt = take_answers(session, visit_id, batch_of(filled, pack), at.by)
    if receipt.refused:
        filled.faults.update({one.item: one.why for one in receipt.refused})
        return _form(at, pack_for(at, visit_id), filled, app=False, status=422)
    return RedirectResponse(f"/kiem-tra/{visit_id}?kieu=don-gian", 303)


@router.get("/kiem-tra/{visit_id}/in")
def on_paper(at: AtDesk, visit_id: Id) -> Response:
    """The checklist to print: boxes to tick, and a QR code that leads back to `paper`."""
    back = f"{at.works.settings.public_url}/kiem-tra/{visit_id}/giay"
    printed = checklist_paper(pack_for(at, visit_id), at.office.name, back, at.now)
    return as_file(printed, f"phieu-kiem-tra-{visit_id}", "pdf")


@router.get("/kiem-tra/{visit_id}/giay")
def paper(at: AtDesk, visit_id: Id) -> Response:
    return at.page("inspector/paper.html", pack=pack_for(at, visit_id), taken=0, error="")


@router.post("/kiem-tra/{visit_id}/giay")
def take_paper(at: AtDesk, visit_id: Id, files: Files) -> Response:
    """Photographs of the filled-in paper, kept with the visit's photos; a person types what they say."""
    pack = pack_for(at, visit_id)
    error = "" if files else Sentence("Hãy chọn ảnh chụp phiếu giấy.")
    try:
        taken = len(_photos(at, visit_id, files))
    except Refused as refusal:
        taken, error = 0, str(refusal)
    return at.page("inspector/paper.html", 422 if error else 200, pack=pack, taken=taken, error=error)


def pack_for(at: Desk, visit_id: int) -> VisitPack:
    """The visit as its team sees it. Raises NotFound for everybody else."""
    with at.works.db.read() as session:
        mine = team_part(session, visit_id, at.viewer.person_id)
        pack = visit_pack(session, visit_id) if mine else None
    if pack is None:
        raise NotFound(NOT_YOURS)
    return pack


def _photos(at: Desk, visit_id: int, files: Iterable[Sent]) -> list[str]:
    """Keep the photos; their hashes. Raises Refused naming the file that is no photo."""
    found = []
    for sent in files:
        try:
            with at.works.db.transaction() as session:
                row = take_photo(
                    session, at.works.evidence, visit_id, sha256=sha256(sent.data), data=sent.data, by=at.by
                )
                found.append(row.sha256)
        except IntakeError as error:
            raise Refused("{name}: {what}", name=sent.name, what=str(error)) from None
    return found


def _form(
    at: Desk, pack: VisitPack, filled: Filled | None = None, *, app: bool, status: int = 200
) -> Response:
    answers = filled.given if filled else given_of(pack)
    return at.page(
        "inspector/form.html",
        status,
        pack=pack,
        app=app,
        sections=_sections(pack),
        fields=fields_of(pack, answers),
        faults=filled.faults if filled else {},
        contested={conflict.item: [(one, as_given(one)) for one in conflict.answers] for conflict in pack.conflicts},
        said_before={one.item: as_given(one) for one in pack.self_answers},
        key=secrets.token_urlsafe(16),
        open=pack.visit.state is VisitState.OPEN,
        say=say_answer,
        lacking={item.id: [DEMAND_LABELS[d] for d in lacking(item, given)]
                 for item in pack.checklist.items if (given := answers.get(item.id))},
        severities=SEVERITY_LABELS,
    )  # fmt: skip


def _sections(pack: VisitPack) -> list[tuple[str, list[object]]]:
    """Title and items of each section, in order."""
    return [
        (section.title, [item for item in pack.checklist.items if item.section == section.code])
        for section in pack.visit.sections
    ]
