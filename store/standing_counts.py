"""How many assignments of an occurrence are alike in all that tells how work stands: figures over a whole office are
read from these, and so cost what there is of kinds, not of work.

The database itself counts, within the transaction of whatever changes an assignment (`store.triggers`); each night the
counts are derived again from the assignments (`recount`).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, delete, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Field, Session, SQLModel, col

from domain.assignment import DELIVERED, OPEN, State
from domain.fields import instant, one_of, word
from store.tables import AssignmentRow, to
from store.writing import insert_selected

NEVER = date.min


class Clock(StrEnum):
    """What the deadline says of work: nothing yet, or how the moment compares at which its clock stopped."""

    RUNS = "runs"
    LATE = "late"
    IN_TIME = "in_time"


class StandingCountRow(SQLModel, table=True):
    """`touched_on`: the UTC day (in Việt Nam it turns at seven in the morning) of the last news of work that is owed;
    `NEVER` before any, and for work that is not owed."""

    __tablename__ = "standing_count"

    occurrence_id: int = to("occurrence", primary_key=True)
    state: State = word(State, primary_key=True)
    due_on: date = Field(primary_key=True)
    due_at: datetime = instant(primary_key=True)
    clock: Clock = Field(sa_type=one_of(Clock), primary_key=True)
    touched_on: date = Field(primary_key=True)
    number: int


COLUMNS = tuple(StandingCountRow.model_fields)


class utc_day(GenericFunction[date]):  # noqa: N801 (the name of the function)
    type = Date()
    inherit_cache = True


@compiles(utc_day, "sqlite")
def _of_text(element: Any, compiler: Any, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)})"


@compiles(utc_day, "postgresql")
def _of_instant(element: Any, compiler: Any, **options: Any) -> str:
    return f"date(timezone('UTC', {compiler.process(element.clauses, **options)}))"


def clock_of() -> ColumnElement[Clock]:
    """The clock of an assignment stops with the handing in, and while the work waits."""
    a = AssignmentRow
    at = case(
        (col(a.state).in_(DELIVERED), col(a.handed_in_at)),
        (col(a.state) == State.WAITING, col(a.waiting_since)),
    )
    words = {one: literal(one, one_of(Clock)) for one in Clock}
    return case(
        (at >= col(a.due_at), words[Clock.LATE]),
        (at < col(a.due_at), words[Clock.IN_TIME]),
        else_=words[Clock.RUNS],
    )


def counted() -> Select[Any]:
    """The counts (`COLUMNS`), asked of the assignments themselves."""
    a = AssignmentRow
    touched = and_(col(a.state).in_(OPEN), col(a.touched_at).is_not(None))
    key = (
        col(a.occurrence_id),
        col(a.state),
        col(a.due_on),
        col(a.due_at),
        clock_of().label("clock"),
        case((touched, utc_day(col(a.touched_at))), else_=literal(NEVER)).label("touched_on"),
    )
    return select(*key, func.count().label("number")).select_from(a).group_by(*key)


def recount(session: Session) -> int:
    """Derive every count again. Returns how many were not what they should have been."""
    kept = set(map(tuple, session.execute(select(*(col(getattr(StandingCountRow, c)) for c in COLUMNS)))))
    right = set(map(tuple, session.execute(counted())))
    if wrong := len({row[:-1] for row in kept ^ right}):
        session.execute(delete(StandingCountRow))
        insert_selected(session, StandingCountRow, COLUMNS, counted())
    return wrong
