"""A unit's own work (Đơn vị): the list by day, and one page an assignment, where it is handed in."""

import logging
import secrets
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import FileResponse, RedirectResponse, Response

from actions.changes import CLOCK, By
from actions.errors import NotFound, Refused
from actions.follow import accept, receive
from actions.hand_in import hand_in
from actions.judge import judge
from actions.return_work import return_work
from domain.assignment import OPEN, State
from rules.form import Form as ReportForm
from store.questions.board import standing_duties
from store.questions.work import Work, evidence_file, lately_done, owed, work
from web.answers import PREFIX, Typed, typed
from web.desk import NOT_YOURS, Desk, desk_for
from web.forms import Files, Id, Posted
from web.policy import Act
from web.render import say_answer

log = logging.getLogger("dondoc.web")
router = APIRouter()

Worker = Annotated[Desk, Depends(desk_for(Act.DO_WORK))]
Reader = Annotated[Desk, Depends(desk_for(Act.SEE_WORK))]
Reviewer = Annotated[Desk, Depends(desk_for(Act.REVIEW_WORK))]

NOTHING = "Hãy điền số liệu, ghi nội dung hoặc đính kèm tệp trước khi nộp."
NO_FORM = ReportForm(())


@router.get("/viec")
def my_work(at: Worker) -> Response:
    scope = at.scope(Act.DO_WORK)
    with at.works.db.read() as session:
        lines = owed(session, scope, at.now, at.soon)
        return at.page(
            "unit/list.html",
            to_do=[line for line in lines if line.state in OPEN],
            paused=[line for line in lines if line.state is State.WAITING],
            waiting=[line for line in lines if line.state in (State.HANDED_IN, State.SUBMITTED)],
            done=lately_done(session, scope, at.now, at.soon),
            standing_duties=standing_duties(session, scope),
            several_units=len({post.unit_id for post in at.viewer.posts}) > 1,
        )


@router.get("/viec/{assignment_id}")
def one(at: Reader, assignment_id: Id) -> Response:
    return _page(at, _found(at, assignment_id))


@router.post("/viec/{assignment_id}/nhan")
def take_note(at: Worker, assignment_id: Id) -> Response:
    _mine(at, assignment_id)
    with at.works.db.transaction() as session:
        receive(session, assignment_id, at.by)
    return _back(assignment_id)


@router.post("/viec/{assignment_id}/nop")
def submit(at: Worker, assignment_id: Id, form: Posted, files: Files) -> Response:
    """The receipt is the moment the request began to arrive (`at.now`), not the end of a slow upload; no
    field of the form can change it."""
    shown = _mine(at, assignment_id)
    note = str(form.get("ghi_chu", ""))[:5000].strip()
    answers = typed(_form(at, shown), form)
    if not (answers.figures or answers.faults or note or files):
        answers.faults["ghi_chu"] = NOTHING
    if answers.faults:
        return _page(at, shown, answers, form)
    stored = [at.works.evidence.put(sent.data, sent.name) for sent in files]
    # The key is bound to the work and the person: nobody can spend another's.
    key = f"{assignment_id}:{at.viewer.person_id}:{str(form.get('khoa', ''))[:64]}"
    with at.works.db.transaction() as session:
        submission = hand_in(
            session, assignment_id, figures=answers.figures, by=at.by, key=key, note=note,
            files=stored, person_id=at.viewer.person_id,
        )  # fmt: skip
        submission_id = submission.id
    _judge_at_once(at, submission_id)
    return _back(assignment_id)


@router.post("/viec/{assignment_id}/duyet")
def approve(at: Reviewer, assignment_id: Id) -> Response:
    _found(at, assignment_id)
    with at.works.db.transaction() as session:
        accept(session, assignment_id, at.by)
    return _back(assignment_id)


@router.post("/viec/{assignment_id}/tra-lai")
def return_it(
    at: Reviewer, assignment_id: Id, reason: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    _found(at, assignment_id)
    if not reason.strip():
        raise Refused("Hãy ghi lý do trả lại để đơn vị biết cần sửa gì.")
    with at.works.db.transaction() as session:
        c = at.works.circumstances(session)
        return_work(
            session, assignment_id, at.by, findings=[reason.strip()],
            calendar=c.calendar, zone=c.office.tz, staff=c.staff, mail_domain=c.office.mail_domain,
        )  # fmt: skip
    return _back(assignment_id)


@router.get("/tep/{evidence_id}")
def download(at: Reader, evidence_id: Id) -> Response:
    """Always a download, never shown by the browser, whatever the bytes are."""
    with at.works.db.read() as session:
        found = evidence_file(session, evidence_id, at.scope(Act.SEE_WORK))
        if found is None:
            raise NotFound(NOT_YOURS)
        path, name = at.works.evidence.path(found.sha256), found.file_name
    answer = FileResponse(path, media_type="application/octet-stream", filename=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _found(at: Desk, assignment_id: int) -> Work:
    with at.works.db.read() as session:
        found = work(session, assignment_id, at.scope(Act.SEE_WORK), at.now, at.soon)
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def _mine(at: Desk, assignment_id: int) -> Work:
    found = _found(at, assignment_id)
    at.demand(Act.DO_WORK, found.unit_id)
    return found


def _form(at: Desk, shown: Work) -> ReportForm:
    pack = at.works.packs.get(shown.duty.pack)
    return pack.form if pack else NO_FORM


def _judge_at_once(at: Desk, submission_id: int) -> None:
    """So that the unit sees the reason now. What was handed in stands whatever happens here: the clock
    judges what nobody has judged."""
    try:
        with at.works.db.transaction() as session:
            bench = at.works.bench(at.works.circumstances(session))
            judge(session, submission_id, bench, By(CLOCK, at.now))
    except Exception:
        log.exception("submission %s was not judged at once; the clock will", submission_id)


def _back(assignment_id: int) -> Response:
    return RedirectResponse(f"/viec/{assignment_id}", 303)


def _page(
    at: Desk, shown: Work, answers: Typed | None = None, sent: Mapping[str, Any] | None = None
) -> Response:
    """With what was typed, after an error; else with the figures of the last round, to be corrected."""
    form = _form(at, shown)
    last = shown.rounds[0].submission.figures if shown.rounds else {}
    values = {
        field.code: str(sent.get(PREFIX + field.code, ""))
        if sent
        else say_answer(last.get(field.code), field)
        for field in form.fields
    }
    return at.page(
        "unit/work.html",
        422 if answers else 200,
        work=shown,
        form=form,
        values=values,
        note=str(sent.get("ghi_chu", "")) if sent else "",
        faults=answers.faults if answers else {},
        key=str(sent.get("khoa", "")) if sent else secrets.token_urlsafe(16),
        owes=shown.assignment.state in OPEN and at.may(Act.DO_WORK, shown.unit_id),
        may_review=shown.assignment.state is State.HANDED_IN and at.may(Act.REVIEW_WORK),
    )
