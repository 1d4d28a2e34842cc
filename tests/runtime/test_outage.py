"""After thirty hours without a clock: nothing leaves by itself, and a released leader reads one digest."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.release_held import release_held
from domain.escalation import Fate
from domain.letter import MailState
from flows.schedule import TABLE
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from store.tables import NoticeRow, OutboxRow
from tests.support.makers import BEGAN, a_database, an_issued_duty, an_office, monthly_terms, once
from tests.support.smtp import Sink

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.fixture
def works(tmp_path: Path, smtp: Sink) -> Iterator[Works]:
    settings = Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port)
    a_database(settings.database).dispose()
    made = Works.of(settings)
    an_office(made.db)
    an_issued_duty(made.db, monthly_terms(("hoa-sen", "song-xanh")))
    rooms = monthly_terms(("hoa-sen",), title="Rà soát phòng học", schedule=once(at("2023-02-15").date()))
    an_issued_duty(made.db, rooms, at=BEGAN)
    yield made
    made.db.dispose()


def play(works: Works, since: str, until: str) -> None:
    """The clock ticks every twelve hours, from and until these moments of the office's day."""
    moment = at(since)
    while moment <= at(until):
        tick(works, TABLE, moment)
        moment += timedelta(hours=12)


def test_an_outage_of_thirty_hours_ends_in_one_letter_a_person(works: Works, smtp: Sink) -> None:
    play(works, "2023-02-01 08:05", "2023-02-16 20:05")
    told_before = len(smtp.received)

    # Nothing ticks until the Saturday: the leader's rung of the 17th is missed.
    tick(works, TABLE, at("2023-02-18 02:10"))
    with works.db.read() as session:
        held = session.exec(select(OutboxRow).where(col(OutboxRow.state) == MailState.HELD)).all()
        assert {row.reason for row in held} == {"đồng hồ đã ngừng 30 giờ; cần người xem lại trước khi gửi"}
        assert session.exec(select(NoticeRow).where(col(NoticeRow.fate) == Fate.PENDING)).all() == []
    [alarm] = smtp.received[told_before:]
    said = alarm.message.get_body(("plain",))
    assert alarm.recipients == ("mai@bensong.example.vn",)
    assert said is not None
    assert f"{len(held)} thư đang giữ lại: đồng hồ đã ngừng 30 giờ" in said.get_content()

    # The clerk looks at them on Monday and lets them go; the next rung of the same day waits its turn.
    with works.db.transaction() as session:
        release_held(session, By("mai", at("2023-02-20 07:55")))
    play(works, "2023-02-20 08:00", "2023-02-20 20:00")
    to_leader = [r for r in smtp.received[told_before:] if r.recipients == ("dung@bensong.example.vn",)]
    assert len(to_leader) == 1
    body = to_leader[0].message.get_body(("plain",))
    assert body is not None
    assert "Trường THCS Sông Xanh" in body.get_content()
    play(works, "2023-02-21 08:00", "2023-02-21 20:00")
    to_leader = [r for r in smtp.received[told_before:] if r.recipients == ("dung@bensong.example.vn",)]
    assert len(to_leader) == 2
