"""The tables as the invariants read them, once a day; and when a rung falls, worked out in another way.

Nothing here uses the product's own arithmetic: an oracle that shares the code it judges finds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from domain.workdays import Calendar
from store.office import load_calendar
from store.tables import (
    AssignmentRow,
    AuditRow,
    DutyRow,
    ExplanationRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    WaitingRow,
    WatermarkRow,
)

HANOI = timezone(timedelta(hours=7))
OWED = ("assigned", "received", "returned")


@dataclass(frozen=True)
class Facts:
    """Rows as tuples with names. `new_lines`: of the audit trail, since the facts of the day before."""

    works: dict[int, Any]
    occurrences: dict[int, Any]
    notices: Sequence[Any]
    links: Sequence[Any]
    letters: dict[int, Any]
    ladders: dict[int, dict[str, Any]]
    marks: dict[str, datetime]
    new_lines: Sequence[Any]
    calendar: Calendar
    waits: Sequence[Any]
    demands: Sequence[Any]


def gather(session: Session, *, lines_after: int) -> Facts:
    def rows(*columns: Any) -> Sequence[Any]:
        return session.execute(select(*columns).order_by(columns[0])).all()

    a, o, n, x = AssignmentRow, OccurrenceRow, NoticeRow, OutboxRow
    w, e = WaitingRow, ExplanationRow
    lines = select(
        col(AuditRow.id), col(AuditRow.at), col(AuditRow.actor), col(AuditRow.action), col(AuditRow.subject),
        col(AuditRow.data),
    ).where(col(AuditRow.id) > lines_after).order_by(col(AuditRow.id))  # fmt: skip
    return Facts(
        works={
            row.id: row
            for row in rows(
                col(a.id), col(a.occurrence_id), col(a.unit_id), col(a.state), col(a.due_on), col(a.due_at),
                col(a.step), col(a.next_action_at), col(a.touched_at), col(a.handed_in_at),
            )
        },
        occurrences={
            row.id: row
            for row in rows(col(o.id), col(o.duty_id), col(o.period), col(o.opens_on), col(o.stated_on), col(o.due_on))
        },
        notices=rows(
            col(n.id), col(n.assignment_id), col(n.step), col(n.role), col(n.due_on), col(n.at), col(n.fate),
            col(n.reason),
        ),
        links=rows(col(NoticeLetterRow.notice_id), col(NoticeLetterRow.outbox_id)),
        letters={
            row.id: row
            for row in rows(
                col(x.id), col(x.key), col(x.kind), col(x.person_id), col(x.message_id), col(x.state),
                col(x.reason), col(x.copy_of), col(x.tries), col(x.not_before), col(x.lease_until), col(x.created_at),
                col(x.sent_at),
            )
        },
        ladders={row.id: row.ladder for row in rows(col(DutyRow.id), col(DutyRow.ladder))},
        marks={row.job: row.through for row in rows(col(WatermarkRow.job), col(WatermarkRow.through))},
        new_lines=session.execute(lines).all(),
        calendar=load_calendar(session, "VN"),
        waits=rows(col(w.id), col(w.unit_id), col(w.started_at), col(w.ended_at), col(w.step)),
        demands=rows(col(e.id), col(e.assignment_id), col(e.number), col(e.answer_by), col(e.answered_at)),
    )  # fmt: skip


def is_worked(day: date, calendar: Calendar, unit_id: int) -> bool:
    """By the unit's own days, else by everybody's."""
    own = calendar.unit_days.get(unit_id, {}).get(day)
    return own.kind == "work" if own else calendar.is_working(day)


def rung_falls(ladder: dict[str, Any], step: int, due_on: date, calendar: Calendar, unit_id: int) -> datetime:
    """The instant of a rung: day by day from the deadline, at the ladder's hour in Hà Nội, UTC+7 all year."""
    offset = ladder["rungs"][step]["offset"]
    day, left = due_on, abs(offset)
    if offset == 0 and not is_worked(day, calendar, unit_id):
        left, offset = 1, -1
    while left:
        day = date.fromordinal(day.toordinal() + (1 if offset > 0 else -1))
        left -= 1 if is_worked(day, calendar, unit_id) else 0
    return datetime.combine(day, time.fromisoformat(ladder["at"]), HANOI).astimezone(UTC)
