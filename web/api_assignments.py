"""The API of assignments: list, look, receive, hand in, return, accept, later, waiting, progress."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import Header, Query, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from actions.assignments import unchanged
from actions.errors import NotFound
from actions.extend import ask_extension, grant_extension, refuse_extension
from actions.follow import accept, receive
from actions.follow_case import seen
from actions.hand_in import hand_in
from actions.note_progress import note_progress
from actions.return_work import return_work
from actions.wait import resume, wait_for
from domain.assignment import Part, Standing, State
from domain.attesting import Attested
from domain.duty import Force
from domain.extension import Answer
from domain.sentence import Sentence
from domain.verdict import Outcome
from domain.waiting import Awaited
from store.questions.board import Line, lines
from store.questions.life import life
from store.questions.pick import Pick
from store.questions.work import Round, rounds
from web.answers import PREFIX, typed
from web.api import (
    AsLeafing,
    AtDesk,
    Body,
    Leader,
    Reader,
    Reviewer,
    Said,
    Seen,
    Shown,
    Why,
    Worker,
    api_router,
    example,
    tagged,
)
from web.api_files import Sent, bytes_of
from web.desk import NOT_YOURS, Desk
from web.errors import Told
from web.faults import Faulty
from web.forms import MOST, Id
from web.office_board import PLACES
from web.policy import Act
from web.unit import LONGEST_NOTE, NOTHING, judge_at_once
from web.unit_page import ATTEST, found, mine, own_form, said_of_standing
from web.uploads import MAX_FILES, safe_name

router = api_router("assignments")

Text = Annotated[str, Field(min_length=1, max_length=2000)]


class Listed(Shown):
    id: int
    unit_id: int
    unit: str
    title: str
    clause: str
    period: str
    due_on: date
    part: Part
    force: Force
    state: State
    standing: Standing


class Page(BaseModel):
    """`next`: the cursor of the page that follows; none on the last."""

    items: list[Listed]
    next: str | None


class VerdictShown(Shown):
    rule_id: str
    title: str
    outcome: Outcome
    why: Said


class FileShown(BaseModel):
    id: int
    name: str
    sha256: str


class RoundShown(BaseModel):
    round: int
    handed_in_at: datetime
    by: str
    figures: dict[str, Any]
    note: str
    attested: list[Attested]
    files: list[FileShown]
    verdicts: list[VerdictShown]


class ExtensionShown(Shown):
    """`new_due_on`: what was granted, null until it is."""

    id: int
    old_due_on: date
    wished_on: date
    reason: str
    answer: Answer
    new_due_on: date | None
    remark: str


class WaitShown(Shown):
    """Who holds the work, from when; while `ended_at` is null the unit's clock stands still."""

    kind: Awaited
    who: str
    reason: str
    started_at: datetime
    ended_at: datetime | None
    old_due_on: date | None
    new_due_on: date | None


class One(BaseModel):
    """`version` is the ETag: send it as If-Match with what depends on it."""

    id: int
    version: int
    unit_id: int
    unit: str
    title: str
    clause: str
    quote: str
    directive_id: int
    directive: str
    period: str
    due_on: date
    state: State
    standing: Standing
    pack: str
    rounds: list[RoundShown]
    person: str
    waits: list[WaitShown]
    extensions: list[ExtensionShown]


class Report(Body):
    """`figures`: by the codes of the report form, written as people here write them (“1.234,5”). `attested`: by the
    codes of standing duties, what the unit did about each; those this report does not attest are left out."""

    model_config = example(figures={"parents": "1.234", "cashless": "980"}, note="Đã hoàn thành")

    figures: Annotated[dict[str, str], Field(max_length=500, default_factory=dict)]
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    attested: Annotated[
        dict[str, Annotated[str, Field(max_length=LONGEST_NOTE)]], Field(max_length=500, default_factory=dict)
    ]
    files: Annotated[list[Sent], Field(max_length=MAX_FILES, default_factory=list)]


class Later(Body):
    model_config = example(wished_on="2026-03-20", reason="Mất điện do bão số 3 từ ngày 10/3")

    wished_on: date
    reason: Text


class Granted(Body):
    """`due_on`: another day than was wished."""

    model_config = example(due_on="2026-03-18", remark="Đồng ý lùi ba ngày")

    due_on: date | None = None
    remark: Annotated[str, Field(max_length=2000)] = ""


class Waits(Body):
    """For a unit of ours (`unit_id`), or for somebody else by name (`who`)."""

    model_config = example(who="Công an phường", reason="Chờ số liệu cư trú")

    unit_id: Annotated[int | None, Field(ge=1, le=MOST)] = None
    who: Annotated[str, Field(max_length=300)] = ""
    reason: Text


class Resumed(Body):
    model_config = example(outcome="Đã nhận được số liệu")

    outcome: Annotated[str, Field(max_length=2000)] = ""


class Progress(Body):
    model_config = example(text="Đã rà soát xong khối 3", percent=60)

    text: Text
    percent: Annotated[int | None, Field(ge=0, le=100)] = None


@router.get("/assignments")
def listed(
    at: AtDesk,
    asked: AsLeafing,
    standing: Standing | None = None,
    waiting: bool = False,
    unit: Annotated[int | None, Query(ge=1, le=MOST)] = None,
    directive: Annotated[int | None, Query(ge=1, le=MOST)] = None,
) -> Page:
    """Những việc người hỏi được xem, hạn sớm nhất trước."""
    at.demand(Act.SEE_WORK)
    pick = Pick(standing=standing, waiting=waiting, unit_id=unit, directive_id=directive)
    with at.works.db.read() as session:
        ask = partial(lines, session, at.scope(Act.SEE_WORK), at.now, at.soon, pick)
        found, after = asked.rows(ask, Line.place, PLACES[pick.order])
    return Page(items=[_listed(line) for line in found], next=after)


@router.get("/assignments/{assignment_id}")
def one(at: Reader, assignment_id: Id, answer: Response) -> One:
    """Một việc: hạn, trạng thái, các lần nộp và kết luận của quy tắc."""
    return _shown(at, assignment_id, answer)


@router.post("/assignments/{assignment_id}/receive")
def received(at: Worker, assignment_id: Id, answer: Response) -> One:
    """Biết nhận việc; nhận lại không đổi gì."""
    mine(at, assignment_id)
    return moved(at, assignment_id, answer, lambda s: receive(s, assignment_id, at.by))


@router.post("/assignments/{assignment_id}/hand-in")
def handed_in(
    at: Worker,
    assignment_id: Id,
    report: Report,
    answer: Response,
    idempotency_key: Annotated[str, Header(min_length=8, max_length=64)],
) -> One:
    """Nộp báo cáo. Gửi lại với cùng Idempotency-Key thì vẫn chỉ là một lần nộp."""
    form = own_form(at, assignment_id)
    if unknown := sorted(set(report.figures) - {field.code for field in form.fields}):
        raise Told(422, Sentence("Biểu mẫu không có chỉ tiêu “{unknown}”.", unknown=unknown[0][:60]))
    answers = typed(form, {PREFIX + code: value for code, value in report.figures.items()})
    if answers.faults:
        raise Faulty({f"figures.{code}": said for code, said in answers.faults.items()})
    attested = said_of_standing(
        at, assignment_id, {ATTEST + code: said for code, said in report.attested.items()}
    )
    if not (answers.figures or report.note.strip() or report.files or any(one.said for one in attested)):
        raise Told(422, NOTHING)
    stored = [at.works.evidence.put(bytes_of(file), safe_name(file.name)) for file in report.files]
    with at.works.db.transaction() as session:
        submission_id = hand_in(
            session, assignment_id, figures=answers.figures, by=at.by,
            key=f"{assignment_id}:{at.viewer.person_id}:{idempotency_key}", note=report.note.strip(),
            files=stored, attested=attested, person_id=at.viewer.person_id,
        ).id  # fmt: skip
    judge_at_once(at, submission_id)
    return _shown(at, assignment_id, answer)


@router.post("/assignments/{assignment_id}/accept")
def accepted(at: Reviewer, assignment_id: Id, version: Seen, answer: Response) -> One:
    """Duyệt báo cáo đã nộp."""
    found(at, assignment_id)

    def move(session: Session) -> None:
        unchanged(session, assignment_id, version)
        accept(session, assignment_id, at.by)

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/return")
def returned(at: Reviewer, assignment_id: Id, said: Why, version: Seen, answer: Response) -> One:
    """Trả lại báo cáo, nêu điều cần sửa."""
    found(at, assignment_id)

    def move(session: Session) -> None:
        unchanged(session, assignment_id, version)
        c = at.works.circumstances(session)
        return_work(
            session, assignment_id, at.by, findings=[said.reason.strip()],
            office=c.office, calendar=c.calendar, staff=c.staff,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/extensions")
def asks_for_time(at: Worker, assignment_id: Id, wish: Later, answer: Response) -> One:
    """Xin gia hạn."""
    mine(at, assignment_id)

    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        ask_extension(
            session, assignment_id, at.by, wished_on=wish.wished_on, reason=wish.reason, office=c.office,
            calendar=c.calendar,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/extensions/{extension_id}/grant")
def granted(at: Leader, assignment_id: Id, extension_id: Id, granted: Granted, answer: Response) -> One:
    """Cho gia hạn, đến ngày đã xin hoặc ngày khác."""
    found(at, assignment_id, Act.LEAD)

    def move(session: Session) -> None:
        _of(session, assignment_id, extension_id)
        c = at.works.circumstances(session)
        grant_extension(
            session, extension_id, at.by, calendar=c.calendar, zone=c.office.tz, due_on=granted.due_on,
            remark=granted.remark,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/extensions/{extension_id}/refuse")
def refused(at: Leader, assignment_id: Id, extension_id: Id, said: Why, answer: Response) -> One:
    """Không cho gia hạn."""
    found(at, assignment_id, Act.LEAD)

    def move(session: Session) -> None:
        _of(session, assignment_id, extension_id)
        refuse_extension(session, extension_id, at.by, remark=said.reason)

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/waiting")
def waits(at: Worker, assignment_id: Id, wait: Waits, answer: Response) -> One:
    """Việc đang chờ một đơn vị, hoặc một nơi bên ngoài."""
    mine(at, assignment_id)

    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        wait_for(
            session, assignment_id, at.by, kind=Awaited.UNIT if wait.unit_id else Awaited.OUTSIDE,
            reason=wait.reason, office=c.office, calendar=c.calendar, unit_id=wait.unit_id, who=wait.who,
        )  # fmt: skip

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/resume")
def goes_on(at: Worker, assignment_id: Id, said: Resumed, answer: Response) -> One:
    """Hết chờ, làm tiếp."""
    mine(at, assignment_id)

    def move(session: Session) -> None:
        c = at.works.circumstances(session)
        resume(session, assignment_id, at.by, calendar=c.calendar, zone=c.office.tz, outcome=said.outcome)

    return moved(at, assignment_id, answer, move)


@router.post("/assignments/{assignment_id}/progress")
def tells(at: Worker, assignment_id: Id, note: Progress, answer: Response) -> One:
    """Ghi tiến độ."""
    mine(at, assignment_id)
    return moved(
        at,
        assignment_id,
        answer,
        lambda s: note_progress(
            s, assignment_id, at.by, text=note.text, percent=note.percent, person_id=at.viewer.person_id
        ),
    )


def moved(at: Desk, assignment_id: int, answer: Response, move: Callable[[Session], object]) -> One:
    """Carry it out in one transaction and answer with the work as it is then."""
    with at.works.db.transaction() as session:
        move(session)
        seen(session, at.viewer.person_id, at.now, assignment_id)  # one's own doing is no news
    return _shown(at, assignment_id, answer)


def _shown(at: Desk, assignment_id: int, answer: Response) -> One:
    shown = found(at, assignment_id)
    with at.works.db.read() as session:
        lived = life(session, assignment_id)
        handed_in = rounds(session, assignment_id)
    tagged(answer, shown.assignment.version)
    return One(
        id=shown.id,
        version=shown.assignment.version,
        unit_id=shown.unit_id,
        unit=shown.unit.name,
        title=shown.duty.title,
        clause=shown.duty.clause,
        quote=shown.duty.quote,
        directive_id=shown.directive_id,
        directive=shown.directive.symbol or shown.directive.file_name,
        period=shown.occurrence.period,
        due_on=shown.assignment.due_on,
        state=shown.assignment.state,
        standing=shown.standing,
        pack=shown.pack,
        rounds=[_round(one) for one in handed_in],
        person=lived.person,
        waits=[WaitShown.model_validate(one) for one in lived.waits],
        extensions=[
            ExtensionShown.model_validate(dict(e) | {"id": number}) for number, e in lived.extensions
        ],
    )


def _round(one: Round) -> RoundShown:
    return RoundShown(
        round=one.submission.round,
        handed_in_at=one.submission.handed_in_at,
        by=one.by,
        figures=one.submission.figures,
        note=one.submission.note,
        attested=[Attested.model_validate(said) for said in one.submission.attested],
        files=[
            FileShown(id=file.id, name=file.evidence.file_name, sha256=file.evidence.sha256)
            for file in one.files
        ],
        verdicts=[VerdictShown.model_validate(verdict) for verdict in one.verdicts],
    )


def _listed(line: Line) -> Listed:
    return Listed.model_validate(line)


def _of(session: Session, assignment_id: int, extension_id: int) -> None:
    """Raises NotFound for the request about another assignment."""
    asked: Mapping[int, object] = dict(life(session, assignment_id).extensions)
    if extension_id not in asked:
        raise NotFound(NOT_YOURS)
