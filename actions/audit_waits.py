"""The auditor's other half: reminders to whoever is waited for, and to whoever owes an explanation.

Worked out from the day on which the waiting, or the demand, began; the moment stored is not trusted.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from domain.assignment import OUT
from domain.explanation import days_of
from domain.incident import Check, Suspicion
from domain.instants import at_clock, local_day
from domain.office import Office
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import AssignmentRow, ExplanationRow, OutboxRow, WaitingRow


def missed_waits(
    session: Session, at: datetime, late: timedelta, *, office: Office, calendar: Calendar
) -> Iterator[Suspicion]:
    """Rungs of the office's ladder for waiting that fell more than `late` ago, and were not taken or told nobody."""
    written = exists().where(col(OutboxRow.waiting_id) == col(WaitingRow.id))
    rows = session.exec(
        select(WaitingRow, written)
        .where(
            col(WaitingRow.ended_at).is_(None),
            col(WaitingRow.unit_id).is_not(None),
            or_(col(WaitingRow.remind_at).is_(None), col(WaitingRow.remind_at) <= at - late, ~written),
        )
        .order_by(col(WaitingRow.id))
    )
    for wait, told in rows:
        since = local_day(wait.started_at, office.tz)
        fallen = office.awaited.ahead(since, at - late, calendar, office.tz)
        taken = wait.step >= fallen or (wait.remind_at is not None and wait.remind_at > at - late)
        if not taken or (wait.step and not told):
            said = "chưa nhắc" if not taken else "không nhắc được ai ở"
            detail = f"{said} {wait.who}, được chờ từ {say_day(since)}"
            yield Suspicion(kind=Check.RUNG, subject=f"waiting:{wait.id}", detail=detail)


def missed_explanations(
    session: Session, at: datetime, late: timedelta, *, office: Office, calendar: Calendar
) -> Iterator[Suspicion]:
    """Demands that nobody has answered: the unit is asked at once, and reminded on the last day and after it."""
    e = ExplanationRow
    rows = session.exec(
        select(e, AssignmentRow.unit_id)
        .join(AssignmentRow, col(AssignmentRow.id) == col(e.assignment_id))
        .where(col(e.answered_at).is_(None), col(AssignmentRow.state).not_in(OUT))
        .order_by(col(e.id))
    ).all()
    told = _newest(session, [demand.id for demand, _ in rows])
    for demand, unit_id in rows:
        days = days_of(demand.answer_by, calendar.for_unit(unit_id))
        moments = [demand.asked_at, *(at_clock(day, office.ladder.at, office.tz) for day in days)]
        last = max((moment for moment in moments if moment <= at - late), default=None)
        letter = told.get(demand.id)
        if last and (letter is None or local_day(letter, office.tz) < local_day(last, office.tz)):
            detail = f"đơn vị chưa được nhắc về yêu cầu giải trình hạn {say_day(demand.answer_by)}"
            yield Suspicion(kind=Check.RUNG, subject=f"assignment:{demand.assignment_id}", detail=detail)


def _newest(session: Session, demands: list[int]) -> dict[int, datetime]:
    """When the last letter of each demand was written."""
    o = OutboxRow
    rows = session.exec(
        select(o.explanation_id, o.created_at)
        .where(col(o.explanation_id).in_(demands))
        .order_by(col(o.created_at))
    )
    return {demand: at for demand, at in rows if demand is not None}
