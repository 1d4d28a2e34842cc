"""The API of what else happens to an assignment: who does it, what is excused, explained, decided above, followed."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from actions.demand_explanation import demand_explanation, explain
from actions.entrust import entrust, take_up
from actions.errors import NotFound
from actions.follow import waive, withdraw
from actions.follow_case import follow_case, leave_case
from actions.foresee import foresee
from actions.submit import submit, superior_answered
from domain.explanation import MOST as LONGEST
from domain.verdict import Outcome
from store.questions.explanations import explanations
from web.answers import PREFIX, typed
from web.api import Body, Leader, Reader, Reviewer, Said, Shown, Why, Worker, api_router, example
from web.api_assignments import One, moved
from web.desk import NOT_YOURS, Desk
from web.faults import Faulty
from web.forms import MOST, Id
from web.policy import Act
from web.unit_page import found, mine, own_form, to_send_on
from web.uploads import MAX_FILES

router = api_router("assignments")


class Doer(Body):
    model_config = example(person_id=12)

    person_id: Annotated[int, Field(ge=1, le=MOST)]


class Submitted(Body):
    """`document`: what was put before whom (`who`)."""

    model_config = example(document="Tờ trình 15/TTr", who="UBND tỉnh")

    document: Annotated[str, Field(max_length=300)]
    who: Annotated[str, Field(max_length=300)] = ""


class Answered(Body):
    model_config = example(approved=True, remark="Đồng ý theo tờ trình")

    approved: bool
    remark: Annotated[str, Field(max_length=2000)] = ""


class Question(Body):
    model_config = example(question="Vì sao chậm ba ngày?")

    question: Annotated[str, Field(max_length=LONGEST)]


class Explained(Body):
    model_config = example(answer="Mất điện do bão từ ngày 10 đến ngày 13/3")

    answer: Annotated[str, Field(max_length=LONGEST)]


class Demand(Shown):
    id: int
    question: str
    asked_at: datetime
    answer_by: date
    answer: str
    answered_at: datetime | None


class Sketch(Body):
    """`files`: how many would be handed in."""

    model_config = example(figures={"parents": "1.234", "cashless": "980"}, files=1)

    figures: Annotated[dict[str, str], Field(max_length=500, default_factory=dict)]
    files: Annotated[int, Field(ge=0, le=MAX_FILES)] = 0


class Foreseen(BaseModel):
    rule_id: str
    title: str
    outcome: Outcome
    why: Said


@router.post("/assignments/{assignment_id}/foresee")
def before_handing_in(at: Worker, assignment_id: Id, sketch: Sketch) -> list[Foreseen]:
    """Quy tắc sẽ nói gì nếu nộp như thế; không ghi gì."""
    form = own_form(at, assignment_id)
    answers = typed(form, {PREFIX + code: value for code, value in sketch.figures.items()})
    if answers.faults:
        raise Faulty({f"figures.{code}": said for code, said in answers.faults.items()})
    with at.works.db.read() as session:
        bench = at.works.bench(at.works.circumstances(session))
        told = foresee(session, assignment_id, answers.figures, sketch.files, bench, at.now)
    return [
        Foreseen(rule_id=v.rule_id, title=v.title, outcome=v.outcome, why=v.why)
        for v in (one.verdict for one in told)
    ]


@router.post("/assignments/{assignment_id}/entrust")
def gives(at: Reader, assignment_id: Id, doer: Doer, answer: Response) -> One:
    """Giao việc cho một người của đơn vị.

    Đơn vị giao việc của mình; văn phòng giao lại việc của mọi đơn vị."""
    unit_id = found(at, assignment_id).unit_id
    if at.may(Act.DO_WORK, unit_id):
        at.demand(Act.DO_WORK, unit_id)
    else:
        at.demand(Act.REVIEW_WORK)

    def move(session: Session) -> None:
        staff = at.works.circumstances(session).staff
        entrust(session, assignment_id, doer.person_id, at.by, staff=staff, today=at.today)

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/take-up")
def takes_up(at: Worker, assignment_id: Id, answer: Response) -> One:
    """Nhận làm việc được giao cho đơn vị mình."""
    mine(at, assignment_id)
    return moved(at, assignment_id, answer, lambda s: take_up(s, assignment_id, at.viewer.person_id, at.by))


@router.post("/assignments/{assignment_id}/submit")
def puts_before_the_superior(at: Worker, assignment_id: Id, put: Submitted, answer: Response) -> One:
    """Trình cấp trên, chờ ý kiến."""
    mine(at, assignment_id)
    return _submitted(at, assignment_id, put, answer)


@router.post("/assignments/{assignment_id}/send-on")
def office_has_put_it_before_the_superior(
    at: Reviewer, assignment_id: Id, put: Submitted, answer: Response
) -> One:
    """Văn phòng trình cấp trên kết quả đơn vị đã nộp."""
    to_send_on(at, assignment_id)
    return _submitted(at, assignment_id, put, answer)


def _submitted(at: Desk, assignment_id: int, put: Submitted, answer: Response) -> One:
    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        submit(
            session, assignment_id, at.by, document=put.document, office=c.office, calendar=c.calendar,
            who=put.who,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/superior")
def superior_has_answered(at: Reviewer, assignment_id: Id, said: Answered, answer: Response) -> One:
    """Ý kiến của cấp trên về việc đã trình."""
    found(at, assignment_id)

    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        superior_answered(
            session, assignment_id, at.by, approved=said.approved, remark=said.remark,
            office=c.office, calendar=c.calendar,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/waive")
def exempt(at: Reviewer, assignment_id: Id, said: Why, answer: Response) -> One:
    """Miễn việc cho đơn vị."""
    found(at, assignment_id)
    return moved(at, assignment_id, answer, lambda s: waive(s, assignment_id, at.by, reason=said.reason))


@router.post("/assignments/{assignment_id}/withdraw")
def take_back(at: Reviewer, assignment_id: Id, said: Why, answer: Response) -> One:
    """Thu hồi việc đã giao cho đơn vị."""
    found(at, assignment_id)
    return moved(at, assignment_id, answer, lambda s: withdraw(s, assignment_id, at.by, reason=said.reason))


@router.get("/assignments/{assignment_id}/explanations")
def demands(at: Reader, assignment_id: Id) -> list[Demand]:
    """Các yêu cầu giải trình về một việc."""
    found(at, assignment_id)
    with at.works.db.read() as session:
        return [
            Demand.model_validate({"id": number} | one.model_dump())
            for number, one in explanations(session, assignment_id)
        ]


@router.post("/assignments/{assignment_id}/explanations")
def demand(at: Leader, assignment_id: Id, asked: Question, answer: Response) -> One:
    """Yêu cầu giải trình."""
    found(at, assignment_id, Act.LEAD)

    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        demand_explanation(
            session, assignment_id, at.by, question=asked.question, office=c.office, calendar=c.calendar,
            staff=c.staff, person_id=at.viewer.person_id,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/explanations/{explanation_id}/answer")
def explains(
    at: Worker, assignment_id: Id, explanation_id: Id, explained: Explained, answer: Response
) -> One:
    """Trả lời một yêu cầu giải trình."""
    mine(at, assignment_id)

    def move(session: Session) -> None:
        if explanation_id not in dict(explanations(session, assignment_id)):
            raise NotFound(NOT_YOURS)
        c = at.works.circumstances(session)
        explain(session, explanation_id, at.by, answer=explained.answer, office=c.office, staff=c.staff)

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/follow")
def follows_it(at: Leader, assignment_id: Id, answer: Response) -> One:
    """Theo dõi riêng một việc; gọi lại là đã xem những gì mới."""
    found(at, assignment_id, Act.LEAD)
    who = at.viewer.person_id
    return moved(at, assignment_id, answer, lambda s: follow_case(s, assignment_id, who, at.now))


@router.post("/assignments/{assignment_id}/leave")
def leaves_it(at: Leader, assignment_id: Id, answer: Response) -> One:
    """Thôi theo dõi riêng một việc."""
    found(at, assignment_id, Act.LEAD)
    return moved(at, assignment_id, answer, lambda s: leave_case(s, assignment_id, at.viewer.person_id))
