"""Situations: a declaration wakes and puts to sleep, its history stays, and a ban is stronger than it."""

from datetime import date, datetime

import pytest
from sqlmodel import col, select

from actions.bans import forbid
from actions.changes import By
from actions.declare import apply_declaration, declarations_to_apply, declare
from actions.errors import Refused
from actions.follow import accept, waive, withdraw
from actions.hand_in import hand_in
from actions.reassign import reassign
from actions.wait import resume, wait_for
from domain.assignment import Part, Standing, State, standing
from domain.duty import Assignee, DutyTerms, Review
from domain.scenario import Ban, Situation, Stance
from domain.waiting import Awaited, say
from store.questions.life import waits_of
from store.questions.situations import situations, state_now
from store.tables import AssignmentRow, DeclarationRow, DutyRow, OccurrenceRow
from tests.actions.conftest import HANOI, World, at
from tests.support.makers import an_issued_duty, monthly_terms, once

NAME = "dịch bệnh"
COMPLICATED = Situation(name=NAME, state="phức tạp")
CONTROLLED = Situation(name=NAME, state="được kiểm soát")


def bound(situation: Situation, **fields: object) -> DutyTerms:
    schools = ("hoa-sen", "song-xanh", "anh-duong")
    return monthly_terms(schools, title=f"Dạy học khi {situation.state}", situation=situation, **fields)


def say_that(world: World, state: str, when: datetime, *, since: date | None = None) -> int:
    with world.db.transaction() as session:
        return declare(
            session, NAME, state, By("dung", when), since=since or when.date(), reason="Thông báo của UBND",
            office=world.sample.office, calendar=world.calendar(),
        ).id  # fmt: skip


def of(world: World, duty_id: int) -> list[AssignmentRow]:
    with world.db.read() as session:
        return list(
            session.exec(
                select(AssignmentRow)
                .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
                .where(OccurrenceRow.duty_id == duty_id)
                .order_by(col(AssignmentRow.id))
            )
        )


def asleep(world: World, duty_id: int) -> bool:
    with world.db.read() as session:
        return session.get_one(DutyRow, duty_id).asleep


def test_a_duty_of_an_undeclared_situation_is_issued_asleep_and_opens_nothing(world: World) -> None:
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    world.open(at(20, month=3))
    assert (asleep(world, duty), of(world, duty)) == (True, [])


def test_declaring_its_situation_opens_what_falls_due_from_then_on_and_nothing_before(world: World) -> None:
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    world.open(at(20, month=3))
    say_that(world, "phức tạp", at(10, month=4))
    world.open(at(11, month=4))
    assert [row.due_on for row in of(world, duty)] == [date(2023, 4, 14)] * 3


@pytest.mark.parametrize(
    ("said", "since", "first"),
    [
        (at(14, hour=9, month=4), None, date(2023, 5, 12)),  # that day's report would be late when first seen
        (at(16, hour=9, month=4), date(2023, 4, 10), date(2023, 5, 12)),
        (at(13, hour=9, month=4), date(2023, 4, 14), date(2023, 4, 14)),  # said a day before
    ],
)
def test_nobody_first_sees_work_on_or_after_its_last_day(
    world: World, said: datetime, since: date | None, first: date
) -> None:
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    say_that(world, "phức tạp", said, since=since)
    with world.db.transaction() as session:
        for one in declarations_to_apply(session, date(2023, 4, 14)):
            apply_declaration(
                session,
                one,
                By("clock", at(14, hour=0, month=4)),
                office=world.sample.office,
                calendar=world.calendar(),
            )
    world.open(at(2, month=5))
    assert min(row.due_on for row in of(world, duty)) == first


def test_work_of_another_situation_leaves_the_sweep_and_is_never_late_asleep(world: World) -> None:
    say_that(world, "được kiểm soát", at(1))
    duty = an_issued_duty(world.db, bound(CONTROLLED, schedule=once(date(2023, 2, 14))))
    world.open(at(1))
    say_that(world, "phức tạp", at(8))
    assert {(row.state, row.next_action_at) for row in of(world, duty)} == {(State.WAITING, None)}
    assert {standing(row, at(28, month=6)) for row in of(world, duty)} == {Standing.WAITING}
    with world.db.read() as session:
        awaited = waits_of(session, of(world, duty)[0].id)
    assert [say(w.kind, w.who) for w in awaited] == ["tạm nghỉ theo tình huống dịch bệnh: phức tạp"]


def test_waking_gives_back_the_working_days_that_were_left(world: World) -> None:
    say_that(world, "được kiểm soát", at(1))
    duty = an_issued_duty(world.db, bound(CONTROLLED, schedule=once(date(2023, 2, 14))))
    world.open(at(1))
    say_that(world, "phức tạp", at(8))  # four working days before the deadline
    say_that(world, "được kiểm soát", at(6, month=3))
    # Asleep for the 18 working days from 9 February to 6 March: four are left again.
    assert {(row.state, row.due_on) for row in of(world, duty)} == {(State.RECEIVED, date(2023, 3, 10))}
    assert all(row.next_action_at == at(7, hour=8, month=3) for row in of(world, duty))


def test_a_situation_that_held_earlier_counts_from_its_day(world: World) -> None:
    say_that(world, "được kiểm soát", at(1))
    duty = an_issued_duty(world.db, bound(CONTROLLED, schedule=once(date(2023, 2, 14))))
    world.open(at(1))
    say_that(world, "phức tạp", at(16), since=date(2023, 2, 13))  # two days after the deadline
    assert {standing(row, at(17)) for row in of(world, duty)} == {Standing.WAITING}


def test_a_situation_to_come_waits_for_its_day_and_is_applied_once(world: World) -> None:
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    tomorrow = say_that(world, "phức tạp", at(6), since=date(2023, 2, 7))
    with world.db.read() as session:
        assert declarations_to_apply(session, date(2023, 2, 6)) == []
        assert declarations_to_apply(session, date(2023, 2, 7)) == [tomorrow]
        assert state_now(session, NAME) is None
    for switched in (1, 0):
        with world.db.transaction() as session:
            assert switched == apply_declaration(
                session,
                tomorrow,
                By("clock", at(7, hour=0)),
                office=world.sample.office,
                calendar=world.calendar(),
            )
    assert not asleep(world, duty)


def test_what_is_handed_in_stays_with_its_reviewer(world: World) -> None:
    say_that(world, "được kiểm soát", at(1))
    duty = an_issued_duty(world.db, bound(CONTROLLED))
    world.open(at(1))
    first, *_others = of(world, duty)
    with world.db.transaction() as session:
        hand_in(session, first.id, figures={}, by=By("binh", at(6)), key="form")
    say_that(world, "phức tạp", at(8))
    assert [row.state for row in of(world, duty)] == [State.HANDED_IN, State.WAITING, State.WAITING]


def test_work_that_waited_for_somebody_sleeps_and_goes_on_when_woken(world: World) -> None:
    say_that(world, "được kiểm soát", at(1))
    duty = an_issued_duty(world.db, bound(CONTROLLED, schedule=once(date(2023, 3, 31))))
    world.open(at(1))
    waits = of(world, duty)[0].id
    with world.db.transaction() as session:
        wait_for(
            session, waits, By("binh", at(2)), kind=Awaited.OUTSIDE, who="Trạm Y tế", reason="chưa có kết quả",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
    say_that(world, "phức tạp", at(8))
    say_that(world, "được kiểm soát", at(15))
    assert (world.row(waits).state, world.row(waits).waiting_since) == (State.RECEIVED, None)


def test_a_unit_cannot_wake_its_work_by_itself_nor_put_it_to_sleep(world: World) -> None:
    say_that(world, "được kiểm soát", at(1))
    duty = an_issued_duty(world.db, bound(CONTROLLED))
    world.open(at(1))
    owed = of(world, duty)[0].id
    with world.db.transaction() as session, pytest.raises(Refused, match="khi lãnh đạo công bố"):
        wait_for(
            session, owed, By("binh", at(2)), kind=Awaited.SITUATION, who="dịch", reason="nghỉ",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
    say_that(world, "phức tạp", at(8))
    with (
        world.db.transaction() as session,
        pytest.raises(Refused, match="tình huống đổi thì việc mới tiếp tục"),
    ):
        resume(session, owed, By("binh", at(9)), calendar=world.calendar(), zone=HANOI)


def test_the_history_of_a_situation_stays(world: World) -> None:
    an_issued_duty(world.db, bound(COMPLICATED))
    for day, state in ((1, "được kiểm soát"), (8, "phức tạp"), (20, "được kiểm soát")):
        say_that(world, state, at(day))
    with world.db.read() as session:
        [known] = situations(session)
    assert (known.name, known.now) == (NAME, "được kiểm soát")
    assert [(one.state, one.since.day) for one in known.history] == [
        ("được kiểm soát", 20), ("phức tạp", 8), ("được kiểm soát", 1),
    ]  # fmt: skip
    assert [(duty.state, duty.asleep) for duty in known.duties] == [("phức tạp", True)]


def test_a_declaration_without_a_reason_is_refused(world: World) -> None:
    with world.db.transaction() as session, pytest.raises(Refused, match="Hãy ghi lý do"):
        declare(
            session, NAME, "phức tạp", By("dung", at(2)), since=date(2023, 2, 2), reason=" ",
            office=world.sample.office, calendar=world.calendar(),
        )  # fmt: skip
    assert world.count(DeclarationRow) == 0


# --- bans -------------------------------------------------------------------------------------------------


def a_plan(world: World) -> int:
    """Two schools owe the plan of the worse state."""
    plan = monthly_terms(
        ("hoa-sen", "song-xanh"), title="Xây dựng kịch bản", schedule=once(date(2023, 2, 10))
    )
    duty = an_issued_duty(
        world.db, plan.model_copy(update={"plans_for": COMPLICATED, "review": Review.PERSON})
    )
    world.open(at(1))
    return duty


def approve(world: World, row: AssignmentRow) -> None:
    with world.db.transaction() as session:
        hand_in(session, row.id, figures={}, by=By("binh", at(3)), key=f"plan-{row.id}")
        accept(session, row.id, By("mai", at(4)))


def test_a_situation_is_not_declared_before_its_plan_is_approved(world: World) -> None:
    plan = a_plan(world)
    say_that(world, "được kiểm soát", at(2))  # needs none
    first, second = of(world, plan)
    approve(world, first)
    with pytest.raises(Refused, match="kịch bản “Xây dựng kịch bản” chưa được duyệt ở Trường THCS Sông Xanh"):
        say_that(world, "phức tạp", at(5))
    approve(world, second)
    say_that(world, "phức tạp", at(6))
    with world.db.read() as session:
        [known] = situations(session)
    assert (known.now, [one.lacking for one in known.plans]) == ("phức tạp", [[]])


def test_who_is_excused_from_the_plan_keeps_nobody_waiting(world: World) -> None:
    plan = a_plan(world)
    first, second = of(world, plan)
    approve(world, first)
    with world.db.transaction() as session:
        waive(session, second.id, By("mai", at(4)), reason="trường đang sửa chữa")
    say_that(world, "phức tạp", at(5))


def test_a_plan_that_moved_to_another_unit_is_asked_of_that_one_alone(world: World) -> None:
    first, second = of(world, a_plan(world))
    with world.db.transaction() as session:
        reassign(
            session,
            second.id,
            "anh-duong",
            By("mai", at(2)),
            reason="nhầm",
            office=world.sample.office,
            later=False,
        )
    approve(world, first)
    with pytest.raises(Refused, match="chưa được duyệt ở Trường Mầm non Ánh Dương"):
        say_that(world, "phức tạp", at(5))
    approve(world, second)
    say_that(world, "phức tạp", at(6))


def test_nobody_waits_for_a_plan_that_was_withdrawn(world: World) -> None:
    first, second = of(world, a_plan(world))
    approve(world, first)
    with world.db.transaction() as session:
        withdraw(session, second.id, By("mai", at(4)), reason="giao nhầm")
    say_that(world, "phức tạp", at(5))


def a_ban(stance: Stance = Stance.REFUSE) -> Ban:
    return Ban(
        name=NAME, state="phức tạp", levels=["mầm non"], stance=stance,
        words="không tổ chức dạy học trực tuyến", source="Chỉ thị mẫu",
    )  # fmt: skip


def ban(world: World, stance: Stance, when: datetime) -> None:
    with world.db.transaction() as session:
        forbid(session, a_ban(stance), By("mai", when))


def test_a_unit_under_a_ban_is_left_out_of_the_duty_which_says_so(world: World) -> None:
    ban(world, Stance.REFUSE, at(1))
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    say_that(world, "phức tạp", at(1))
    world.open(at(1))
    assert {row.unit_id for row in of(world, duty)} == {
        world.sample.units[u] for u in ("hoa-sen", "song-xanh")
    }
    with world.db.read() as session:
        [said] = session.get_one(DutyRow, duty).warnings
    assert said.startswith("Không giao cho Trường Mầm non Ánh Dương: không tổ chức dạy học trực tuyến")


@pytest.mark.parametrize(
    "assignees",
    [
        (Assignee(unit="anh-duong", part=Part.EXECUTOR),),
        (Assignee(unit="anh-duong", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR)),
    ],
)
def test_a_duty_that_a_ban_leaves_nobody_to_do_is_refused_in_the_bans_words(
    world: World, assignees: tuple[Assignee, ...]
) -> None:
    ban(world, Stance.REFUSE, at(1))
    alone = bound(COMPLICATED).model_copy(update={"assignees": assignees})
    with pytest.raises(Refused, match="Trường Mầm non Ánh Dương: không tổ chức dạy học trực tuyến"):
        an_issued_duty(world.db, alone)


def test_a_ban_that_warns_lets_it_pass_and_is_written_on_the_duty(world: World) -> None:
    ban(world, Stance.WARN, at(1))
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    with world.db.read() as session:
        assert session.get_one(DutyRow, duty).warnings == [
            "Trường Mầm non Ánh Dương: không tổ chức dạy học trực tuyến (Chỉ thị mẫu)"
        ]


def test_a_later_ban_withdraws_what_is_open_and_no_declaration_opens_it_again(world: World) -> None:
    say_that(world, "phức tạp", at(1))
    duty = an_issued_duty(world.db, bound(COMPLICATED))
    world.open(at(1))
    ban(world, Stance.REFUSE, at(6))
    nursery = the_assignment_of(world, duty, "anh-duong")
    assert nursery.state is State.WITHDRAWN
    world.open(at(1, month=3))
    march = [row.unit_id for row in of(world, duty) if row.due_on.month == 3]
    assert march == [world.sample.units["hoa-sen"], world.sample.units["song-xanh"]]


def test_a_later_ban_on_the_lead_leaves_nobody_helping_alone(world: World) -> None:
    say_that(world, "phức tạp", at(1))
    helped = (Assignee(unit="anh-duong", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR))
    duty = an_issued_duty(world.db, bound(COMPLICATED).model_copy(update={"assignees": helped}))
    world.open(at(1))
    ban(world, Stance.REFUSE, at(6))
    assert {row.state for row in of(world, duty)} == {State.WITHDRAWN}
    world.open(at(1, month=3))
    assert [row for row in of(world, duty) if row.due_on.month == 3] == []


def the_assignment_of(world: World, duty_id: int, unit: str) -> AssignmentRow:
    return next(row for row in of(world, duty_id) if row.unit_id == world.sample.units[unit])


def test_a_ban_without_words_and_a_ban_entered_twice_are_refused(world: World) -> None:
    ban(world, Stance.REFUSE, at(1))
    with pytest.raises(Refused, match="đã được nhập"):
        ban(world, Stance.REFUSE, at(2))
    wordless = a_ban().model_copy(update={"words": " "})
    with world.db.transaction() as session, pytest.raises(Refused):
        forbid(session, wordless, By("mai", at(2)))
