"""A unit inspects itself (Tự kiểm tra), and reads what teams found at it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session, col, select

from actions.errors import NotFound
from actions.open_visits import open_visits
from actions.plan_inspections import Mate, plan_visit
from domain.checklist import SEVERITY_LABELS
from domain.inspection import KIND_LABELS, STATE_LABELS, TeamPart, VisitKind
from store.inspection_tables import PlanRow, VisitRow
from store.office import load_staff
from store.questions.inspection_rooms import found_lines, self_plans, visit_lines
from store.questions.inspections import covered_units
from store.tables import UnitRow
from web.desk import NOT_YOURS, Desk, desk_for
from web.forms import Id
from web.policy import Act

router = APIRouter()

Worker = Annotated[Desk, Depends(desk_for(Act.DO_WORK))]


@router.get("/tu-kiem-tra")
def own(at: Worker) -> Response:
    scope = at.scope(Act.DO_WORK)
    with at.works.db.read() as session:
        return at.page(
            "inspections/own.html",
            asked=_asked(at, session),
            visits=[v for v in visit_lines(session, scope, sealed=False) if _told(v.kind, v.state)],
            findings=found_lines(session, scope, at.now),
            kinds=KIND_LABELS,
            states=STATE_LABELS,
            severities=SEVERITY_LABELS,
        )


@router.post("/tu-kiem-tra/{self_plan_id}/{unit_id}")
def begin(at: Worker, self_plan_id: Id, unit_id: Id) -> Response:
    return RedirectResponse(f"/kiem-tra/{begun(at, self_plan_id, unit_id)}", 303)


def begun(at: Desk, self_plan_id: int, unit_id: int) -> int:
    """Begin, or go on with, the unit's own visit under the plan; whoever begins heads it. The visit's id."""
    with at.works.db.transaction() as session:
        if not any(plan.id == self_plan_id and unit.id == unit_id for plan, unit, _ in _asked(at, session)):
            raise NotFound(NOT_YOURS)
        at.demand(Act.DO_WORK, unit_id)  # by which position, for the trail
        visit = plan_visit(
            session, self_plan_id, unit_id, day=at.today, opens_at=at.now,
            team=[Mate(at.viewer.person_id, TeamPart.HEAD, unit_id)], by=at.by,
        )  # fmt: skip
        open_visits(session, visit.id, office=at.office, staff=load_staff(session), by=at.by)
        return visit.id


def _asked(at: Desk, session: Session) -> list[tuple[PlanRow, UnitRow, VisitRow | None]]:
    """Plans of self-inspection that run today and cover one of the reader's own units, with the visit once begun."""
    mine = at.scope(Act.DO_WORK).units
    found = []
    for plan in self_plans(session, at.today):
        for unit in covered_units(session, plan, at.office.unit):
            if unit.id in mine:
                begun = select(VisitRow).where(
                    col(VisitRow.plan_id) == plan.id, col(VisitRow.unit_id) == unit.id
                )
                found.append((plan, unit, session.exec(begun).first()))
    return found


def _told(kind: VisitKind, state: object) -> bool:
    """A unit hears of a team's visit when it is closed."""
    return kind is VisitKind.SELF or state == "closed"
