"""A surprise inspection is drawn fairly, in secret until it is opened, and can be checked by anyone afterwards."""

from datetime import date

import pytest
from sqlmodel import select

from actions.changes import By
from actions.draw_lots import hold_draw, published, reveal_draw, seal_draw
from actions.errors import NotFound, Refused
from actions.plan_inspections import plan_visit
from domain.inspection import VisitKind
from store.database import Database
from store.inspection_tables import DrawRow
from store.tables import AuditRow
from tests.support.inspections import BEFORE, MORNING, a_plan, a_team, a_visit, open_due
from tests.support.makers import Sample, an_office
from web.static.verify_draw import check

SEED = "0123456789abcdef0123456789abcdef"
MAI = By("mai", BEFORE)


@pytest.fixture
def sample(db: Database) -> Sample:
    return an_office(db)


def a_surprise(db: Database, count: int = 1) -> int:
    return a_plan(db, code="dot-xuat", kind=VisitKind.SURPRISE, count=count)


def test_a_draw_is_sealed_held_and_shown_when_everything_it_chose_is_open(
    db: Database, sample: Sample
) -> None:
    plan_id = a_surprise(db)
    with db.transaction() as session:
        seal_draw(session, plan_id, SEED, MAI)
        sealed = published(session, plan_id)
    assert "seed" not in sealed
    assert "candidates" not in sealed
    with db.transaction() as session:
        [chosen] = hold_draw(session, plan_id, MAI, witness="83417").chosen
        assert not reveal_draw(session, plan_id, MAI)
        plan_visit(
            session, plan_id, sample.units[chosen], day=date(2023, 2, 6), opens_at=MORNING,
            team=a_team(sample)[:1], by=MAI,
        )  # fmt: skip
        assert not reveal_draw(session, plan_id, MAI)
    open_due(db, MORNING)
    with db.read() as session:
        shown = dict(published(session, plan_id))
    assert shown["chosen"] == [chosen]
    assert check(shown, sealed) == []


def test_the_trail_does_not_tell_whom_a_sealed_draw_chose(db: Database, sample: Sample) -> None:
    plan_id = a_surprise(db)
    with db.transaction() as session:
        seal_draw(session, plan_id, SEED, MAI)
        [chosen] = hold_draw(session, plan_id, MAI).chosen
    with db.read() as session:
        told = " ".join(str(row.data) for row in session.exec(select(AuditRow)) if "draw" in row.action)
    assert chosen not in told
    assert SEED not in told


def test_only_whom_the_draw_chose_is_visited(db: Database, sample: Sample) -> None:
    plan_id = a_surprise(db)
    with db.transaction() as session:
        seal_draw(session, plan_id, SEED, MAI)
        chosen = hold_draw(session, plan_id, MAI).chosen
    other = next(code for code in ("hoa-sen", "anh-duong") if code not in chosen)
    with pytest.raises(Refused, match="không được bốc thăm"), db.transaction() as session:
        plan_visit(
            session, plan_id, sample.units[other], day=date(2023, 2, 6), opens_at=MORNING,
            team=a_team(sample)[:1], by=MAI,
        )  # fmt: skip


def test_a_unit_visited_not_long_ago_rests(db: Database, sample: Sample) -> None:
    a_visit(db, sample)
    plan_id = a_surprise(db, count=5)
    with db.transaction() as session:
        row = seal_draw(session, plan_id, SEED, By("mai", MORNING))
        assert row.resting == ["hoa-sen"]
        assert sorted(hold_draw(session, plan_id, MAI).chosen) == ["anh-duong", "song-xanh"]


def test_the_first_seal_and_the_first_draw_stand(db: Database, sample: Sample) -> None:
    plan_id = a_surprise(db)
    with db.transaction() as session:
        first = seal_draw(session, plan_id, SEED, MAI).seed_hash
        assert seal_draw(session, plan_id, SEED[::-1], MAI).seed_hash == first
        chosen = hold_draw(session, plan_id, MAI, witness="1").chosen
        assert hold_draw(session, plan_id, MAI, witness="2").chosen == chosen
    with db.read() as session:
        assert [row.witness for row in session.exec(select(DrawRow))] == ["1"]


def test_nothing_is_drawn_without_a_seal_or_with_a_seed_that_can_be_guessed(
    db: Database, sample: Sample
) -> None:
    plan_id = a_surprise(db)
    with pytest.raises(NotFound), db.transaction() as session:
        hold_draw(session, plan_id, MAI)
    with pytest.raises(Refused, match="quá ngắn"), db.transaction() as session:
        seal_draw(session, plan_id, "1234", MAI)


def test_a_planned_inspection_is_not_drawn(db: Database, sample: Sample) -> None:
    plan_id = a_plan(db)
    with pytest.raises(Refused, match="đột xuất"), db.transaction() as session:
        seal_draw(session, plan_id, SEED, MAI)
