"""The counts of how work stands are the work, counted: whatever is written, in whatever way."""

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import delete, text, update
from sqlmodel import Session, col, select

from domain.assignment import State
from store.database import Database
from store.standing_counts import StandingCountRow, recount
from store.tables import AssignmentRow
from tests.support.makers import BEGAN, an_issued_duty, an_office, monthly_terms, open_all

UNITS = ("hoa-sen", "song-xanh", "anh-duong", "th")


def anything(chance: Random) -> dict[str, Any]:
    """What an act may write."""
    moment = BEGAN + timedelta(hours=chance.randrange(30 * 24))
    values: dict[str, Any] = {
        "state": chance.choice(list(State)),
        "touched_at": chance.choice([None, moment]),
        "handed_in_at": chance.choice([None, moment]),
        "waiting_since": chance.choice([None, moment]),
        "due_on": moment.date(),
        "due_at": moment,
        "step": chance.randrange(3),
    }
    return dict(chance.sample(sorted(values.items()), chance.randrange(1, len(values))))


def act(session: Session, chance: Random) -> None:
    """One row as an action changes it, or many as a job does; now and then some are gone."""
    some = col(AssignmentRow.id) % 3 == chance.randrange(3)
    match chance.randrange(6):
        case 0:
            session.execute(delete(AssignmentRow).where(some, col(AssignmentRow.unit_id) == 4))
        case 1 | 2:
            session.execute(update(AssignmentRow).where(some).values(**anything(chance)))
        case _:
            row = chance.choice(session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all())
            for name, value in anything(chance).items():
                setattr(row, name, value)


def wrong(db: Database) -> int:
    with db.read() as session:
        return recount(session)


def test_counts_follow_the_work_through_any_changes(db: Database) -> None:
    an_office(db)
    for title in ("Báo cáo một", "Báo cáo hai"):
        an_issued_duty(db, monthly_terms(UNITS, title=title))
    open_all(db, BEGAN)
    assert wrong(db) == 0
    chance = Random(6)
    for _ in range(20):
        with db.transaction() as session:
            for _ in range(5):
                act(session, chance)
        assert wrong(db) == 0
        with db.read() as session:
            act(session, chance)
            session.flush()  # and nothing is kept of it
    with db.read() as session:
        assert all(count.number > 0 for count in session.exec(select(StandingCountRow)))


def test_wrong_counts_are_found_and_derived_again(db: Database) -> None:
    an_office(db)
    an_issued_duty(db, monthly_terms(UNITS))
    open_all(db, BEGAN)
    with db.transaction() as session:
        session.execute(text("UPDATE standing_count SET number = number + 1"))
    with db.transaction() as session:
        assert recount(session) == 1
    assert wrong(db) == 0
