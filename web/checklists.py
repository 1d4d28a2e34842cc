"""The checklist library (Phiếu kiểm tra): every theme, its versions, and the text to write the next one in."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from actions.errors import NotFound, Stale
from actions.publish_checklist import publish_checklist
from domain.checklist import DEMAND_LABELS, SEVERITY_LABELS, Checklist
from domain.sentence import Sentence
from rules.checklist_reader import read_checklist
from rules.pack import PackError
from store.questions.inspection_rooms import checklists, versions
from web.desk import NOT_YOURS, Desk, desk_for
from web.forms import Posted, word
from web.policy import Act
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
ANSWERS = {
    "yes_no": Sentence("có / không"), "number": Sentence("số"), "document": Sentence("hồ sơ"),
    "choice": Sentence("chọn một"), "photo": Sentence("chụp ảnh"), "table": Sentence("bảng"),
}  # fmt: skip
WORDS: dict[str, Any] = {"severities": SEVERITY_LABELS, "demands": DEMAND_LABELS, "answers": ANSWERS}
LONGEST = 500_000
NEW = """theme: chuyen-de-moi
title: Tên phiếu kiểm tra
sections:
  - code: ho-so
    title: Hồ sơ
    items:
      - id: D01
        text: Có sổ theo dõi, ghi đủ từng ngày
        clause: Văn bản, điều khoản làm căn cứ
        severity: major
        answer: document
        on_bad: [note]
"""


@router.get("/phieu-kiem-tra")
def library(at: Clerk) -> Response:
    with at.works.db.read() as session:
        found = [(row, Checklist.model_validate(row.body)) for row in checklists(session)]
        return at.page("inspections/checklists.html", checklists=found)


@router.get("/phieu-kiem-tra/{theme}")
def one(at: Clerk, theme: str) -> Response:
    """`moi` is the theme that is not there yet."""
    if theme == "moi":
        return _page(at, theme, NEW, 0)
    with at.works.db.read() as session:
        known = versions(session, theme)
    if not known:
        raise NotFound(NOT_YOURS)
    return _page(at, theme, known[0].text, known[0].version)


@router.post("/phieu-kiem-tra/{theme}")
def write(at: Clerk, theme: str, form: Posted) -> Response:
    """Look at it (`lam=xem`), or publish it as the next version."""
    text, typed = word(form, "van_ban")[:LONGEST], word(form, "phien_ban")
    seen = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    if word(form, "lam") != "cong-bo":
        return _page(at, theme, text, seen)
    try:
        meant = read_checklist(text)
        if theme not in ("moi", meant.theme):
            return _page(at, theme, text, seen, _("Không đổi được mã chuyên đề (theme) của phiếu đang có."))
        with at.works.db.transaction() as session:
            publish_checklist(session, text, at.by, after=seen)
    except PackError as error:
        return _page(at, theme, text, seen, str(error))
    except Stale:
        return _page(
            at, theme, text, seen,
            _("Chuyên đề này vừa có một phiên bản khác. Hãy mở lại phiếu, xem rồi sửa trên phiên bản ấy."),
        )  # fmt: skip
    return RedirectResponse(f"/phieu-kiem-tra/{meant.theme}", 303)


def _page(at: Desk, theme: str, text: str, seen: int, refusal: str = "") -> Response:
    meant = None
    try:
        meant = read_checklist(text)
    except PackError as error:
        refusal = refusal or str(error)
    with at.works.db.read() as session:
        return at.page(
            "inspections/checklist.html", 422 if refusal else 200,
            theme=theme, text=text, seen=seen, meant=meant, versions=versions(session, theme), refusal=refusal, **WORDS,
        )  # fmt: skip
