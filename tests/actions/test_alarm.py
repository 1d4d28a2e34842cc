"""Who is told that the machinery needs somebody: once each, wherever in the tree they stand."""

from sqlmodel import col, select

from actions.alarm import alarm
from actions.changes import By
from domain.unit import Role
from store.database import Database
from store.office import load_staff
from store.tables import OutboxRow
from tests.support.makers import BEGAN, a_person, an_office


def test_the_clerk_and_the_administrator_of_another_unit_are_told_once(sqlite: Database) -> None:
    office = an_office(sqlite)
    a_person(sqlite, "quan", "Đoàn Văn Quân", office.units["th"], Role.ADMIN)
    for _ in range(2):
        with sqlite.transaction() as session:
            alarm(
                session, key="k", lines=["đồng hồ im lặng"], office=office.office, staff=load_staff(session),
                by=By("clock", BEGAN),
            )  # fmt: skip
    with sqlite.read() as session:
        told = session.exec(select(OutboxRow.to_name).order_by(col(OutboxRow.to_name))).all()
    assert told == ["Trần Thị Mai", "Đoàn Văn Quân"]
