"""Where figures are read from: the office's counts when all units are meant, else the work of those that are."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.assignment import Standing
from store.questions.pick import EVERYTHING, Pick, names_units, of_directive, of_duties, where
from store.questions.scope import Scope
from store.questions.standing import standing
from store.standing_counts import StandingCountRow, counted
from store.tables import AssignmentRow, DutyRow, OccurrenceRow

FEW = 200
"""Occurrences that are named one by one."""


class Counted(NamedTuple):
    """`rows`: as `StandingCountRow` is, whichever it is made of."""

    rows: Any
    conditions: list[Any]

    def ask(self, *columns: Any) -> Select[Any]:
        """A question with `OccurrenceRow` and `DutyRow` beside the counts."""
        return (
            select(*columns)
            .select_from(self.rows)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(self.rows.occurrence_id))
            .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
            .where(*self.conditions)
        )


def where_they_are(
    session: Session, how: Standing, pick: Pick, now: datetime, soon: timedelta
) -> list[ColumnElement[bool]]:
    """A condition on assignments: the occurrences in which any stands so, where those are few. What is rare is then
    found without passing by all that stands otherwise."""
    c = StandingCountRow
    found = session.scalars(
        Counted(c, of_directive(pick))
        .ask(col(c.occurrence_id))
        .where(standing(c, col(c.clock), now, soon) == how)
        .distinct()
        .limit(FEW + 1)
    ).all()
    return [col(AssignmentRow.occurrence_id).in_(sorted(found))] if len(found) <= FEW else []


def counts_of(scope: Scope, pick: Pick = EVERYTHING) -> Counted:
    """Of the picked unit, directive and words, within the scope."""
    if scope.everything and not names_units(pick):
        return Counted(StandingCountRow, of_duties(pick))
    theirs = (
        counted()
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(*where(scope, pick))
    )
    return Counted(aliased(StandingCountRow, theirs.subquery(), adapt_on_names=True), [])
