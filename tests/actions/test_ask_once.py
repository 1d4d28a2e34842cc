"""Before a request is issued: what its units were asked for already, and whose week it would fill."""

from datetime import date

from sqlmodel import select

from actions.ask_once import Asking, FullWeek, ask_once
from actions.changes import By
from actions.decide_draft import approve_draft
from actions.preview_issue import preview_issue
from domain.duty import DutyTerms
from domain.proposal import Proposal
from domain.recurrence import Schedule
from store.database import Database
from store.questions.requests import Asked
from store.tables import DraftRow
from tests.actions.conftest import World, at
from tests.support.makers import OFFICE, a_directive, a_draft, an_issued_duty, an_office, monthly_terms, once

FIGURES = {"thang": ("Số học sinh", "Số giáo viên"), "nhanh": ("Số học sinh",)}
NEW = monthly_terms(
    ("hoa-sen", "anh-duong"), title="Báo cáo nhanh", pack="nhanh", schedule=once(date(2023, 2, 16))
)


def asked(db: Database, terms: DutyTerms, budget: int) -> Asking:
    """Hoa Sen and Sông Xanh owe the monthly report, due on Tuesday 14 February."""
    world = World(db, an_office(db))
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh"), pack="thang"))
    world.open(at(1))
    text = "KẾ HOẠCH\n1. Các trường báo cáo nhanh.\n"
    directive = a_directive(db, [(a_draft(text.splitlines()[1], 9), Proposal(terms, (), ()))], text=text)
    with db.transaction() as session:
        draft = session.exec(select(DraftRow.id).where(DraftRow.directive_id == directive)).one()
        approve_draft(session, draft, By("mai", at(2)), terms=terms)
    office = OFFICE.model_copy(update={"weekly_requests": budget})
    with db.read() as session:
        planned = preview_issue(
            session, directive, office=office, calendar=world.calendar(), figures=FIGURES, at=at(2)
        ).planned
        return ask_once(session, planned, office, FIGURES, date(2023, 2, 2))


def test_a_figure_asked_for_before_is_named_with_how_many_and_when(db: Database) -> None:
    found = asked(db, NEW, budget=0)
    assert found.asked == (Asked("Số học sinh", "Báo cáo tháng về công tác giáo dục", 1, date(2023, 2, 1)),)
    assert found.full == (), "an office without a budget is not warned"


def test_a_week_above_the_budget_is_named_for_the_units_that_would_have_it(db: Database) -> None:
    assert asked(db, NEW, budget=1).full == (FullWeek(date(2023, 2, 13), "hoa-sen", 2),)


def test_a_request_without_figures_asks_nothing_again(db: Database) -> None:
    assert asked(db, NEW.model_copy(update={"pack": ""}), budget=2) == Asking()


def test_a_duty_that_comes_round_within_a_week_fills_it_as_often(db: Database) -> None:
    daily = Schedule(repeat="daily", first=date(2023, 2, 13))
    assert asked(db, NEW.model_copy(update={"schedule": daily}), budget=5).full == (
        FullWeek(date(2023, 2, 13), "hoa-sen", 6),
    )
