"""Findings (Tồn tại): what inspections found wrong, which of it is open, late or came back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from domain.checklist import SEVERITY_LABELS
from domain.sentence import Sentence
from domain.verdict import Severity
from store.questions.inspection_rooms import SHOWN, found_lines
from web.desk import Desk, desk_for
from web.policy import Act

router = APIRouter()

Reader = Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))]
STATES = {
    "": Sentence("tất cả"),
    "open": Sentence("đang khắc phục"),
    "late": Sentence("quá hạn khắc phục"),
    "repeated": Sentence("lặp lại"),
}


@router.get("/ton-tai")
def all_findings(
    at: Reader,
    muc: Annotated[str, Query(max_length=20)] = "",
    loc: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    severity = Severity(muc) if muc in set(Severity) else None
    only = loc if loc in STATES else ""
    with at.works.db.read() as session:
        lines = found_lines(session, at.scope(Act.SEE_BOARD), at.now, severity=severity, only=only)
    return at.page(
        "inspections/findings.html", lines=lines, severity=severity, only=only, states=STATES,
        severities=SEVERITY_LABELS, full=len(lines) == SHOWN,
    )  # fmt: skip
