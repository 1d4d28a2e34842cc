"""Claiming and noting letters: nothing after the work is done, the unit before its leader, one note an attempt."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from actions.changes import By
from actions.choose_reach import choose_channels
from actions.doubt_clock import believe
from actions.follow import accept
from actions.hand_in import hand_in
from actions.resend import resend
from actions.send import LEASE, SOON, Answer, Ready, claim_letters, give_back, record_deliveries
from domain.assignment import Part
from domain.duty import Assignee
from domain.letter import LetterKind, MailState
from domain.reach import Via
from store.office import load_calendar
from store.questions.told_before import told_before
from store.tables import (
    AssignmentRow,
    AuditRow,
    DeliveryRow,
    NoticeLetterRow,
    NoticeRow,
    OutboxRow,
    PositionRow,
)
from tests.actions.conftest import World, at
from tests.support.makers import an_issued_duty, monthly_terms, once, the_assignment


def claim(world: World, when: datetime, limit: int = 50) -> list[Ready]:
    with world.db.transaction() as session:
        return claim_letters(
            session,
            limit=limit,
            office=world.sample.office,
            calendar=load_calendar(session, "VN"),
            base_url="http://dondoc.example.vn",
            by=By("clock", when),
        )


def note(
    world: World, ready: Ready, outcome: str, when: datetime, not_before: datetime | None = None
) -> None:
    with world.db.transaction() as session:
        record_deliveries(
            session,
            [Answer(ready.outbox_id, outcome, "250 OK", not_before, ready.lease_until)],
            By("clock", when),
        )


def written(world: World, day: int) -> None:
    world.open(at(1))
    world.sweep(at(day))
    world.write(at(day))


def outbox(world: World) -> dict[int, OutboxRow]:
    with world.db.read() as session:
        return {row.id: row for row in session.exec(select(OutboxRow)).all()}


def test_a_claimed_letter_says_what_until_when_and_where(world: World) -> None:
    written(world, 9)
    first = claim(world, at(9))[0]
    assert first.to_address == "binh@bensong.example.vn"
    assert "14/02/2023" in first.text
    assert "http://dondoc.example.vn/viec/" in first.text
    assert first.message_id.endswith("@bensong.example.vn>")


def test_a_letter_is_claimed_by_one_sender_until_its_lease_runs_out(world: World) -> None:
    written(world, 9)
    [first, *_] = claim(world, at(9))
    assert claim(world, at(9) + LEASE) == []
    [again, *_] = claim(world, at(9) + LEASE + timedelta(seconds=1))
    assert (again.outbox_id, again.message_id) == (first.outbox_id, first.message_id)


def test_a_sender_that_died_uses_up_none_of_the_days_a_letter_is_tried_for(world: World) -> None:
    written(world, 9)
    for hour in range(9, 17):
        [letter, *_] = claim(world, at(9, hour=hour))
    assert letter.attempt == 1


def test_an_attempt_that_never_reported_is_on_record_as_unknown(world: World) -> None:
    written(world, 9)
    claim(world, at(9))
    [again, *_] = claim(world, at(9, hour=12))
    note(world, again, "sent", at(9, hour=12))
    with world.db.read() as session:
        outcomes = session.exec(
            select(DeliveryRow.outcome)
            .where(col(DeliveryRow.outbox_id) == again.outbox_id)
            .order_by(col(DeliveryRow.attempt))
        ).all()
    assert outcomes == ["unknown", "sent"]


def test_letters_given_back_unbegun_wait_as_if_never_claimed(world: World) -> None:
    written(world, 9)
    letters = claim(world, at(9))
    with world.db.transaction() as session:
        give_back(session, letters)

    assert {(row.state, row.tries) for row in outbox(world).values()} == {(MailState.PENDING, 0)}
    assert [letter.outbox_id for letter in claim(world, at(9))] == [letter.outbox_id for letter in letters]


def test_a_sender_held_still_gives_back_nothing_that_another_has_claimed_since(world: World) -> None:
    written(world, 9)
    late = claim(world, at(9))
    again = claim(world, at(9, hour=12))
    with world.db.transaction() as session:
        give_back(session, late)
    assert {row.state for row in outbox(world).values()} == {MailState.SENDING}

    with world.db.transaction() as session:
        give_back(session, again)
    assert {(row.state, row.tries) for row in outbox(world).values()} == {(MailState.SENDING, 2)}


@pytest.mark.parametrize("said", ["again", "failed", "sent"])
def test_what_a_sender_held_still_was_told_ends_no_claim_of_another_but_a_yes_is_a_yes(
    world: World, said: str
) -> None:
    written(world, 9)
    [slow, *_] = claim(world, at(9))
    later = at(9) + LEASE + timedelta(seconds=1)
    [ready, *_] = claim(world, later)
    note(world, slow, said, later, at(10) if said == "again" else None)
    assert outbox(world)[ready.outbox_id].state is (MailState.SENT if said == "sent" else MailState.SENDING)
    note(world, ready, "sent", later)
    assert outbox(world)[ready.outbox_id].state is MailState.SENT


def test_a_yes_that_comes_after_another_sender_has_put_the_letter_off_is_a_yes(world: World) -> None:
    written(world, 9)
    [slow, *_] = claim(world, at(9))
    later = at(9) + LEASE + timedelta(seconds=1)
    [ready, *_] = claim(world, later)
    note(world, ready, "again", later, at(10))
    for said in ("failed", "again", "sent", "sent"):
        note(world, slow, said, later, at(10, 9) if said == "again" else None)

    row = outbox(world)[slow.outbox_id]
    assert (row.state, row.sent_at, row.reason) == (MailState.SENT, later, "")
    assert slow.outbox_id not in [one.outbox_id for one in claim(world, at(10, 12))]
    with world.db.read() as session:
        d = DeliveryRow
        attempts = select(d.attempt, d.outcome).where(col(d.outbox_id) == slow.outbox_id)
        assert session.exec(attempts.order_by(col(d.attempt))).all() == [
            (1, "unknown"), (2, "again"), (3, "sent"),
        ]  # fmt: skip


def test_a_yes_noted_a_second_time_does_not_end_what_a_person_sends_again_meanwhile(world: World) -> None:
    """The letter came back, and its reader's address was mended."""
    written(world, 9)
    [ready, *_] = claim(world, at(9))
    note(world, ready, "sent", at(9))
    with world.db.transaction() as session:
        session.get_one(OutboxRow, ready.outbox_id).state = MailState.FAILED
        resend(session, ready.outbox_id, By("mai", at(9, 10)))
    note(world, ready, "sent", at(9, 11))
    assert outbox(world)[ready.outbox_id].state is MailState.PENDING


def test_work_handed_in_between_writing_and_sending_is_not_mentioned(world: World) -> None:
    written(world, 9)
    done = the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
    with world.db.transaction() as session:
        hand_in(session, done, figures={}, by=By("binh", at(9)), key="form-1")
        accept(session, done, By("mai", at(9)))
    assert [ready.to_name for ready in claim(world, at(9))] == ["Lê Thu Hà"]
    skipped = [row for row in outbox(world).values() if row.state is MailState.SKIPPED]
    assert [row.reason for row in skipped] == ["việc đã xong trước khi gửi"]


def tick(world: World, when: datetime) -> dict[LetterKind, list[Ready]]:
    """Sweep, write and send; every letter arrives."""
    world.open(when)
    world.sweep(when)
    world.write(when)
    sent: dict[LetterKind, list[Ready]] = {}
    while batch := claim(world, when):
        for ready in batch:
            sent.setdefault(outbox(world)[ready.outbox_id].kind, []).append(ready)
            note(world, ready, "sent", when)
    return sent


def test_a_leader_told_of_new_work_reads_how_much_of_the_old_is_still_owed(world: World) -> None:
    tick(world, at(15))
    [first] = tick(world, at(17))[LetterKind.DIGEST]
    assert (first.subject[:28], "Ngoài ra" in first.text) == ("2 việc quá hạn tại 2 đơn vị ", False)
    done = the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
    with world.db.transaction() as session:
        hand_in(session, done, figures={}, by=By("binh", at(17, hour=15)), key="form-1")
    an_issued_duty(
        world.db, monthly_terms(("song-xanh",), title="Rà soát bếp ăn", schedule=once(date(2023, 2, 15)))
    )
    tick(world, at(16, hour=15))
    [second] = tick(world, at(20))[LetterKind.DIGEST]
    assert "1 việc quá hạn" in second.subject
    assert second.subject.endswith("; 1 việc đã báo trước chưa xong – báo cáo ngày 20/02/2023")
    still = "Ngoài ra, 1 việc đã báo trong các thư trước vẫn chưa xong, lâu nhất quá hạn 4 ngày làm việc."
    assert still in second.text
    assert still in second.html
    assert "Xem tất cả 2 việc" in second.html


def test_nobody_reads_of_what_they_were_told_of_at_a_place_they_have_left(world: World) -> None:
    tick(world, at(15))
    tick(world, at(17))
    leader, head = world.sample.people["dung"], world.sample.people["ha"]

    def told() -> dict[int, int]:
        with world.db.read() as session:
            known = told_before(session, {leader, head}, at(20), date(2023, 2, 20))
            return {person_id: len(works) for person_id, works in known.items()}

    assert told() == {leader: 2, head: 1}
    with world.db.transaction() as session:
        for position in session.exec(select(PositionRow).where(PositionRow.person_id == head)):
            position.unit_id = world.sample.units["anh-duong"]
        for position in session.exec(select(PositionRow).where(PositionRow.person_id == leader)):
            position.unit_id = world.sample.units["song-xanh"]
    assert told() == {leader: 1, head: 0}


def test_a_letter_about_a_part_is_not_sent_once_its_lead_has_delivered(world: World) -> None:
    parts = (Assignee(unit="song-xanh", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR))
    led = monthly_terms((), title="Báo cáo chung", schedule=once(date(2023, 2, 16)), assignees=parts)
    an_issued_duty(world.db, led, at=at(14))
    written(world, 15)
    with world.db.read() as session:
        whole = select(AssignmentRow.id).where(
            AssignmentRow.part == Part.LEAD, AssignmentRow.due_on == date(2023, 2, 16)
        )
        lead = session.exec(whole).one()
    with world.db.transaction() as session:
        hand_in(session, lead, figures={}, by=By("ha", at(15)), key="form-1")
    assert not [ready for ready in claim(world, at(15)) if "Báo cáo chung" in ready.text]


def test_a_leader_is_not_told_while_the_units_own_letters_are_being_retried(world: World) -> None:
    written(world, 14)
    for ready in claim(world, at(14)):
        note(world, ready, "again", at(14), not_before=at(28))
    world.sweep(at(17))
    world.write(at(17))
    told = [outbox(world)[ready.outbox_id].kind for ready in claim(world, at(17))]
    assert LetterKind.DIGEST not in told
    while batch := claim(world, at(28)):  # the unit's letters are given up at last
        told += [outbox(world)[ready.outbox_id].kind for ready in batch]
        for ready in batch:
            note(world, ready, "failed", at(28))
    assert told.count(LetterKind.DIGEST) == 1
    assert told[-1] is LetterKind.DIGEST


def test_a_leader_waits_for_the_copy_of_a_unit_whose_mail_address_refused(world: World) -> None:
    with world.db.transaction() as session:
        for who in ("binh", "ha"):
            choose_channels(session, world.sample.people[who], By(who, at(2)), channels=["email", "webhook"])
    written(world, 14)
    while batch := claim(world, at(14)):
        for ready in batch:
            mailed = ready.via is Via.EMAIL
            note(world, ready, "failed" if mailed else "again", at(14), not_before=None if mailed else at(28))
    world.sweep(at(17))
    world.write(at(17))
    while batch := claim(world, at(17)):
        assert LetterKind.DIGEST not in {outbox(world)[ready.outbox_id].kind for ready in batch}
        for ready in batch:
            note(world, ready, "failed", at(17))
    told = []
    while batch := claim(world, at(28)):
        told += [outbox(world)[ready.outbox_id].kind for ready in batch]
        for ready in batch:
            note(world, ready, "sent", at(28))
    assert told[0] is not LetterKind.DIGEST
    assert told[-1] is LetterKind.DIGEST


def test_a_leader_waits_for_no_copy_of_what_the_unit_has_read_already(world: World) -> None:
    with world.db.transaction() as session:
        for who in ("binh", "ha"):
            choose_channels(session, world.sample.people[who], By(who, at(2)), channels=["email", "webhook"])
    for day in (9, 14, 17):
        written(world, day)
        told = []
        while batch := claim(world, at(day)):
            for ready in batch:
                told.append(outbox(world)[ready.outbox_id].kind)
                mailed = ready.via is Via.EMAIL
                note(
                    world,
                    ready,
                    "sent" if mailed else "again",
                    at(day),
                    not_before=None if mailed else at(28),
                )
    assert LetterKind.DIGEST in told


def test_letters_claimed_together_never_tell_two_rungs_of_one_work(world: World) -> None:
    """They go out over several connections, in no sure order."""
    world.open(at(1))
    for day in (9, 14, 17):  # nothing leaves meanwhile: three rungs wait together
        world.sweep(at(day))
        world.write(at(day))
    batches = []
    while batch := claim(world, at(17)):
        batches.append(rungs(world, [ready.outbox_id for ready in batch]))
        for ready in batch:
            note(world, ready, "sent", at(17))
    told_in_all = {rung for told in batches for rung in told}
    assert len(told_in_all) > len({work for work, _ in told_in_all})
    for told in batches:
        assert len({work for work, _ in told}) == len(set(told))


def rungs(world: World, outbox_ids: list[int]) -> list[tuple[int, int]]:
    """The work and the step of its ladder of every notice these letters tell."""
    with world.db.read() as session:
        rows = session.exec(
            select(NoticeRow.assignment_id, NoticeRow.step)
            .join(NoticeLetterRow, col(NoticeLetterRow.notice_id) == col(NoticeRow.id))
            .where(col(NoticeLetterRow.outbox_id).in_(outbox_ids))
        )
        return [(work, step) for work, step in rows]


def test_noting_the_same_attempt_twice_writes_one_line(world: World) -> None:
    written(world, 9)
    [first, *_] = claim(world, at(9))
    note(world, first, "sent", at(9))
    note(world, first, "failed", at(9))
    assert outbox(world)[first.outbox_id].state is MailState.SENT
    assert world.count(DeliveryRow) == 1


def test_a_letter_put_off_waits_until_its_time(world: World) -> None:
    written(world, 9)
    for ready in claim(world, at(9)):
        note(world, ready, "again", at(9), not_before=at(9, hour=10))
    assert claim(world, at(9)) == []
    assert len(claim(world, at(9, hour=10))) == 2


def test_a_letter_that_cannot_be_written_is_given_up_and_keeps_nobody_waiting(world: World) -> None:
    with world.db.transaction() as session:
        session.add(
            OutboxRow(
                key="alarm:broken", kind=LetterKind.ALARM, facts={}, message_id="<broken@example.vn>",
                to_address="mai@bensong.example.vn", not_before=at(1), created_at=at(1),
            )
        )  # fmt: skip
    written(world, 9)
    assert len(claim(world, at(9))) == 2
    [broken] = [row for row in outbox(world).values() if row.state is MailState.FAILED]
    assert broken.reason.startswith("không soạn được thư: KeyError")


def test_a_letter_for_which_there_is_no_memory_is_written_later_and_the_others_now(world: World) -> None:
    written(world, 9)
    with world.db.transaction() as session:
        work = session.exec(select(NoticeRow.assignment_id)).first()
        session.add(
            OutboxRow(
                key="returned:1", kind=LetterKind.RETURNED, facts={"findings": [], "round": 1},
                message_id="<returned@example.vn>", to_address="ha@bensong.example.vn", assignment_id=work,
                not_before=at(9), created_at=at(9),
            )
        )  # fmt: skip

    def give_out(_connection: object, _cursor: object, sql: str, *_more: object) -> None:
        if "WHERE assignment.id = " in sql:
            raise MemoryError

    event.listen(world.db.engine, "before_cursor_execute", give_out)
    assert len(claim(world, at(9))) == 2
    event.remove(world.db.engine, "before_cursor_execute", give_out)
    assert claim(world, at(9)) == []
    [waiting] = [row for row in outbox(world).values() if row.key == "returned:1"]
    assert waiting.state is MailState.PENDING
    claim(world, at(9) + SOON)
    [tried] = [row for row in outbox(world).values() if row.key == "returned:1"]
    assert tried.state is MailState.SKIPPED, "the work was never returned: by then there is nothing to say"


def test_what_a_clock_ten_days_ahead_put_off_or_was_sending_leaves_once_the_time_is_right(
    world: World,
) -> None:
    written(world, 19)
    put_off, under_way = (one.outbox_id for one in claim(world, at(19)))
    note(
        world, next(one for one in claim(world, at(20)) if one.outbox_id == put_off), "again", at(20), at(22)
    )
    with world.db.transaction() as session:
        believe(session, By("cli", at(9)))
    assert [one.outbox_id for one in claim(world, at(9))] == [put_off]
    later = at(9) + LEASE + timedelta(seconds=1)  # its sender may still be waiting for an answer
    assert under_way in [one.outbox_id for one in claim(world, later)]
    with world.db.read() as session:
        assert session.exec(select(AuditRow.data).where(AuditRow.action == "believe_clock")).one() == {
            "taken_back": 0, "letters": 2,  # with the leader's digest, which the unit's letter kept back
        }  # fmt: skip


def test_a_try_put_off_by_a_clock_that_was_right_waits_its_time(world: World) -> None:
    written(world, 9)
    for ready in claim(world, at(9)):
        note(world, ready, "again", at(9), at(9, 13))
    with world.db.transaction() as session:
        believe(session, By("cli", at(9, 10)))
    assert claim(world, at(9, 12)) == []
