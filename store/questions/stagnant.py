"""Work that does not move: owed, and nobody has done anything about it for days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col

from domain.instants import local_day
from domain.office import Office
from store.questions.board import Line, line_question
from store.questions.scope import Scope, within
from store.questions.standing import standing_of, still
from store.tables import AssignmentRow, OccurrenceRow

SHOWN = 100


@dataclass(frozen=True)
class Still:
    """`touched_at` None: nothing has been done since it was opened."""

    line: Line
    touched_at: datetime | None


def still_since(now: datetime, office: Office) -> date:
    """The last day of news of work that is shown as not moving."""
    return local_day(now, office.tz) - timedelta(days=office.still_after)


def stagnant(session: Session, scope: Scope, now: datetime, office: Office) -> Sequence[Still]:
    """Open work without news for `office.still_after` days, longest first."""
    a = AssignmentRow
    rows = session.execute(
        line_question(standing_of(now, timedelta(days=office.soon_days)))
        .add_columns(col(a.touched_at))
        .where(within(scope, a.unit_id), still(still_since(now, office)))
        .order_by(col(a.touched_at).asc().nulls_first(), col(OccurrenceRow.opens_on), col(a.id))
        .limit(SHOWN)
    )
    return [Still(Line(*line), touched_at) for *line, touched_at in rows]
