"""The life of an assignment: who holds it now, its extensions, its progress, where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from domain.assignment import CLOSED
from domain.extension import Answer, Extension
from domain.handover import Handover
from domain.progress import Progress
from domain.waiting import Awaited, Waiting
from store.questions.scope import Scope, within
from store.tables import (
    AssignmentRow,
    DutyRow,
    ExtensionRow,
    HandoverRow,
    OccurrenceRow,
    PersonRow,
    ProgressRow,
    UnitRow,
    WaitingRow,
)

SHOWN = 200


@dataclass(frozen=True)
class Note:
    """`by`: the name of who wrote it, empty when unknown."""

    progress: Progress
    by: str


@dataclass(frozen=True)
class CameFrom:
    """A receipt of handover. `unit`: who had the work before, by its old name."""

    handover: Handover
    unit: str


@dataclass(frozen=True)
class Life:
    """Oldest first. `waits` are the record of objective cause; `person` is whom the work was given to."""

    person: str
    waits: Sequence[Waiting]
    extensions: Sequence[tuple[int, Extension]]
    notes: Sequence[Note]
    came_from: Sequence[CameFrom]


@dataclass(frozen=True)
class Awaits:
    """Another unit's work that stands still until ours has acted."""

    unit: str
    title: str
    waiting: Waiting


def who_awaits(session: Session, scope: Scope) -> Sequence[Awaits]:
    """Who waits for the units of the scope, the longest first."""
    rows = session.execute(
        select(col(UnitRow.name), col(DutyRow.title), WaitingRow)
        .join(AssignmentRow, col(AssignmentRow.id) == col(WaitingRow.assignment_id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            col(WaitingRow.kind) == Awaited.UNIT,
            col(WaitingRow.ended_at).is_(None),
            within(scope, WaitingRow.unit_id),
        )
        .order_by(col(WaitingRow.id))
        .limit(SHOWN)
    )
    return [Awaits(*row) for row in rows]


def life(session: Session, assignment_id: int) -> Life:
    """Everything beside the states. The caller has asked whether the reader may see the assignment."""
    person = session.execute(
        select(col(PersonRow.name))
        .join(AssignmentRow, col(AssignmentRow.person_id) == col(PersonRow.id))
        .where(col(AssignmentRow.id) == assignment_id)
    ).scalar_one_or_none()
    p, h = ProgressRow, HandoverRow
    notes = session.execute(
        select(p, col(PersonRow.name))
        .outerjoin(PersonRow, col(PersonRow.id) == col(p.person_id))
        .where(col(p.assignment_id) == assignment_id)
        .order_by(col(p.id))
    ).all()
    came = session.execute(
        select(h, col(UnitRow.name))
        .join(UnitRow, col(UnitRow.id) == col(h.from_unit_id))
        .where(col(h.assignment_id) == assignment_id)
        .order_by(col(h.id))
    ).all()
    return Life(
        person or "",
        waits_of(session, assignment_id),
        extensions_of(session, assignment_id),
        [Note(note, name or "") for note, name in notes],
        [CameFrom(receipt, name) for receipt, name in came],
    )


def waits_of(session: Session, assignment_id: int) -> Sequence[Waiting]:
    """Oldest first."""
    w = WaitingRow
    return session.scalars(select(w).where(col(w.assignment_id) == assignment_id).order_by(col(w.id))).all()


def extensions_of(session: Session, assignment_id: int) -> Sequence[tuple[int, Extension]]:
    """With their ids, oldest first."""
    e = ExtensionRow
    rows = session.scalars(select(e).where(col(e.assignment_id) == assignment_id).order_by(col(e.id)))
    return [(row.id, row) for row in rows]


@dataclass(frozen=True)
class Asked:
    """A request for extension that nobody has decided. `granted`: extensions the assignment had before."""

    id: int
    assignment_id: int
    unit: str
    title: str
    extension: Extension


def extensions_to_decide(session: Session, scope: Scope) -> Sequence[Asked]:
    """Of work that is not closed, earliest deadline first."""
    rows = session.execute(
        select(
            col(ExtensionRow.id), col(AssignmentRow.id), col(UnitRow.name), col(DutyRow.title), ExtensionRow
        )
        .join(AssignmentRow, col(AssignmentRow.id) == col(ExtensionRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .where(
            col(ExtensionRow.answer) == Answer.PENDING,
            col(AssignmentRow.state).not_in(CLOSED),
            within(scope, AssignmentRow.unit_id),
        )
        .order_by(col(AssignmentRow.due_on), col(ExtensionRow.id))
        .limit(SHOWN)
    )
    return [Asked(*row) for row in rows]
