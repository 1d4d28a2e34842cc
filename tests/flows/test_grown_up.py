"""Grown up: the same table on a real Prefect server with PostgreSQL, run by a real worker. Both are killed in
the middle of sending; the next tick finishes the work, and every letter has gone out exactly once."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, func, select

from domain.letter import MailState
from domain.unit import Role
from flows.schedule import TABLE
from notifications.channels.email import CONNECTIONS
from runtime import clock
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from store.tables import DeliveryRow, OutboxRow
from tests.support.makers import a_database, a_person, an_issued_duty, an_office, monthly_terms
from tests.support.postgres import Postgres
from tests.support.prefect import PrefectServer, kill_tree
from tests.support.smtp import Sink

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2023, 2, 9, 12, tzinfo=HANOI)  # the officers' reminder of February has come due
LETTERS = 60


@pytest.fixture
def office(tmp_path: Path, own_postgres: Postgres, smtp: Sink) -> Iterator[Works]:
    """An office on PostgreSQL in which sixty people are to be reminded, by a slow mail server."""
    url = own_postgres.database().replace("postgresql://", "postgresql+psycopg://", 1)
    settings = Settings(home=tmp_path, database_url=url, smtp_host=smtp.host, smtp_port=smtp.port)
    a_database(url).dispose()
    works = Works.of(settings)
    sample = an_office(works.db)
    for number in range(LETTERS):
        a_person(works.db, f"gv{number}", f"Người số {number}", sample.units["hoa-sen"], Role.OFFICER)
    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    without_sending = [job for job in TABLE if job.name != "send_outbox"]
    tick(works, without_sending, NOON)
    yield works
    works.db.dispose()


def test_killing_server_and_worker_in_the_middle_loses_and_doubles_nothing(
    office: Works, own_postgres: Postgres, smtp: Sink, tmp_path: Path
) -> None:
    smtp.delay = 0.1
    own = own_postgres.database().replace("postgresql://", "postgresql+asyncpg://", 1)
    server = PrefectServer(tmp_path / "prefect", own)
    server.start()
    env = {
        "DONDOC_HOME": str(office.settings.home),
        "DONDOC_DATABASE_URL": office.settings.database_url,
        "DONDOC_SMTP_HOST": smtp.host,
        "DONDOC_SMTP_PORT": str(smtp.port),
    }
    deployed = subprocess.run(
        [sys.executable, "-m", "cli.main", "deploy"],
        env={**server.env, **env},
        capture_output=True,
        text=True,
    )
    assert deployed.returncode == 0, deployed.stderr
    assert deployed.stdout.count("Đã ghi:") == len(TABLE)

    prefect = [sys.executable, "-m", "prefect"]
    # Scheduled runs mean today; this story plays in February 2023.
    pause = [*prefect, "--no-prompt", "deployment", "schedule", "pause", "--all"]
    subprocess.run(pause, env=dict(server.env), check=True, capture_output=True)
    ask = [*prefect, "deployment", "run", "send-outbox/dondoc", "--param", f'at="{NOON.isoformat()}"']
    subprocess.run(ask, env={**server.env, **env}, check=True, capture_output=True)
    worker = server.spawn(
        [*prefect, "worker", "start", "--pool", "dondoc", "--type", "process", "--limit", "1"],
        "worker.log",
        **env,
    )
    try:
        wait_for(lambda: len(smtp.received) >= 5, server.home / "worker.log")
    finally:
        kill_tree(worker)
        server.kill()
    halfway = len(smtp.received)
    assert halfway < LETTERS

    smtp.delay = 0
    # A tick past the lease of what the dead worker had claimed (a worker's leases count by the real clock).
    tick(
        office,
        [job for job in TABLE if job.name == "send_outbox"],
        clock.now() + timedelta(minutes=20),
        believed=True,
    )

    with office.db.read() as session:
        states = Counter(session.exec(select(OutboxRow.state)).all())
        attempts = session.exec(
            select(func.count())
            .where(col(DeliveryRow.outcome) == "sent")
            .group_by(col(DeliveryRow.outbox_id))
        ).all()
        unknown = session.exec(
            select(func.count()).select_from(DeliveryRow).where(col(DeliveryRow.outcome) == "unknown")
        ).one()
    assert set(states) == {MailState.SENT}
    assert set(attempts) == {1}
    copies = Counter(received.message["Message-ID"] for received in smtp.received)
    assert len(copies) == sum(states.values())
    # A letter on each connection can lie between the server's yes and our note of it (RFC 1047): these are
    # counted as unknown, and no other doubles.
    assert sum(copies.values()) - len(copies) <= min(CONNECTIONS, unknown)


def wait_for(done: object, log: Path, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.1)
