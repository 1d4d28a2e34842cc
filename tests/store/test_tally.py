"""Counted as of a moment: requests bind nobody, so no count calls them late."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from domain.assignment import State
from domain.duty import Force
from store.database import Database
from store.questions.tally import tally
from store.tables import AssignmentRow
from tests.support.makers import BEGAN, an_issued_duty, an_office, monthly_terms, once, open_all

AFTER = datetime(2023, 4, 1, tzinfo=UTC)
HANDED_IN = datetime(2023, 3, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("force", "state", "handed_in_at", "counted"),
    [
        (Force.BINDING, State.ASSIGNED, None, {"never": 1}),
        (Force.BINDING, State.ACCEPTED, HANDED_IN, {"late": 1}),
        (Force.BINDING, State.SUBMITTED, HANDED_IN, {"late": 1}),
        (Force.REQUEST, State.ASSIGNED, None, {"not_due": 1}),
        (Force.REQUEST, State.ACCEPTED, HANDED_IN, {"on_time": 1}),
        (Force.REQUEST, State.WAIVED, None, {"out": 1}),
    ],
)
def test_where_one_assignment_past_its_deadline_is_counted(
    db: Database, force: Force, state: State, handed_in_at: datetime | None, counted: dict[str, int]
) -> None:
    an_office(db)
    an_issued_duty(db, monthly_terms(("hoa-sen",), force=force, schedule=once(date(2023, 3, 10))))
    open_all(db, BEGAN)
    with db.transaction() as session:
        row = session.exec(select(AssignmentRow)).one()
        row.state, row.handed_in_at = state, handed_in_at
    with db.read() as session:
        found = tally(session, AFTER)
    ends = {"on_time": 0, "late": 0, "never": 0, "not_due": 0, "out": 0}
    assert found == replace(found, assignments=1, **(ends | counted))
