"""A leader asks why, the head is written to, and the answer stands where the leader reads next."""

from datetime import date

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.demand_explanation import demand_explanation, explain, remind_to_explain
from actions.errors import Refused
from actions.follow import waive
from actions.reassign import reassign
from actions.send import Answer, Ready, claim_letters, record_deliveries
from domain.letter import LetterKind
from domain.unit import Role
from store.office import load_staff
from store.questions.explanations import explanations, explanations_to_give, explanations_to_remind
from store.questions.scope import Scope
from store.tables import OutboxRow, PositionRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import a_person, the_assignment

QUESTION = "Vì sao chưa gửi báo cáo?"
ANSWER = "Trường mất điện ba ngày, xin gửi ngày 23/02."


def ask(world: World, owed: int, day: int, **more: object) -> int:
    with world.db.transaction() as session:
        return demand_explanation(
            session, owed, By("dung", at(day)), office=world.sample.office, calendar=world.calendar(),
            staff=load_staff(session), person_id=world.sample.people["dung"],
            **{"question": QUESTION, **more},  # type: ignore[arg-type]
        ).id  # fmt: skip


def answer(world: World, demand: int, day: int, text: str = ANSWER) -> None:
    with world.db.transaction() as session:
        explain(
            session, demand, By("binh", at(day)), answer=text, office=world.sample.office,
            staff=load_staff(session),
        )  # fmt: skip


def remind(world: World, day: int) -> int:
    with world.db.transaction() as session:
        return sum(
            remind_to_explain(
                session, one, By("clock", at(day)), office=world.sample.office, calendar=world.calendar(),
                staff=load_staff(session),
            )
            for one in explanations_to_remind(session, at(day))
        )  # fmt: skip


def letters(world: World) -> list[tuple[str, str]]:
    with world.db.read() as session:
        rows = session.exec(
            select(OutboxRow).where(OutboxRow.kind == LetterKind.EXPLANATION).order_by(col(OutboxRow.id))
        )
        return [(row.facts["stage"], row.to_name) for row in rows]


def claimed(world: World, day: int, hour: int = 10) -> list[Ready]:
    with world.db.transaction() as session:
        return claim_letters(
            session, limit=20, office=world.sample.office, calendar=world.calendar(), base_url="http://d.vn",
            by=By("clock", at(day, hour)),
        )  # fmt: skip


def leave(world: World, day: int) -> dict[str, str]:
    """Send everything, as the mail server would take it; the text of each reader's last letter."""
    told: dict[str, str] = {}
    while ready := claimed(world, day):
        told |= {letter.to_name: letter.text for letter in ready}
        with world.db.transaction() as session:
            answers = [Answer(letter.outbox_id, "sent", "250 OK") for letter in ready]
            record_deliveries(session, answers, By("clock", at(day, 10)))
    return told


def test_the_head_is_asked_at_once_with_a_day_counted_in_working_days(world: World, owed: int) -> None:
    ask(world, owed, 17)  # a Friday: Monday, Tuesday, Wednesday
    assert letters(world) == [("asked", "Nguyễn Văn Bình")]
    [letter] = claimed(world, 17)
    assert letter.subject.startswith("Yêu cầu giải trình trước khi hết ngày 22/02/2023: Báo cáo tháng")
    for words in ("Phạm Quốc Dũng yêu cầu", QUESTION, "đăng nhập và ghi giải trình"):
        assert words in letter.text


def test_where_there_is_no_head_the_officer_is_asked(world: World) -> None:
    world.open(at(1))
    ask(world, the_assignment(world.db, world.sample.units["song-xanh"], "2023-02"), 17)
    assert letters(world) == [("asked", "Lê Thu Hà")]


def test_a_unit_to_which_the_work_moves_is_asked_at_once_and_reminded_like_the_first(
    world: World, owed: int
) -> None:
    a_person(world.db, "duong", "Ngô Thái Dương", world.sample.units["anh-duong"], Role.HEAD)
    ask(world, owed, 15)  # a Wednesday: until Monday the 20th
    with world.db.transaction() as session:
        reassign(
            session,
            owed,
            "anh-duong",
            By("mai", at(16)),
            reason="nhầm",
            office=world.sample.office,
            later=False,
        )
    assert [remind(world, day) for day in (16, 17, 20, 21)] == [1, 0, 1, 2]
    assert letters(world) == [
        ("asked", "Nguyễn Văn Bình"),
        ("asked", "Ngô Thái Dương"),
        ("due", "Ngô Thái Dương"),
        ("late", "Ngô Thái Dương"),
        ("silent", "Phạm Quốc Dũng"),
    ]


def test_a_head_of_both_units_hears_of_a_demand_that_moved(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        session.add(
            PositionRow(
                person_id=world.sample.people["binh"], unit_id=world.sample.units["anh-duong"], role=Role.HEAD
            )
        )
    ask(world, owed, 15)
    with world.db.transaction() as session:
        reassign(
            session,
            owed,
            "anh-duong",
            By("mai", at(15)),
            reason="nhầm",
            office=world.sample.office,
            later=False,
        )
    remind(world, 15)
    assert [one.to_name for one in claimed(world, 15)] == ["Nguyễn Văn Bình"]


def test_a_silent_unit_is_reminded_on_the_day_and_on_the_working_day_after_it(
    world: World, owed: int
) -> None:
    ask(world, owed, 17)
    assert [remind(world, day) for day in (20, 21, 22, 22, 23, 24, 27)] == [0, 0, 1, 0, 2, 0, 0]
    assert letters(world)[1:] == [
        ("due", "Nguyễn Văn Bình"),
        ("late", "Nguyễn Văn Bình"),
        ("silent", "Phạm Quốc Dũng"),
    ]


def test_whoever_asked_is_told_once_that_the_day_went_by_in_silence(world: World, owed: int) -> None:
    ask(world, owed, 17)
    remind(world, 23)
    told = leave(world, 23)["Phạm Quốc Dũng"]
    for words in ("chưa giải trình", "thứ Tư, 22/02/2023", QUESTION):
        assert words in told
    assert "Cần làm" not in told


def test_who_asked_hears_of_the_answer_alone_when_it_came_before_the_letter_left(
    world: World, owed: int
) -> None:
    demand = ask(world, owed, 17)
    remind(world, 23)
    answer(world, demand, 23)
    [letter] = [one for one in claimed(world, 23) if one.to_name == "Phạm Quốc Dũng"]
    assert letter.subject.startswith("Đã giải trình")


def test_after_an_outage_a_silent_unit_is_reminded_once(world: World, owed: int) -> None:
    ask(world, owed, 17)
    assert [remind(world, day) for day in (27, 28)] == [2, 0]


def test_the_answer_is_kept_ends_the_reminders_and_is_sent_to_whoever_asked(world: World, owed: int) -> None:
    demand = ask(world, owed, 17)
    answer(world, demand, 20)
    assert remind(world, 28) == 0
    with world.db.read() as session:
        [(_, kept)] = explanations(session, owed)
    assert (kept.answer, kept.answered_by, kept.answered_at) == (ANSWER, "binh", at(20))
    assert letters(world)[-1] == ("answered", "Phạm Quốc Dũng")
    assert actions_on(world, f"assignment:{owed}")[-2:] == ["demand_explanation", "explain"]


def test_a_demand_answered_before_its_letter_left_is_not_sent(world: World, owed: int) -> None:
    answer(world, ask(world, owed, 17), 17)
    [letter] = claimed(world, 17)
    assert letter.to_name == "Phạm Quốc Dũng"
    assert f"Giải trình ngày 17/02/2023: {ANSWER}" in letter.text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (True, f"Giải trình ngày 16/02/2023: {ANSWER}"),
        (False, "Chưa giải trình (hạn 21/02/2023)"),
    ],
)
def test_the_leaders_next_digest_says_where_it_stands(
    world: World, owed: int, given: bool, says: str
) -> None:
    demand = ask(world, owed, 16)
    if given:
        answer(world, demand, 16)
    world.sweep(at(17))
    world.write(at(17))
    told = leave(world, 17)
    assert says in told["Phạm Quốc Dũng"]


def test_what_is_asked_twice_answered_twice_or_empty_is_refused(world: World, owed: int) -> None:
    demand = ask(world, owed, 17)
    with pytest.raises(Refused, match="đang chờ trả lời"):
        ask(world, owed, 17)
    with pytest.raises(Refused, match="bằng lời"):
        answer(world, demand, 17, "  ")
    answer(world, demand, 17)
    with pytest.raises(Refused, match="đã được trả lời"):
        answer(world, demand, 17)
    with pytest.raises(Refused, match="ngày làm việc"):
        ask(world, owed, 17, days=0)
    with pytest.raises(Refused, match="bằng lời"):
        ask(world, owed, 17, question="ư" * 4001)
    ask(world, owed, 20)
    with world.db.read() as session:
        assert [one.number for _, one in explanations(session, owed)] == [1, 2]


def test_work_that_was_waived_is_not_asked_about(world: World, owed: int) -> None:
    ask(world, owed, 17)
    with world.db.transaction() as session:
        waive(session, owed, By("mai", at(20)), reason="trường đóng cửa")
        assert explanations_to_give(session, Scope(everything=True)) == []
    assert claimed(world, 20) == []
    with pytest.raises(Refused, match="được miễn"):
        ask(world, owed, 20)


def test_a_unit_sees_what_it_has_to_explain_and_no_other(world: World, owed: int) -> None:
    demand = ask(world, owed, 17)
    units = world.sample.units
    with world.db.read() as session:
        [mine] = explanations_to_give(session, Scope(units=(units["hoa-sen"],)))
        assert explanations_to_give(session, Scope(units=(units["song-xanh"],))) == []
    assert (mine.id, mine.unit, mine.explanation.answer_by) == (
        demand,
        "Trường Tiểu học Hoa Sen",
        date(2023, 2, 22),
    )
