"""What action tests share: an installed office and a duty issued on 1 February 2023, on both databases."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from actions.changes import By
from actions.remind_and_escalate import due_groups, remind_and_escalate
from actions.write_letters import Written, write_letters
from domain.workdays import Calendar
from store.database import Database
from store.office import load_calendar, load_staff
from store.tables import AssignmentRow, AuditRow
from tests.support.makers import Sample, an_issued_duty, an_office, open_all, the_assignment

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: int, hour: int = 9, month: int = 2) -> datetime:
    return datetime(2023, month, day, hour, tzinfo=HANOI)


@dataclass
class World:
    """The office at work: verbs for what the clock does, each in a transaction of its own."""

    db: Database
    sample: Sample

    def open(self, when: datetime) -> None:
        open_all(self.db, when)

    def sweep(self, when: datetime) -> int:
        with self.db.transaction() as session:
            calendar = load_calendar(session, "VN")
            return sum(
                remind_and_escalate(session, group, calendar=calendar, zone=HANOI, by=By("clock", when))
                for group in due_groups(session, when)
            )

    def write(self, when: datetime) -> Written:
        with self.db.transaction() as session:
            return write_letters(
                session, office=self.sample.office, staff=load_staff(session), by=By("clock", when)
            )

    def calendar(self) -> Calendar:
        with self.db.read() as session:
            return load_calendar(session, "VN")

    def row(self, assignment_id: int) -> AssignmentRow:
        with self.db.read() as session:
            return session.get_one(AssignmentRow, assignment_id)

    def count(self, table: type[SQLModel]) -> int:
        with self.db.read() as session:
            return counted(session, table)


def counted(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def actions_on(world: World, subject: str) -> list[str]:
    """What the trail says was done to it, in order."""
    with world.db.read() as session:
        rows = session.exec(
            select(AuditRow.action).where(AuditRow.subject == subject).order_by(col(AuditRow.id))
        )
        return list(rows.all())


@pytest.fixture
def world(db: Database) -> World:
    sample = an_office(db)
    an_issued_duty(db)
    return World(db, sample)


@pytest.fixture
def owed(world: World) -> int:
    """The February report of Trường Tiểu học Hoa Sen: due on Tuesday 14 February 2023."""
    world.open(at(1))
    return the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
