"""Reminders that will be written to whoever is waited for, and of explanations demanded. Reads, and writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from actions.demand_explanation import reminders
from actions.post import Envelope
from actions.remind_awaited import prompts
from domain.foretelling import on_tick
from domain.letter import LetterKind
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
    told: list[Prompt] = []
    for wait, demand, row, about in _to_remind(session, until):
        if wait:
            letters = _of_wait(wait, office, calendar, staff, at, until)
            told += (Prompt(when, letter, about) for when, letter in letters)
        if demand:
            letters = _of_demand(demand, row, office, calendar, staff, at, until)
            told += (Prompt(when, letter, about) for when, letter in letters)
    keys = {one.letter["key"] for one in told if one.letter["kind"] is LetterKind.EXPLANATION}
    written = set(session.exec(select(OutboxRow.key).where(col(OutboxRow.key).in_(keys)))) if keys else set()
    to_come = (one for one in told if one.letter["key"] not in written)
    return sorted(to_come, key=lambda one: (one.at, one.letter["key"]))


def _of_wait(
    wait: WaitingRow, office: Office, calendar: Calendar, staff: Staff, at: datetime, until: datetime
) -> Iterator[tuple[datetime, Envelope]]:
    step, moment = wait.step, wait.remind_at
    while moment is not None and (when := on_tick(max(moment, at))) < until:
        climbed, letters = prompts(wait, step, when, office=office, calendar=calendar, staff=staff)
        step, moment = climbed.step, climbed.next_action_at
        yield from ((when, letter) for letter in letters)


def _of_demand(
    demand: ExplanationRow, row: AssignmentRow, office: Office, calendar: Calendar, staff: Staff,
    at: datetime, until: datetime,
) -> Iterator[tuple[datetime, Envelope]]:  # fmt: skip
    moment = demand.remind_at
    while moment is not None and (when := on_tick(max(moment, at))) < until:
        moment, letters = reminders(demand, row, when, office=office, calendar=calendar, staff=staff)
        yield from ((when, letter) for letter in letters)


Reminded = tuple[WaitingRow | None, ExplanationRow | None, AssignmentRow, About]


def _to_remind(session: Session, until: datetime) -> Iterator[Reminded]:
    """Work of which a wait or a demand has a reminder before `until`, by the two indexes of reminders."""
    a, w, e = AssignmentRow, WaitingRow, ExplanationRow
    waits, asks = col(w.remind_at) < until, col(e.remind_at) < until
    theirs = sa.union(
        sa.select(col(w.assignment_id)).where(waits), sa.select(col(e.assignment_id)).where(asks)
    )
    rows = session.execute(
        sa.select(w, e, a, *map(col, (DutyRow.title, OccurrenceRow.period, UnitRow.name)))
        .select_from(a)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(a.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(a.unit_id))
        .outerjoin(w, sa.and_(col(w.assignment_id) == col(a.id), waits))
        .outerjoin(e, sa.and_(col(e.assignment_id) == col(a.id), asks))
        .where(col(a.id).in_(theirs))
    )
    for wait, demand, row, title, period, unit in rows:
        yield wait, demand, row, About(row.due_on, title, period, unit)
