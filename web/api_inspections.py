"""The API of inspections as the office plans them: plans, the public draw, teams, checklists, findings."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlmodel import col, select

from actions.draw_lots import hold_draw, published, seal_draw
from actions.errors import NotFound
from actions.plan_inspections import approve_plan, make_plan, plan_visit
from actions.publish_checklist import publish_checklist
from domain.inspection import TeamPart, VisitKind, VisitState
from domain.inspection_plan import PlanState
from domain.instants import at_clock
from domain.verdict import Severity
from rules.pack import PackError
from runtime.inspections import new_seed
from store.inspection_tables import PlanRow
from store.questions.inspection_counts import plan_standing
from store.questions.inspection_rooms import checklists, found_lines, versions, visit_lines
from store.questions.inspections import covered_units
from web.api import AtDesk, BoardReader, Body, Clerk, Clock, Shown, Typed, Word, Worker, api_router, example
from web.checklists import LONGEST, NEW
from web.desk import NOT_YOURS
from web.errors import Told
from web.forms import MOST, Id
from web.inspection_plans import mates, plan_asked, plan_row
from web.policy import Act
from web.self_inspection import begun

router = api_router("inspections")

Codes = Annotated[list[Word], Field(max_length=200)]
MOST_PLANS = 500


class PlanSent(Typed):
    """`count`: how many units a surprise draws. Empty lists are any; `areas`: codes of units whose whole subtree is
    meant."""

    model_config = example(
        title="Kiểm tra bếp ăn bán trú", theme="bep-an", kind="planned", first="2026-03-01", last="2026-03-31",
        levels=["mam-non"],
    )  # fmt: skip

    title: Annotated[Word, Field(serialization_alias="ten")]
    theme: Annotated[Word, Field(serialization_alias="chuyen_de")]
    kind: Annotated[VisitKind, Field(serialization_alias="loai")]
    first: Annotated[date, Field(serialization_alias="tu")]
    last: Annotated[date, Field(serialization_alias="den")]
    count: Annotated[int, Field(serialization_alias="so_don_vi", ge=0, le=10_000)] = 0
    kinds: Annotated[Codes, Field(serialization_alias="nhom", default_factory=list)]
    levels: Annotated[Codes, Field(serialization_alias="cap", default_factory=list)]
    ownerships: Annotated[Codes, Field(serialization_alias="so_huu", default_factory=list)]
    areas: Annotated[Codes, Field(serialization_alias="khu_vuc", default_factory=list)]


class Witness(Body):
    """`witness`: a word the others give, mixed into the draw."""

    model_config = example(witness="Xổ số miền Bắc 01/3: 12345")

    witness: Annotated[str, Field(max_length=100)] = ""


class MateSent(Body):
    """`sections`: those of the checklist this one answers for; none is all."""

    person_id: Annotated[int, Field(ge=1, le=MOST)]
    part: TeamPart
    sections: Annotated[list[Word], Field(max_length=100, default_factory=list)]


class Team(Body):
    """`opens`: from when on the unit and the team see it. `allowed`: why a second team goes there in one month."""

    model_config = example(
        unit_id=3, day="2026-03-10", opens="07:00:00", team=[{"person_id": 12, "part": "head"}]
    )

    unit_id: Annotated[int, Field(ge=1, le=MOST)]
    day: date
    opens: Clock = time(7, 0)
    team: Annotated[list[MateSent], Field(max_length=20)]
    place: Annotated[str, Field(max_length=200)] = ""
    allowed: Annotated[str, Field(max_length=500)] = ""


class ChecklistSent(Body):
    """`text`: YAML, as in the library of checklists; `after`: the version its writer saw, 0 for a new theme."""

    model_config = example(text=NEW, after=0)

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    after: Annotated[int, Field(ge=0, le=99_999)] = 0


class Plan(Shown):
    id: int
    code: str
    title: str
    theme: str
    kind: VisitKind
    first: date
    last: date
    count: int
    state: PlanState


class Inspection(BaseModel):
    id: int
    unit: str
    plan: str
    kind: VisitKind
    state: VisitState
    day: date
    findings: int


class WholePlan(Plan):
    """`draw`: what everybody may see of it."""

    to_visit: int
    visited: int
    open_findings: int
    late_findings: int
    visits: list[Inspection]
    draw: Mapping[str, Any] | None


class Made(BaseModel):
    id: int


class Finding(Shown):
    id: int
    visit_id: int
    assignment_id: int | None
    unit: str
    theme: str
    item: str
    text: str
    clause: str
    severity: Severity
    found_on: date
    due_on: date
    open: bool
    late: bool
    repeated: bool


class ChecklistShown(Shown):
    theme: str
    title: str
    version: int


class WholeChecklist(ChecklistShown):
    text: str


# --- plans ------------------------------------------------------------------------------------------------


@router.get("/inspection-plans")
def plans(at: BoardReader) -> list[Plan]:
    """Các kế hoạch kiểm tra, mới nhất trước."""
    newest = select(PlanRow).order_by(col(PlanRow.first).desc(), col(PlanRow.id).desc()).limit(MOST_PLANS)
    with at.works.db.read() as session:
        return [Plan.model_validate(row) for row in session.exec(newest)]


@router.post("/inspection-plans", status_code=201)
def make(at: Clerk, plan: PlanSent) -> WholePlan:
    """Lập một kế hoạch kiểm tra."""
    with plan.as_form() as form, at.works.db.transaction() as session:
        plan_id = make_plan(session, plan_asked(at, form), at.by).id
    return one(at, plan_id)


@router.get("/inspection-plans/{plan_id}")
def one(at: BoardReader, plan_id: Id) -> WholePlan:
    """Một kế hoạch, độ phủ và các cuộc kiểm tra."""
    with at.works.db.read() as session:
        plan = plan_row(session, plan_id)
        stands = plan_standing(session, plan, covered_units(session, plan, at.office.unit), at.now)
        lines = visit_lines(session, at.scope(Act.SEE_BOARD), sealed=at.may(Act.DECIDE), plan_id=plan_id)
        try:
            drawn = published(session, plan_id)
        except NotFound:
            drawn = None
        return WholePlan(
            **Plan.model_validate(plan).model_dump(), to_visit=stands.to_visit, visited=stands.visited,
            open_findings=stands.open_findings, late_findings=stands.late_findings, draw=drawn,
            visits=[_line(line) for line in lines],
        )  # fmt: skip


@router.post("/inspection-plans/{plan_id}/approve")
def approve(at: Clerk, plan_id: Id) -> WholePlan:
    """Duyệt kế hoạch."""
    with at.works.db.transaction() as session:
        approve_plan(session, plan_id, at.by)
    return one(at, plan_id)


@router.post("/inspection-plans/{plan_id}/seal")
def seal(at: Clerk, plan_id: Id) -> WholePlan:
    """Niêm phong bốc thăm: danh sách, trọng số và mã bí mật cố định từ đây."""
    with at.works.db.transaction() as session:
        seal_draw(session, plan_id, new_seed(), at.by)
    return one(at, plan_id)


@router.post("/inspection-plans/{plan_id}/draw")
def hold(at: Clerk, plan_id: Id, said: Witness) -> WholePlan:
    """Bốc thăm."""
    with at.works.db.transaction() as session:
        hold_draw(session, plan_id, at.by, witness=said.witness.strip())
    return one(at, plan_id)


@router.get("/inspection-plans/{plan_id}/draw")
def drawn(at: AtDesk, plan_id: Id) -> Mapping[str, Any]:
    """Những gì mọi người được xem của một lần bốc thăm, để tự kiểm chứng."""
    with at.works.db.read() as session:
        return published(session, plan_id)


@router.post("/inspection-plans/{plan_id}/visits", status_code=201)
def send_team(at: Clerk, plan_id: Id, sent: Team) -> Made:
    """Lập đoàn đến một đơn vị."""
    with at.works.db.transaction() as session:
        chosen = [(mate.person_id, mate.part, mate.sections) for mate in sent.team]
        visit = plan_visit(
            session, plan_id, sent.unit_id, day=sent.day,
            opens_at=at_clock(sent.day, sent.opens.replace(tzinfo=None), at.office.tz),
            team=mates(session, at, sent.unit_id, chosen), by=at.by, place=sent.place.strip(),
            allowed=sent.allowed.strip(),
        )  # fmt: skip
        return Made(id=visit.id)


@router.post("/inspection-plans/{self_plan_id}/self/{unit_id}")
def inspect_oneself(at: Worker, self_plan_id: Id, unit_id: Id) -> Made:
    """Bắt đầu, hoặc làm tiếp, cuộc tự kiểm tra của đơn vị mình."""
    return Made(id=begun(at, self_plan_id, unit_id))


# --- what is found ----------------------------------------------------------------------------------------


@router.get("/inspections")
def inspections(at: BoardReader) -> list[Inspection]:
    """Các cuộc kiểm tra, ngày gần nhất trước; cuộc chưa mở chỉ văn phòng thấy."""
    with at.works.db.read() as session:
        found = visit_lines(session, at.scope(Act.SEE_BOARD), sealed=at.may(Act.DECIDE))
    return [_line(one) for one in found]


@router.get("/findings")
def findings(at: BoardReader, severity: Severity | None = None) -> list[Finding]:
    """Nội dung chưa đạt, việc khắc phục đang mở, quá hạn hay lặp lại."""
    with at.works.db.read() as session:
        found = found_lines(session, at.scope(Act.SEE_BOARD), at.now, severity=severity)
    return [Finding.model_validate(one) for one in found]


@router.get("/checklists")
def library(at: Clerk) -> list[ChecklistShown]:
    """Các phiếu kiểm tra đang dùng."""
    with at.works.db.read() as session:
        return [ChecklistShown.model_validate(row) for row in checklists(session)]


@router.get("/checklists/{checklist_theme}")
def checklist(at: Clerk, checklist_theme: str) -> WholeChecklist:
    """Một phiếu kiểm tra, phiên bản mới nhất."""
    with at.works.db.read() as session:
        known = versions(session, checklist_theme)
        if not known:
            raise NotFound(NOT_YOURS)
        return WholeChecklist.model_validate(known[0])


@router.post("/checklists")
def publish(at: Clerk, written: ChecklistSent) -> ChecklistShown:
    """Công bố một phiên bản của phiếu kiểm tra."""
    try:
        with at.works.db.transaction() as session:
            row = publish_checklist(session, written.text, at.by, after=written.after)
            return ChecklistShown.model_validate(row)
    except PackError as error:
        raise Told(422, str(error)) from error


def _line(one: Any) -> Inspection:
    return Inspection(**{name: getattr(one, name) for name in Inspection.model_fields})
