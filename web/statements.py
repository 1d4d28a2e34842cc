"""Statements (Cam kết, sự vụ): a head signs each period that a prohibition was kept, or says what happened; the
office sees who said what, who is silent, and whose own report says otherwise."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.errors import Refused
from actions.read_statements import read_statements
from actions.sign_statement import open_register, sign_statement
from domain.period import BadPeriod, containing, period
from domain.sentence import Sentence
from domain.statement import Kind, Register, Stated
from domain.unit import Role
from store.office import load_staff
from store.questions.stated import answering, registers, said_by
from web.desk import Desk, desk_for
from web.faults import Reading, Sent
from web.forms import Posted, word
from web.policy import Act

router = APIRouter()

MONTHS = 6
FIELDS = {"count": "so", "note": "ghi_chu"}
"""Where stands what the action calls so."""
KINDS = {Kind.PROHIBITION: Sentence("điều không được để xảy ra"), Kind.INCIDENT: Sentence("số vụ việc")}
STATED = {
    Stated.KEPT: Sentence("cam kết không xảy ra"), Stated.HAPPENED: Sentence("đã báo có xảy ra"),
    Stated.CONTRADICTED: Sentence("cam kết, nhưng số liệu nói khác"), Stated.SILENT: Sentence("chưa nói gì"),
}  # fmt: skip


@router.get("/cam-ket")
def mine(at: Annotated[Desk, Depends(desk_for(Act.DO_WORK))], ky: str = "") -> Response:
    return _mine(at, period_of(at, ky))


@router.post("/cam-ket")
def sign(at: Annotated[Desk, Depends(desk_for(Act.DO_WORK))], form: Posted) -> Response:
    key, count, unit = period_of(at, word(form, "ky")), word(form, "so"), word(form, "don_vi")
    unit_id = int(unit) if unit.isdecimal() and len(unit) < 10 else 0
    at.demand(Act.DO_WORK, unit_id)
    try:
        if not count.isdecimal() or len(count) > 6:
            raise Refused("Hãy ghi số vụ; không có vụ nào thì ghi 0.").about("count")
        with at.works.db.transaction() as session:
            sign_statement(
                session, word(form, "noi_dung"), unit_id, key, int(count), at.by,
                staff=load_staff(session), today=at.today, note=word(form, "ghi_chu"),
            )  # fmt: skip
    except Refused as refused:
        return _mine(at, key, Sent(form, refused, FIELDS), str(refused))
    return RedirectResponse(f"/cam-ket?ky={key}", 303)


@router.get("/cam-ket/tong-hop")
def everybodys(at: Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))], ky: str = "") -> Response:
    return _everybodys(at, period_of(at, ky))


@router.post("/cam-ket/noi-dung")
def ask_for(at: Annotated[Desk, Depends(desk_for(Act.DECIDE))], form: Posted) -> Response:
    try:
        new_register(at, form)
    except Refused as refused:
        return _everybodys(at, period_of(at, ""), Sent(form, refused), str(refused))
    return RedirectResponse("/cam-ket/tong-hop", 303)


def new_register(at: Desk, form: Posted) -> None:
    """A new thing to state. `trai`: the condition on a report that speaks against zero. Raises `Faulty`."""
    read = Reading(form)
    title, kind, code = read.word("ten"), read.word("loai"), read.code("ten")
    with at.works.db.transaction() as session:
        if not code:
            read.wrong("ten", Sentence("Hãy ghi nội dung cam kết."))
        elif any(known.code == code for known in registers(session)):
            read.wrong("ten", Sentence("Đã có nội dung này."))
        if kind not in set(Kind):
            read.wrong("loai", Sentence("Hãy chọn loại."))
        pack = at.works.packs_in_force(session).get(read.word("bo"))
        if pack is not None:
            read.condition("trai", pack)
        elif read.word("trai"):
            read.wrong("bo", Sentence("Hãy chọn biểu mẫu mà điều kiện nói đến."))
        read.done()
        wanted = Register(
            code=code, kind=Kind(kind), title=title, clause=read.word("dieu_khoan"),
            pack=read.word("bo"), contradicted_if=read.word("trai"),
        )  # fmt: skip
        open_register(session, wanted, pack, at.by)


def period_of(at: Desk, typed: str) -> str:
    """What is no period is the month that is running."""
    try:
        return period(typed).key
    except BadPeriod:
        return containing("month", at.today).key


def _months(at: Desk) -> Sequence[str]:
    found = [containing("month", at.today)]
    while len(found) < MONTHS:
        found.append(containing("month", found[-1].first - timedelta(days=1)))
    return [one.key for one in found]


def _mine(at: Desk, key: str, sent: Sent | None = None, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        posts = [post for post in at.viewer.posts if at.may(Act.DO_WORK, post.unit_id)]
        units = {post.unit_id: post.unit for post in posts}
        return at.page(
            "compliance/sign.html",
            422 if refusal else 200,
            period=key,
            months=_months(at),
            registers=registers(session),
            units=[
                (unit_id, name, said_by(session, unit_id, key), _signs(at, session, unit_id))
                for unit_id, name in units.items()
            ],
            sent=sent or {},
            refusal=refusal,
        )


def _signs(at: Desk, session: Session, unit_id: int) -> bool:
    heads = load_staff(session).find(unit_id, Role.HEAD, at.today)
    return at.viewer.code in {head.person.code for head in heads}


def _everybodys(at: Desk, key: str, sent: Any = None, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        packs = at.works.packs_in_force(session)
        units = answering(session, at.scope(Act.SEE_BOARD), at.office.unit)
        found = [
            (one, read_statements(session, one, units, key, packs.get(one.pack)))
            for one in registers(session)
        ]
        return at.page(
            "compliance/statements.html",
            422 if refusal else 200,
            period=key,
            months=_months(at),
            found=found,
            stated=STATED,
            kinds=KINDS,
            packs=packs,
            sent=sent or {},
            refusal=refusal,
        )
