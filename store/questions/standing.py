"""How an assignment stands, asked of the database: the same table as `domain.assignment.standing`.

A test holds the two against each other over every state, so that a count and its rows never disagree.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, case, func, literal, literal_column, or_
from sqlmodel import col

from domain.assignment import OPEN, OUT, Standing, State
from domain.duty import Force
from domain.fields import UtcDateTime, one_of
from domain.instants import local_day
from domain.office import Office
from store.standing_counts import NEVER, Clock, clock_of
from store.tables import IS_ASIDE, IS_UNFINISHED, AssignmentRow, DutyRow, OccurrenceRow

DAY = timedelta(days=1)


def standing_of(now: datetime, soon: timedelta) -> ColumnElement[Standing]:
    """Needs `AssignmentRow` and `DutyRow` in the question."""
    return standing(AssignmentRow, clock_of(), now, soon)


def standing(row: Any, clock: Any, now: datetime, soon: timedelta) -> ColumnElement[Standing]:
    """Of an assignment or of a count of them; needs `DutyRow` in the question."""
    binding, runs = col(DutyRow.force) == Force.BINDING, clock == Clock.RUNS
    late = and_(binding, or_(clock == Clock.LATE, and_(runs, col(row.due_at) <= literal(now, UtcDateTime))))
    near = and_(binding, runs, col(row.due_at) <= literal(now + soon, UtcDateTime))
    done = col(row.state).in_((State.ACCEPTED, State.SUBMITTED))
    return case(
        (col(row.state).in_(OUT), _word(Standing.OUT)),
        (and_(done, late), _word(Standing.DONE_LATE)),
        (done, _word(Standing.DONE)),
        (late, _word(Standing.OVERDUE)),
        (col(row.state) == State.WAITING, _word(Standing.WAITING)),
        (near, _word(Standing.SOON)),
        else_=_word(Standing.RUNNING),
    )


def stands(as_: Standing, now: datetime, soon: timedelta) -> ColumnElement[bool]:
    """`standing_of(now, soon) == as_`, said so that a planner knows about how many there are and where they lie."""
    a = AssignmentRow
    binding = col(DutyRow.force) == Force.BINDING
    owed, passed = col(a.state).in_(OPEN), col(a.due_at) <= literal(now, UtcDateTime)
    near = col(a.due_at) <= literal(now + soon, UtcDateTime)
    done = col(a.state).in_((State.ACCEPTED, State.SUBMITTED))
    late = func.coalesce(col(a.handed_in_at), literal(now, UtcDateTime)) >= col(a.due_at)
    not_owed = and_(col(a.state).in_((State.HANDED_IN, State.WAITING)), standing_of(now, soon) == as_)
    unfinished = spelled(IS_UNFINISHED)
    match as_:
        case Standing.DONE:
            return and_(done, or_(~binding, ~late))
        case Standing.DONE_LATE:
            return and_(done, binding, late)
        case Standing.OVERDUE:
            return and_(unfinished, or_(and_(owed, passed, binding), not_owed))
        case Standing.SOON:
            return and_(unfinished, or_(and_(owed, near, ~passed, binding), not_owed))
        case Standing.RUNNING:
            return and_(unfinished, or_(and_(owed, or_(~near, ~binding)), not_owed))
        case Standing.WAITING:
            return and_(spelled(IS_ASIDE), col(a.state) == State.WAITING, not_owed)
        case Standing.OUT:
            return and_(spelled(IS_ASIDE), col(a.state).in_(OUT))


def spelled(condition: str) -> ColumnElement[bool]:
    """A condition on assignments spelled as a partial index is: SQLite sees no other way that the index serves."""
    return literal_column(f"assignment.{condition}", Boolean)


def still_since(now: datetime, office: Office) -> date:
    """The last day of news of work that is shown as not moving."""
    return local_day(now, office.tz) - timedelta(days=office.still_after)


def still(since: date) -> ColumnElement[bool]:
    """Owed, and nobody has done anything about it after the day `since`. Needs `OccurrenceRow` and `DutyRow` beside
    it. Issuing, receiving, giving, a note of progress, a request and handing in are news; a reminder is not. Work
    that waits is not the unit's to move."""
    a = AssignmentRow
    untouched = and_(col(a.touched_at).is_(None), _begun(since))
    return and_(col(a.state).in_(OPEN), or_(col(a.touched_at) < _end_of(since), untouched))


def still_count(counts: Any, since: date) -> ColumnElement[bool]:
    """The same of a count."""
    untouched = and_(col(counts.touched_on) == NEVER, _begun(since))
    known = and_(col(counts.touched_on) != NEVER, col(counts.touched_on) <= since)
    return and_(col(counts.state).in_(OPEN), or_(known, untouched))


def _begun(since: date) -> ColumnElement[bool]:
    """The period was open and the duty issued by the end of that day."""
    return and_(col(OccurrenceRow.opens_on) <= since, col(DutyRow.issued_at) < _end_of(since))


def _end_of(day: date) -> ColumnElement[datetime]:
    return literal(datetime.combine(day + DAY, time(), UTC), UtcDateTime)


def _word(standing: Standing) -> ColumnElement[Standing]:
    return literal(standing, one_of(Standing))
