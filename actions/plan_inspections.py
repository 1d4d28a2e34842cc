"""Plan inspections: the plan, its approval, and the visits under it with their teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused
from actions.publish_checklist import in_force
from domain.inspection import TeamPart, VisitKind, VisitState
from domain.inspection_plan import Candidate, Plan, PlanState, conflicts_of_interest, why_no_team
from store.inspection_tables import DrawRow, PlanRow, TeamMemberRow, VisitRow
from store.office import load_office
from store.questions.inspections import below, covered_units, units_of_people, visits_in_month
from store.tables import PersonRow, UnitRow
from store.writing import insert_new


@dataclass(frozen=True)
class Mate:
    """One member to be. `unit_id`: in whose name; `sections`: those of the checklist they answer for."""

    person_id: int
    part: TeamPart
    unit_id: int
    sections: tuple[str, ...] = ()


def make_plan(session: Session, plan: Plan, by: By) -> PlanRow:
    """A draft plan; the same code again is the plan that is there. Raises `NotFound` for a theme without a checklist,
    `Refused` for days that make no sense."""
    in_force(session, plan.theme)
    if plan.last < plan.first:
        raise Refused("Ngày kết thúc của kế hoạch đứng trước ngày bắt đầu.")
    if not plan.title.strip():
        raise Refused("Hãy đặt tên cho kế hoạch.")
    if insert_new(session, PlanRow, [plan.model_dump() | {"made_at": by.at}]):
        record(session, by, "make_plan", f"plan:{plan.code}", **plan.model_dump(mode="json"))
    return session.exec(select(PlanRow).where(col(PlanRow.code) == plan.code)).one()


def approve_plan(session: Session, plan_id: int, by: By) -> PlanRow:
    """Approved once; again changes nothing. Raises `NotFound`."""
    plan = held_plan(session, plan_id)
    if plan.state is PlanState.DRAFT:
        plan.state, plan.approved_at, plan.approved_by = PlanState.APPROVED, by.at, by.actor
        record(session, by, "approve_plan", f"plan:{plan.code}")
    return plan


def plan_visit(
    session: Session,
    plan_id: int,
    unit_id: int,
    *,
    day: date,
    opens_at: datetime,
    team: Sequence[Mate],
    by: By,
    place: str = "",
    allowed: str = "",
) -> VisitRow:
    """A sealed visit of the plan; planned already, it is the one that is there. `allowed`: why the leader lets a
    second team come in one month.

    Raises `Refused` for a plan that is not approved, a unit it does not cover, a team that is none or whose members
    belong to the unit, and for the second team of a month without the leader's reason.
    """
    plan = held_plan(session, plan_id)
    key = f"{plan.code}:{unit_id}"
    if known := session.exec(select(VisitRow).where(col(VisitRow.key) == key)).one_or_none():
        return known
    if plan.state is not PlanState.APPROVED:
        raise Refused("Kế hoạch chưa được duyệt nên chưa lập đoàn được.")
    if not plan.first <= day <= plan.last:
        raise Refused("Ngày kiểm tra nằm ngoài thời gian của kế hoạch.").about("day")
    if unit_id not in _targets(session, plan):
        raise Refused("Đơn vị này không thuộc phạm vi của kế hoạch, hoặc không được bốc thăm.")
    return add_visit(
        session, plan, unit_id, key=key, kind=plan.kind, day=day, opens_at=opens_at, team=team, by=by,
        place=place, allowed=allowed,
    )  # fmt: skip


def _targets(session: Session, plan: PlanRow) -> set[int]:
    """Ids of the units the plan may visit: of a surprise with a number to draw, only those drawn."""
    units = covered_units(session, plan, load_office(session).unit)
    if plan.kind is not VisitKind.SURPRISE or not plan.count:
        return {unit.id for unit in units}
    chosen = session.exec(select(DrawRow.chosen).where(col(DrawRow.plan_id) == plan.id)).first() or []
    return {unit.id for unit in units if unit.code in chosen}


def add_visit(
    session: Session,
    plan: PlanRow,
    unit_id: int,
    *,
    key: str,
    kind: VisitKind,
    day: date,
    opens_at: datetime,
    team: Sequence[Mate],
    by: By,
    place: str = "",
    allowed: str = "",
    only_items: Sequence[str] = (),
    repeats_id: int | None = None,
    checklist_id: int | None = None,
) -> VisitRow:
    """The row and its team, after what no visit may be has been refused."""
    check_team(session, unit_id, kind, team, day)
    if kind is not VisitKind.SELF and not allowed.strip() and visits_in_month(session, unit_id, day):
        raise Refused(
            "Đơn vị đã có một đoàn kiểm tra trong tháng này. Cần lãnh đạo đồng ý và ghi lý do thì mới lập thêm đoàn."
        ).about("allowed")
    visit = VisitRow(
        key=key, kind=kind, theme=plan.theme, place=place, day=day, opens_at=opens_at, only_items=list(only_items),
        allowed=allowed.strip(), plan_id=plan.id, unit_id=unit_id, repeats_id=repeats_id,
        checklist_id=checklist_id or in_force(session, plan.theme).id,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    session.add_all(
        TeamMemberRow(
            visit_id=visit.id, person_id=mate.person_id, unit_id=mate.unit_id, part=mate.part,
            sections=list(mate.sections),
        )
        for mate in team
    )  # fmt: skip
    session.flush()
    record(
        session, by, "plan_visit", f"visit:{visit.id}",
        plan=plan.code, day=day.isoformat(), team=[mate.person_id for mate in team], allowed=visit.allowed,
    )  # fmt: skip
    return visit


def check_team(session: Session, unit_id: int, kind: VisitKind, team: Sequence[Mate], day: date) -> None:
    """Raises `Refused` for a team that is none, and naming those who would inspect their own. Only a self-inspection
    is done by the unit's own people, and by nobody else."""
    ids = [mate.person_id for mate in team]
    units = units_of_people(session, ids, day)
    names = {p.id: p.name for p in session.exec(select(PersonRow).where(col(PersonRow.id).in_(ids)))}
    people = [Candidate(m.person_id, names.get(m.person_id, ""), m.part, units[m.person_id]) for m in team]
    if why := why_no_team(people):
        raise Refused(why)
    own = conflicts_of_interest(people, unit_id, below(session, unit_id))
    if kind is VisitKind.SELF and len(own) < len(people):
        raise Refused("Tự kiểm tra do chính người của đơn vị làm.")
    if kind is not VisitKind.SELF and own:
        unit = session.get_one(UnitRow, unit_id).name
        named = ", ".join(one.name for one in own)
        raise Refused(
            "{named} thuộc {unit} nên không kiểm tra được đơn vị này. Hãy chọn người khác.",
            named=named,
            unit=unit,
        )


def leave_team(session: Session, visit_id: int, person_id: int, by: By, *, reason: str) -> None:
    """Take somebody out: from now on nothing they send is recorded. Raises `NotFound`."""
    member = session.exec(
        select(TeamMemberRow)
        .where(col(TeamMemberRow.visit_id) == visit_id, col(TeamMemberRow.person_id) == person_id)
        .with_for_update()
    ).one_or_none()
    if member is None:
        raise NotFound("Người này không thuộc đoàn.")
    if member.left_at is None:
        member.left_at = by.at
        record(session, by, "leave_team", f"visit:{visit_id}", person=person_id, reason=reason)


def cancel_visit(session: Session, visit_id: int, by: By, *, reason: str) -> None:
    """A visit that will not take place. Raises `NotFound`, `Refused` once it is closed or something was answered."""
    visit = session.get(VisitRow, visit_id, with_for_update=True)
    if visit is None:
        raise NotFound("Không có cuộc kiểm tra này.")
    if visit.state is VisitState.CLOSED or visit.version:
        raise Refused("Cuộc kiểm tra đã có kết quả nên không hủy được; hãy kết thúc nó.")
    if visit.state is not VisitState.CANCELLED:
        visit.state = VisitState.CANCELLED
        record(session, by, "cancel_visit", f"visit:{visit_id}", reason=reason)


def held_plan(session: Session, plan_id: int) -> PlanRow:
    plan = session.get(PlanRow, plan_id, with_for_update=True)
    if plan is None:
        raise NotFound("Không có kế hoạch kiểm tra này.")
    return plan
