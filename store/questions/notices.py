"""What a person was told, whichever channel told it: their own list (Thông báo)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from domain.letter import LetterKind, MailState
from domain.reach import Via
from store.questions.turn import Turn, turned
from store.tables import OutboxRow

PAGE = 50


@dataclass(frozen=True)
class Told:
    """One letter. `at`: when it was sent, or given up; `body` is plain text."""

    id: int
    kind: LetterKind
    subject: str
    body: str
    at: datetime
    read_at: datetime | None


def notices_of(session: Session, person_id: int, turn: Turn) -> Sequence[Told]:
    """Newest first."""
    o = OutboxRow
    at: Any = func.coalesce(col(o.sent_at), col(o.not_before), type_=o.__table__.c.sent_at.type)  # type: ignore[attr-defined]
    question = select(col(o.id), col(o.kind), col(o.subject), col(o.body_text), at, col(o.read_at)).where(
        told(person_id)
    )
    return [Told(*row) for row in turned(session, question, [col(o.id)], turn, falling=True)]


def unread(session: Session, person_id: int) -> int:
    count = session.execute(
        select(func.count()).select_from(OutboxRow).where(told(person_id), col(OutboxRow.read_at).is_(None))
    ).scalar_one()
    return int(count)


def told(person_id: int) -> ColumnElement[bool]:
    """Letters with words that left, or would have if the other side had taken them. A copy counts only where it
    is the list's own: there the letter itself has no words."""
    o = OutboxRow
    return and_(
        col(o.person_id) == person_id,
        col(o.state).in_((MailState.SENT, MailState.FAILED)),
        col(o.subject) != "",
        or_(col(o.copy_of).is_(None), col(o.via) == Via.IN_APP),
    )
