"""Work that does not move: owed, and nobody has done anything about it for days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col

from domain.assignment import OPEN
from domain.instants import local_day
from domain.office import Office
from store.questions.board import Line, line_question
from store.questions.scope import Scope, within
from store.questions.standing import standing_of
from store.tables import AssignmentRow, OccurrenceRow

SHOWN = 100


@dataclass(frozen=True)
class Still:
    """`touched_at` None: nothing has been done since it was opened."""

    line: Line
    touched_at: datetime | None


def stagnant(session: Session, scope: Scope, now: datetime, office: Office) -> Sequence[Still]:
    """Open work without news for `office.still_after` days, longest first. Receiving, giving, a note of
    progress, a request and handing in are news; a reminder is not. Work that waits is not the unit's to move."""
    since = now - timedelta(days=office.still_after)
    a = AssignmentRow
    untouched = and_(col(a.touched_at).is_(None), col(OccurrenceRow.opens_on) <= local_day(since, office.tz))
    rows = session.execute(
        line_question(standing_of(now, timedelta(days=office.soon_days)))
        .add_columns(col(a.touched_at))
        .where(within(scope, a.unit_id), col(a.state).in_(OPEN), or_(col(a.touched_at) <= since, untouched))
        .order_by(col(a.touched_at).asc().nulls_first(), col(OccurrenceRow.opens_on), col(a.id))
        .limit(SHOWN)
    )
    return [Still(Line(*line), touched_at) for *line, touched_at in rows]
