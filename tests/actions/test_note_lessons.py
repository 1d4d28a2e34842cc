"""How many lessons a team observed is noted by the team, until the visit is closed."""

import pytest

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.note_lessons import note_lessons
from store.database import Database
from store.inspection_tables import VisitRow
from tests.support.inspections import MORNING, a_visit, close
from tests.support.makers import an_office


def test_lessons_are_noted_by_the_team_until_the_visit_is_closed(db: Database) -> None:
    sample = an_office(db)
    visit_id = a_visit(db, sample).visit_id
    for count in (3, 4):
        with db.transaction() as session:
            note_lessons(session, visit_id, count, By("ha", MORNING))
    with pytest.raises(NotFound), db.transaction() as session:
        note_lessons(session, visit_id, 9, By("binh", MORNING))
    close(db, visit_id)
    with pytest.raises(Refused, match="đã kết thúc"), db.transaction() as session:
        note_lessons(session, visit_id, 9, By("mai", MORNING))
    with db.read() as session:
        assert session.get_one(VisitRow, visit_id).lessons == 4
