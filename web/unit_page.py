"""The page of one assignment, whoever looks: how it stands, what may be done about it, what was refused."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from actions.errors import NotFound, Refused
from actions.follow_case import seen
from domain.assignment import CLOSED, OPEN, OWING, Event, NotAllowed, Part, State
from domain.attesting import Attested
from domain.chain import Planned, plan
from domain.extension import Answer
from domain.waiting import say
from rules.form import Form as ReportForm
from store.office import load_calendar
from store.questions.attesting import to_attest
from store.questions.explanations import explanations
from store.questions.followed import follows
from store.questions.life import extensions_of, waits_of
from store.questions.named import named
from store.questions.parts import is_delivered, led_by, parts
from store.questions.people import colleagues
from store.questions.work import Work, asked, history, rounds, work
from web.answers import PREFIX, Typed
from web.desk import NOT_YOURS, Desk
from web.named_units import offered
from web.policy import Act
from web.render import say_answer
from web.trail_words import names_in

NO_FORM = ReportForm(())
ATTEST = "thuong-xuyen-"
"""Before a standing duty's code: the field of what is said of it."""


@dataclass(frozen=True)
class Trouble:
    """A move that was refused, told in the form it came from (`form` is the last word of its address)."""

    form: str
    message: str


def found(at: Desk, assignment_id: int, act: Act = Act.SEE_WORK) -> Work:
    """Raises `NotFound` for work outside what the reader may see for this act."""
    with at.works.db.read() as session:
        shown = work(session, assignment_id, at.scope(act), at.now, at.soon)
    if shown is None:
        raise NotFound(NOT_YOURS)
    return shown


def mine(at: Desk, assignment_id: int) -> Work:
    """Work of the reader's own unit."""
    shown = found(at, assignment_id)
    at.demand(Act.DO_WORK, shown.unit_id)
    return shown


def to_send_on(at: Desk, assignment_id: int) -> Work:
    """What a unit handed in, for the office to put before the superior. Raises `NotAllowed` for what it still owes."""
    shown = found(at, assignment_id)
    if shown.assignment.state is not State.HANDED_IN:
        raise NotAllowed(shown.assignment.state, Event.SUBMIT)
    return shown


def own_form(at: Desk, assignment_id: int) -> ReportForm:
    """The form of work of the reader's own unit, as `mine` finds it; nothing is read but what handing in needs."""
    with at.works.db.read() as session:
        known = asked(session, assignment_id, at.scope(Act.SEE_WORK))
    if known is None:
        raise NotFound(NOT_YOURS)
    unit_id, pack = known
    at.demand(Act.DO_WORK, unit_id)
    return report_form(at, pack)


def report_form(at: Desk, pack_id: str) -> ReportForm:
    pack = at.works.packs.get(pack_id)
    return pack.form if pack else NO_FORM


def back(assignment_id: int) -> Response:
    return RedirectResponse(f"/viec/{assignment_id}", 303)


def attempt(at: Desk, shown: Work, form: str, sent: Mapping[str, Any], move: Any) -> Response:
    """Carry out `move(session)` in one transaction. What was refused is said in its form, with what was typed."""
    try:
        with at.works.db.transaction() as session:
            move(session)
            seen(session, at.viewer.person_id, at.now, shown.id)  # one's own doing is no news
    except (Refused, NotAllowed) as error:
        return page(at, shown, sent=sent, trouble=Trouble(form, str(error)))
    return back(shown.id)


def page(
    at: Desk,
    shown: Work,
    *,
    answers: Typed | None = None,
    sent: Mapping[str, Any] | None = None,
    trouble: Trouble | None = None,
) -> Response:
    """With what was typed, after a fault; else with the figures of the last round, to be corrected."""
    form = report_form(at, shown.pack)
    with at.works.db.read() as session:
        beside = _beside(at, session, shown)
    last = beside["rounds"][0].submission.figures if beside["rounds"] else {}
    typed_in = answers is not None and sent is not None
    values = {
        field.code: str(sent.get(PREFIX + field.code, ""))
        if typed_in and sent
        else say_answer(last.get(field.code), field)
        for field in form.fields
    }
    return at.page(
        "unit/work.html",
        422 if answers else 409 if trouble else 200,
        work=shown,
        form=form,
        values=values,
        note=str(sent.get("ghi_chu", "")) if typed_in and sent else "",
        attested={name: str(said) for name, said in (sent or {}).items() if name.startswith(ATTEST)},
        faults=answers.faults if answers else {},
        key=str(sent.get("khoa", "")) if typed_in and sent else secrets.token_urlsafe(16),
        sent=sent if trouble and sent else {},
        trouble=trouble,
        **beside,
    )


def attesting(session: Session, shown: Work) -> Sequence[Attested]:
    return to_attest(session, shown.unit_id, shown.duty, shown.occurrence.period)


def said_of_standing(at: Desk, assignment_id: int, sent: Mapping[str, Any]) -> Sequence[Attested]:
    """What the unit says with this report of its standing duties; a form that says nothing of them asks nothing."""
    if not any(name.startswith(ATTEST) for name in sent):
        return ()
    shown = mine(at, assignment_id)
    with at.works.db.read() as session:
        return [
            one.model_copy(update={"said": str(sent.get(ATTEST + one.duty, "")).strip()})
            for one in attesting(session, shown)
        ]


def _beside(at: Desk, session: Session, shown: Work) -> dict[str, Any]:
    """What stands beside the work itself, and what this reader may do."""
    state = shown.assignment.state
    own = at.may(Act.DO_WORK, shown.unit_id)
    waits, extensions = waits_of(session, shown.id), extensions_of(session, shown.id)
    now = [one for one in waits if one.ended_at is None]
    demands = explanations(session, shown.id)
    happened = history(session, shown.id)
    return {
        "rounds": rounds(session, shown.id),
        "history": happened,
        "known": named(session, {one for event in happened for one in names_in(event.entry)}),
        "waits": waits,
        "extensions": extensions,
        "parts": parts(session, shown.id, at.now, at.soon) if shown.assignment.part is Part.LEAD else (),
        "parts_form": report_form(at, shown.duty.pack),
        "steps": _steps(at, session, shown),
        "led_by": led_by(session, shown.id) if shown.assignment.part is Part.COORDINATOR else (),
        "moot": state in OWING
        and shown.assignment.part is Part.COORDINATOR
        and is_delivered(session, shown.id),
        "waits_for": say(now[0].kind, now[0].who) if now else "",
        "asked": next((one for one in extensions if one[1].answer is Answer.PENDING), None),
        "demands": demands,
        "to_explain": next((one for one in demands if one[1].answered_at is None), None) if own else None,
        "colleagues": colleagues(session, (shown.unit_id,), at.today)
        if own or at.may(Act.REVIEW_WORK)
        else (),
        "movable": state in OWING,
        "owes": state in OPEN and own,
        "attests": attesting(session, shown) if state in OPEN and own else (),
        "own": own and state not in CLOSED,
        "may_review": state is State.HANDED_IN and at.may(Act.REVIEW_WORK),
        "puts": _puts(at, shown),
        "may_lead": at.may(Act.LEAD) and state not in CLOSED,
        "may_follow": at.may(Act.LEAD),
        "followed": at.may(Act.LEAD) and follows(session, at.viewer.person_id, shown.id),
        "may_end": at.may(Act.REVIEW_WORK) and state not in CLOSED,
        "offered_names": offered(session, at) if at.may(Act.REVIEW_WORK) and state in OWING else (),
    }


def _steps(at: Desk, session: Session, shown: Work) -> Sequence[Planned]:
    """The steps of the period with their days, for whoever has to keep them."""
    chain, period = shown.duty.frozen_chain(), shown.occurrence
    if chain is None or shown.assignment.part is Part.COORDINATOR:
        return ()
    calendar = load_calendar(session, at.office.calendar)
    return plan(chain, period.due_on, calendar, not_before=period.opens_on).steps


def _puts(at: Desk, shown: Work) -> str:
    """The last word of the address where this reader says that the work was put before the superior; or nothing."""
    state = shown.assignment.state
    if not shown.duty.for_superior or state not in (*OPEN, State.HANDED_IN):
        return ""
    if at.may(Act.DO_WORK, shown.unit_id):
        return "trinh"
    return "trinh-len" if state is State.HANDED_IN and at.may(Act.REVIEW_WORK) else ""
