"""What a unit may say about its own work besides handing it in: later, waiting, how far, by whom, why."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlmodel import Session

from actions.demand_explanation import explain
from actions.entrust import entrust, take_up
from actions.errors import NotFound, Refused
from actions.extend import ask_extension
from actions.note_progress import note_progress
from actions.submit import submit
from actions.wait import resume, wait_for
from domain.waiting import Awaited
from store.office import units_on
from store.questions.explanations import explanations
from store.questions.work import Work
from web.days import day_of
from web.desk import NOT_YOURS, Desk, desk_for
from web.forms import Id, Posted, word
from web.named_units import codes_of
from web.policy import Act
from web.unit_page import attempt, mine

router = APIRouter(prefix="/viec/{assignment_id}")

Worker = Annotated[Desk, Depends(desk_for(Act.DO_WORK))]


@router.post("/gia-han")
def asks_for_time(at: Worker, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        ask_extension(
            session, assignment_id, at.by, wished_on=day_of(word(form, "ngay")), reason=word(form, "ly_do"),
            office=c.office, calendar=c.calendar,
        )  # fmt: skip

    return attempt(at, mine(at, assignment_id), "gia-han", form, move)


@router.post("/cho")
def waits(at: Worker, assignment_id: Id, form: Posted) -> Response:
    """A name of ours is a unit that will be reminded; any other is kept as it was written."""

    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        who = word(form, "ai")
        known = _units(session, at, who)
        if len(known) > 1:
            raise Refused("Tên này chỉ nhiều đơn vị; hãy ghi một đơn vị.")
        wait_for(
            session, assignment_id, at.by, kind=Awaited.UNIT if known else Awaited.OUTSIDE,
            reason=word(form, "ly_do"), office=c.office, calendar=c.calendar,
            unit_id=known[0] if known else None, who=who,
        )  # fmt: skip

    return attempt(at, mine(at, assignment_id), "cho", form, move)


@router.post("/tiep-tuc")
def goes_on(at: Worker, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        resume(
            session,
            assignment_id,
            at.by,
            calendar=c.calendar,
            zone=c.office.tz,
            outcome=word(form, "ket_qua"),
        )

    return attempt(at, mine(at, assignment_id), "tiep-tuc", form, move)


@router.post("/tien-do")
def tells(at: Worker, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        note_progress(
            session, assignment_id, at.by, text=word(form, "noi_dung"), percent=_percent(word(form, "ty_le")),
            person_id=at.viewer.person_id,
        )  # fmt: skip

    return attempt(at, mine(at, assignment_id), "tien-do", form, move)


@router.post("/giao-nguoi")
def gives(at: Worker, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        staff = at.works.circumstances(session).staff
        entrust(session, assignment_id, _chosen(word(form, "nguoi")), at.by, staff=staff, today=at.today)

    return attempt(at, mine(at, assignment_id), "giao-nguoi", form, move)


@router.post("/nhan-viec")
def takes_up(at: Worker, assignment_id: Id, form: Posted) -> Response:
    shown = mine(at, assignment_id)
    return attempt(
        at, shown, "nhan-viec", form, lambda s: take_up(s, assignment_id, at.viewer.person_id, at.by)
    )


@router.post("/trinh")
def puts_before_the_superior(at: Worker, assignment_id: Id, form: Posted) -> Response:
    return put_before_the_superior(at, mine(at, assignment_id), form)


def put_before_the_superior(at: Desk, shown: Work, form: Posted) -> Response:
    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        submit(
            session, shown.id, at.by, document=word(form, "van_ban"), office=c.office,
            calendar=c.calendar, who=word(form, "co_quan"),
        )  # fmt: skip

    return attempt(at, shown, "trinh", form, move)


@router.post("/giai-trinh/{explanation_id}")
def explains(at: Worker, assignment_id: Id, explanation_id: Id, form: Posted) -> Response:
    """Only a demand about this very work: the number of another is not found."""
    shown = mine(at, assignment_id)

    def move(session: Session) -> None:
        if explanation_id not in dict(explanations(session, assignment_id)):
            raise NotFound(NOT_YOURS)
        c = at.works.circumstances(session)
        explain(session, explanation_id, at.by, answer=word(form, "tra_loi"), office=c.office, staff=c.staff)

    return attempt(at, shown, "giai-trinh", form, move)


def _units(session: Session, at: Desk, wording: str) -> list[int]:
    """Ids of our own units that the wording means; none for anybody else."""
    codes = codes_of(session, at, wording)
    return [unit.id for unit in units_on(session, at.today) if unit.code in codes]


def _percent(typed: str) -> int | None:
    if not typed:
        return None
    number = typed.removesuffix("%").strip()
    if not number.isdecimal() or len(number) > 3:
        raise Refused("Tỷ lệ hoàn thành là một số từ 0 đến 100.")
    return int(number)


def _chosen(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 9:
        raise Refused("Hãy chọn một người của đơn vị.")
    return int(typed)
