"""The pages notice that the clock stands still, write once for each silence, and send nothing else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from runtime.settings import Settings
from runtime.watch import watch
from runtime.works import Works
from store.tables import HeartbeatRow, WatermarkRow
from tests.support.makers import a_database, an_office
from tests.support.smtp import Sink

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


LAST = at("2023-02-14 09:00")


@pytest.fixture
def works(tmp_path: Path, smtp: Sink) -> Iterator[Works]:
    settings = Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port)
    a_database(settings.database).dispose()
    made = Works.of(settings)
    an_office(made.db)
    with made.db.transaction() as session:
        session.add(HeartbeatRow(name="clock", at=LAST))
    yield made
    made.db.dispose()


def test_the_clerk_reads_since_when_the_clock_stands_still_once(works: Works, smtp: Sink) -> None:
    watch(works, LAST + timedelta(minutes=16))
    watch(works, LAST + timedelta(minutes=17))
    [received] = smtp.received
    assert received.recipients == ("mai@bensong.example.vn",)
    body = received.message.get_body(("plain",))
    assert body is not None
    assert "Đồng hồ ngừng từ 09:00 ngày 14/02/2023" in body.get_content()


def test_a_second_silence_is_a_second_letter(works: Works, smtp: Sink) -> None:
    watch(works, LAST + timedelta(minutes=16))
    with works.db.transaction() as session:
        session.merge(HeartbeatRow(name="clock", at=LAST + timedelta(hours=1)))
    watch(works, LAST + timedelta(hours=2))
    assert len(smtp.received) == 2


@pytest.mark.parametrize(
    "moment",
    ["2023-02-14 09:15", "2023-02-14 17:00", "2023-02-15 07:59", "2023-02-18 10:00"],
)
def test_nobody_is_written_to_while_it_ticks_or_out_of_hours(works: Works, smtp: Sink, moment: str) -> None:
    watch(works, at(moment))
    assert smtp.received == []


@pytest.mark.parametrize("now", ["2024-02-14 09:01", "2023-02-12 09:00"])
def test_the_clerk_reads_once_that_the_clock_is_not_believed(works: Works, smtp: Sink, now: str) -> None:
    with works.db.transaction() as session:
        session.add(WatermarkRow(job="send_outbox", through=LAST))
    watch(works, at(now))
    watch(works, at(now) + timedelta(minutes=1))
    [received] = smtp.received
    body = received.message.get_body(("plain",))
    assert body is not None
    assert "dondoc tick --believe" in " ".join(body.get_content().split())
