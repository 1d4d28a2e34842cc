"""How an assignment stands, asked of the database: the same table as `domain.assignment.standing`.

A test holds the two against each other over every state, so that a count and its rows never disagree.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, null, or_
from sqlmodel import col

from domain.assignment import DELIVERED, OPEN, Standing, State
from domain.duty import Force
from domain.fields import UtcDateTime, one_of
from store.tables import AssignmentRow, DutyRow, OccurrenceRow


def standing_of(now: datetime, soon: timedelta) -> ColumnElement[Standing]:
    """Needs `AssignmentRow` and `DutyRow` in the question."""
    a = AssignmentRow
    moment = literal(now, UtcDateTime)
    delivered = case((col(a.state).in_(DELIVERED), col(a.handed_in_at)), else_=null())
    binding = col(DutyRow.force) == Force.BINDING
    late = and_(binding, func.coalesce(delivered, stopped(), moment) >= col(a.due_at))
    near = and_(binding, delivered.is_(None), col(a.due_at) <= literal(now + soon, UtcDateTime))
    done = col(a.state).in_((State.ACCEPTED, State.SUBMITTED))
    return case(
        (col(a.state).in_((State.WAIVED, State.WITHDRAWN)), _word(Standing.OUT)),
        (and_(done, late), _word(Standing.DONE_LATE)),
        (done, _word(Standing.DONE)),
        (late, _word(Standing.OVERDUE)),
        (col(a.state) == State.WAITING, _word(Standing.WAITING)),
        (near, _word(Standing.SOON)),
        else_=_word(Standing.RUNNING),
    )


def still(since: datetime) -> ColumnElement[bool]:
    """Owed, and nobody has done anything about it since the instant `since` (in the office's zone). Needs
    `OccurrenceRow` beside it. Receiving, giving, a note of progress, a request and handing in are news; a
    reminder is not. Work that waits is not the unit's to move."""
    a = AssignmentRow
    untouched = and_(col(a.touched_at).is_(None), col(OccurrenceRow.opens_on) <= since.date())
    return and_(col(a.state).in_(OPEN), or_(col(a.touched_at) <= literal(since, UtcDateTime), untouched))


def stopped() -> ColumnElement[datetime | None]:
    """When the clock of waiting work stopped; null for work that does not wait."""
    a = AssignmentRow
    return case((col(a.state) == State.WAITING, col(a.waiting_since)), else_=null())


def _word(standing: Standing) -> ColumnElement[Standing]:
    return literal(standing, one_of(Standing))
