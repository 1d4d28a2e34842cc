"""Dormant duties: nothing is owed until the event has come, then the term runs from it."""

from datetime import date

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import Refused
from actions.wake import wake
from domain.duty import Kind
from domain.recurrence import Schedule
from store.tables import AssignmentRow, OccurrenceRow
from tests.actions.conftest import HANOI, World, actions_on, at
from tests.support.makers import an_issued_duty, monthly_terms, the_assignment

REQUEST = "Công văn 15/SGDĐT của Sở yêu cầu"


@pytest.fixture
def dormant(world: World) -> int:
    """Within 5 working days of a request: issued on 1 February 2023, to two schools."""
    return a_dormant(world, stated="event+5wd", op="within")


def a_dormant(world: World, **terms: str) -> int:
    return an_issued_duty(
        world.db,
        monthly_terms(
            ("hoa-sen", "song-xanh"), title="Cung cấp số liệu khi Sở yêu cầu", kind=Kind.DORMANT,
            schedule=Schedule(first=date(2023, 2, 1), **terms),
        ),
    )  # fmt: skip


def woken(
    world: World, duty_id: int, day: int, *, on: date, cause: str = REQUEST, due: date | None = None
) -> int:
    with world.db.transaction() as session:
        return wake(
            session, duty_id, By("mai", at(day, month=4)), on=on, cause=cause, due_on=due,
            calendar=world.calendar(), zone=HANOI,
        ).assignments  # fmt: skip


def test_while_it_sleeps_nothing_is_open_and_nobody_is_reminded(world: World, dormant: int) -> None:
    world.open(at(28, month=3))
    world.sweep(at(28, month=3))
    with world.db.read() as session:
        assert session.exec(select(OccurrenceRow).where(OccurrenceRow.duty_id == dormant)).all() == []


def test_its_term_runs_from_the_event_in_working_days(world: World, dormant: int) -> None:
    assert woken(world, dormant, 10, on=date(2023, 4, 10)) == 2
    row = world.row(the_assignment(world.db, world.sample.units["hoa-sen"], "2023-04-10"))
    assert (row.due_on, row.next_action_at) == (date(2023, 4, 17), at(12, hour=8, month=4))
    with world.db.read() as session:
        occurrence = session.exec(select(OccurrenceRow).where(OccurrenceRow.period == "2023-04-10")).one()
    assert occurrence.why == f"kích hoạt ngày 10/04/2023: {REQUEST}"
    assert actions_on(world, f"duty:{dormant}") == ["wake"]


def test_it_wakes_again_for_another_event_and_once_for_one(world: World, dormant: int) -> None:
    woken(world, dormant, 10, on=date(2023, 4, 10))
    woken(world, dormant, 20, on=date(2023, 4, 20))
    with pytest.raises(Refused, match="đã được kích hoạt cho sự kiện ngày 20/04/2023"):
        woken(world, dormant, 21, on=date(2023, 4, 20))
    assert world.count(AssignmentRow) == 4


def test_a_text_without_a_term_takes_the_deadline_a_person_gives(world: World) -> None:
    dormant = a_dormant(world)
    with pytest.raises(Refused, match="không nêu thời hạn"):
        woken(world, dormant, 10, on=date(2023, 4, 10))
    assert woken(world, dormant, 10, on=date(2023, 4, 10), due=date(2023, 4, 28)) == 2
    row = world.row(the_assignment(world.db, world.sample.units["song-xanh"], "2023-04-10"))
    assert row.due_on == date(2023, 4, 28)


@pytest.mark.parametrize(
    ("on", "cause", "due", "words"),
    [
        (date(2023, 4, 11), REQUEST, None, "Sự kiện ngày 11/04/2023 chưa đến"),
        (date(2023, 4, 10), "  ", None, "Hãy ghi lý do"),
        (date(2023, 4, 10), REQUEST, date(2023, 4, 9), "ở trước ngày sự kiện"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    world: World, dormant: int, on: date, cause: str, due: date | None, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        woken(world, dormant, 10, on=on, cause=cause, due=due)


def test_only_a_dormant_duty_is_woken(world: World) -> None:
    monthly = an_issued_duty(world.db, monthly_terms(("hoa-sen",), title="Báo cáo khác"))
    with pytest.raises(Refused, match="không phải việc chờ sự kiện"):
        woken(world, monthly, 10, on=date(2023, 4, 10))
