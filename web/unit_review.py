"""What the office and the leaders decide about a unit's work: done, again, not owed, later, explain."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from sqlmodel import Session

from actions.demand_explanation import demand_explanation
from actions.entrust import entrust
from actions.errors import NotFound, Refused
from actions.extend import grant_extension, refuse_extension
from actions.follow import accept, waive, withdraw
from actions.follow_case import follow_case, leave_case
from actions.reassign import reassign
from actions.return_work import return_work
from actions.submit import superior_answered
from store.questions.life import extensions_of
from web.days import day_of
from web.desk import NOT_YOURS, Desk, desk_for
from web.forms import Id, Posted, word
from web.named_units import codes_of
from web.policy import Act
from web.unit_life import put_before_the_superior
from web.unit_page import attempt, found, to_send_on

router = APIRouter(prefix="/viec/{assignment_id}")

Reviewer = Annotated[Desk, Depends(desk_for(Act.REVIEW_WORK))]
Leader = Annotated[Desk, Depends(desk_for(Act.LEAD))]


@router.post("/duyet")
def approve(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    return attempt(at, found(at, assignment_id), "duyet", form, lambda s: accept(s, assignment_id, at.by))


@router.post("/tra-lai")
def return_it(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        reason = word(form, "reason")
        if not reason:
            raise Refused("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")
        c = at.works.circumstances(session)
        return_work(
            session, assignment_id, at.by, findings=[reason],
            office=c.office, calendar=c.calendar, staff=c.staff,
        )  # fmt: skip

    return attempt(at, found(at, assignment_id), "tra-lai", form, move)


@router.post("/mien")
def exempt(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    shown = found(at, assignment_id)
    reason = word(form, "ly_do_mien")
    return attempt(at, shown, "mien", form, lambda s: waive(s, assignment_id, at.by, reason=reason))


@router.post("/thu-hoi")
def take_back(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    shown = found(at, assignment_id)
    reason = word(form, "ly_do_thu_hoi")
    return attempt(at, shown, "thu-hoi", form, lambda s: withdraw(s, assignment_id, at.by, reason=reason))


@router.post("/chuyen")
def give_to_another_unit(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        named = word(form, "don_vi")
        codes = codes_of(session, at, named)
        if len(codes) > 1:
            raise Refused("Tên này chỉ nhiều đơn vị; hãy ghi một đơn vị.")
        reassign(
            session, assignment_id, codes[0] if codes else named, at.by, reason=word(form, "ly_do_chuyen"),
            office=at.office, later=bool(word(form, "ve_sau")),
        )  # fmt: skip

    return attempt(at, found(at, assignment_id), "chuyen", form, move)


@router.post("/chuyen-nguoi")
def give_to_another_person(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        typed = word(form, "nguoi")
        person = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        staff = at.works.circumstances(session).staff
        entrust(session, assignment_id, person, at.by, staff=staff, today=at.today)

    return attempt(at, found(at, assignment_id), "chuyen-nguoi", form, move)


@router.post("/trinh-len")
def has_put_it_before_the_superior(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    """What the unit handed in, sent on by the office itself."""
    return put_before_the_superior(at, to_send_on(at, assignment_id), form)


@router.post("/cap-tren")
def superior_has_answered(at: Reviewer, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        superior_answered(
            session, assignment_id, at.by, approved=word(form, "dong_y") == "co", remark=word(form, "y_kien"),
            office=c.office, calendar=c.calendar,
        )  # fmt: skip

    return attempt(at, found(at, assignment_id), "cap-tren", form, move)


@router.post("/gia-han/{extension_id}")
def decide_time(at: Leader, assignment_id: Id, extension_id: Id, form: Posted) -> Response:
    """Granted, to another day if one is given, or refused with the reason."""

    def move(session: Session) -> None:
        if extension_id not in dict(extensions_of(session, assignment_id)):
            raise NotFound(NOT_YOURS)
        c = at.works.circumstances(session)
        remark = word(form, "y_kien")
        if word(form, "dong_y") != "co":
            refuse_extension(session, extension_id, at.by, remark=remark)
            return
        day = day_of(word(form, "ngay")) if word(form, "ngay") else None
        grant_extension(
            session, extension_id, at.by, calendar=c.calendar, zone=c.office.tz, due_on=day, remark=remark
        )

    return attempt(at, found(at, assignment_id, Act.LEAD), "quyet-gia-han", form, move)


@router.post("/giai-trinh")
def demand(at: Leader, assignment_id: Id, form: Posted) -> Response:
    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        demand_explanation(
            session, assignment_id, at.by, question=word(form, "cau_hoi"), office=c.office,
            calendar=c.calendar, staff=c.staff, person_id=at.viewer.person_id,
        )  # fmt: skip

    return attempt(at, found(at, assignment_id, Act.LEAD), "yeu-cau-giai-trinh", form, move)


@router.post("/theo-doi")
def follows_it(at: Leader, assignment_id: Id, form: Posted) -> Response:
    """Once more says that what happened until now was seen."""
    shown = found(at, assignment_id, Act.LEAD)
    who = at.viewer.person_id
    return attempt(at, shown, "theo-doi", form, lambda s: follow_case(s, assignment_id, who, at.now))


@router.post("/thoi-theo-doi")
def leaves_it(at: Leader, assignment_id: Id, form: Posted) -> Response:
    shown = found(at, assignment_id, Act.LEAD)
    who = at.viewer.person_id
    return attempt(at, shown, "theo-doi", form, lambda s: leave_case(s, assignment_id, who))
