"""Handing in: recorded once, its moment decides, and nothing slips into closed work."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.errors import NotFound
from actions.follow import accept, give_back, receive, waive
from actions.hand_in import hand_in
from domain.assignment import NotAllowed, Standing, State, standing
from domain.evidence import Evidence
from store.office import load_calendar
from store.tables import AssignmentRow, AuditRow, EvidenceRow, SubmissionRow
from tests.actions.conftest import World, at


def send(world: World, owed: int, key: str, when: datetime, **what: object) -> SubmissionRow:
    with world.db.transaction() as session:
        return hand_in(session, owed, figures={"pupils": 400}, by=By("binh", when), key=key, **what)  # type: ignore[arg-type]


def row(world: World, owed: int) -> AssignmentRow:
    with world.db.read() as session:
        return session.get_one(AssignmentRow, owed)


def test_the_same_form_sent_twice_is_one_submission(world: World, owed: int) -> None:
    first = send(world, owed, "form-1", at(10))
    again = send(world, owed, "form-1", at(10, hour=11))
    assert again.id == first.id
    assert again.handed_in_at == at(10)
    assert world.count(SubmissionRow) == 1


def test_the_last_moment_of_the_day_is_in_time_and_the_next_is_not(world: World, owed: int) -> None:
    due_at = row(world, owed).due_at
    assert due_at == datetime(2023, 2, 14, 17, tzinfo=UTC)  # midnight in Hà Nội
    send(world, owed, "form-1", due_at - timedelta(microseconds=1))
    with world.db.transaction() as session:
        accept(session, owed, By("mai", at(20)))
    assert standing(row(world, owed), at(21)) is Standing.DONE


def test_a_returned_round_is_followed_by_a_second_and_the_ladder_goes_on(world: World, owed: int) -> None:
    send(world, owed, "form-1", at(8))
    assert row(world, owed).next_action_at is None
    with world.db.transaction() as session:
        calendar = load_calendar(session, "VN")
        give_back(
            session,
            owed,
            By("mai", at(8)),
            reason="thiếu số liệu",
            office=world.sample.office,
            calendar=calendar,
        )
    assert row(world, owed).state is State.RETURNED
    assert row(world, owed).next_action_at == at(9, hour=8)
    assert send(world, owed, "form-2", at(9)).round == 2


def test_files_are_recorded_by_the_hash_of_their_bytes(world: World, owed: int) -> None:
    file = Evidence(sha256="ab" * 32, file_name="biên bản.pdf", media_type="application/pdf", size=7)
    send(world, owed, "form-1", at(10), files=[file])
    with world.db.read() as session:
        kept = session.exec(select(EvidenceRow)).one()
    assert (kept.sha256, kept.file_name, kept.size) == ("ab" * 32, "biên bản.pdf", 7)


def test_accepted_work_takes_no_further_round(world: World, owed: int) -> None:
    send(world, owed, "form-1", at(10))
    with world.db.transaction() as session:
        accept(session, owed, By("mai", at(10)))
    with pytest.raises(NotAllowed, match="“đã hoàn thành” nên không thể nộp"):
        send(world, owed, "form-2", at(11))
    assert world.count(SubmissionRow) == 1


def test_unknown_work_is_refused_in_words(world: World, owed: int) -> None:
    with pytest.raises(NotFound, match="Không có việc này"):
        send(world, owed + 1000, "form-1", at(10))


def test_a_waived_unit_is_out_of_the_count_and_hears_nothing_more(world: World, owed: int) -> None:
    with world.db.transaction() as session:
        waive(session, owed, By("mai", at(3)), reason="trường đang sửa chữa")
    assert row(world, owed).next_action_at is None
    assert standing(row(world, owed), at(28)) is Standing.OUT


def test_receiving_twice_is_receiving_once(world: World, owed: int) -> None:
    for _ in range(2):
        with world.db.transaction() as session:
            receive(session, owed, By("binh", at(2)))
    with world.db.read() as session:
        lines = session.exec(select(AuditRow).where(col(AuditRow.action) == "receive")).all()
    assert len(lines) == 1
