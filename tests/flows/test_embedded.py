"""The embedded clock runs real Prefect flows while its API lives, and goes on without it when it dies."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prefect.client.orchestration import get_client
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    PREFECT_LOGGING_TO_API_ENABLED,
    temporary_settings,
)
from sqlmodel import Session, func, select

from flows import under_prefect
from flows.embedded import Clock
from flows.schedule import TABLE
from notifications.channel import Channel, Tell
from notifications.message import Mail
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from store.tables import AssignmentRow, HeartbeatRow
from tests.support.makers import a_database, an_issued_duty, an_office
from tests.support.prefect import PrefectServer
from tests.support.smtp import Sink

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    made = PrefectServer(tmp_path_factory.mktemp("prefect"))
    made.start()
    yield made
    made.kill()
    # Prefect's own thread goes on calling for the dead server; it must not speak after the test's last word.
    for name in logging.root.manager.loggerDict:
        if name.partition(".")[0] == "prefect":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@pytest.fixture
def works(tmp_path: Path, smtp: Sink, monkeypatch: pytest.MonkeyPatch) -> Iterator[Works]:
    """A small office with one monthly duty issued on 1 February 2023, and mail going to a real server."""
    settings = Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port)
    a_database(settings.database).dispose()
    made = Works.of(settings)
    an_office(made.db)
    an_issued_duty(made.db)
    monkeypatch.setattr(under_prefect, "works", lambda: made)
    yield made
    made.db.dispose()


def at(day: int, hour: int = 9, month: int = 2) -> datetime:
    return datetime(2023, month, day, hour, tzinfo=HANOI)


def counted(session: Session, table: type[AssignmentRow]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


@dataclass
class KillingWire:
    """The office's mail channel, on which the Prefect server dies just before the first letter leaves."""

    channel: Channel
    kill: Callable[[], None]

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        self.kill()
        await self.channel.send(mails, tell)


def test_a_tick_runs_every_job_as_a_flow_and_killing_the_api_stops_no_work(
    works: Works, server: PrefectServer, smtp: Sink
) -> None:
    impatient = {
        PREFECT_API_URL: server.api,
        PREFECT_CLIENT_MAX_RETRIES: 3,
        PREFECT_API_REQUEST_TIMEOUT: 5,
        PREFECT_LOGGING_TO_API_ENABLED: False,
    }
    with temporary_settings(impatient):
        clock = Clock(works, server.api)
        clock.tick_at(at(9))  # opens February; three working days before the 14th: the officers are reminded

        with get_client(sync_client=True) as client:
            runs = client.read_flow_runs(limit=50)
        assert [run.state_name for run in runs] == ["Completed"] * len(TABLE)
        reminded = len(smtp.received)
        assert reminded > 0
        assert clock.state == "ready"

        for day in (10, 11, 12, 13, 14):  # a clock that stood still would hold its letters for a person
            tick(works, TABLE, at(day))
        reminded = len(smtp.received)

        works.channel = KillingWire(works.channel, server.kill)
        clock.tick_at(at(15))  # the day after the deadline; Prefect dies in the middle of the tick
        assert clock.state == "lost"
        told = len(smtp.received)
        assert told > reminded

        clock.tick_at(at(16))
        clock.tick_at(at(17))  # the leader's day, without Prefect from the first moment
        assert len(smtp.received) > told

    with works.db.read() as session:
        assert session.get_one(HeartbeatRow, "clock").state == "lost"
        assert counted(session, AssignmentRow) == 2
    ids = [received.message["Message-ID"] for received in smtp.received]
    assert len(ids) == len(set(ids)), "a letter went out twice"


def test_without_prefect_the_same_table_does_the_same_work(works: Works, smtp: Sink) -> None:
    clock = Clock(works)
    clock.tick_at(at(9))
    clock.tick_at(at(15))
    assert clock.state == "off"
    assert len(smtp.received) > 0


def test_a_second_clock_does_nothing_while_the_first_holds_the_lease(works: Works, smtp: Sink) -> None:
    first, second = Clock(works), Clock(works)
    second.holder = "another machine:1"
    first.tick_at(at(9))
    before = len(smtp.received)
    assert second.tick_at(at(9, hour=10)) != {}  # the lease (three minutes) has run out: it takes over
    assert first.tick_at(at(9, hour=10)) == {}
    assert len(smtp.received) == before
