"""The cases a person follows, and which of them changed since they looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from store.questions.board import Line, line_question
from store.questions.scope import Scope, within
from store.questions.standing import standing_of
from store.tables import AssignmentRow, FollowedRow

SHOWN = 20


@dataclass(frozen=True)
class Followed:
    """`changed_at`: the last news of the case; `new`: after its follower looked."""

    line: Line
    changed_at: datetime | None
    new: bool


def followed(
    session: Session, person_id: int, scope: Scope, now: datetime, soon: timedelta
) -> Sequence[Followed]:
    """What changed last comes first; a case that has left the person's scope is not shown any more."""
    changed_at = col(AssignmentRow.touched_at)
    rows = session.execute(
        line_question(standing_of(now, soon))
        .add_columns(changed_at, col(FollowedRow.seen_at))
        .join(FollowedRow, col(FollowedRow.assignment_id) == col(AssignmentRow.id))
        .where(col(FollowedRow.person_id) == person_id, within(scope, AssignmentRow.unit_id))
        .order_by(changed_at.desc(), col(AssignmentRow.id))
        .limit(SHOWN)
    )
    return [
        Followed(Line(*line), changed, changed is not None and changed > seen)
        for *line, changed, seen in rows
    ]


def news(person_id: int) -> Select[Any]:
    """How many of the cases a person follows changed since they looked."""
    f = FollowedRow
    return (
        select(func.count())
        .select_from(f)
        .join(AssignmentRow, col(AssignmentRow.id) == col(f.assignment_id))
        .where(col(f.person_id) == person_id, col(AssignmentRow.touched_at) > col(f.seen_at))
    )


def follows(session: Session, person_id: int, assignment_id: int) -> bool:
    return session.get(FollowedRow, (person_id, assignment_id)) is not None
