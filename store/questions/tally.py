"""What a span of work came to, counted: duties, hand-ins, verdicts, letters. Every number is asked of the tables."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, distinct, func, literal
from sqlmodel import Session, SQLModel, col, select

from domain.assignment import DELIVERED, OUT, OWING
from domain.duty import DraftStatus, Force, Kind
from domain.escalation import Fate
from domain.fields import UtcDateTime
from domain.letter import MailState
from domain.unit import Role
from domain.verdict import Outcome
from store import audit
from store.questions.inspection_tally import InspectionTally, inspection_tally
from store.standing_counts import Clock, clock_of
from store.tables import (
    AssignmentRow,
    DraftRow,
    DutyRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    ReportRow,
    SubmissionRow,
    VerdictRow,
)


@dataclass(frozen=True)
class Tally:
    """`on_time + late + never + not_due + out == assignments`. `never`: the deadline has passed and nothing
    acceptable was handed in; a request (đề nghị) is on time once carried out, never due before. `told` counts rungs
    told, by working days from the deadline (negative: reminders) and role; `fates` all rungs taken."""

    drafts: dict[DraftStatus, int]
    duties: dict[Kind, int]
    occurrences: int
    assignments: int
    on_time: int
    late: int
    never: int
    not_due: int
    out: int
    rounds: int
    returned: int
    verdicts: dict[Outcome, int]
    told: dict[tuple[int, Role], int]
    fates: dict[Fate, int]
    mails: dict[MailState, int]
    reports: int
    inspections: InspectionTally
    audit_head: str


def tally(session: Session, now: datetime) -> Tally:
    """As of `now`."""
    ends = _ends(session, now)
    return Tally(
        drafts=_by(session, DraftRow.status),
        duties=_by(session, DutyRow.kind),
        occurrences=_count(session, OccurrenceRow),
        assignments=_count(session, AssignmentRow),
        on_time=ends["on_time"],
        late=ends["late"],
        never=ends["never"],
        not_due=ends["not_due"],
        out=ends["out"],
        rounds=_count(session, SubmissionRow),
        returned=_returned(session),
        verdicts=_by(session, VerdictRow.outcome),
        told=_told(session),
        fates=_by(session, NoticeRow.fate),
        mails=_by(session, OutboxRow.state),
        reports=_count(session, ReportRow),
        inspections=inspection_tally(session),
        audit_head=audit.head(session),
    )


def _ends(session: Session, now: datetime) -> Counter[str]:
    a = AssignmentRow
    delivered = col(a.state).in_(DELIVERED)
    request = col(DutyRow.force) == Force.REQUEST
    clock = clock_of()
    end = case(
        (col(a.state).in_(OUT), "out"),
        (delivered & ((clock == Clock.IN_TIME) | request), "on_time"),
        (delivered, "late"),
        (request | (clock == Clock.IN_TIME), "not_due"),
        ((clock == Clock.LATE) | (col(a.due_at) <= literal(now, UtcDateTime)), "never"),
        else_="not_due",
    )
    rows = session.execute(
        select(end, func.count())
        .select_from(a)
        .join(OccurrenceRow, col(a.occurrence_id) == col(OccurrenceRow.id))
        .join(DutyRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .group_by(end)
    )
    return Counter(dict(rows.all()))


def _returned(session: Session) -> int:
    """Rounds that came back: every round that a later one followed, and the last of what the unit owes again."""
    again = session.exec(
        select(func.count()).select_from(SubmissionRow).where(col(SubmissionRow.round) > 1)
    ).one()
    owed_again = session.exec(
        select(func.count(distinct(col(SubmissionRow.assignment_id))))
        .join(AssignmentRow, col(SubmissionRow.assignment_id) == col(AssignmentRow.id))
        .where(col(AssignmentRow.state).in_(OWING))
    ).one()
    return again + owed_again


def _told(session: Session) -> dict[tuple[int, Role], int]:
    """The offset of a rung stands on the ladder that was frozen on its duty."""
    rows = session.execute(
        select(col(OccurrenceRow.duty_id), col(NoticeRow.step), col(NoticeRow.role), func.count())
        .join(AssignmentRow, col(NoticeRow.assignment_id) == col(AssignmentRow.id))
        .join(OccurrenceRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(col(NoticeRow.fate) == Fate.MAILED)
        .group_by(col(OccurrenceRow.duty_id), col(NoticeRow.step), col(NoticeRow.role))
    ).all()
    ladders = {duty.id: duty.frozen_ladder() for duty in session.exec(select(DutyRow)).all()}
    told: Counter[tuple[int, Role]] = Counter()
    for duty_id, step, role, count in rows:
        told[ladders[duty_id].rungs[step].offset, role] += count
    return dict(sorted(told.items()))


def _by(session: Session, column: Any) -> dict[Any, int]:
    return dict(session.execute(select(column, func.count()).group_by(column)).all())


def _count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
