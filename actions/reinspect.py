"""Look again (tái kiểm tra): the same team, the failed items only, once their time is over."""

from collections.abc import Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.changes import By
from actions.plan_inspections import Mate, add_visit, held_plan
from domain.inspection import VisitKind
from domain.instants import at_clock
from domain.workdays import Calendar
from store.inspection_tables import TeamMemberRow, VisitRow
from store.questions.inspections import visits_in_month

OPENS = time(7, 0)


def reinspect(
    session: Session,
    visit: VisitRow,
    items: Sequence[str],
    *,
    after: date,
    calendar: Calendar,
    zone: ZoneInfo,
    by: By,
) -> VisitRow | None:
    """A sealed re-inspection from the day `after` on, once for a visit; None where no item is left to look at. It
    keeps the checklist's version, and comes in the first month without another team."""
    if not items:
        return None
    key = f"again:{visit.id}"
    if known := session.exec(select(VisitRow).where(col(VisitRow.key) == key)).one_or_none():
        return known
    day = calendar.next_working(after)
    while visits_in_month(session, visit.unit_id, day):
        day = calendar.next_working(_next_month(day))
    members = session.exec(
        select(TeamMemberRow).where(
            col(TeamMemberRow.visit_id) == visit.id, col(TeamMemberRow.left_at).is_(None)
        )
    ).all()
    return add_visit(
        session,
        held_plan(session, visit.plan_id),
        visit.unit_id,
        key=key,
        kind=VisitKind.REPEAT,
        day=day,
        opens_at=at_clock(day, OPENS, zone),
        team=[Mate(m.person_id, m.part, m.unit_id, tuple(m.sections)) for m in members],
        by=by,
        place=visit.place,
        only_items=items,
        repeats_id=visit.id,
        checklist_id=visit.checklist_id,
    )


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
