"""A draft rule tried on a past period: who would fail, whose verdict changes, what is missing. Nothing is written."""

import pytest
from sqlmodel import select

from actions.changes import By
from actions.hand_in import hand_in
from actions.judge import Bench
from actions.publish_rule import packs_in_force, publish_rule
from actions.what_if import Tried, WhatIf, what_if
from domain.verdict import Outcome
from store.database import Database
from store.office import load_staff
from store.tables import VerdictRow
from tests.actions.conftest import World, at
from tests.support.makers import an_issued_duty, an_office, monthly_terms, the_assignment
from tests.support.own_rules import PACK, own
from tests.support.statements import questions

REPORTED = {"hoa-sen": {"parents": 560, "cashless": 412}, "song-xanh": {"parents": 100}}


@pytest.fixture
def past(db: Database) -> World:
    """February 2023: one full report, one without the figure, one school silent; 50 % is asked."""
    world = World(db, an_office(db))
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong"), pack="thu-hoc"))
    world.open(at(1))
    for unit, figures in REPORTED.items():
        owed = the_assignment(db, world.sample.units[unit], "2023-02")
        with db.transaction() as session:
            hand_in(session, owed, figures=figures, by=By(unit, at(10)), key=unit)
    with db.transaction() as session:
        publish_rule(session, PACK, own("report.cashless / report.parents >= 50%"), By("mai", at(2)))
    return world


def tried(world: World, text: str, period: str = "2023-02") -> WhatIf:
    with world.db.read() as session:
        packs = packs_in_force(session, {PACK.id: PACK})
        bench = Bench(packs, world.calendar(), world.sample.office, lambda: load_staff(session))
        return what_if(session, packs[PACK.id], text, period, bench)


def one(found: WhatIf, unit: str) -> Tried:
    [it] = [it for it in found.tried if unit in it.unit]
    return it


def test_it_says_who_would_fail_and_whose_verdict_changes(past: World) -> None:
    found = tried(past, own("report.cashless / report.parents >= 80%"))
    failing = one(found, "Hoa Sen")
    assert (failing.outcome, failing.before, failing.changed) == (Outcome.NOT_MET, Outcome.MET, True)
    assert "73,6 % < 80 %" in failing.why


def test_it_says_which_figure_is_missing_and_who_is_silent(past: World) -> None:
    found = tried(past, own("report.cashless / report.parents >= 80%"))
    assert one(found, "Sông Xanh").outcome is Outcome.UNKNOWN
    assert not one(found, "Sông Xanh").changed
    assert found.missing == {"Trong đó không dùng tiền mặt": 1}
    assert found.silent == ("Trường Mầm non Ánh Dương",)


def test_a_unit_outside_the_scope_is_shown_as_such(past: World) -> None:
    found = tried(past, own("report.cashless / report.parents >= 80%", scope="unit.level == 'THCS'"))
    assert one(found, "Hoa Sen").outcome is None
    assert one(found, "Hoa Sen").changed


def test_a_draft_says_what_it_would_say_although_it_is_switched_off(past: World) -> None:
    found = tried(past, own("report.cashless / report.parents >= 80%", off="đang soạn"))
    assert one(found, "Hoa Sen").outcome is Outcome.NOT_MET


def test_nothing_is_written_and_an_unknown_period_has_no_cases(past: World) -> None:
    assert tried(past, own("report.cashless > 1"), "2022-11") == WhatIf("2022-11", (), ())
    with past.db.read() as session:
        assert session.exec(select(VerdictRow)).all() == []


def test_a_further_school_asks_nothing_more_of_the_database(past: World) -> None:
    draft = own("report.cashless <= report.parents and previous.report.parents > 0")
    with questions(past) as of_two:
        assert len(tried(past, draft).tried) == 2
    late = the_assignment(past.db, past.sample.units["anh-duong"], "2023-02")
    with past.db.transaction() as session:
        hand_in(session, late, figures={"parents": 9}, by=By("anh-duong", at(12)), key="anh-duong")
    with questions(past) as of_three:
        assert len(tried(past, draft).tried) == 3
    assert len(of_three) == len(of_two)
