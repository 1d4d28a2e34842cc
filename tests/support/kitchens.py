"""A visit to inspect: a checklist of 25 items of every kind, a team, a unit, all made at once as rows."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from domain.checklist import AnswerType, Checklist, Choice, Column, Condition, Demand, Item, Section
from domain.inspection import TeamPart, VisitKind, VisitState
from domain.inspection_plan import PlanState
from domain.verdict import Severity
from store.database import Database
from store.inspection_tables import ChecklistRow, PlanRow, TeamMemberRow, VisitRow
from tests.support.makers import BEGAN

DAY = date(2023, 2, 1)
ALL_DEMANDS = (Demand.NOTE, Demand.PHOTO, Demand.ACTION)


def an_item(number: int, **fields: Any) -> Item:
    severity = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)[number % 3]
    usual = {
        "id": f"A{number:02}", "section": "bep" if number <= 12 else "ho-so", "severity": severity, "weight": 1,
        "text": f"Nội dung kiểm tra số {number}", "clause": f"Điều {number}", "answer": AnswerType.YES_NO,
    }  # fmt: skip
    return Item.model_validate(usual | fields)


def a_checklist() -> Checklist:
    """25 items: A03 number, A04 document, A05 choice, A06 table, A07 photo, A08 asked only where A01 is "no"."""
    special: dict[int, dict[str, Any]] = {
        1: {"on_bad": ALL_DEMANDS, "guidance": "Nhìn đường đi của thực phẩm từ lúc nhận đến lúc chia."},
        2: {"on_bad": (Demand.NOTE,), "may_not_apply": False},
        3: {"answer": AnswerType.NUMBER, "unit": "°C", "low": "2", "high": "8", "on_bad": (Demand.NOTE,)},
        4: {"answer": AnswerType.DOCUMENT},
        5: {
            "answer": AnswerType.CHOICE,
            "choices": (
                Choice(code="mot", label="Một chiều", good=True),
                Choice(code="hai", label="Hai chiều", good=False),
            ),
        },
        6: {
            "answer": AnswerType.TABLE,
            "columns": (Column(code="mon", label="Món"), Column(code="gam", label="Khối lượng", unit="g", low="100")),
        },
        7: {"answer": AnswerType.PHOTO},
        8: {"when": Condition(item="A01", answer="no")},
    }  # fmt: skip
    return Checklist(
        theme="bep-thu",
        title="Bếp ăn bán trú",
        sections=(Section(code="bep", title="Bếp và kho"), Section(code="ho-so", title="Hồ sơ")),
        items=tuple(an_item(n, **special.get(n, {})) for n in range(1, 26)),
    )


def a_visit(
    db: Database,
    unit_id: int,
    team: Sequence[tuple[int, int]],
    *,
    checklist: Checklist | None = None,
    kind: VisitKind = VisitKind.PLANNED,
    state: VisitState = VisitState.OPEN,
    at: datetime = BEGAN,
) -> int:
    """One visit of the team (person and unit ids, head first) with a checklist of its own. Returns its id."""
    with db.transaction() as session:
        return _visit(session, unit_id, team, checklist or a_checklist(), kind, state, at)


def _visit(
    session: Session,
    unit_id: int,
    team: Iterable[tuple[int, int]],
    checklist: Checklist,
    kind: VisitKind,
    state: VisitState,
    at: datetime,
) -> int:
    number = len(session.exec(select(PlanRow.id)).all()) + 1
    theme = f"{checklist.theme}-{number}"
    body = checklist.model_copy(update={"theme": theme}).model_dump(mode="json")
    listed = ChecklistRow(
        theme=theme, version=1, title=checklist.title, text="", body=body, published_at=at, published_by="mai"
    )
    plan = PlanRow(
        code=f"ke-hoach-{number}", title="Kiểm tra bếp ăn", theme=theme, kind=kind, year=2023, month=2,
        first=DAY, last=DAY, state=PlanState.APPROVED, made_at=at,
    )  # fmt: skip
    session.add_all([listed, plan])
    session.flush()
    visit = VisitRow(
        key=f"cuoc-{number}", plan_id=plan.id, unit_id=unit_id, checklist_id=listed.id, kind=kind, theme=theme,
        place="Bếp ăn", day=DAY, opens_at=at, state=state, opened_at=at,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    parts = (TeamPart.HEAD, TeamPart.SECRETARY)
    for n, (person_id, its_unit) in enumerate(team):
        part = parts[n] if n < len(parts) else TeamPart.MEMBER
        session.add(TeamMemberRow(visit_id=visit.id, person_id=person_id, unit_id=its_unit, part=part))
    session.flush()
    return visit.id
