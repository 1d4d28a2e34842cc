"""The nightly auditor finds what was planted, and nothing where all is well."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlmodel import Session, col, select

from actions.alarm import alarm
from actions.audit_letters import suspicions
from actions.changes import By
from actions.demand_explanation import demand_explanation, remind_to_explain
from actions.note_incidents import note_incidents
from actions.remind_awaited import awaited_to_remind, remind_awaited
from actions.send import Answer, claim_letters, record_deliveries
from actions.wait import wait_for
from domain.escalation import Fate
from domain.incident import Check
from domain.letter import LetterKind, MailState
from domain.unit import Role
from domain.waiting import Awaited
from store import audit
from store.office import load_calendar, load_staff
from store.questions.explanations import explanations_to_remind
from store.tables import (
    AssignmentRow,
    AuditHeadRow,
    ExplanationRow,
    IncidentRow,
    NoticeLetterRow,
    NoticeRow,
    OutboxRow,
    WaitingRow,
)
from tests.actions.conftest import World, at
from tests.support.makers import a_person, the_assignment

NIGHT = at(18, 2)


@pytest.fixture
def told(world: World, owed: int) -> World:
    """Everything until Friday the 17th was told: the unit four times, the leader once."""
    for day in (9, 14, 15, 17):
        world.sweep(at(day))
        world.write(at(day))
        send(world, day)
    return world


def send(world: World, day: int) -> None:
    calendar = world.calendar()
    with world.db.transaction() as session:
        by = By("clock", at(day))
        while ready := claim_letters(
            session, limit=10, office=world.sample.office, calendar=calendar, base_url="", by=by
        ):
            record_deliveries(session, [Answer(one.outbox_id, "sent", "250 OK") for one in ready], by)
            session.flush()


def found(world: World, when: datetime = NIGHT) -> list[tuple[Check, str]]:
    calendar = world.calendar()
    with world.db.read() as session:
        seen = suspicions(session, when, office=world.sample.office, calendar=calendar)
        return [(s.kind, s.detail) for s in seen]


def test_nothing_is_found_where_all_is_well(told: World) -> None:
    assert found(told) == []


def lost_moment(session: Session) -> None:
    session.execute(update(AssignmentRow).values(next_action_at=None))


def frozen_step(session: Session) -> None:
    session.execute(update(AssignmentRow).values(step=3))


def lost_notice(session: Session) -> None:
    first = session.exec(select(NoticeRow).where(col(NoticeRow.step) == 1)).first()
    assert first is not None
    session.execute(delete(NoticeLetterRow).where(col(NoticeLetterRow.notice_id) == first.id))
    session.delete(first)


def told_by_no_letter(session: Session) -> None:
    first = session.exec(select(NoticeRow).where(col(NoticeRow.fate) == Fate.MAILED)).first()
    assert first is not None
    session.execute(delete(NoticeLetterRow).where(col(NoticeLetterRow.notice_id) == first.id))


def waiting_for_ever(session: Session) -> None:
    session.execute(update(NoticeRow).where(col(NoticeRow.step) == 0).values(fate=Fate.PENDING, at=at(9)))


def stuck_letter(session: Session) -> None:
    session.execute(update(OutboxRow).values(state=MailState.PENDING, not_before=NIGHT - timedelta(hours=25)))


def leader_first(session: Session) -> None:
    session.execute(
        update(OutboxRow).where(col(OutboxRow.kind) == LetterKind.DIGEST).values(sent_at=at(15, 8))
    )


def miscounted(session: Session) -> None:
    session.execute(text("DELETE FROM standing_count"))


@pytest.mark.parametrize(
    ("harm", "kind", "words"),
    [
        (lost_moment, Check.RUNG, "bậc nhắc 5 đến lúc 08:00 23/02/2023"),
        (frozen_step, Check.RUNG, "bậc nhắc 4 đến lúc 08:00 17/02/2023"),
        (lost_notice, Check.NOTICE, "đúng ra là"),
        (told_by_no_letter, Check.NOTICE, "không có thư nào"),
        (waiting_for_ever, Check.NOTICE, "lượt nhắc từ 09/02/2023 vẫn chờ soạn thư"),
        (stuck_letter, Check.LETTER, "chờ gửi đã quá một ngày"),
        (leader_first, Check.ORDER, "trước khi đơn vị được nhắc"),
        (miscounted, Check.COUNT, "1 số đếm của bảng theo dõi sai"),
    ],
)
def test_what_is_planted_is_found(
    told: World, harm: Callable[[Session], None], kind: Check, words: str
) -> None:
    with told.db.transaction() as session:
        harm(session)
    assert any(one is kind and words in detail for one, detail in found(told)), found(told)


@pytest.fixture
def asked(world: World, owed: int) -> World:
    """Hoa Sen owes an explanation until Monday the 20th; Sông Xanh waits for Tổ Tổng hợp since the 15th."""
    a_person(world.db, "cuc", "Đỗ Thị Cúc", world.sample.units["th"], Role.OFFICER)
    office, by = world.sample.office, By("dung", at(15))
    other = the_assignment(world.db, world.sample.units["song-xanh"], "2023-02")
    with world.db.transaction() as session:
        calendar, staff = load_calendar(session, "VN"), load_staff(session)
        demand_explanation(
            session, owed, by, question="Vì sao?", office=office, calendar=calendar, staff=staff
        )
        wait_for(
            session, other, by, kind=Awaited.UNIT, unit_id=world.sample.units["th"], reason="chờ danh mục",
            office=office, calendar=calendar,
        )  # fmt: skip
    return world


def remind(world: World, day: int) -> None:
    office, by = world.sample.office, By("clock", at(day))
    with world.db.transaction() as session:
        calendar, staff = load_calendar(session, "VN"), load_staff(session)
        for one in awaited_to_remind(session, by.at):
            remind_awaited(session, one, office=office, calendar=calendar, staff=staff, by=by)
        for one in explanations_to_remind(session, by.at):
            remind_to_explain(session, one, by, office=office, calendar=calendar, staff=staff)


def about_people(world: World, day: int) -> list[str]:
    return [said for _, said in found(world, at(day, 2)) if "giải trình" in said or "được chờ" in said]


def test_reminders_of_waits_and_explanations_that_came_in_time_are_no_suspicion(asked: World) -> None:
    for day in (16, 17, 20, 21, 22, 23):
        remind(asked, day)
        assert about_people(asked, day + 1) == []


def test_a_wait_and_an_explanation_whose_moment_was_lost_are_found(asked: World) -> None:
    with asked.db.transaction() as session:
        session.execute(update(WaitingRow).values(remind_at=None))
        session.execute(update(ExplanationRow).values(remind_at=None))
    assert about_people(asked, 20) == []
    remind(asked, 20)
    assert about_people(asked, 21) == [
        "chưa nhắc Tổ Tổng hợp, được chờ từ 15/02/2023",
        "đơn vị chưa được nhắc về yêu cầu giải trình hạn 20/02/2023",
    ]


def test_a_reminder_that_left_no_letter_is_found(asked: World) -> None:
    for day in (20, 21):
        remind(asked, day)
    with asked.db.transaction() as session:
        session.execute(delete(OutboxRow))
    assert about_people(asked, 22) == [
        "không nhắc được ai ở Tổ Tổng hợp, được chờ từ 15/02/2023",
        "đơn vị chưa được nhắc về yêu cầu giải trình hạn 20/02/2023",
    ]


def test_an_incident_is_written_about_once_and_closed_when_it_is_mended(told: World) -> None:
    def night(day: int) -> int:
        with told.db.transaction() as session:
            when = at(day, 2)
            seen = suspicions(session, when, office=told.sample.office, calendar=calendar)
            return note_incidents(
                session, seen, office=told.sample.office, staff=load_staff(session), by=By("clock", when)
            )

    calendar = told.calendar()
    with told.db.transaction() as session:
        frozen_step(session)
    assert night(18) == 1
    send(told, 18)
    assert night(19) == 0
    with told.db.transaction() as session:
        session.execute(update(AssignmentRow).values(step=4))
    assert night(20) == 0
    with told.db.read() as session:
        assert session.exec(select(IncidentRow)).one().closed_at == at(20, 2)
        alarm = session.exec(select(OutboxRow).where(col(OutboxRow.kind) == LetterKind.ALARM)).one()
        assert (alarm.to_name, len(alarm.facts["lines"])) == ("Trần Thị Mai", 1)


def test_a_changed_line_near_the_end_of_the_trail_is_found(told: World) -> None:
    with told.db.read() as session:
        assert [audit.verify(session, last) for last in (1, 5, 5000)] == [None] * 3
    with told.db.transaction() as session:
        session.execute(update(AuditHeadRow).values(hash="0" * 64))
    assert (Check.TRAIL, "Nhật ký bị cắt: dòng cuối không khớp với mã kiểm đã lưu.") in found(told)


def test_an_alarm_says_the_same_thing_once_with_how_often(told: World) -> None:
    office, by = told.sample.office, By("clock", at(20, 2))
    with told.db.transaction() as session:
        staff = load_staff(session)
        assert alarm(
            session, key="x", lines=["chờ soạn", "chờ soạn", "bị giữ"], office=office, staff=staff, by=by
        )
        letters = claim_letters(
            session, limit=99, office=office, calendar=told.calendar(), base_url="http://d.vn", by=by
        )
    [text] = [letter.text for letter in letters if "bị giữ" in letter.text]
    assert "- chờ soạn (2 lần)\n- bị giữ\n" in text
