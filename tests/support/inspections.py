"""An inspection to test with: a checklist of four items, a plan, and a visit of Mai's team at Trường Hoa Sen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from actions.changes import By
from actions.close_visit import Outcome, close_visit
from actions.open_visits import open_visits, visits_to_open
from actions.plan_inspections import Mate, approve_plan, make_plan, plan_visit
from actions.publish_checklist import publish_checklist
from actions.take_answers import take_answers
from domain.inspection import TeamPart, VisitKind
from domain.inspection_plan import Plan
from domain.visit_answers import AnswerBatch, Receipt
from store.database import Database
from store.office import load_calendar, load_office, load_staff
from tests.support.makers import Sample

MORNING = datetime(2023, 2, 6, 1, 0, tzinfo=UTC)
"""08:00 on Monday 6 February 2023 in the office: when the visit opens."""

BEFORE = MORNING - timedelta(days=4)

CHECKLIST = """
theme: bep
title: Bếp ăn
sections:
  - code: ho-so
    title: Hồ sơ
    items:
      - {id: K1, text: Có người phụ trách, clause: Điều 1, severity: major, answer: document, on_bad: [note]}
      - id: K2
        text: Mẫu lưu đủ giờ
        clause: Điều 2
        severity: critical
        answer: number
        unit: giờ
        min: 24
        max: 240
        may_not_apply: no
        on_bad: [note, action]
        guidance: Lưu đủ 24 giờ rồi mới bỏ.
  - code: bep
    title: Bếp
    items:
      - {id: K3, text: Rác đậy kín, clause: Điều 3, severity: minor, answer: yes_no, on_bad: [note]}
      - {id: K4, text: Cống thông, clause: Điều 4, severity: minor, answer: yes_no, when: K3 == yes}
"""

PLAN = Plan(
    code="2023-02-bep",
    title="Kiểm tra bếp ăn tháng 02 năm 2023",
    theme="bep",
    kind=VisitKind.PLANNED,
    year=2023,
    month=2,
    first=date(2023, 2, 1),
    last=date(2023, 2, 28),
    kinds=["trường"],
    made_at=BEFORE,
)


@dataclass(frozen=True)
class Inspected:
    plan_id: int
    visit_id: int


def a_team(sample: Sample) -> Sequence[Mate]:
    """Mai leads, Hà of Trường Sông Xanh is secretary."""
    return (
        Mate(sample.people["mai"], TeamPart.HEAD, sample.units["pgd"]),
        Mate(sample.people["ha"], TeamPart.SECRETARY, sample.units["song-xanh"], ("bep",)),
    )


def a_plan(db: Database, checklist: str = CHECKLIST, **changed: Any) -> int:
    """The plan above, approved. Returns its id."""
    plan = PLAN.model_copy(update=changed)
    with db.transaction() as session:
        publish_checklist(session, checklist, By("mai", BEFORE))
        made = make_plan(session, plan, By("mai", BEFORE))
        approve_plan(session, made.id, By("dung", BEFORE))
        return made.id


def a_visit(
    db: Database,
    sample: Sample,
    *,
    unit: str = "hoa-sen",
    checklist: str = CHECKLIST,
    team: Sequence[Mate] | None = None,
    opened: bool = True,
    plan_id: int | None = None,
    **changed: Any,
) -> Inspected:
    """A visit on 6 February 2023, by default opened that morning."""
    plan_id = plan_id or a_plan(db, checklist, **changed)
    with db.transaction() as session:
        visit = plan_visit(
            session, plan_id, sample.units[unit], day=date(2023, 2, 6), opens_at=MORNING,
            team=team or a_team(sample), by=By("mai", BEFORE),
        )  # fmt: skip
    if opened:
        open_due(db, MORNING)
    return Inspected(plan_id, visit.id)


def open_due(db: Database, at: datetime) -> int:
    """What the clock does: open the visits whose moment has come. Returns how many."""
    with db.transaction() as session:
        office, staff = load_office(session), load_staff(session)
        due = visits_to_open(session, at)
        for visit_id in due:
            open_visits(session, visit_id, office=office, staff=staff, by=By("clock", at))
        return len(due)


def an_answer(item: str, value: Any, seq: int = 1, **more: Any) -> dict[str, Any]:
    return {"item": item, "value": value, "seq": seq, "answered_at": MORNING.isoformat(), **more}


def a_batch(
    client_id: str, *answers: dict[str, Any], device: str = "phone-1", base: int = 0, **more: Any
) -> AnswerBatch:
    given = {
        "client_id": f"the-batch-{client_id}",
        "device": device,
        "base_version": base,
        "answers": answers,
    }
    return AnswerBatch.model_validate(given | more)


def send(
    db: Database, visit_id: int, batch: AnswerBatch, who: str = "mai", at: datetime = MORNING
) -> Receipt:
    with db.transaction() as session:
        return take_answers(session, visit_id, batch, By(who, at))


def close(
    db: Database, visit_id: int, *, who: str = "mai", at: datetime = MORNING, reason: str = "đơn vị vắng"
) -> Outcome:
    with db.transaction() as session:
        office = load_office(session)
        calendar = load_calendar(session, office.calendar)
        return close_visit(session, visit_id, By(who, at), office=office, calendar=calendar, reason=reason)
