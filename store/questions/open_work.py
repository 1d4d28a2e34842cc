"""What each unit still owes, as the unit sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from domain.assignment import OPEN
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow


@dataclass(frozen=True)
class OpenWork:
    """One open assignment. `pack` is empty where no figures are asked; `judged_at` is when the last of its
    `rounds` was judged, UTC."""

    assignment_id: int
    duty: str
    pack: str
    period: str
    unit: str
    opens_on: date
    due_on: date
    rounds: int
    judged_at: datetime | None


def open_work(session: Session) -> list[OpenWork]:
    """In order of assignment; three questions, however much is open."""
    rows = session.exec(
        select(AssignmentRow, OccurrenceRow, col(UnitRow.code))
        .join(OccurrenceRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .join(UnitRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
        .where(col(AssignmentRow.state).in_(OPEN))
        .order_by(col(AssignmentRow.id))
    ).all()
    duties = {
        duty.id: duty
        for duty in session.exec(
            select(DutyRow).where(col(DutyRow.id).in_({occurrence.duty_id for _, occurrence, _ in rows}))
        )
    }
    sent = _rounds(session)
    return [
        _seen(assignment, occurrence, duties[occurrence.duty_id], unit, *sent.get(assignment.id, (0, None)))
        for assignment, occurrence, unit in rows
    ]


def _seen(
    assignment: AssignmentRow,
    occurrence: OccurrenceRow,
    duty: DutyRow,
    unit: str,
    rounds: int,
    judged_at: datetime | None,
) -> OpenWork:
    return OpenWork(
        assignment_id=assignment.id,
        duty=duty.code,
        pack=duty.pack_for(assignment.part),
        period=occurrence.period,
        unit=unit,
        opens_on=occurrence.opens_on,
        due_on=assignment.due_on,
        rounds=rounds,
        judged_at=judged_at,
    )


def _rounds(session: Session) -> dict[int, tuple[int, datetime | None]]:
    """Of open assignments: how many rounds were handed in, and when the last one was judged."""
    s = SubmissionRow
    rows = session.exec(
        select(col(s.assignment_id), func.count(), func.max(s.judged_at))
        .join(AssignmentRow, col(s.assignment_id) == col(AssignmentRow.id))
        .where(col(AssignmentRow.state).in_(OPEN))
        .group_by(col(s.assignment_id))
    )
    return {assignment_id: (rounds, judged_at) for assignment_id, rounds, judged_at in rows}
