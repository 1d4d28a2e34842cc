"""A ban (điều cấm) as a directive words it, entered by the clerk: it is stronger than any declared situation."""

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import select

from actions.bans import forbid
from actions.errors import Refused
from domain.scenario import Ban, Stance
from domain.sentence import Sentence
from store.questions.situations import situations
from store.tables import UnitRow
from web.desk import Desk, desk_for
from web.faults import Reading, Sent
from web.forms import Posted, word
from web.policy import Act
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
STANCES = {
    Stance.REFUSE: Sentence("Chặn: không giao, thu hồi việc đang mở"),
    Stance.WARN: Sentence("Chỉ cảnh báo khi giao"),
}


@router.get("/tinh-huong/dieu-cam")
def ask(at: Clerk) -> Response:
    return _ask(at)


@router.post("/tinh-huong/dieu-cam")
def enter(at: Clerk, form: Posted) -> Response:
    try:
        ban = _read(form)
        with at.works.db.transaction() as session:
            forbid(session, ban, at.by)
    except Refused as refused:
        return _ask(at, 422, Sent(form, refused), str(refused))
    return RedirectResponse("/tinh-huong", 303)


def _read(form: Posted) -> Ban:
    read = Reading(form)
    name = read.word("ten", _("Hãy ghi tên tình huống."))
    state = read.word("muc", _("Hãy ghi mức bị cấm."))
    words = read.word("noi_dung", _("Hãy ghi nguyên văn điều cấm."))
    read.done()
    groups = {key: [str(one) for one in form.getlist(key) if one] for key in ("nhom", "cap", "so_huu")}
    return Ban(
        name=name, state=state, words=words, source=word(form, "can_cu"),
        kinds=groups["nhom"], levels=groups["cap"], ownerships=groups["so_huu"],
        stance=Stance.WARN if word(form, "cach") == Stance.WARN else Stance.REFUSE,
    )  # fmt: skip


def _ask(at: Desk, status: int = 200, sent: Any = None, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        units = session.exec(select(UnitRow)).all()
        return at.page(
            "office/ban.html", status, sent=sent or {}, refusal=refusal, known=situations(session),
            stances=list(STANCES.items()), kinds=_named(at, (u.kind for u in units)),
            levels=_named(at, (u.level for u in units)), ownerships=_named(at, (u.ownership for u in units)),
        )  # fmt: skip


def _named(at: Desk, words: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, at.office.label(one)) for one in sorted(set(words) - {""})]
