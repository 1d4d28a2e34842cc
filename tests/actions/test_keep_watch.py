"""A watch list at work: a poor report puts a school on it, it owes more there, good reports take it off."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.keep_watch import keep_watch, make_watch_list
from domain.watch import WatchList
from rules.pack import PackError
from store.compliance_tables import WatchEntryRow, WatchListRow
from store.database import Database
from store.questions.scope import Scope
from store.questions.watched import watched as on_lists
from store.tables import DutyUnitRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import an_issued_duty, an_office, monthly_terms
from tests.support.own_rules import PACK

RATE = "report.cashless / report.parents"
LIST = WatchList(
    code="duoi-75", title="Dưới 75 %", clause="mục 2", pack="thu-hoc", enter_if=f"{RATE} < 75%",
    leave_if=f"{RATE} >= 75%", leave_after=2,
)  # fmt: skip


@pytest.fixture
def watched(db: Database) -> World:
    """A list whose members owe a report of their own, kept by Tổ Tổng hợp, and no member yet."""
    world = World(db, an_office(db))
    duty_id = an_issued_duty(db, monthly_terms(("th",), title="Báo cáo tuần của trường trong danh sách"))
    with db.transaction() as session:
        make_watch_list(session, LIST, PACK, By("mai", at(1)), duty_id=duty_id)
    return world


def report(world: World, day: int, cashless: int | None) -> None:
    figures = {"parents": 100} if cashless is None else {"parents": 100, "cashless": cashless}
    with world.db.transaction() as session:
        keep_watch(
            session, world.sample.units["song-xanh"], PACK, {"report": figures}, (), world.calendar(),
            date(2023, 2, day), By("clock", at(day)),
        )  # fmt: skip


def entries(world: World) -> list[tuple[date, date | None, int]]:
    with world.db.read() as session:
        rows = session.exec(select(WatchEntryRow).order_by(col(WatchEntryRow.id))).all()
        return [(row.entered_on, row.left_on, row.clear) for row in rows]


def owing(world: World) -> dict[str, date | None]:
    names = {unit_id: code for code, unit_id in world.sample.units.items()}
    with world.db.read() as session:
        return {names[row.unit_id]: row.since for row in session.exec(select(DutyUnitRow)).all()}


def test_a_poor_report_puts_a_school_on_the_list_with_the_sentence_why(watched: World) -> None:
    report(watched, 10, 70)
    report(watched, 11, 80)
    with watched.db.read() as session:
        [seen] = on_lists(session, Scope(units=(watched.sample.units["song-xanh"],)))
        assert on_lists(session, Scope(units=(watched.sample.units["hoa-sen"],))) == []
        assert on_lists(session) == [seen]
    assert "70 / 100 = 70 % < 75 %" in seen.why
    assert (seen.unit, seen.entered_on, seen.to_go) == ("Trường THCS Sông Xanh", date(2023, 2, 10), 1)


def test_a_member_owes_the_duty_of_the_list_until_it_leaves(watched: World) -> None:
    report(watched, 10, 70)
    assert owing(watched) == {"th": None, "song-xanh": date(2023, 2, 10)}
    report(watched, 11, 80)
    assert owing(watched) == {"th": None, "song-xanh": date(2023, 2, 10)}
    report(watched, 12, 90)
    assert owing(watched) == {"th": None}
    assert [(entered, left) for entered, left, _ in entries(watched)] == [
        (date(2023, 2, 10), date(2023, 2, 12))
    ]
    assert actions_on(watched, "watch:duoi-75") == ["make_watch_list", "enter_watch_list", "leave_watch_list"]


def test_a_poor_report_in_between_starts_the_count_again_and_a_missing_figure_does_not(
    watched: World,
) -> None:
    for day, cashless in [(10, 70), (11, 80), (12, 60), (13, 80), (14, None)]:
        report(watched, day, cashless)
    assert entries(watched) == [(date(2023, 2, 10), None, 1)]


def test_a_school_can_come_back(watched: World) -> None:
    for day, cashless in [(10, 70), (11, 80), (12, 80), (13, 50)]:
        report(watched, day, cashless)
    assert [left for _, left, _ in entries(watched)] == [date(2023, 2, 12), None]


def test_a_condition_that_cannot_be_read_is_refused_when_the_list_is_made(watched: World) -> None:
    wrong = LIST.model_copy(update={"code": "khac", "leave_if": "report.gone > 1"})
    with pytest.raises(PackError, match="cột 1"), watched.db.transaction() as session:
        make_watch_list(session, wrong, PACK, By("mai", at(1)), duty_id=None)


def test_a_list_whose_form_changed_moves_nobody_and_says_so(watched: World) -> None:
    with watched.db.transaction() as session:
        session.exec(select(WatchListRow)).one().enter_if = "report.gone > 1"
    report(watched, 10, 70)
    assert entries(watched) == []
    assert actions_on(watched, "watch:duoi-75")[-1] == "watch_list_unreadable"
