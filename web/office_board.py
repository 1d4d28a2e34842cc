"""The clerk's board (Văn phòng): what stands how, who has it, what has no deadline, what waits for a decision."""

from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlmodel import Session

from domain.assignment import Standing
from store.questions.attesting import standing_duties
from store.questions.board import (
    PAGE,
    awaited,
    counts,
    directives_at_work,
    lines,
    whom,
)
from store.questions.letters import held_for
from store.questions.people import officers
from store.questions.pick import Order, Pick
from store.questions.scope import widest
from store.questions.standing import still_since
from store.search import seek, words_of
from web.desk import Desk, desk_for
from web.forms import Chosen, Word
from web.leaves import AsLeafing, Kinds, a_day, a_moment, a_number, leaf
from web.policy import Act

router = APIRouter()

ALL = "tat-ca"
UNFINISHED = "chua-xong"
WAITING = "cho-duyet"
STILL = "khong-chuyen-dong"
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


ORDERS: dict[str, Order] = {
    "han": Order.DUE,
    "han-xa": Order.DUE_LAST,
    "don-vi": Order.UNIT,
    "moi": Order.TOUCHED,
}
PLACES: dict[Order, Kinds] = {
    Order.DUE: (a_day, a_number, a_number),
    Order.DUE_LAST: (a_day, a_number, a_number),
    Order.UNIT: (a_number, a_day, a_number),
    Order.TOUCHED: (a_moment, a_number),
}


@dataclass(frozen=True)
class Asked:
    """What the board's address picks; each link of the page changes one part of it and keeps the rest."""

    loc: str = ""
    don_vi: int | None = None
    van_ban: int | None = None
    cho: str = ""
    tim: str = ""
    xep: str = ""

    def query(self, **changed: object) -> str:
        """As in the address bar, from "?" on; a part that says nothing is left out."""
        said = {name: value for name, value in {**asdict(self), **changed}.items() if value}
        return f"?{urlencode(said)}" if said else "?"

    @property
    def figure(self) -> str:
        """The figure whose rows are shown. Who picks nothing sees what is not finished: after a year the rest is most
        of it. Who asks for a unit, a directive or words sees all of that."""
        if self.loc in {*FILTERS, UNFINISHED, WAITING, STILL}:
            return self.loc
        return ALL if self.loc == ALL or self.don_vi or self.van_ban or self.cho or self.tim else UNFINISHED

    def pick(self, at: Desk, session: Session) -> Pick:
        return Pick(
            standing=FILTERS.get(self.figure),
            unfinished=self.figure == UNFINISHED,
            waiting=self.figure == WAITING,
            unit_id=self.don_vi,
            directive_id=self.van_ban,
            still=still_since(at.now, at.office) if self.figure == STILL else None,
            awaited=self.cho,
            sought=tuple(seek(session, words_of(self.tim))),
            order=ORDERS.get(self.xep, Order.DUE),
        )


def _asked(
    loc: Word = "",
    don_vi: Chosen = None,
    van_ban: Chosen = None,
    cho: Word = "",
    tim: Word = "",
    xep: Word = "",
) -> Asked:
    return Asked(loc, don_vi, van_ban, cho.strip(), tim.strip(), xep if xep in ORDERS else "")


AsAsked = Annotated[Asked, Depends(_asked)]


@router.get("/van-phong")
def board(
    at: Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))], asked: AsAsked, leafing: AsLeafing
) -> Response:
    with at.works.db.read() as session:
        pick = asked.pick(at, session)
        scope = widest(session, at.scope(Act.SEE_BOARD))
        ask, kinds = partial(lines, session, scope, at.now, at.soon, pick), PLACES[pick.order]
        found = leaf(leafing, PAGE, ask, lambda line: line.place(pick.order), kinds)
        shown = found.rows
        return at.page(
            "office/board.html",
            counts=counts(session, scope, at.now, at.soon, pick, since=still_since(at.now, at.office)),
            lines=shown,
            leaf=found,
            asked=asked,
            filters=FILTERS,
            orders=ORDERS,
            awaited=awaited(session, scope, pick),
            whom=whom(session, [line.id for line in shown if line.standing is Standing.WAITING]),
            holders=officers(session, sorted({line.unit_id for line in shown}), at.today),
            standing_duties=standing_duties(session, scope, at.today),
            directives=directives_at_work(session) if at.may(Act.DECIDE) else [],
            held=sum(held_for(session).values()) if at.may(Act.SEE_MAIL) else 0,
        )
