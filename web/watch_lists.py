"""Watch lists (Danh sách theo dõi): who is on which and why, and the form that makes one."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import col, select

from actions.errors import Refused
from actions.keep_watch import make_watch_list
from domain.sentence import Sentence
from domain.watch import WatchList
from store.compliance_tables import WatchListRow
from store.questions.watched import duties_with_rhythm, watched
from web.desk import Desk, desk_for
from web.faults import Faulty, Reading, Sent
from web.forms import Posted, word
from web.policy import Act

router = APIRouter()


@router.get("/theo-doi")
def lists(at: Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))]) -> Response:
    return _page(at)


@router.post("/theo-doi")
def make(at: Annotated[Desk, Depends(desk_for(Act.DECIDE))], form: Posted) -> Response:
    try:
        new_list(at, form)
    except Refused as refused:
        return _page(at, Sent(form, refused), str(refused))
    return RedirectResponse("/theo-doi", 303)


def new_list(at: Desk, form: Posted) -> None:
    """Raises `Faulty`."""
    read = Reading(form)
    after, title = read.word("sau"), read.word("ten")
    wanted = WatchList(
        code=read.code("ten"), title=title, clause=word(form, "dieu_khoan"), pack=word(form, "bo"),
        enter_if=word(form, "vao"), leave_if=word(form, "ra"),
        leave_after=min(max(int(after), 1), 24) if after.isdecimal() and len(after) < 4 else 1,
    )  # fmt: skip
    with at.works.db.transaction() as session:
        pack = at.works.packs_in_force(session).get(wanted.pack)
        if not wanted.code:
            read.wrong("ten", Sentence("Hãy ghi tên danh sách."))
        elif session.exec(select(WatchListRow.id).where(col(WatchListRow.code) == wanted.code)).first():
            read.wrong("ten", Sentence("Đã có danh sách cùng tên."))
        if pack is None:
            read.wrong("bo", Sentence("Hãy chọn biểu mẫu."))
            raise Faulty(read.faults)
        read.condition("vao", pack)
        read.condition("ra", pack)
        read.done()
        duties = {str(number): number for number, _title in duties_with_rhythm(session)}
        make_watch_list(session, wanted, pack, at.by, duty_id=duties.get(word(form, "viec")))


def _page(at: Desk, sent: Sent | None = None, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        return at.page(
            "compliance/watched.html",
            422 if refusal else 200,
            lists=session.exec(select(WatchListRow).order_by(col(WatchListRow.id))).all(),
            watched=watched(session, at.scope(Act.SEE_BOARD)),
            packs=at.works.packs_in_force(session),
            duties=[(str(number), title) for number, title in duties_with_rhythm(session)],
            sent=sent or {},
            refusal=refusal,
        )
