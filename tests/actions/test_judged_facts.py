"""What a rule may ask besides the report: the targets of the ledger, and what inspections found."""

from datetime import date

import pytest

from actions.changes import By
from actions.define_measure import define_measure
from actions.hand_in import hand_in
from actions.judge import Bench, judge
from actions.publish_rule import packs_in_force, publish_rule
from actions.set_target import set_target
from domain.measure import Measure
from domain.target import Aim, Target
from domain.verdict import Outcome, Verdict
from store.database import Database
from store.office import load_staff
from tests.actions.conftest import World, at
from tests.support.makers import an_issued_duty, an_office, monthly_terms, the_assignment
from tests.support.own_rules import PACK, own


@pytest.fixture
def world(db: Database) -> World:
    """Targets of the office: 80 % of parents without cash, 90 % at public schools; 3.000 swimmers in all."""
    world = World(db, an_office(db))
    an_issued_duty(db, monthly_terms(("hoa-sen", "anh-duong"), pack="thu-hoc"))
    world.open(at(1))
    with db.transaction() as session:
        by = By("mai", at(1))
        rate = define_measure(
            session, Measure(code="ty-le-khong-tien-mat", name="không tiền mặt", unit="%"), by
        )
        count = define_measure(session, Measure(code="hoc-boi", name="học bơi", unit="học sinh"), by)
        office = world.sample.units["pgd"]
        for code, unit_class, value in (("a", "", "80"), ("b", "public", "90")):
            set_target(session, rate, office, a_target(code, value, unit_class), by)
        set_target(session, count, office, a_target("c", "3000"), by)
    return world


def a_target(code: str, value: str, unit_class: str = "") -> Target:
    return Target(
        code=code, aim=Aim.LEVEL, value=value, unit_class=unit_class, first=date(2023, 1, 1),
        set_at=at(1), set_by="mai",
    )  # fmt: skip


def judged(world: World, check: str, unit: str) -> Verdict:
    owed = the_assignment(world.db, world.sample.units[unit], "2023-02")
    with world.db.transaction() as session:
        packs = packs_in_force(session, {PACK.id: PACK})
        publish_rule(session, packs[PACK.id], own(check), By("mai", at(2)))
        packs = packs_in_force(session, {PACK.id: PACK})
        sent = hand_in(
            session, owed, figures={"parents": 100, "cashless": 85}, by=By(unit, at(10)), key=f"{unit}-1"
        )
        bench = Bench(packs, world.calendar(), world.sample.office, lambda: load_staff(session))
        [verdict] = judge(session, sent.id, bench, By("clock", at(10)))
        return verdict


RATE = "report.cashless / report.parents >= targets.ty_le_khong_tien_mat"


@pytest.mark.parametrize(
    ("unit", "outcome", "said"),
    [
        ("anh-duong", Outcome.MET, "85 / 100"),
        ("hoa-sen", Outcome.NOT_MET, "chỉ tiêu không tiền mặt"),
    ],
)
def test_a_target_of_the_office_is_asked_of_each_unit_by_its_class(
    world: World, unit: str, outcome: Outcome, said: str
) -> None:
    verdict = judged(world, RATE, unit)
    assert verdict.outcome is outcome
    assert said in verdict.why


def test_a_count_for_the_whole_office_is_not_asked_of_one_unit(world: World) -> None:
    verdict = judged(world, "targets.hoc_boi >= 1", "hoa-sen")
    assert verdict.outcome is Outcome.UNKNOWN
    assert "thiếu chỉ tiêu học bơi" in verdict.why


def test_a_unit_nobody_inspected_has_no_clean_record(world: World) -> None:
    verdict = judged(world, "findings.open == 0", "hoa-sen")
    assert verdict.outcome is Outcome.UNKNOWN
    assert "thiếu phát hiện chưa khắc phục" in verdict.why
