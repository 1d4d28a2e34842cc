"""Waiting for somebody: the holder's clock stops, the other's starts, and the record stays."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.errors import Refused
from actions.follow import waive
from actions.hand_in import hand_in
from actions.note_progress import note_progress
from actions.remind_awaited import awaited_to_remind, remind_awaited
from actions.send import claim_letters
from actions.wait import resume, wait_for
from domain.assignment import NotAllowed, Standing, State, standing
from domain.letter import LetterKind, MailState
from domain.unit import Role
from domain.waiting import Awaited
from store.office import load_staff
from store.questions.life import life, waits_of
from store.questions.tally import tally
from store.tables import NoticeRow, OutboxRow
from tests.actions.conftest import HANOI, World, actions_on, at
from tests.support.makers import a_person

REASON = "chưa có danh mục thiết bị được duyệt"


def wait(world: World, owed: int, day: int, hour: int = 9, **whom: object) -> int:
    known = {"kind": Awaited.UNIT, "unit_id": world.sample.units["th"], "reason": REASON}
    with world.db.transaction() as session:
        return wait_for(
            session, owed, By("binh", at(day, hour)), office=world.sample.office, calendar=world.calendar(),
            **{**known, **whom},  # type: ignore[arg-type]
        ).id  # fmt: skip


def go_on(world: World, owed: int, day: int, hour: int = 10) -> None:
    with world.db.transaction() as session:
        resume(session, owed, By("binh", at(day, hour)), calendar=world.calendar(), zone=HANOI)


def remind(world: World, day: int) -> int:
    with world.db.transaction() as session:
        return sum(
            remind_awaited(
                session,
                one,
                office=world.sample.office,
                calendar=world.calendar(),
                staff=load_staff(session),
                by=By("clock", at(day)),
            )
            for one in awaited_to_remind(session, at(day))
        )


def notices(world: World, owed: int) -> list[tuple[int, date]]:
    with world.db.read() as session:
        rows = session.exec(
            select(NoticeRow).where(col(NoticeRow.assignment_id) == owed).order_by(col(NoticeRow.id))
        )
        return [(row.step, row.due_on) for row in rows]


def test_nothing_is_sent_about_work_that_waits(world: World, owed: int) -> None:
    wait(world, owed, 6)
    world.sweep(at(28))
    assert notices(world, owed) == []
    assert world.row(owed).next_action_at is None
    assert standing(world.row(owed), at(28)) is Standing.WAITING


def test_a_letter_written_before_the_wait_and_not_sent_says_nothing_of_it(world: World, owed: int) -> None:
    world.sweep(at(9))
    world.write(at(9))
    wait(world, owed, 9, hour=10)
    with world.db.transaction() as session:
        ready = claim_letters(
            session, limit=9, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(9, hour=11)),
        )  # fmt: skip
    assert "binh@bensong.example.vn" not in {letter.to_address for letter in ready}


def test_the_deadline_moves_by_the_working_days_waited_and_both_days_are_kept(
    world: World, owed: int
) -> None:
    wait(world, owed, 8)
    go_on(world, owed, 13)  # Thursday, Friday, Monday
    row = world.row(owed)
    assert (row.state, row.due_on, row.waiting_since) == (State.RECEIVED, date(2023, 2, 17), None)
    assert row.due_at == at(18, hour=0)
    with world.db.read() as session:
        [interval] = life(session, owed).waits
    assert (interval.who, interval.reason) == ("Tổ Tổng hợp", REASON)
    assert (interval.started_at, interval.ended_at) == (at(8), at(13, hour=10))
    assert (interval.old_due_on, interval.new_due_on) == (date(2023, 2, 14), date(2023, 2, 17))


def test_the_ladder_goes_on_where_it_stopped(world: World, owed: int) -> None:
    world.sweep(at(9))
    wait(world, owed, 10)
    go_on(world, owed, 15)  # three working days: due on 17 February
    world.sweep(at(28, month=3))
    steps = notices(world, owed)
    assert steps[0] == (0, date(2023, 2, 14))
    assert steps[1:] == [(step, date(2023, 2, 17)) for step in (1, 1, 2, 3, 4)]


def test_a_rung_that_fell_into_a_wait_of_hours_is_told_afterwards(world: World, owed: int) -> None:
    wait(world, owed, 9, hour=7)
    go_on(world, owed, 9, hour=9)
    assert world.row(owed).due_on == date(2023, 2, 14)
    world.sweep(at(9, hour=9))
    assert notices(world, owed) == [(0, date(2023, 2, 14))]


def test_waiting_hides_no_lateness(world: World, owed: int) -> None:
    wait(world, owed, 16)
    assert standing(world.row(owed), at(28)) is Standing.OVERDUE
    go_on(world, owed, 20)
    assert world.row(owed).due_on == date(2023, 2, 16)
    assert standing(world.row(owed), at(20)) is Standing.OVERDUE


def test_what_is_not_waiting_is_not_resumed_and_what_waits_is_not_handed_in(world: World, owed: int) -> None:
    with pytest.raises(NotAllowed, match="“đã giao” nên không thể tiếp tục"):
        go_on(world, owed, 8)
    wait(world, owed, 8)
    with pytest.raises(NotAllowed, match="“đang chờ” nên không thể nộp"), world.db.transaction() as session:
        hand_in(session, owed, figures={}, by=By("binh", at(9)), key="form-1")


@pytest.mark.parametrize(
    ("whom", "says"),
    [
        ({"unit_id": None}, "đang chờ đơn vị hoặc cơ quan nào"),
        ({"kind": Awaited.OUTSIDE, "unit_id": None, "who": "  "}, "đang chờ đơn vị hoặc cơ quan nào"),
        ({"kind": Awaited.OUTSIDE, "who": "Công an"}, "đang chờ đơn vị hoặc cơ quan nào"),
        ({"reason": " "}, "Hãy ghi lý do"),
    ],
)
def test_a_wait_names_whom_and_why(world: World, owed: int, whom: dict[str, object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        wait(world, owed, 8, **whom)
    assert world.row(owed).state is State.ASSIGNED


def test_nobody_waits_for_themselves(world: World, owed: int) -> None:
    with pytest.raises(Refused, match="chờ chính mình"):
        wait(world, owed, 8, unit_id=world.sample.units["hoa-sen"])


def test_the_unit_waited_for_is_reminded_after_three_working_days(world: World, owed: int) -> None:
    a_person(world.db, "lan", "Vũ Thị Lan", world.sample.units["th"], Role.OFFICER)
    wait(world, owed, 8)
    assert remind(world, 10) == 0
    assert remind(world, 13) == 1
    assert remind(world, 14) == 0
    with world.db.transaction() as session:
        [letter] = claim_letters(
            session, limit=9, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(13, hour=10)),
        )  # fmt: skip
    assert letter.to_name == "Vũ Thị Lan"
    assert "Trường Tiểu học Hoa Sen đang chờ Tổ Tổng hợp từ ngày 08/02/2023" in letter.text
    assert REASON in letter.text
    assert "http://d.vn/viec\n" in letter.text, "another unit's work is not theirs to open"


def test_a_unit_that_keeps_others_waiting_is_reminded_again_and_its_leader_hears(
    world: World, owed: int
) -> None:
    a_person(world.db, "lan", "Vũ Thị Lan", world.sample.units["th"], Role.OFFICER)
    a_person(world.db, "tuan", "Đỗ Anh Tuấn", world.sample.units["th"], Role.HEAD)
    wait(world, owed, 1)
    told = {day: remind(world, day) for day in (3, 6, 7, 9, 10, 14, 15, 16, 28)}
    assert {day: letters for day, letters in told.items() if letters} == {6: 1, 9: 2, 15: 1}
    with world.db.transaction() as session:
        last = claim_letters(
            session, limit=9, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(15, hour=10)),
        )[-1]  # fmt: skip
    assert last.to_name == "Phạm Quốc Dũng"
    assert last.subject.startswith("Tổ Tổng hợp để đơn vị khác chờ")
    assert "đôn đốc Tổ Tổng hợp trả lời Trường Tiểu học Hoa Sen" in last.text


def test_after_an_outage_each_of_them_hears_once(world: World, owed: int) -> None:
    a_person(world.db, "lan", "Vũ Thị Lan", world.sample.units["th"], Role.OFFICER)
    wait(world, owed, 1)
    assert [remind(world, 28), remind(world, 28)] == [2, 0]


def test_an_answer_before_the_letter_leaves_makes_it_needless(world: World, owed: int) -> None:
    a_person(world.db, "lan", "Vũ Thị Lan", world.sample.units["th"], Role.OFFICER)
    wait(world, owed, 8)
    remind(world, 13)
    go_on(world, owed, 13)
    with world.db.transaction() as session:
        assert not claim_letters(
            session, limit=9, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(13, hour=11)),
        )  # fmt: skip
    with world.db.read() as session:
        [row] = session.exec(select(OutboxRow).where(col(OutboxRow.kind) == LetterKind.AWAITED)).all()
    assert row.state is MailState.SKIPPED


def test_an_answer_before_the_third_day_reminds_nobody(world: World, owed: int) -> None:
    wait(world, owed, 8)
    go_on(world, owed, 9)
    assert remind(world, 28) == 0


def test_work_put_before_a_superior_reminds_the_clerk(world: World, owed: int) -> None:
    wait(world, owed, 8, kind=Awaited.SUPERIOR, unit_id=world.sample.units["pgd"])
    assert remind(world, 13) == 1
    with world.db.transaction() as session:
        [letter] = claim_letters(
            session, limit=9, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(13, hour=10)),
        )  # fmt: skip
    assert (letter.to_name, "chưa trả lời: " in letter.subject) == ("Trần Thị Mai", True)
    assert "Trường Tiểu học Hoa Sen đã trình" in letter.text
    assert f"http://d.vn/viec/{owed}\n" in letter.text
    assert "chưa làm tiếp được" not in letter.text


def test_waived_work_waits_for_nobody(world: World, owed: int) -> None:
    wait(world, owed, 8)
    with world.db.transaction() as session:
        waive(session, owed, By("mai", at(9)), reason="trường giải thể")
    with world.db.read() as session:
        [interval] = life(session, owed).waits
    assert (interval.ended_at, interval.new_due_on) == (at(9), None)
    assert remind(world, 28) == 0


def test_who_holds_what_is_asked_of_the_tables(world: World, owed: int) -> None:
    wait(world, owed, 8)
    with world.db.transaction() as session:
        note_progress(session, owed, By("binh", at(9)), text="Đã gửi công văn nhắc")
    with world.db.read() as session:
        assert [(one.who, one.ended_at) for one in waits_of(session, owed)] == [("Tổ Tổng hợp", None)]
        counted = tally(session, at(28, month=3))
    assert (counted.assignments, counted.never, counted.not_due) == (2, 1, 1)
    assert actions_on(world, f"assignment:{owed}") == ["wait", "progress"]
