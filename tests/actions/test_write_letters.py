"""From notices to letters: joined for a person, by position, with a reason for whoever gets none."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.follow import give_back
from actions.hand_in import hand_in
from actions.write_letters import Written, letters_of, write_letters
from domain.assignment import Part
from domain.duty import Assignee
from domain.escalation import Fate
from domain.letter import LetterKind, MailState
from domain.office import Office
from domain.unit import Role
from store.database import Database
from store.office import load_staff
from store.tables import (
    AssignmentRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    PersonRow,
    PositionRow,
)
from tests.actions.conftest import World, at
from tests.support.makers import (
    a_database,
    a_person,
    an_issued_duty,
    an_office,
    monthly_terms,
    once,
    the_assignment,
)


def letters(world: World) -> list[OutboxRow]:
    with world.db.read() as session:
        return list(session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all())


def the_digest_leaves(world: World, when: datetime) -> None:
    [digest] = [row for row in letters(world) if row.kind is LetterKind.DIGEST]
    with world.db.transaction() as session:
        row = session.get_one(OutboxRow, digest.id)
        row.state, row.sent_at = MailState.SENT, when


def climb_to(world: World, day: int) -> None:
    world.open(at(1))
    world.sweep(at(day))


def test_each_unit_is_reminded_through_its_officer_or_else_its_head(world: World) -> None:
    climb_to(world, 9)
    done = world.write(at(9))
    assert (done.letters, done.told, done.skipped) == (2, 2, 0)
    assert [(row.kind, row.to_address) for row in letters(world)] == [
        (LetterKind.REMINDER, "binh@bensong.example.vn"),
        (LetterKind.REMINDER, "ha@bensong.example.vn"),
    ]


def test_several_duties_of_one_person_meet_in_one_letter(world: World) -> None:
    an_issued_duty(
        world.db, monthly_terms(("hoa-sen",), title="Rà soát bếp ăn", schedule=once(date(2023, 2, 14)))
    )
    climb_to(world, 9)
    assert world.write(at(9)).letters == 2


def test_writing_twice_writes_no_letter_twice(world: World) -> None:
    climb_to(world, 20)
    world.write(at(20))
    before = len(letters(world))
    again = world.write(at(20))
    assert (again.letters, len(letters(world))) == (0, before)


def test_a_leader_gets_one_digest_a_day_and_the_rest_tomorrow(world: World) -> None:
    climb_to(world, 17)
    world.write(at(17))
    an_issued_duty(
        world.db,
        monthly_terms(("anh-duong",), title="Báo cáo đột xuất", schedule=once(date(2023, 2, 14))),
        at=at(2),
    )
    world.open(at(17, hour=14))
    world.sweep(at(17, hour=14))
    later = world.write(at(17, hour=14))
    assert later.waiting == 1
    assert sum(row.kind is LetterKind.DIGEST for row in letters(world)) == 1
    the_digest_leaves(world, at(17, hour=15))
    assert world.write(at(18, hour=8)).waiting == 0
    assert sum(row.kind is LetterKind.DIGEST for row in letters(world)) == 2


def test_what_a_clock_that_was_ahead_has_sent_uses_up_no_share_of_the_days_before(world: World) -> None:
    climb_to(world, 17)
    world.write(at(17))
    the_digest_leaves(world, at(17, hour=15))
    with world.db.read() as session:
        leader = world.sample.people["dung"]
        shares = [letters_of(session, [leader], date(2023, 2, day), world.sample.office) for day in (16, 17)]
    assert shares == [{}, {leader: {LetterKind.DIGEST: 1}}]


def test_after_an_outage_the_digest_that_has_not_left_is_joined_by_no_second(world: World) -> None:
    climb_to(world, 17)
    world.write(at(17))
    an_issued_duty(
        world.db, monthly_terms(("hoa-sen",), title="Rà soát bếp ăn", schedule=once(date(2023, 2, 14)))
    )
    climb_to(world, 20)
    assert world.write(at(20, hour=8)).waiting == 1
    the_digest_leaves(world, at(20, hour=10))
    assert world.write(at(20, hour=14)).waiting == 1
    assert world.write(at(21, hour=8)).waiting == 0


def test_work_handed_in_before_the_letter_is_written_is_left_out_with_a_reason(world: World) -> None:
    climb_to(world, 9)
    with world.db.transaction() as session:
        done = the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
        hand_in(session, done, figures={}, by=By("binh", at(9)), key="form-1")
    written = world.write(at(9))
    assert (written.letters, written.cancelled) == (1, 1)
    with world.db.read() as session:
        cancelled = session.exec(select(NoticeRow).where(col(NoticeRow.fate) == Fate.CANCELLED)).one()
    assert cancelled.reason == "đã nộp hoặc đã thay đổi trước khi gửi"


def test_a_vacant_position_is_counted_and_says_why(world: World) -> None:
    an_issued_duty(world.db, monthly_terms(("anh-duong",), title="Báo cáo của trường chưa có hiệu trưởng"))
    climb_to(world, 9)
    written = world.write(at(9))
    assert written.skipped == 1
    with world.db.read() as session:
        skipped = session.exec(select(NoticeRow).where(col(NoticeRow.fate) == Fate.SKIPPED)).one()
    assert skipped.reason == "không có ai giữ chức vụ officer vào ngày 09/02/2023"


def test_somebody_without_an_address_is_shown_in_the_outbox_as_not_written_to(world: World) -> None:
    with world.db.transaction() as session:
        session.get_one(PersonRow, world.sample.people["ha"]).email = None
    climb_to(world, 9)
    world.write(at(9))
    [row] = [row for row in letters(world) if row.state is MailState.SKIPPED]
    assert row.reason == "Lê Thu Hà chưa có địa chỉ thư điện tử"


def test_who_left_between_the_rung_and_the_letter_gets_nothing_and_the_successor_does(world: World) -> None:
    climb_to(world, 9)
    with world.db.transaction() as session:
        old = session.exec(
            select(PositionRow).where(col(PositionRow.person_id) == world.sample.people["ha"])
        ).one()
        old.valid_to = date(2023, 2, 8)
    a_person(world.db, "mới", "Đỗ Văn Mới", world.sample.units["song-xanh"], Role.OFFICER)
    world.write(at(9))
    assert "Đỗ Văn Mới" in {row.to_name for row in letters(world)}
    assert "Lê Thu Hà" not in {row.to_name for row in letters(world)}


def test_a_notice_that_everybody_has_been_told_of_waits_no_longer(world: World, owed: int) -> None:
    world.sweep(at(9))
    world.write(at(9))
    with world.db.transaction() as session:  # as when one of two letters about it was taken back
        notices = session.exec(select(NoticeRow).where(NoticeRow.fate == Fate.MAILED)).all()
        assert notices
        for notice in notices:
            notice.fate = Fate.PENDING
    written = world.write(at(10))
    assert (written.letters, written.told) == (0, len(notices))
    with world.db.read() as session:
        assert not session.exec(select(NoticeRow).where(NoticeRow.fate == Fate.PENDING)).all()


def test_what_a_lead_delivered_without_is_urged_no_more_until_it_comes_back(world: World) -> None:
    led = monthly_terms(("th", "hoa-sen"), title="Báo cáo chung", schedule=once(date(2023, 2, 14)))
    parts = (Assignee(unit="th", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR))
    duty = an_issued_duty(world.db, led.model_copy(update={"assignees": parts}))
    world.open(at(1))
    with world.db.read() as session:
        whole, part = session.exec(
            select(AssignmentRow.id)
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .where(OccurrenceRow.duty_id == duty)
            .order_by(col(AssignmentRow.part).desc())
        ).all()

    def fates() -> set[tuple[Fate, str]]:
        with world.db.read() as session:
            told = select(NoticeRow.fate, NoticeRow.reason).where(
                NoticeRow.assignment_id == part, NoticeRow.step >= 2
            )
            return {tuple(row) for row in session.execute(told)}

    with world.db.transaction() as session:
        hand_in(session, whole, figures={}, by=By("th", at(14)), key="k")
    climb_to(world, 15)
    world.write(at(15))
    assert fates() == {(Fate.SUPERSEDED, "đơn vị chủ trì đã nộp kết quả chung")}
    with world.db.transaction() as session:
        give_back(
            session, whole, By("mai", at(16)), reason="thiếu", office=world.sample.office, calendar=world.calendar()
        )  # fmt: skip
    climb_to(world, 17)
    world.write(at(17))
    assert (Fate.MAILED, "") in fates()


def told_in_batches(world: World, batch: int, office: Office) -> tuple[Written, list[tuple[object, ...]]]:
    """A report of three units with the lead's case among them, escalated, and who is told what."""
    units = ("hoa-sen", "song-xanh", "th")
    led = monthly_terms(units, title="Báo cáo chung", schedule=once(date(2023, 2, 14))).model_copy(
        update={
            "assignees": tuple(
                Assignee(unit=code, part=Part.LEAD if code == "th" else Part.COORDINATOR) for code in units
            )
        }
    )
    an_issued_duty(world.db, led)
    climb_to(world, 17)
    with world.db.transaction() as session:
        done = write_letters(
            session, office=office, staff=load_staff(session), by=By("clock", at(17)), batch=batch
        )
    with world.db.read() as session:
        rows = session.execute(
            select(
                OutboxRow.kind, OutboxRow.to_name, OutboxRow.state, NoticeRow.assignment_id, NoticeRow.step
            )
            .join(NoticeLetterRow, NoticeLetterRow.outbox_id == OutboxRow.id)
            .join(NoticeRow, NoticeRow.id == NoticeLetterRow.notice_id)
        )
        return done, sorted(tuple(row) for row in rows)


@pytest.mark.parametrize("batch", [1, 3])
def test_small_batches_write_the_same_letters_as_one(db: Database, tmp_path: Path, batch: int) -> None:
    sample = an_office(db)
    an_issued_duty(db)
    whole = a_database(f"sqlite:///{tmp_path / 'whole.sqlite3'}")
    other = an_office(whole)
    an_issued_duty(whole)
    done, told = told_in_batches(World(db, sample), batch, sample.office)
    assert (done, told) == told_in_batches(World(whole, other), 5000, other.office)
    assert done.silenced == 2  # the parts, under the lead's case
    assert sum(kind is LetterKind.DIGEST for kind, *_ in told) == 3
    whole.dispose()


def test_whether_a_run_is_held_is_decided_over_all_its_batches(world: World) -> None:
    office = world.sample.office.model_copy(update={"hold_above": 2})
    done, told = told_in_batches(world, 1, office)
    assert done.held == done.letters == 3
    assert {state for _, _, state, *_ in told} == {MailState.HELD}
