"""The office's inspection plans (Kế hoạch kiểm tra): themes and coverage, the draw, and a team for each visit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from actions.draw_lots import hold_draw, published, seal_draw
from actions.errors import NotFound, Refused
from actions.plan_inspections import Mate, approve_plan, make_plan, plan_visit
from actions.publish_checklist import in_force
from actions.visit_papers import plan_of, report_of
from domain.checklist import Checklist
from domain.folding import fold
from domain.inspection import KIND_LABELS, PART_LABELS, STATE_LABELS, TeamPart, VisitKind
from domain.inspection_plan import Plan
from domain.instants import at_clock
from domain.sentence import Sentence
from runtime.inspections import new_seed
from store.inspection_tables import DrawRow, PlanRow, VisitRow
from store.questions.inspection_counts import plan_standing, standings
from store.questions.inspection_rooms import checklists, coverage, people_to_go, proposals, visit_lines
from store.questions.inspections import covered_units, visits_in_month
from store.tables import UnitRow
from web.desk import NOT_YOURS, Desk, attempt, desk_for
from web.faults import Faulty, Reading, Sent
from web.forms import Id, Posted, word
from web.inspection_paper import as_file
from web.policy import Act
from web.words import _

router = APIRouter()

Reader = Annotated[Desk, Depends(desk_for(Act.SEE_BOARD))]
Clerk = Annotated[Desk, Depends(desk_for(Act.DECIDE))]
PLANNED = (VisitKind.PLANNED, VisitKind.SURPRISE, VisitKind.SELF, VisitKind.REMOTE)
OPENS = "07:00"
FIELDS = {"day": "ngay", "allowed": "dong_y"}
"""Where stands what the action calls so."""
MATES = (TeamPart.HEAD, TeamPart.SECRETARY, *[TeamPart.MEMBER] * 4)
"""The rows of the team's form."""


@router.get("/ke-hoach-kiem-tra")
def all_plans(at: Reader, nam: Annotated[str, Query(max_length=4)] = "") -> Response:
    year = int(nam) if nam.isdecimal() and 2000 <= int(nam) <= 2100 else at.today.year
    with at.works.db.read() as session:
        found = standings(session, date(year, 1, 1), date(year, 12, 31), at.office.unit, at.now)
        plans = {row.id: row for row in session.exec(select(PlanRow))}
        return at.page(
            "inspections/plans.html", year=year, standings=found, plans=plans, kinds=KIND_LABELS,
            titles={row.theme: row.title for row in checklists(session)},
        )  # fmt: skip


@router.get("/ke-hoach-kiem-tra/bao-cao.{ending}")
def report(at: Reader, ending: str, nam: Annotated[int, Query(ge=2000, le=2100)] = 0) -> Response:
    """Coverage, findings and what is common over a year, as a document."""
    year = nam or at.today.year
    with at.works.db.read() as session:
        paper = report_of(session, date(year, 1, 1), date(year, 12, 31), at.now)
    return as_file(paper, f"bao-cao-kiem-tra-{year}", ending)


@router.get("/ke-hoach-kiem-tra/ke-hoach.{ending}")
def plan_on_paper(at: Reader, ending: str, nam: Annotated[int, Query(ge=2000, le=2100)] = 0) -> Response:
    """What will be inspected in a year, as a document."""
    year = nam or at.today.year
    with at.works.db.read() as session:
        paper = plan_of(session, year, at.now)
    return as_file(paper, f"ke-hoach-kiem-tra-{year}", ending)


@router.get("/ke-hoach-kiem-tra/moi")
def ask(at: Clerk) -> Response:
    return _ask(at, {})


@router.post("/ke-hoach-kiem-tra/moi")
def make(at: Clerk, form: Posted) -> Response:
    try:
        with at.works.db.transaction() as session:
            plan_id = make_plan(session, plan_asked(at, form), at.by).id
    except Refused as refused:
        return _ask(at, Sent(form, refused), str(refused))
    return RedirectResponse(f"/ke-hoach-kiem-tra/{plan_id}", 303)


@router.get("/ke-hoach-kiem-tra/{plan_id}")
def one(at: Reader, plan_id: Id) -> Response:
    return _page(at, plan_id)


@router.post("/ke-hoach-kiem-tra/{plan_id}/duyet")
def approve(at: Clerk, plan_id: Id) -> Response:
    with at.works.db.transaction() as session:
        approve_plan(session, plan_id, at.by)
    return RedirectResponse(f"/ke-hoach-kiem-tra/{plan_id}", 303)


@router.post("/ke-hoach-kiem-tra/{plan_id}/niem-phong")
def seal(at: Clerk, plan_id: Id) -> Response:
    return attempt(
        at,
        lambda session: seal_draw(session, plan_id, new_seed(), at.by),
        lambda refused: _page(at, plan_id, str(refused)),
        f"/ke-hoach-kiem-tra/{plan_id}#boc-tham",
    )


@router.post("/ke-hoach-kiem-tra/{plan_id}/boc-tham")
def hold(at: Clerk, plan_id: Id, form: Posted) -> Response:
    with at.works.db.transaction() as session:
        hold_draw(session, plan_id, at.by, witness=word(form, "chung")[:100])
    return RedirectResponse(f"/ke-hoach-kiem-tra/{plan_id}#boc-tham", 303)


@router.get("/ke-hoach-kiem-tra/{plan_id}/doan/{unit_id}")
def ask_team(at: Clerk, plan_id: Id, unit_id: Id) -> Response:
    return _ask_team(at, plan_id, unit_id, {})


@router.post("/ke-hoach-kiem-tra/{plan_id}/doan/{unit_id}")
def send_team(at: Clerk, plan_id: Id, unit_id: Id, form: Posted) -> Response:
    try:
        read = Reading(form)
        day, clock = read.day("ngay", Sentence("Hãy ghi ngày kiểm tra, như 14/02/2026.")), _clock(read)
        if day is None:
            raise Faulty(read.faults)
        read.done()
        with at.works.db.transaction() as session:
            visit = plan_visit(
                session, plan_id, unit_id, day=day, opens_at=at_clock(day, clock, at.office.tz),
                team=mates(session, at, unit_id, _team(form)), by=at.by, place=word(form, "noi")[:200],
                allowed=word(form, "dong_y")[:500],
            )  # fmt: skip
            visit_id = visit.id
    except Refused as refused:
        return _ask_team(at, plan_id, unit_id, Sent(form, refused, FIELDS), str(refused))
    return RedirectResponse(f"/cuoc-kiem-tra/{visit_id}", 303)


def _page(at: Desk, plan_id: int, refusal: str = "") -> Response:
    plans = at.may(Act.DECIDE)
    with at.works.db.read() as session:
        plan = plan_row(session, plan_id)
        draw = session.exec(select(DrawRow).where(col(DrawRow.plan_id) == plan_id)).one_or_none()
        units = covered_units(session, plan, at.office.unit)
        going = set(session.exec(select(VisitRow.unit_id).where(col(VisitRow.plan_id) == plan_id)))
        chosen = draw.chosen if draw else []
        drawn = plan.kind is VisitKind.SURPRISE and bool(plan.count)
        return at.page(
            "inspections/plan.html",
            409 if refusal else 200,
            plan=plan,
            draw=draw,
            shown=published(session, plan_id) if draw else {},
            names={unit.code: unit.name for unit in units},
            standing=plan_standing(session, plan, units, at.now),
            groups=coverage(session, plan, units),
            to_go=[u for u in units if u.id not in going and (not drawn or u.code in chosen)]
            if plans
            else [],
            drawn=drawn,
            visits=visit_lines(session, at.scope(Act.SEE_BOARD), sealed=plans, plan_id=plan_id),
            proposals=proposals(session, plan) if plans else [],
            checklist=in_force(session, plan.theme),
            widespread=at.office.inspection.widespread,
            kinds=KIND_LABELS,
            states=STATE_LABELS,
            refusal=refusal,
        )


def plan_row(session: Session, plan_id: int) -> PlanRow:
    """Raises NotFound."""
    plan = session.get(PlanRow, plan_id)
    if plan is None:
        raise NotFound(NOT_YOURS)
    return plan


def _ask(at: Desk, sent: Any, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        units = session.exec(
            select(UnitRow).where(col(UnitRow.code) != at.office.unit).order_by(col(UnitRow.name))
        ).all()
        return at.page(
            "inspections/new_plan.html",
            422 if refusal else 200,
            sent=sent,
            refusal=refusal,
            themes=[(row.theme, row.title) for row in checklists(session)],
            kinds=[(kind.value, KIND_LABELS[kind]) for kind in PLANNED],
            unit_kinds=_pairs(at, (u.kind for u in units)),
            levels=_pairs(at, (u.level for u in units)),
            ownerships=_pairs(at, (u.ownership for u in units)),
            areas=[(u.code, u.name) for u in units if any(v.parent_id == u.id for v in units)],
        )


def _pairs(at: Desk, words: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, at.office.label(one)) for one in sorted(set(words) - {""})]


def plan_asked(at: Desk, form: Posted) -> Plan:
    """The plan as the form says it. Raises `Faulty`."""
    read = Reading(form)
    title = read.word("ten", _("Hãy đặt tên cho kế hoạch."))
    read.word("chuyen_de", _("Hãy chọn chuyên đề."))
    kind, count = word(form, "loai"), word(form, "so_don_vi") or "0"
    if kind not in {one.value for one in PLANNED}:
        read.wrong("loai", _("Hãy chọn hình thức kiểm tra."))
    if not count.isdecimal() or int(count) > 10_000:
        read.wrong("so_don_vi", _("Số đơn vị cần chọn phải là số."))
    elif kind == VisitKind.SURPRISE and count == "0":
        read.wrong("so_don_vi", _("Kiểm tra đột xuất cần số đơn vị để bốc thăm."))
    first = read.day("tu", _("Hãy ghi ngày đầu, như 01/09/2026."))
    last = read.day("den", _("Hãy ghi ngày cuối, như 30/09/2026."))
    if first is None or last is None or last < first:
        read.wrong("den", _("Ngày cuối phải từ ngày đầu trở đi."))
        raise Faulty(read.faults)
    read.done()
    return Plan(
        code=f"{first.isoformat()}-{fold(title).replace(' ', '-')[:80]}", title=title[:300],
        theme=word(form, "chuyen_de"),
        kind=VisitKind(kind), year=first.year,
        month=first.month if (first.year, first.month) == (last.year, last.month) else None,
        first=first, last=last, kinds=_several(form, "nhom"), levels=_several(form, "cap"),
        ownerships=_several(form, "so_huu"), areas=_several(form, "khu_vuc"),
        count=int(count) if kind == VisitKind.SURPRISE else 0, made_at=at.now,
    )  # fmt: skip


def _several(form: Posted, name: str) -> list[str]:
    return [str(one) for one in form.getlist(name) if one]


def _ask_team(at: Desk, plan_id: int, unit_id: int, sent: Any, refusal: str = "") -> Response:
    with at.works.db.read() as session:
        plan = plan_row(session, plan_id)
        unit = session.get(UnitRow, unit_id)
        if unit is None:
            raise NotFound(NOT_YOURS)
        checklist = Checklist.model_validate(in_force(session, plan.theme).body)
        day = max(plan.first, at.today)
        return at.page(
            "inspections/team.html",
            422 if refusal else 200,
            plan=plan,
            unit=unit,
            people=people_to_go(session, unit_id, at.today),
            sections=checklist.sections,
            rows=list(enumerate(MATES)),
            parts=PART_LABELS,
            day=day,
            opens=OPENS,
            second=plan.kind is not VisitKind.SELF and visits_in_month(session, unit_id, day),
            own=plan.kind is VisitKind.SELF,
            sent=sent,
            refusal=refusal,
        )


def _team(form: Posted) -> Iterator[tuple[int, TeamPart, Sequence[str]]]:
    for n, part in enumerate(MATES):
        if typed := word(form, f"nguoi-{n}"):
            known = typed.isdecimal() and len(typed) < 10
            yield int(typed) if known else 0, part, _several(form, f"phan-{n}")


def mates(
    session: Session, at: Desk, unit_id: int, chosen: Iterable[tuple[int, TeamPart, Sequence[str]]]
) -> list[Mate]:
    """The team to be, of (person, part, sections). In whose name each goes is their own unit."""
    people = {person.id: person for person in people_to_go(session, unit_id, at.today)}
    team = []
    for person_id, part, sections in chosen:
        if person_id not in people:
            raise Refused(_("Không có người này."))
        team.append(Mate(person_id, part, people[person_id].unit_id, tuple(sections)))
    return team


def _clock(read: Reading) -> time:
    try:
        return time.fromisoformat(read.word("gio") or OPENS)
    except ValueError:
        read.wrong("gio", Sentence("Hãy ghi giờ như 07:00."))
        return time()
