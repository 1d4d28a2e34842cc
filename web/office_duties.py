"""Duties in force (Nhiệm vụ): a list, one with its terms, periods and units; situations that put duties to sleep."""

from datetime import timedelta
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.change_duty import end_duty, extend_period, withdraw_duty
from actions.declare import declare
from actions.errors import NotFound, Refused
from actions.wake import wake
from domain.chain import plan
from domain.duty import Kind
from domain.ladders import say
from domain.recurrence import occurrences
from domain.sentence import Sentence
from store.office import load_calendar
from store.questions.chains import chain_dates
from store.questions.duties import PAGE, duties, duty_counts, duty_page
from store.questions.situations import situations
from store.search import words_of
from store.tables import OccurrenceRow
from web.desk import NOT_YOURS, Desk, desk_for
from web.faults import Faulty, Reading, Sent
from web.forms import Id, Posted, Word, word
from web.leaves import AsLeafing, leaf
from web.policy import Act
from web.words import _

router = APIRouter()

Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
MOVES = ("ket-thuc", "thu-hoi", "gia-han", "kich-hoat")
FIELDS = {"reason": "ly_do", "last": "ngay", "due_on": "ngay", "on": "ngay"}
AHEAD = timedelta(days=180)
MOST_AHEAD = 6

DUTY_KINDS = {
    Kind.ONE_OFF: Sentence("việc một lần"),
    Kind.RECURRING: Sentence("việc định kỳ"),
    Kind.STANDING: Sentence("nhiệm vụ thường xuyên"),
    Kind.CORRECTIVE: Sentence("khắc phục tồn tại"),
    Kind.DORMANT: Sentence("việc chờ sự kiện"),
}


@router.get("/nhiem-vu")
def every(at: Clerk, asked: AsLeafing, loai: Word = "", tim: Word = "") -> Response:
    kind = kind_of(loai)
    with at.works.db.read() as session:
        ask = partial(duties, session, kind, words_of(tim))
        return at.page(
            "office/duties.html", leaf=leaf(asked, PAGE, ask), kinds=DUTY_KINDS,
            counts=duty_counts(session), kind=kind, tim=tim.strip(),
        )  # fmt: skip


@router.get("/nhiem-vu/{duty_id}")
def one(at: Clerk, duty_id: Id) -> Response:
    return _page(at, duty_id)


@router.post("/nhiem-vu/{duty_id}")
def change(at: Clerk, duty_id: Id, form: Posted) -> Response:
    """`viec`: end, withdraw, extend one period for all, or wake, each with its reason."""
    try:
        read = Reading(form)
        reason = read.word("ly_do", _("Hãy ghi lý do; lý do được lưu cùng việc."))
        day = (
            read.day("ngay", _("Hãy ghi ngày, như 14/02/2026.")) if word(form, "viec") != "thu-hoi" else None
        )
        owed_by = read.day("han")
        if word(form, "viec") in MOVES:
            read.done()
        with at.works.db.transaction() as session:
            calendar = load_calendar(session, at.office.calendar)
            match word(form, "viec"):
                case "ket-thuc" if day:
                    end_duty(session, duty_id, at.by, last=day, reason=reason)
                case "thu-hoi":
                    withdraw_duty(session, duty_id, at.by, last=at.today, reason=reason)
                case "gia-han" if day:
                    period = int(word(form, "ky")) if word(form, "ky").isdecimal() else 0
                    extend_period(
                        session, period_of(session, duty_id, period, "ky"), at.by, due_on=day, reason=reason,
                        calendar=calendar, zone=at.office.tz,
                    )  # fmt: skip
                case "kich-hoat" if day:
                    wake(
                        session, duty_id, at.by, on=day, cause=reason, calendar=calendar, zone=at.office.tz,
                        due_on=owed_by,
                    )  # fmt: skip
                case _:
                    raise Refused(_("Hãy chọn việc cần làm."))
    except Refused as refused:
        return _page(at, duty_id, 422, Sent(form, refused, FIELDS), str(refused))
    return RedirectResponse(f"/nhiem-vu/{duty_id}", 303)


def kind_of(typed: str) -> Kind | None:
    return Kind(typed) if typed in set(Kind) else None


def period_of(session: Session, duty_id: int, occurrence_id: int, field: str) -> int:
    """The period's id. Raises `Faulty` for that of another duty."""
    found = session.get(OccurrenceRow, occurrence_id)
    if found is None or found.duty_id != duty_id:
        raise Faulty({field: _("Hãy chọn kỳ cần gia hạn.")})
    return found.id


@router.get("/tinh-huong")
def all_situations(at: Clerk) -> Response:
    return _situations(at)


@router.post("/tinh-huong")
def declare_one(at: Clerk, form: Posted) -> Response:
    try:
        read = Reading(form)
        name, state = (
            read.word("ten", _("Hãy ghi tên tình huống.")),
            read.word("muc", _("Hãy ghi mức được công bố.")),
        )
        since = read.day("tu") or at.today
        reason = read.word("ly_do", _("Hãy ghi căn cứ công bố."))
        read.done()
        with at.works.db.transaction() as session:
            declare(
                session, name, state, at.by, since=since, reason=reason,
                office=at.office, calendar=load_calendar(session, at.office.calendar),
            )  # fmt: skip
    except Refused as refused:
        return _situations(at, 422, Sent(form, refused), str(refused))
    return RedirectResponse("/tinh-huong", 303)


def _situations(
    at: Desk, status: int = 200, sent: dict[str, str] | None = None, refusal: str = ""
) -> Response:
    with at.works.db.read() as session:
        return at.page(
            "office/situations.html", status, known=situations(session), sent=sent or {}, refusal=refusal
        )


def _page(
    at: Desk, duty_id: int, status: int = 200, sent: dict[str, str] | None = None, refusal: str = ""
) -> Response:
    with at.works.db.read() as session:
        found = duty_page(session, duty_id)
        if found is None:
            raise NotFound(NOT_YOURS)
        calendar = load_calendar(session, at.office.calendar)
        duty = found.duty
        return at.page(
            "office/duty.html", status, found=found, duty=duty, terms=duty.terms_of_time(), kinds=DUTY_KINDS,
            ladder=say(duty.frozen_ladder()), chains=chain_dates(session, duty_id, calendar),
            ahead=_ahead(at, duty, calendar), sent=sent or {}, refusal=refusal,
        )  # fmt: skip


def _ahead(at: Desk, duty: Any, calendar: Any) -> list[Any]:
    """Periods that the calendar will open, each with its chain's days where the duty has a chain."""
    if duty.kind is Kind.DORMANT:
        return []
    chain = duty.frozen_chain()
    dues = occurrences(duty.terms_of_time(), calendar, since=at.today, until=at.today + AHEAD)
    coming = [due for due in dues if due.opens_on > at.today][:MOST_AHEAD]
    return [
        (due, plan(chain, due.due_on, calendar, not_before=due.opens_on) if chain else None) for due in coming
    ]
