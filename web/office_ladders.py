"""The ladders new duties begin with (Thang nhắc): one for each sort, changed after its sentence was read."""

from datetime import datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from actions.change_ladder import change_ladder, preview_ladder
from actions.errors import Refused
from domain.escalation import Ladder, Rung
from domain.ladders import ROLES, SORTS, Sort, say, whom
from domain.sentence import Sentence
from domain.unit import Role
from web.desk import Desk, desk_for
from web.faults import Reading, Sent
from web.forms import Posted, Word, word
from web.policy import Act
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
ROWS = 8
FARTHEST = 250
REACHED = (Role.OFFICER, Role.HEAD, Role.LEADER, Role.CHAIR)


@router.get("/thang-nhac")
def ladders(at: Clerk, loai: Word = "") -> Response:
    return _page(at, Sort(loai) if loai in set(Sort) else None)


@router.post("/thang-nhac")
def change(at: Clerk, form: Posted) -> Response:
    """With `luu` the ladder is stored if it is still the one that was read; without, its sentence is shown."""
    sort = Sort(word(form, "loai")) if word(form, "loai") in set(Sort) else Sort.TASK
    sent = {name: str(value) for name, value in form.items()}
    try:
        read = Reading(form)
        rungs, clock = _rungs(read), _clock(read)
        read.done()
        sentence = preview_ladder(sort, rungs, clock)[1]
        if word(form, "da_xem") != say(at.office.ladder_for(sort)):
            return _page(
                at, sort, 409, sent, _("Thang này vừa được người khác thay đổi. Hãy xem lại rồi lưu.")
            )
        if not word(form, "luu"):
            return _page(at, sort, 200, sent, sentence=sentence)
        with at.works.db.transaction() as session:
            change_ladder(session, sort, at.by, rungs=rungs, at=clock, seen=word(form, "da_xem"))
    except Refused as refused:
        return _page(at, sort, 422, Sent(form, refused), str(refused))
    return RedirectResponse("/thang-nhac", 303)


def _rungs(read: Reading) -> list[Rung]:
    """Rows without a day or without anybody are left out."""
    found = []
    for number in range(ROWS):
        day = f"ngay-{number}"
        to = tuple(role for role in REACHED if read.word(f"{role}-{number}"))
        if not read.word(day) and not to:
            continue
        try:
            offset = int(read.word(day))
        except ValueError:
            read.wrong(
                day,
                Sentence("Hãy ghi số ngày làm việc: -3 là trước hạn 3 ngày, 0 là đúng hạn, 2 là sau hạn."),
            )
            continue
        if abs(offset) > FARTHEST:
            read.wrong(day, Sentence("Số ngày nằm trong khoảng từ -250 đến 250."))
            continue
        found.append(Rung(offset=offset, to=to, binding=not read.word(f"biet-{number}")))
    return found


def _clock(read: Reading) -> time:
    try:
        return datetime.strptime(read.word("gio"), "%H:%M").time()
    except ValueError:
        read.wrong("gio", Sentence("Hãy ghi giờ như 08:00."))
        return time()


def _page(
    at: Desk, sort: Sort | None, status: int = 200, sent: dict[str, str] | None = None, refusal: str = "",
    sentence: str = "",
) -> Response:  # fmt: skip
    alike: dict[str, list[Sort]] = {}
    for one in SORTS:
        alike.setdefault(say(at.office.ladder_for(one)), []).append(one)
    all_ = [(sorts, at.office.ladder_for(sorts[0])) for sorts in alike.values()]
    ladder = at.office.ladder_for(sort) if sort else None
    return at.page(
        "office/ladders.html", status, ladders=all_, own=at.office.ladders, whom=whom, sort=sort, sorts=SORTS,
        roles={r: ROLES[r] for r in REACHED}, rows=range(ROWS),
        typed=sent if sent is not None else _typed(ladder) if ladder else {},
        seen=say(ladder) if ladder else "", refusal=refusal, sentence=sentence,
    )  # fmt: skip


def _typed(ladder: Ladder) -> dict[str, str]:
    """The ladder as its form says it."""
    typed = {"gio": f"{ladder.at:%H:%M}"}
    for number, rung in enumerate(ladder.rungs[:ROWS]):
        typed[f"ngay-{number}"] = str(rung.offset)
        typed |= {f"{role}-{number}": "1" for role in rung.to}
        if not rung.binding:
            typed[f"biet-{number}"] = "1"
    return typed
