"""The outbox is emptied over real SMTP, and every letter ends in a state that says why."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

from actions.changes import By
from actions.choose_reach import choose_channels
from actions.follow import waive
from actions.remind_and_escalate import due_groups, remind_and_escalate
from actions.resend import resend
from actions.write_letters import write_letters
from domain.letter import MailState
from notifications.channel import Sent, Tell
from notifications.channels.email import EmailChannel
from notifications.channels.webhook import WebhookChannel
from notifications.message import Mail
from runtime.sending import send_outbox, until_committed
from runtime.settings import Settings
from runtime.works import Works
from store.database import Database
from store.evidence import EvidenceStore
from store.tables import DeliveryRow, DutyRow, OutboxRow, PersonRow
from tests.support.gateway import a_gateway
from tests.support.makers import (
    BEGAN,
    Sample,
    an_issued_duty,
    an_office,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.smtp import Sink

REMINDED = datetime(2023, 2, 9, 1, 0, tzinfo=UTC)
"""08:00 on Thursday 9 February: three working days before the 14th."""
OVERDUE = datetime(2023, 2, 17, 1, 0, tzinfo=UTC)
"""Three working days after it: the leader hears."""


@pytest.fixture
def works(db: Database, smtp: Sink, tmp_path: Path) -> Works:
    settings = Settings(home=tmp_path, base_url="https://dondoc.example.vn")
    channel = EmailChannel(smtp.host, smtp.port, timeout=60)
    return Works(settings, db, EvidenceStore(tmp_path / "evidence"), channel)


@pytest.fixture
def sample(db: Database) -> Sample:
    """A monthly report of two schools, opened; nobody has been told yet."""
    made = an_office(db)
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh")))
    open_all(db, BEGAN)
    return made


def remind(works: Works, at: datetime) -> None:
    """Take the rungs that are due and write the letters, as the clock does."""
    with works.db.transaction() as session:
        c = works.circumstances(session)
        for group in due_groups(session, at):
            remind_and_escalate(session, group, calendar=c.calendar, zone=c.office.tz, by=By("clock", at))
        write_letters(session, office=c.office, staff=c.staff, by=By("clock", at))


def letters(works: Works) -> dict[str, OutboxRow]:
    with works.db.read() as session:
        found = {row.to_address.partition("@")[0]: row for row in session.exec(select(OutboxRow)).all()}
        session.expunge_all()
        return found


def deliveries(works: Works) -> list[tuple[int, str, str]]:
    with works.db.read() as session:
        rows = session.exec(select(DeliveryRow).order_by(DeliveryRow.outbox_id, DeliveryRow.attempt)).all()  # type: ignore[arg-type]
        return [(row.attempt, row.outcome, row.detail) for row in rows]


def test_letters_arrive_and_are_noted_as_sent_with_the_servers_answer(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)

    assert send_outbox(works, REMINDED) == Counter(sent=2)
    assert {row.state for row in letters(works).values()} == {MailState.SENT}
    assert deliveries(works) == [(1, "sent", "250 OK")] * 2
    arrived = {received.recipients[0]: received.message for received in smtp.received}
    to_binh = arrived["binh@bensong.example.vn"]
    assert to_binh["Message-ID"] == letters(works)["binh"].message_id
    assert to_binh["From"].addresses[0].display_name == "Phòng GD&ĐT Bến Sông"
    assert to_binh["Subject"].startswith("Hạn 14/02/2023: Báo cáo tháng")
    plain = to_binh.get_body(("plain",))
    assert plain is not None
    assert "Trường Tiểu học Hoa Sen" in plain.get_content()
    assert "https://dondoc.example.vn/" in plain.get_content()


def test_sending_again_sends_nothing(works: Works, sample: Sample, smtp: Sink) -> None:
    remind(works, REMINDED)
    send_outbox(works, REMINDED)

    assert send_outbox(works, REMINDED + timedelta(days=1)) == Counter()
    assert len(smtp.received) == 2


def test_a_slow_server_gets_the_rest_of_the_batch_with_the_next_one_and_no_letter_is_doubted(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    works.now = lambda: REMINDED + (timedelta(hours=1) if smtp.received else timedelta())

    assert send_outbox(works, REMINDED) == Counter(sent=2)
    assert sorted(row.tries for row in letters(works).values()) == [1, 1]
    assert len(smtp.received) == 2
    assert deliveries(works) == [(1, "sent", "250 OK")] * 2


def test_what_is_claimed_next_leaves_over_the_same_connection(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)

    assert send_outbox(works, REMINDED, batch=1) == Counter(sent=2)
    assert smtp.connections == 1


@dataclass
class Hasty:
    """A channel that takes letter after letter and lets nobody note what became of them. `taken`: by stream."""

    taken: list[int] = field(default_factory=list)

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        self.taken.append(0)
        for mail in mails:
            self.taken[-1] += 1
            tell(Sent(mail.id, "sent", ""))


def test_no_more_is_claimed_while_a_whole_claim_waits_for_its_note(works: Works, sample: Sample) -> None:
    remind(works, REMINDED)
    works.channel = hasty = Hasty()

    assert send_outbox(works, REMINDED, batch=1) == Counter(sent=2)
    assert hasty.taken == [1, 1]


def test_a_claim_that_fails_loses_no_answer_to_the_letters_on_the_wire(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    claims = []

    def locked(_connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        if "LIMIT" in sql and "FROM outbox" in sql:
            claims.append(len(smtp.received))
            if len(claims) > 1:
                raise OperationalError(sql, {}, Exception("database is locked"))

    event.listen(works.db.engine, "before_cursor_execute", locked)
    with pytest.raises(OperationalError):
        send_outbox(works, REMINDED, batch=1)

    assert claims == [0, 0]
    assert deliveries(works) == [(1, "sent", "250 OK")]
    assert sorted((row.state, row.tries) for row in letters(works).values()) == [
        (MailState.PENDING, 0),
        (MailState.SENT, 1),
    ]


def test_a_letter_whose_enclosure_cannot_be_made_fails_alone(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    with works.db.transaction() as session:
        for duty in session.exec(select(DutyRow)):
            duty.title = "Báo cáo tháng \ufffe"  # as some PDFs have it; no word processor takes it
    remind(works, OVERDUE)

    assert send_outbox(works, OVERDUE) == Counter(sent=2, failed=1)
    leader = letters(works)["dung"]
    assert (leader.state, leader.reason.partition(":")[0]) == (MailState.FAILED, "không soạn được thư")


def test_a_busy_mailbox_is_tried_again_after_a_minute_and_not_before(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    smtp.refuse("450 4.2.1 mailbox busy", address="ha@*", times=1)

    assert send_outbox(works, REMINDED) == Counter(sent=1, again=1)
    waiting = letters(works)["ha"]
    assert (waiting.state, waiting.reason) == (MailState.PENDING, "450 4.2.1 mailbox busy")
    assert send_outbox(works, REMINDED + timedelta(seconds=59)) == Counter()
    assert send_outbox(works, REMINDED + timedelta(seconds=60)) == Counter(sent=1)
    assert deliveries(works)[-2:] == [(1, "again", "450 4.2.1 mailbox busy"), (2, "sent", "250 OK")]


def test_an_unknown_mailbox_fails_for_good_with_the_servers_words(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    smtp.refuse("550 5.1.1 no such user", address="ha@*")

    assert send_outbox(works, REMINDED) == Counter(sent=1, failed=1)
    assert (letters(works)["ha"].state, letters(works)["ha"].reason) == (
        MailState.FAILED,
        "550 5.1.1 no such user",
    )
    assert send_outbox(works, REMINDED + timedelta(days=3)) == Counter()


def test_an_address_that_is_none_fails_alone_and_in_words(works: Works, sample: Sample, smtp: Sink) -> None:
    with works.db.transaction() as session:
        session.exec(select(PersonRow).where(PersonRow.code == "ha")).one().email = "ha@x.vn,evil@e.vn"
    remind(works, REMINDED)

    assert send_outbox(works, REMINDED) == Counter(sent=1, failed=1)
    assert "Cần đúng một địa chỉ" in letters(works)["ha"].reason
    assert [received.recipients for received in smtp.received] == [("binh@bensong.example.vn",)]


def test_a_server_that_is_down_for_days_is_given_up_after_eight_tries(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    smtp.refuse("421 4.3.2 closing")
    at, total = REMINDED, Counter[str]()
    for _ in range(8):
        total += send_outbox(works, at)
        at = max(row.not_before for row in letters(works).values())

    assert total == Counter(again=14, failed=2)
    given_up = letters(works)["ha"]
    assert given_up.state is MailState.FAILED
    assert given_up.reason.startswith("đã thử 8 lần, lần cuối: ")


def test_a_letter_sent_again_by_a_person_is_tried_for_as_long_as_a_new_one(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    smtp.refuse("450 4.2.1 mailbox busy", address="ha@*")
    at = REMINDED
    for _ in range(8):
        send_outbox(works, at)
        at = letters(works)["ha"].not_before
    assert letters(works)["ha"].state is MailState.FAILED
    again = REMINDED + timedelta(days=9)
    with works.db.transaction() as session:
        resend(session, letters(works)["ha"].id, By("mai", again))

    assert send_outbox(works, again) == Counter(again=1)
    waits = letters(works)["ha"]
    assert (waits.state, waits.not_before, waits.tries) == (
        MailState.PENDING,
        again + timedelta(minutes=1),
        9,
    )


def test_a_server_that_is_down_costs_no_try_of_the_letters_not_yet_claimed(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    smtp.refuse("450 4.3.2 try later", at="MAIL")

    assert send_outbox(works, REMINDED, batch=1) == Counter(again=1)
    assert sorted(row.tries for row in letters(works).values()) == [0, 1]


def test_a_letter_with_nothing_left_to_say_does_not_hold_up_the_next(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    remind(works, REMINDED)
    first, second = sorted(letters(works).values(), key=lambda row: row.id)
    unit = {"binh": "hoa-sen", "ha": "song-xanh"}[first.to_address.partition("@")[0]]
    done = the_assignment(works.db, sample.units[unit], "2023-02")
    with works.db.transaction() as session:
        waive(session, done, By("mai", REMINDED), reason="không tổ chức")

    assert send_outbox(works, REMINDED, batch=1) == Counter(sent=1)
    assert [received.recipients for received in smtp.received] == [(second.to_address,)]
    assert letters(works)[first.to_address.partition("@")[0]].state is MailState.SKIPPED


def test_a_letter_the_server_took_before_the_line_broke_goes_again_under_the_same_message_id(
    works: Works, sample: Sample, smtp: Sink, db: Database
) -> None:
    remind(works, REMINDED)
    smtp.cut_after_data()

    assert send_outbox(works, REMINDED) == Counter(sent=1, again=1)
    assert send_outbox(works, REMINDED + timedelta(minutes=1)) == Counter(sent=1)
    ids = Counter(received.message["Message-ID"] for received in smtp.received)
    assert sorted(ids.values()) == [1, 2]


def test_each_letter_leaves_over_the_channel_its_reader_chose(
    works: Works, sample: Sample, smtp: Sink
) -> None:
    with works.db.transaction() as session:
        choose_channels(session, sample.people["ha"], By("ha", BEGAN), channels=["webhook"])
    remind(works, REMINDED)
    with a_gateway() as gateway:
        works.webhook = WebhookChannel(gateway.url, "khoa", "https://dondoc.example.vn")
        assert send_outbox(works, REMINDED) == Counter(sent=2)
    assert [json.loads(posted.body)["to"] for posted in gateway.posted] == ["ha"]
    assert [received.recipients for received in smtp.received] == [("binh@bensong.example.vn",)]


def test_a_note_is_tried_until_the_database_takes_it() -> None:
    locked = OperationalError("UPDATE", {}, Exception("database is locked"))
    faults = [locked, MemoryError(), locked]
    waits: list[float] = []

    def note() -> None:
        if faults:
            raise faults.pop()

    until_committed(note, waits.append)

    assert len(waits) == 3


def test_a_note_that_can_never_be_written_is_not_tried_twice() -> None:
    tries = []

    def note() -> None:
        tries.append(1)
        raise IntegrityError("INSERT", {}, Exception("NOT NULL"))

    with pytest.raises(IntegrityError):
        until_committed(note, [].append)
    assert len(tries) == 1
