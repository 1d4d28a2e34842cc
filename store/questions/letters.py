"""The outbox: every letter, what became of it, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.letter import Delivery, MailState, OutboxLetter
from store.questions.turn import Turn, turned
from store.tables import (
    AssignmentRow,
    DeliveryRow,
    DutyRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    UnitRow,
)

PAGE = 100


@dataclass(frozen=True)
class Posted:
    """`copy_of`: the letter this one repeats over another channel."""

    id: int
    letter: OutboxLetter
    copy_of: int | None = None


@dataclass(frozen=True)
class Subject:
    """A piece of work that a letter speaks of."""

    title: str
    unit: str


def letter_counts(session: Session) -> Mapping[MailState, int]:
    rows = session.execute(select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state)))
    return {row[0]: row[1] for row in rows}


def held_for(session: Session) -> Mapping[str, int]:
    """How many letters are held, by the reason: a run's stand together, and one that a person held has its own."""
    o, number = OutboxRow, func.count()
    rows = session.execute(
        select(col(o.reason), number)
        .where(col(o.state) == MailState.HELD)
        .group_by(col(o.reason))
        .order_by(number.desc())
    )
    return {row[0]: row[1] for row in rows}


def letters(session: Session, state: MailState | None, turn: Turn) -> Sequence[Posted]:
    """Newest first."""
    question = select(OutboxRow)
    if state is not None:
        question = question.where(col(OutboxRow.state) == state)
    found = turned(session, question, [col(OutboxRow.id)], turn, falling=True)
    return [Posted(row.id, row, row.copy_of) for (row,) in found]


def subjects(session: Session, posted: Sequence[Posted]) -> Mapping[int, Sequence[Subject]]:
    """What the letters that have no words yet speak of, by letter."""
    wordless = {one.id: one.copy_of or one.id for one in posted if not one.letter.subject}
    link, found = NoticeLetterRow, dict[int, dict[Subject, None]]()
    rows = session.execute(
        select(col(link.outbox_id), col(DutyRow.title), col(UnitRow.name))
        .join(NoticeRow, col(NoticeRow.id) == col(link.notice_id))
        .join(AssignmentRow, col(AssignmentRow.id) == col(NoticeRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .where(col(link.outbox_id).in_(wordless.values()))
        .order_by(col(link.outbox_id), col(AssignmentRow.due_on), col(AssignmentRow.id))
    )
    for outbox_id, title, unit in rows:
        found.setdefault(outbox_id, {})[Subject(title, unit)] = None
    return {id_: list(found.get(original, ())) for id_, original in wordless.items()}


def letter(session: Session, outbox_id: int) -> tuple[Posted, Sequence[Delivery]] | None:
    """One letter and each attempt at handing it over."""
    row = session.get(OutboxRow, outbox_id)
    if row is None:
        return None
    attempts = session.scalars(
        select(DeliveryRow).where(col(DeliveryRow.outbox_id) == outbox_id).order_by(col(DeliveryRow.id))
    ).all()
    return Posted(row.id, row, row.copy_of), attempts
