"""The real dates of a chain in each period: when data closes, units send, the head checks, it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from domain.chain import Plan, plan
from domain.workdays import Calendar
from store.tables import DutyRow, OccurrenceRow


@dataclass(frozen=True)
class PlannedPeriod:
    period: str
    due_on: date
    plan: Plan


def chain_dates(session: Session, duty_id: int, calendar: Calendar) -> Sequence[PlannedPeriod]:
    """Of every period that is open, earliest first; nothing for a duty without a chain. Periods to come are
    planned by `domain.chain.plan` from `domain.recurrence.occurrences`."""
    chain = session.get_one(DutyRow, duty_id).frozen_chain()
    if chain is None:
        return []
    rows = session.exec(
        select(OccurrenceRow)
        .where(OccurrenceRow.duty_id == duty_id)
        .order_by(col(OccurrenceRow.due_on), col(OccurrenceRow.id))
    ).all()
    return [
        PlannedPeriod(row.period, row.due_on, plan(chain, row.due_on, calendar, not_before=row.opens_on))
        for row in rows
    ]
