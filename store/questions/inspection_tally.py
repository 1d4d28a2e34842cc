"""What a span of inspections came to, counted: draws, visits, findings, and how far their corrective work went."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import distinct, func, select
from sqlmodel import Session, col

from domain.assignment import State
from domain.escalation import Fate
from domain.inspection import VisitKind, VisitState
from domain.unit import Role
from domain.verdict import Severity
from store.inspection_tables import DrawRow, FindingRow, PlanRow, VisitRow
from store.tables import AssignmentRow, DirectiveRow, NoticeRow

LEADERS = (Role.LEADER, Role.CHAIR)


@dataclass(frozen=True)
class InspectionTally:
    """`shown`: draws whose seed was published afterwards. `corrective` pieces of work came of the findings;
    `put_right`: accepted by the reviewer; `escalated`: told to a leader. `guidance`: proposed where many
    units share a finding."""

    draws: int
    shown: int
    visits: dict[VisitKind, int]
    findings: dict[Severity, int]
    repeated: int
    corrective: int
    put_right: int
    escalated: int
    guidance: int


def inspection_tally(session: Session) -> InspectionTally:
    closed = col(VisitRow.state) == VisitState.CLOSED
    of_findings = col(AssignmentRow.id).in_(
        select(col(FindingRow.assignment_id)).where(col(FindingRow.assignment_id).is_not(None))
    )
    works = select(func.count()).select_from(AssignmentRow).where(of_findings)
    return InspectionTally(
        draws=_one(session, select(func.count()).where(col(DrawRow.drawn_at).is_not(None))),
        shown=_one(session, select(func.count()).where(col(DrawRow.revealed_at).is_not(None))),
        visits=_by(
            session, select(col(VisitRow.kind), func.count()).where(closed).group_by(col(VisitRow.kind))
        ),
        findings=_by(
            session, select(col(FindingRow.severity), func.count()).group_by(col(FindingRow.severity))
        ),
        repeated=_one(session, select(func.count()).where(col(FindingRow.repeats_id).is_not(None))),
        corrective=_one(session, works),
        put_right=_one(session, works.where(col(AssignmentRow.state) == State.ACCEPTED)),
        escalated=_one(
            session,
            select(func.count(distinct(col(AssignmentRow.id))))
            .join(NoticeRow, col(NoticeRow.assignment_id) == col(AssignmentRow.id))
            .where(of_findings, col(NoticeRow.role).in_(LEADERS), col(NoticeRow.fate) == Fate.MAILED),
        ),
        guidance=_one(
            session,
            select(func.count())
            .select_from(DirectiveRow)
            .join(PlanRow, col(DirectiveRow.file_name).like("huong-dan-" + col(PlanRow.code) + "-%")),
        ),
    )


def _one(session: Session, question: Any) -> int:
    count: int = session.execute(question).scalar_one()
    return count


def _by(session: Session, question: Any) -> dict[Any, int]:
    return dict(session.execute(question).all())
