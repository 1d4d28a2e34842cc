"""Notes of progress, and the work of which nobody has said anything for days."""

from datetime import timedelta

import pytest
from sqlmodel import select

from actions.changes import By
from actions.errors import Refused
from actions.follow import receive, waive
from actions.note_progress import note_progress
from store.questions.board import lines
from store.questions.life import life
from store.questions.pick import Pick
from store.questions.scope import Scope
from store.questions.standing import still_since
from store.questions.turn import Turn
from store.tables import DutyRow, ProgressRow
from tests.actions.conftest import World, actions_on, at


def note(
    world: World, owed: int, day: int, text: str = "Đã xong phần rà soát", percent: int | None = 60
) -> None:
    with world.db.transaction() as session:
        note_progress(
            session,
            owed,
            By("binh", at(day)),
            text=text,
            percent=percent,
            person_id=world.sample.people["binh"],
        )


def still(world: World, day: int, month: int = 2) -> list[tuple[str, bool]]:
    """Units whose work does not move, and whether anything was ever done about it."""
    with world.db.read() as session:
        now, office = at(day, month=month), world.sample.office
        pick = Pick(still=still_since(now, office))
        found = lines(session, Scope(everything=True), now, timedelta(days=3), pick, Turn(most=100))
    return [(one.unit, one.touched_at is not None) for one in found]


def test_a_note_is_kept_with_its_author(world: World, owed: int) -> None:
    note(world, owed, 3)
    note(world, owed, 6, "Đã gửi bản thảo", percent=None)
    with world.db.read() as session:
        notes = life(session, owed).notes
    assert [(n.by, n.progress.text, n.progress.percent, n.progress.at) for n in notes] == [
        ("Nguyễn Văn Bình", "Đã xong phần rà soát", 60, at(3)),
        ("Nguyễn Văn Bình", "Đã gửi bản thảo", None, at(6)),
    ]
    assert actions_on(world, f"assignment:{owed}") == ["progress", "progress"]


@pytest.mark.parametrize(
    ("text", "percent", "says"),
    [
        ("  ", 50, "bằng lời"),
        ("x" * 2001, 50, "nhiều nhất 2000"),
        ("Xong", 101, "từ 0 đến 100"),
        ("Xong", -1, "từ 0"),
    ],
)
def test_a_note_that_says_nothing_is_refused(
    world: World, owed: int, text: str, percent: int, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        note(world, owed, 3, text, percent)
    assert world.count(ProgressRow) == 0


def test_closed_work_takes_no_notes(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        waive(session, owed, By("mai", at(2)), reason="trường đang sửa chữa")
    with pytest.raises(Refused, match="“được miễn”"):
        note(world, owed, 3)


def test_work_nobody_touched_for_two_weeks_is_shown_as_not_moving(world: World, owed: int) -> None:
    assert still(world, 14) == []
    assert still(world, 15) == [("Trường Tiểu học Hoa Sen", False), ("Trường THCS Sông Xanh", False)]


def test_work_issued_after_its_period_began_has_its_days_from_the_issue(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        duty = session.exec(select(DutyRow)).one()
        duty.issued_at = at(10)
    assert still(world, 23) == []
    assert len(still(world, 24)) == 2


def test_news_starts_the_days_anew_and_a_reminder_is_no_news(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        receive(session, owed, By("binh", at(6)))
    world.sweep(at(14))
    assert still(world, 15) == [("Trường THCS Sông Xanh", False)]
    assert still(world, 20) == [("Trường Tiểu học Hoa Sen", True), ("Trường THCS Sông Xanh", False)]
    note(world, owed, 20)
    assert still(world, 1, month=3) == [("Trường THCS Sông Xanh", False)]
