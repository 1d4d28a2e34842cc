"""Visits as the office sees them (Cuộc kiểm tra): answers, photos, signatures, contradictions, papers, the end.

Who may read one: its team, who leads or plans for the unit; the unit itself once it is closed, or when it inspects
itself. A sealed visit is seen by who plans, and by nobody else.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from actions.close_visit import close_visit
from actions.errors import NotFound, Refused
from actions.note_lessons import note_lessons
from actions.plan_inspections import cancel_visit, leave_team
from actions.settle_conflict import settle_conflict
from actions.visit_papers import notice_of, record_of
from domain.checklist import SEVERITY_LABELS
from domain.checklist_answer import MARK_LABELS, say_answer
from domain.inspection import KIND_LABELS, PART_LABELS, STATE_LABELS, TeamPart, VisitKind, VisitState
from store.inspection_tables import PhotoRow, VisitRow
from store.office import load_calendar
from store.questions.inspection_rooms import found_lines, visit_lines
from store.questions.records import record_of_visit
from store.questions.scope import Scope, within
from store.questions.visited import Visited
from store.questions.visits import team_part
from store.tables import UnitRow
from web.desk import NOT_YOURS, AtDesk, Desk, attempt, desk_for
from web.forms import Id, Posted, word
from web.inspection_paper import as_file
from web.policy import Act
from web.visit_form import as_given
from web.words import _

router = APIRouter()

Reader = Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))]
Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]


@router.get("/cuoc-kiem-tra")
def all_visits(at: Reader) -> Response:
    with at.works.db.read() as session:
        return at.page(
            "inspections/visits.html",
            visits=visit_lines(session, at.scope(Act.SEE_BOARD), sealed=at.may(Act.DECIDE)),
            kinds=KIND_LABELS,
            states=STATE_LABELS,
        )


@router.get("/cuoc-kiem-tra/{visit_id}")
def one(at: AtDesk, visit_id: Id) -> Response:
    return _page(at, visit_id)


@router.post("/cuoc-kiem-tra/{visit_id}/chon")
def settle(at: AtDesk, visit_id: Id, form: Posted) -> Response:
    """Between answers that contradict one another, by somebody of the team."""
    part_of(at, visit_id)
    chosen = word(form, "tra_loi")
    with at.works.db.transaction() as session:
        settle_conflict(
            session, visit_id, word(form, "noi_dung"), int(chosen) if _is_id(chosen) else 0, at.by
        )  # fmt: skip
    return RedirectResponse(f"/cuoc-kiem-tra/{visit_id}", 303)


@router.post("/cuoc-kiem-tra/{visit_id}/ket-thuc")
def close(at: AtDesk, visit_id: Id, form: Posted) -> Response:
    part_of(at, visit_id)

    def act(session: Session) -> None:
        close_visit(
            session, visit_id, at.by, office=at.office, calendar=load_calendar(session, at.office.calendar),
            reason=word(form, "ly_do")[:2000],
        )  # fmt: skip

    return _done(at, visit_id, act)


@router.post("/cuoc-kiem-tra/{visit_id}/tiet")
def lessons(at: AtDesk, visit_id: Id, form: Posted) -> Response:
    """How many lessons (tiết dự giờ) the team observed."""
    part_of(at, visit_id)
    typed = word(form, "so_tiet")

    def act(session: Session) -> None:
        if not typed.isdecimal() or len(typed) > 3:
            raise Refused(_("Số tiết phải là số, không quá 999."))
        note_lessons(session, visit_id, int(typed), at.by)

    return _done(at, visit_id, act)


@router.post("/cuoc-kiem-tra/{visit_id}/huy")
def cancel(at: Clerk, visit_id: Id, form: Posted) -> Response:
    return _done(at, visit_id, lambda session: cancel_visit(session, visit_id, at.by, reason=_reason(form)))


@router.post("/cuoc-kiem-tra/{visit_id}/rut")
def take_out(at: Clerk, visit_id: Id, form: Posted) -> Response:
    who = word(form, "nguoi")

    def act(session: Session) -> None:
        readable(at, session, visit_id)
        leave_team(session, visit_id, int(who) if _is_id(who) else 0, at.by, reason=_reason(form))

    return _done(at, visit_id, act)


@router.get("/cuoc-kiem-tra/{visit_id}/bien-ban.{ending}")
def the_record(at: AtDesk, visit_id: Id, ending: str) -> Response:
    with at.works.db.read() as session:
        readable(at, session, visit_id, opened=True)
        paper = record_of(session, at.works.evidence, visit_id, at.now)
    return as_file(paper, f"bien-ban-kiem-tra-{visit_id}", ending)


@router.get("/cuoc-kiem-tra/{visit_id}/thong-bao.{ending}")
def the_notice(at: AtDesk, visit_id: Id, ending: str) -> Response:
    with at.works.db.read() as session:
        readable(at, session, visit_id, opened=True)
        paper = notice_of(session, visit_id, at.now)
    return as_file(paper, f"thong-bao-ket-qua-kiem-tra-{visit_id}", ending)


@router.get("/cuoc-kiem-tra/{visit_id}/anh/{sha256}")
def photo(at: AtDesk, visit_id: Id, sha256: str) -> Response:
    """`sha256`: of the stored bytes."""
    with at.works.db.read() as session:
        readable(at, session, visit_id, opened=True)
        kept = session.exec(
            select(PhotoRow).where(col(PhotoRow.visit_id) == visit_id, col(PhotoRow.stored) == sha256)
        ).first()
    if kept is None:
        raise NotFound(NOT_YOURS)
    return Response(
        at.works.evidence.get(kept.stored),
        media_type=kept.media_type,
        headers={"Cache-Control": "private, max-age=31536000, immutable"},
    )


def _done(at: Desk, visit_id: int, act: Callable[[Session], object]) -> Response:
    """Back to the visit, with the refusal where there is one."""
    return attempt(at, act, lambda refused: _page(at, visit_id, str(refused)), f"/cuoc-kiem-tra/{visit_id}")


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10


def _reason(form: Posted) -> str:
    reason = word(form, "ly_do")[:500]
    if not reason:
        raise Refused(_("Hãy ghi lý do."))
    return reason


def part_of(at: Desk, visit_id: int) -> TeamPart:
    """The reader's part in the team. Raises NotFound for everybody else."""
    with at.works.db.read() as session:
        part = team_part(session, visit_id, at.viewer.person_id)
    if part is None:
        raise NotFound(NOT_YOURS)
    return part


def readable(at: Desk, session: Session, visit_id: int, *, opened: bool = False) -> Visited:
    """The visit, if the reader may see it. Raises NotFound otherwise. `opened`: only one that has begun."""
    found = Visited.of(session, visit_id)
    if found is None or (not found.opened and (opened or not at.may(Act.DECIDE))):
        raise NotFound(NOT_YOURS)
    visit = found.row
    if _lies_in(session, visit, at.scope(Act.SEE_BOARD)) or found.part_of(at.viewer.person_id):
        return found
    told = visit.state is VisitState.CLOSED or visit.kind is VisitKind.SELF
    if told and _lies_in(session, visit, at.scope(Act.DO_WORK)):
        return found
    raise NotFound(NOT_YOURS)


def _lies_in(session: Session, visit: VisitRow, scope: Scope) -> bool:
    inside = select(UnitRow.id).where(col(UnitRow.id) == visit.unit_id, within(scope, UnitRow.id))
    return session.exec(inside).first() is not None


def _page(at: Desk, visit_id: int, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        found = readable(at, session, visit_id)
        record = record_of_visit(found, at.office) if found.opened else None
        checklist, part = found.checklist, found.part_of(at.viewer.person_id)
        again = session.exec(select(VisitRow).where(col(VisitRow.repeats_id) == visit_id)).first()
        may_know = at.may(Act.SEE_BOARD) or part is not None
        lines: dict[str, list[Any]] = {}
        for line in record.lines if record else ():
            lines.setdefault(line.section, []).append(line)
        return at.page(
            "inspections/visit.html",
            409 if refusal else 200,
            visit=found.row,
            unit=found.unit,
            plan=found.plan,
            list_title=checklist.title,
            record=record,
            lines=lines,
            doubts={item.id: item.doubt for item in checklist.items if item.doubt},
            contested=[
                (checklist.by_id[c.item], [(told, as_given(told)) for told in c.answers])
                for c in found.conflicts
                if c.item in checklist.by_id
            ],
            findings=found_lines(session, Scope(everything=True), at.now, visit_id=visit_id),
            team=[(member, member.answers_for(checklist.sections)) for member in found.team],
            part=part,
            heads=part is TeamPart.HEAD,
            again=again if may_know else None,
            say=say_answer,
            kinds=KIND_LABELS,
            states=STATE_LABELS,
            parts=PART_LABELS,
            marks=MARK_LABELS,
            severities=SEVERITY_LABELS,
            refusal=refusal,
        )
