"""What pressing letters told a person of before, and is still theirs to hear: a letter counts it beside what is new."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.assignment import OPEN, Part
from domain.letter import PRESSING, MailState
from store.questions.parts import delivered
from store.questions.scope import Scope, within
from store.tables import AssignmentRow, NoticeLetterRow, NoticeRow, OutboxRow, PositionRow, UnitRow

Told = Mapping[int, tuple[int, date]]
"""Overdue work that former letters told a person of: by its id the unit's and the deadline."""


def told_before(
    session: Session, person_ids: Collection[int], at: datetime, today: date
) -> Mapping[int, Told]:
    """By person what pressing letters that left have told them of and is still owed, its deadline unmoved, by units
    at or under which they hold a position today: a substitute hears of what is new only."""
    if not person_ids:
        return {}
    a, letter = AssignmentRow, OutboxRow
    rows = session.execute(
        select(*map(col, (letter.person_id, a.id, a.unit_id, a.due_on, a.part, a.occurrence_id)))
        .join(NoticeLetterRow, col(NoticeLetterRow.outbox_id) == col(letter.id))
        .join(NoticeRow, col(NoticeRow.id) == col(NoticeLetterRow.notice_id))
        .join(a, col(a.id) == col(NoticeRow.assignment_id))
        .where(
            col(letter.person_id).in_(person_ids),
            col(letter.kind).in_(PRESSING),
            col(letter.state) == MailState.SENT,
            col(a.state).in_(OPEN),
            col(a.due_on) == col(NoticeRow.due_on),
            col(a.due_at) <= at,
        )
        .distinct()
    ).all()
    moot = delivered(session, {row.occurrence_id for row in rows if row.part is Part.COORDINATOR})
    told: dict[int, dict[int, tuple[int, date]]] = {}
    for row in rows:
        if row.part is not Part.COORDINATOR or row.occurrence_id not in moot:
            told.setdefault(row.person_id, {})[row.id] = (row.unit_id, row.due_on)
    held = _positions(session, told.keys(), today)
    return {person_id: _theirs(session, held[person_id], works) for person_id, works in told.items()}


def _positions(session: Session, person_ids: Collection[int], today: date) -> Mapping[int, Collection[int]]:
    """Units at which each holds a position."""
    p = PositionRow
    rows = session.exec(select(p).where(col(p.person_id).in_(person_ids))) if person_ids else ()
    held: dict[int, set[int]] = {person_id: set() for person_id in person_ids}
    for row in rows:
        if row.held_on(today):
            held[row.person_id].add(row.unit_id)
    return held


def _theirs(session: Session, held: Collection[int], works: Told) -> Told:
    if beyond := {unit_id for unit_id, _ in works.values()} - set(held):
        under = within(Scope(roots=tuple(sorted(held))), UnitRow.id)
        held = {*held, *session.exec(select(UnitRow.id).where(col(UnitRow.id).in_(beyond), under))}
    return {id_: one for id_, one in works.items() if one[0] in held}
