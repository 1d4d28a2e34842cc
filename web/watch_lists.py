"""Watch lists (Danh sách theo dõi): who is on which and why, and the form that makes one."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import col, select

from actions.errors import Refused
from actions.keep_watch import make_watch_list
from domain.folding import fold
from domain.watch import WatchList
from rules.pack import PackError
from store.compliance_tables import WatchListRow
from store.questions.watched import duties_with_rhythm, watched
from web.desk import Desk, desk_for
from web.forms import Posted, word
from web.policy import Act
from web.words import _

router = APIRouter()


@router.get("/theo-doi")
def lists(at: Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))]) -> Response:
    return _page(at)


@router.post("/theo-doi")
def make(at: Annotated[Desk, Depends(desk_for(Act.DECIDE))], form: Posted) -> Response:
    after, title = word(form, "sau"), word(form, "ten")
    wanted = WatchList(
        code=fold(title).replace(" ", "-")[:60], title=title, clause=word(form, "dieu_khoan"), pack=word(form, "bo"),
        enter_if=word(form, "vao"), leave_if=word(form, "ra"),
        leave_after=min(max(int(after), 1), 24) if after.isdecimal() and len(after) < 4 else 1,
    )  # fmt: skip
    try:
        with at.works.db.transaction() as session:
            pack = at.works.packs_in_force(session).get(wanted.pack)
            if pack is None or not wanted.code:
                raise Refused(_("Hãy ghi tên danh sách và chọn biểu mẫu."))
            if session.exec(select(WatchListRow.id).where(col(WatchListRow.code) == wanted.code)).first():
                raise Refused(_("Đã có danh sách cùng tên."))
            duties = {str(number): number for number, _title in duties_with_rhythm(session)}
            make_watch_list(session, wanted, pack, at.by, duty_id=duties.get(word(form, "viec")))
    except (Refused, PackError) as refused:
        return _page(at, form, str(refused))
    return RedirectResponse("/theo-doi", 303)


def _page(at: Desk, sent: Posted | None = None, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        return at.page(
            "compliance/watched.html",
            409 if refusal else 200,
            lists=session.exec(select(WatchListRow).order_by(col(WatchListRow.id))).all(),
            watched=watched(session, at.scope(Act.SEE_BOARD)),
            packs=at.works.packs_in_force(session),
            duties=[(str(number), title) for number, title in duties_with_rhythm(session)],
            sent=sent or {},
            refusal=refusal,
        )
