"""The outbox: every letter, what became of it, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.letter import Delivery, MailState, OutboxLetter
from store.questions.turn import Turn, turned
from store.tables import DeliveryRow, OutboxRow

PAGE = 100


@dataclass(frozen=True)
class Posted:
    """`copy_of`: the letter this one repeats over another channel."""

    id: int
    letter: OutboxLetter
    copy_of: int | None = None


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


def letter(session: Session, outbox_id: int) -> tuple[Posted, Sequence[Delivery]] | None:
    """One letter and each attempt at handing it over."""
    row = session.get(OutboxRow, outbox_id)
    if row is None:
        return None
    attempts = session.scalars(
        select(DeliveryRow).where(col(DeliveryRow.outbox_id) == outbox_id).order_by(col(DeliveryRow.id))
    ).all()
    return Posted(row.id, row, row.copy_of), attempts
