"""The clerk's board (Văn phòng): what stands how, who has it, what has no deadline, what waits for a decision."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from domain.assignment import Standing
from store.questions.board import PAGE, Pick, counts, directives_at_work, lines, standing_duties
from store.questions.people import officers
from web.desk import Desk, desk_for
from web.forms import Chosen, PageNumber
from web.policy import Act

router = APIRouter()

WAITING = "cho-duyet"
FILTERS: dict[str, Standing] = {
    "qua-han": Standing.OVERDUE,
    "sap-den-han": Standing.SOON,
    "dang-lam": Standing.RUNNING,
    "dang-cho": Standing.WAITING,
    "xong": Standing.DONE,
    "xong-qua-han": Standing.DONE_LATE,
    "khong-tinh": Standing.OUT,
}
"""Words of the address bar."""


@router.get("/van-phong")
def board(
    at: Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))],
    loc: str = "",
    don_vi: Chosen = None,
    van_ban: Chosen = None,
    trang: PageNumber = 1,
) -> Response:
    """`loc` (lọc): one of FILTERS or WAITING; anything else picks everything."""
    scope = at.scope(Act.SEE_BOARD)
    pick = Pick(FILTERS.get(loc), loc == WAITING, don_vi, van_ban, trang)
    with at.works.db.read() as session:
        found = lines(session, scope, at.now, at.soon, pick)
        shown = found[:PAGE]
        return at.page(
            "office/board.html",
            counts=counts(session, scope, at.now, at.soon, pick),
            lines=shown,
            more=len(found) > PAGE,
            chosen={"loc": loc, "don_vi": don_vi, "van_ban": van_ban, "trang": trang},
            filters=FILTERS,
            holders=officers(session, sorted({line.unit_id for line in shown}), at.today),
            standing_duties=standing_duties(session, scope),
            directives=directives_at_work(session) if at.may(Act.DECIDE) else [],
        )
