"""A request (đề nghị) reminds politely up to its day; then nobody hears of it, also after an outage."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.change_ladder import change_ladder
from actions.changes import By
from actions.errors import Refused
from actions.preview_letters import preview
from actions.send import claim_letters
from domain.duty import Force
from domain.escalation import Fate, Rung
from domain.ladders import Sort
from domain.letter import LetterKind
from domain.unit import Role
from store.office import load_staff
from store.tables import NoticeRow, OutboxRow
from tests.actions.conftest import World, at
from tests.support.makers import a_person, an_issued_duty, monthly_terms, once


@pytest.fixture
def asked(world: World) -> World:
    """Ánh Dương, of which nothing else is owed, and its officer; the day is Tuesday the 14th."""
    request = monthly_terms(
        ("anh-duong",), title="Góp ý dự thảo", force=Force.REQUEST, schedule=once(date(2023, 2, 14))
    )
    a_person(world.db, "duong", "Ngô Thái Dương", world.sample.units["anh-duong"], Role.OFFICER)
    an_issued_duty(world.db, request)
    world.open(at(1))
    return world


def told(world: World) -> list[tuple[str, LetterKind]]:
    with world.db.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [(row.to_name, row.kind) for row in rows if row.to_name == "Ngô Thái Dương"]


def claimed(world: World, day: int) -> dict[str, str]:
    calendar = world.calendar()
    with world.db.transaction() as session:
        ready = claim_letters(
            session,
            limit=50,
            office=world.sample.office,
            calendar=calendar,
            base_url="",
            by=By("clock", at(day)),
        )
        return {one.to_name: f"{one.subject}\n{one.text}" for one in ready}


def test_it_asks_and_does_not_order(asked: World) -> None:
    asked.sweep(at(9))
    asked.write(at(9))
    said = claimed(asked, 9)["Ngô Thái Dương"]
    assert said.startswith("Đề nghị, đến hết 14/02/2023: Góp ý dự thảo")
    assert "Đề nghị: trước khi hết ngày thứ Ba, 14/02/2023" in said
    assert "Hạn" not in said


def test_after_an_outage_that_lasted_past_its_day_nobody_is_pressed(asked: World) -> None:
    calendar = asked.calendar()
    with asked.db.read() as session:
        coming = preview(
            session,
            office=asked.sample.office,
            calendar=calendar,
            staff=load_staff(session),
            at=at(16),
            days=3,
        )
    assert [one.to_name for one in coming if one.to_name == "Ngô Thái Dương"] == []
    asked.sweep(at(16))
    asked.write(at(16))
    assert told(asked) == []
    with asked.db.read() as session:
        fates = session.exec(select(NoticeRow.fate).where(NoticeRow.reason.like("%đề nghị đã qua%"))).all()  # type: ignore[attr-defined]
    assert set(fates) == {Fate.SUPERSEDED}


def test_a_letter_kept_past_its_day_is_not_sent(asked: World) -> None:
    asked.sweep(at(14))
    asked.write(at(14))
    assert told(asked) == [("Ngô Thái Dương", LetterKind.REMINDER)]
    assert "Ngô Thái Dương" not in claimed(asked, 15)


@pytest.mark.parametrize(
    "rung", [Rung(offset=1, to=(Role.OFFICER,)), Rung(offset=0, to=(Role.LEADER,))], ids=["later", "above"]
)
def test_the_office_cannot_make_requests_escalate(asked: World, rung: Rung) -> None:
    rungs = [Rung(offset=-1, to=(Role.OFFICER,)), rung]
    with asked.db.transaction() as session, pytest.raises(Refused, match="Đề nghị chỉ nhắc đơn vị"):
        change_ladder(
            session, Sort.REQUEST, By("mai", at(2)), rungs=rungs, at=asked.sample.office.ladder.at, seen=""
        )
