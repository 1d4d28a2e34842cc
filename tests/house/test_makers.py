"""The sample office stands on both databases."""

from datetime import date

from sqlmodel import select

from domain.duty import Kind
from store.database import Database
from store.tables import AssignmentRow, DraftRow
from tests.support.makers import BEGAN, a_directive, an_issued_duty, an_office, monthly_terms, once, open_all


def test_an_issued_duty_opens_for_each_of_its_units(db: Database) -> None:
    office = an_office(db)
    an_issued_duty(
        db, monthly_terms(("hoa-sen", "song-xanh"), kind=Kind.ONE_OFF, schedule=once(date(2023, 2, 14)))
    )
    open_all(db, BEGAN)

    with db.read() as session:
        rows = [row.model_dump() for row in session.exec(select(AssignmentRow)).all()]
    assert {row["unit_id"] for row in rows} == {office.units["hoa-sen"], office.units["song-xanh"]}
    assert {row["due_on"] for row in rows} == {date(2023, 2, 14)}


def test_the_default_directive_has_one_complete_draft_and_one_that_waits(db: Database) -> None:
    an_office(db)
    directive = a_directive(db)

    with db.read() as session:
        missing = session.exec(select(DraftRow.missing).where(DraftRow.directive_id == directive)).all()
    assert list(missing) == [[], ["deadline"]]
