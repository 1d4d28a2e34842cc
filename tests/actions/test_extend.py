"""Extensions: asked, decided, counted; the old deadline stays readable and is never told again."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.errors import Refused
from actions.extend import ask_extension, grant_extension, refuse_extension
from actions.follow import accept, waive
from actions.hand_in import hand_in
from domain.assignment import Standing, standing
from domain.escalation import Fate
from domain.extension import Answer
from store.questions.life import extensions_to_decide, life
from store.questions.scope import Scope
from store.tables import ExtensionRow, NoticeRow
from tests.actions.conftest import HANOI, World, actions_on, at

EVERYTHING = Scope(everything=True)


def ask(world: World, owed: int, day: int, wished: date = date(2023, 2, 21), reason: str = "mưa lũ") -> int:
    with world.db.transaction() as session:
        return ask_extension(
            session, owed, By("binh", at(day)), wished_on=wished, reason=reason,
            office=world.sample.office, calendar=world.calendar(),
        ).id  # fmt: skip


def grant(world: World, extension: int, day: int, due_on: date | None = None, hour: int = 9) -> None:
    with world.db.transaction() as session:
        grant_extension(
            session,
            extension,
            By("dung", at(day, hour)),
            calendar=world.calendar(),
            zone=HANOI,
            due_on=due_on,
        )


def told(world: World, owed: int) -> list[tuple[int, date, Fate]]:
    with world.db.read() as session:
        rows = session.exec(
            select(NoticeRow).where(col(NoticeRow.assignment_id) == owed).order_by(col(NoticeRow.id))
        )
        return [(row.step, row.due_on, row.fate) for row in rows]


def test_asking_changes_no_deadline(world: World, owed: int) -> None:
    ask(world, owed, 6)
    assert world.row(owed).due_on == date(2023, 2, 14)
    assert world.row(owed).next_action_at == at(9, hour=8)


def test_granting_moves_the_deadline_and_keeps_the_old_one(world: World, owed: int) -> None:
    grant(world, ask(world, owed, 6), 7)
    row = world.row(owed)
    assert (row.due_on, row.due_at, row.next_action_at) == (date(2023, 2, 21), at(22, hour=0), at(16, hour=8))
    with world.db.read() as session:
        [(_, kept)] = life(session, owed).extensions
    assert (kept.number, kept.answer, kept.asked_by, kept.decided_by) == (1, Answer.GRANTED, "binh", "dung")
    assert (kept.old_due_on, kept.new_due_on) == (date(2023, 2, 14), date(2023, 2, 21))
    assert actions_on(world, f"assignment:{owed}") == ["ask_extension", "extension_granted"]


def test_the_office_may_grant_another_day_than_was_wished(world: World, owed: int) -> None:
    grant(world, ask(world, owed, 6), 7, due_on=date(2023, 2, 17))
    assert world.row(owed).due_on == date(2023, 2, 17)


def test_the_rungs_of_the_new_deadline_are_new_and_those_of_the_old_never_come_back(
    world: World, owed: int
) -> None:
    request = ask(world, owed, 9)
    world.sweep(at(14))
    world.write(at(14))
    grant(world, request, 14)
    world.sweep(at(28, month=3))
    old, new = date(2023, 2, 14), date(2023, 2, 21)
    steps = told(world, owed)
    assert [(step, due) for step, due, _ in steps if due == old] == [(0, old), (1, old), (1, old)]
    assert {step for step, due, _ in steps if due == new} == {0, 1, 2, 3, 4}


def test_rungs_of_the_new_deadline_that_are_past_already_are_left_out(world: World, owed: int) -> None:
    request = ask(world, owed, 9)
    world.sweep(at(14))
    grant(world, request, 14, due_on=date(2023, 2, 15))
    assert (world.row(owed).step, world.row(owed).next_action_at) == (1, at(15, hour=8))


def test_a_notice_of_the_old_deadline_not_yet_written_is_cancelled(world: World, owed: int) -> None:
    request = ask(world, owed, 9)
    world.sweep(at(9))
    grant(world, request, 9, hour=10)
    world.write(at(9, hour=11))
    assert told(world, owed) == [(0, date(2023, 2, 14), Fate.CANCELLED)]


def test_a_refusal_is_kept_with_its_remark_and_does_not_count_as_an_extension(
    world: World, owed: int
) -> None:
    first = ask(world, owed, 3)
    with world.db.transaction() as session:
        refuse_extension(session, first, By("dung", at(3)), remark="tự bố trí được")
    grant(world, ask(world, owed, 6), 6)
    grant(world, ask(world, owed, 7, date(2023, 2, 28)), 7)
    with pytest.raises(Refused, match="đã được gia hạn 2 lần"):
        ask(world, owed, 8, date(2023, 3, 7))
    assert world.count(ExtensionRow) == 3


def test_one_request_at_a_time(world: World, owed: int) -> None:
    ask(world, owed, 6)
    with pytest.raises(Refused, match="đang chờ quyết định"):
        ask(world, owed, 6, date(2023, 2, 22))


def test_a_late_or_groundless_request_is_refused_in_words(world: World, owed: int) -> None:
    with pytest.raises(Refused, match="chậm nhất ngày 09/02/2023"):
        ask(world, owed, 10)
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        ask(world, owed, 6, reason=" ")
    assert world.count(ExtensionRow) == 0


def test_a_decision_is_made_once_and_only_forwards(world: World, owed: int) -> None:
    request = ask(world, owed, 6)
    with pytest.raises(Refused, match="phải sau hạn hiện tại"):
        grant(world, request, 7, due_on=date(2023, 2, 14))
    grant(world, request, 7)
    with pytest.raises(Refused, match="đã được quyết định rồi"):
        grant(world, request, 7)


def test_what_was_handed_in_before_the_decision_is_measured_by_the_new_deadline(
    world: World, owed: int
) -> None:
    request = ask(world, owed, 9)
    with world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(16)), key="form-1")
    assert standing(world.row(owed), at(17)) is Standing.OVERDUE
    grant(world, request, 17)
    assert world.row(owed).next_action_at is None
    with world.db.transaction() as session:
        accept(session, owed, By("mai", at(17)))
    assert standing(world.row(owed), at(28)) is Standing.DONE


def test_requests_wait_for_the_one_who_decides_until_the_work_is_closed(world: World, owed: int) -> None:
    request = ask(world, owed, 6)
    with world.db.read() as session:
        [one] = extensions_to_decide(session, EVERYTHING)
    assert (one.id, one.assignment_id, one.extension.reason) == (request, owed, "mưa lũ")
    with world.db.transaction() as session:
        waive(session, owed, By("mai", at(7)), reason="trường nghỉ vì lũ")
    with world.db.read() as session:
        assert extensions_to_decide(session, EVERYTHING) == []
    with pytest.raises(Refused, match="đã kết thúc"):
        grant(world, request, 8)
