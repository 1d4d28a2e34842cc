"""Reminders that will be written to whoever is waited for, and of explanations demanded. Reads, and writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from actions.demand_explanation import reminders
from actions.post import Envelope
from actions.remind_awaited import prompts
from domain.foretelling import on_tick
from domain.office import Office
from domain.recipients import Staff
from domain.workdays import Calendar
from store.tables import (
    AssignmentRow,
    DutyRow,
    ExplanationRow,
    OccurrenceRow,
    OutboxRow,
    UnitRow,
    WaitingRow,
)


@dataclass(frozen=True, order=True)
class About:
    """One piece of work a letter will speak of."""

    due_on: date
    title: str
    period: str
    unit: str


class Prompt(NamedTuple):
    at: datetime
    letter: Envelope
    about: About


def prompts_to_come(
    session: Session, *, office: Office, calendar: Calendar, staff: Staff, at: datetime, until: datetime
) -> list[Prompt]:
    """Those from `at` on and before `until`, when nobody acts, in order of time."""
    told = [
        *_of_waits(session, office, calendar, staff, at, until),
        *_of_demands(session, office, calendar, staff, at, until),
    ]
    keys = {one.letter["key"] for one in told}
    written = set(session.exec(select(OutboxRow.key).where(col(OutboxRow.key).in_(keys)))) if keys else set()
    to_come = (one for one in told if one.letter["key"] not in written)
    return sorted(to_come, key=lambda one: (one.at, one.letter["key"]))


def _of_waits(
    session: Session, office: Office, calendar: Calendar, staff: Staff, at: datetime, until: datetime
) -> Iterator[Prompt]:
    for wait, _, about in _with_work(session, WaitingRow, until):
        step, moment = wait.step, wait.remind_at
        while moment is not None and (when := on_tick(max(moment, at))) < until:
            climbed, letters = prompts(wait, step, when, office=office, calendar=calendar, staff=staff)
            step, moment = climbed.step, climbed.next_action_at
            yield from (Prompt(when, letter, about) for letter in letters)


def _of_demands(
    session: Session, office: Office, calendar: Calendar, staff: Staff, at: datetime, until: datetime
) -> Iterator[Prompt]:
    for demand, row, about in _with_work(session, ExplanationRow, until):
        moment = demand.remind_at
        while moment is not None and (when := on_tick(max(moment, at))) < until:
            moment, letters = reminders(demand, row, when, office=office, calendar=calendar, staff=staff)
            yield from (Prompt(when, letter, about) for letter in letters)


def _with_work(session: Session, table: Any, until: datetime) -> Iterator[tuple[Any, AssignmentRow, About]]:
    """Waits or demands with a reminder before `until`, each with the work it is about."""
    rows = session.execute(
        sa.select(table, AssignmentRow, col(DutyRow.title), col(OccurrenceRow.period), col(UnitRow.name))
        .join(AssignmentRow, col(AssignmentRow.id) == table.assignment_id)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .where(table.remind_at < until)
        .order_by(table.id)
    )
    for one, row, title, period, unit in rows:
        yield one, row, About(row.due_on, title, period, unit)
