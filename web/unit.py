"""A unit's own work (Đơn vị): the list by day, the week on paper, and handing in."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, Response

from actions.changes import CLOCK, By
from actions.errors import NotFound, Refused
from actions.follow import receive
from actions.hand_in import hand_in
from actions.judge import judge
from domain.assignment import OPEN, State
from domain.duty import Force
from domain.sentence import Sentence
from store.questions.attesting import standing_duties
from store.questions.board import Line
from store.questions.dormant import dormant_duties
from store.questions.explanations import explanations_to_give
from store.questions.life import who_awaits
from store.questions.work import evidence_file, lately_done, owed
from web.answers import typed
from web.desk import NOT_YOURS, Desk, desk_for
from web.forms import Files, Id, Posted, word
from web.policy import Act
from web.qr import qr_svg
from web.unit_page import ATTEST, back, found, mine, own_form, page, said_of_standing

log = logging.getLogger("dondoc.web")
router = APIRouter()

Worker = Annotated[Desk, Depends(desk_for(Act.DO_WORK))]
Reader = Annotated[Desk, Depends(desk_for(Act.SEE_WORK))]

NOTHING = Sentence("Hãy điền số liệu, ghi nội dung hoặc đính kèm tệp trước khi nộp.")
ON_PAPER = 20
"""Lines that fit one A4 sheet, each of two rows, with the code below."""
LONGEST_NOTE = 5000
TOO_LONG = Sentence("Nội dung dài quá {most} ký tự; hãy đính kèm tệp.", most=LONGEST_NOTE)


@router.get("/viec")
def my_work(at: Worker) -> Response:
    scope = at.scope(Act.DO_WORK)
    with at.works.db.read() as session:
        lines = owed(session, scope, at.now, at.soon)
        to_do = [line for line in lines if line.state in OPEN]
        ordered = [line for line in to_do if line.force is Force.BINDING]
        return at.page(
            "unit/list.html",
            days=by_day(to_do, at.today),
            to_do=len(to_do),
            late=sum(line.due_on < at.today for line in ordered),
            due_today=sum(line.due_on == at.today for line in ordered),
            next_due=next((line.due_on for line in to_do if line.due_on >= at.today), None),
            to_explain=explanations_to_give(session, scope),
            awaits=who_awaits(session, scope),
            paused=[line for line in lines if line.state is State.WAITING],
            waiting=[line for line in lines if line.state is State.HANDED_IN],
            submitted=[line for line in lines if line.state is State.SUBMITTED],
            done=lately_done(session, scope, at.now, at.soon),
            standing_duties=standing_duties(session, scope, at.today),
            dormant_duties=dormant_duties(session, scope),
            several_units=len({post.unit_id for post in at.viewer.posts}) > 1,
        )


@router.get("/viec/tuan")
def week(at: Worker) -> Response:
    """One A4 sheet to pin up: what is late, and what is due until the end of next week."""
    scope = at.scope(Act.DO_WORK)
    until = at.today + timedelta(days=13 - at.today.weekday())
    with at.works.db.read() as session:
        lines = [line for line in owed(session, scope, at.now, at.soon) if line.state in OPEN]
    near = [line for line in lines if line.due_on <= until]
    return at.page(
        "unit/week.html",
        lines=near[:ON_PAPER],
        left_out=max(0, len(near) - ON_PAPER),
        later=len(lines) - len(near),
        until=until,
        qr=qr_svg(at.works.settings.public_url + "/viec"),
    )


def by_day(lines: Sequence[Line], today: date) -> list[tuple[str, list[Line]]]:
    """(heading, what is due then) in the order one works: late, today, this week, next week, later. A request whose day
    has passed is not late; it comes last."""
    sunday = today + timedelta(days=6 - today.weekday())
    next_sunday = sunday + timedelta(days=7)
    past = [line for line in lines if line.due_on < today]
    groups: dict[str, list[Line]] = {
        Sentence("Đã quá hạn"): [line for line in past if line.force is Force.BINDING],
        Sentence("Hôm nay"): [line for line in lines if line.due_on == today],
        Sentence("Tuần này"): [line for line in lines if today < line.due_on <= sunday],
        Sentence("Tuần sau"): [line for line in lines if sunday < line.due_on <= next_sunday],
        Sentence("Sau đó"): [line for line in lines if line.due_on > next_sunday],
        Sentence("Được đề nghị, đã qua ngày"): [line for line in past if line.force is Force.REQUEST],
    }
    return [(head, group) for head, group in groups.items() if group]


@router.get("/viec/{assignment_id}")
def one(at: Reader, assignment_id: Id) -> Response:
    return page(at, found(at, assignment_id))


@router.post("/viec/{assignment_id}/nhan")
def take_note(at: Worker, assignment_id: Id) -> Response:
    mine(at, assignment_id)
    with at.works.db.transaction() as session:
        receive(session, assignment_id, at.by)
    return back(assignment_id)


@router.post("/viec/{assignment_id}/nop")
def submit(at: Worker, assignment_id: Id, form: Posted, files: Files) -> Response:
    """The receipt is the moment the request began to arrive (`at.now`), not the end of a slow upload; no
    field of the form can change it."""
    note = word(form, "ghi_chu")
    answers = typed(own_form(at, assignment_id), form)
    attested = said_of_standing(at, assignment_id, form)
    answers.faults.update({ATTEST + one.duty: TOO_LONG for one in attested if len(one.said) > LONGEST_NOTE})
    if len(note) > LONGEST_NOTE:
        answers.faults["ghi_chu"] = TOO_LONG
    if not (answers.figures or answers.faults or note or files or any(one.said for one in attested)):
        answers.faults["ghi_chu"] = NOTHING
    if answers.faults:
        return page(at, mine(at, assignment_id), answers=answers, sent=form)
    stored = [at.works.evidence.put(sent.data, sent.name) for sent in files]
    # The key is bound to the work and the person: nobody can spend another's.
    key = f"{assignment_id}:{at.viewer.person_id}:{str(form.get('khoa', ''))[:64]}"
    try:
        with at.works.db.transaction() as session:
            submission = hand_in(
                session, assignment_id, figures=answers.figures, by=at.by, key=key, note=note,
                files=stored, attested=attested, person_id=at.viewer.person_id,
            )  # fmt: skip
            submission_id = submission.id
    except Refused as lacking:  # a plan of the unit's own, without its file
        answers.faults["tep"] = str(lacking)
        return page(at, mine(at, assignment_id), answers=answers, sent=form)
    judge_at_once(at, submission_id)
    return back(assignment_id)


@router.get("/tep/{evidence_id}")
def download(at: Reader, evidence_id: Id) -> Response:
    """Always a download, never shown by the browser, whatever the bytes are."""
    with at.works.db.read() as session:
        file = evidence_file(session, evidence_id, at.scope(Act.SEE_WORK))
        if file is None:
            raise NotFound(NOT_YOURS)
        path, name = at.works.evidence.path(file.sha256), file.file_name
    answer = FileResponse(path, media_type="application/octet-stream", filename=name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def judge_at_once(at: Desk, submission_id: int) -> None:
    """So that the unit sees the reason now; in a crowd the others' hand-ins come first. What was handed in stands
    whatever happens here: the clock judges what nobody has judged."""
    if at.works.db.is_crowded:
        return
    try:
        with at.works.db.transaction() as session:
            bench = at.works.bench(at.works.circumstances(session))
            judge(session, submission_id, bench, By(CLOCK, at.now))
    except Exception:
        log.exception("submission %s was not judged at once; the clock will", submission_id)
