"""The morning of the deadline: every unit hands in within a minute, while the clock ticks.

`--units` browsers, 64 at once, each on a connection of its own, post the figures of a report and a file over
HTTP to the pages as they are served; meanwhile the clock ticks, and each tick reminds, writes and sends letters.
A peak is cut off after forty seconds, so all of it ends within three minutes.
For each database: `came_share`: units that had their turn, 1 unless it was cut off; `handed_in_share`: rounds recorded
with their file over those; `failed`: answers that were not the
way back to the work; `of_minute`: the time 3,500 take at this rate, over 60 s; `processor_of_minute`: the processor's
time the pages take for them, which busy neighbours do not lengthen; `p95_seconds`: what all but one of twenty waited
at most; `tick_slowdown`: a tick during the peak over a tick before it, without the judging it takes over from the
pages; `judged_share`: rounds judged when the tick after the peak has ended, over those who came.
"""

import argparse
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

import uvicorn
from sqlalchemy import text

from actions.sign_in import token_hash
from bench import _spine as spine
from bench._crowd import SEE_OTHER, the_crowd
from domain.access import SESSION_LASTS, How
from flows.schedule import TABLE
from notifications.channels.in_app import InAppChannel
from runtime.installing import SAMPLE
from runtime.jobs import Counts, Job, run_job
from runtime.settings import Settings
from runtime.tick import tick
from runtime.tree import free_port
from runtime.works import Works
from store.access_tables import SessionRow
from store.database import Database
from store.tables import DutyRow
from web.app import create_app

MINUTE = 60.0
ALL = 3_500
TICKED = 5
"""Ticks before the peak, and the most during it, each with letters of its own."""
PAUSE = 3.0
REMINDED = 100
"""Units that each tick reminds of a duty of its own."""
OPENED = datetime(2023, 2, 1, 2, 0, tzinfo=UTC)
MORNING = datetime(2023, 2, 9, 1, 0, tzinfo=UTC)
"""Eight o'clock of the day on which the ladder reminds; a tick falls due every five minutes from then on."""
EVERY = timedelta(minutes=5)
WORKS = (
    "SELECT a.id, a.unit_id FROM assignment a JOIN occurrence o ON o.id = a.occurrence_id"
    " WHERE o.duty_id = 1 ORDER BY a.id"
)
OPEN = next(job for job in TABLE if job.name == "open_occurrences")
PACK = "bao-cao-thang.pack.yaml"
PEOPLE = (
    "INSERT INTO person (id, code, name, email, active)"
    " SELECT id, code, 'Nguyễn Thị Số ' || id, code || '@bench.example.vn', true FROM unit"
)
HEADS = "INSERT INTO position (person_id, unit_id, role) SELECT id, id, 'head' FROM person"
OWED = (
    "INSERT INTO duty_unit (duty_id, unit_id, part) SELECT d.id, u.id, 'executor' FROM duty d JOIN unit u"
    " ON u.id > 1 AND (d.id = 1 OR u.id <= :reminded + 1) ORDER BY d.id, u.id"
)
FOUND = (
    "SELECT count(DISTINCT s.assignment_id), count(e.id), count(s.judged_at), count(DISTINCT e.sha256)"
    " FROM submission s LEFT JOIN evidence e ON e.submission_id = s.id"
)


def fill(works: Works, units: int) -> None:
    """Duty 1 is what everybody hands in; the others only give each tick its letters."""
    first = spine.a_duty(1, time(23, 0))
    first.pack = "mau-bao-cao-thang"
    others = [
        spine.a_duty(n + 2, (MORNING + n * EVERY).astimezone(spine.ZONE).time())
        for n in range(2 * TICKED + 1)
    ]
    spine.add_units(works.db, units + 1)
    spine.add_rows(works.db, DutyRow, [duty.model_dump() for duty in (first, *others)])
    with spine.filling(works.db) as session:
        session.execute(text(PEOPLE))
        session.execute(text(HEADS))
        session.execute(text(OWED), {"reminded": REMINDED})
    sessions = [
        SessionRow(
            token_hash=token_hash(f"u{n}"), person_id=n, how=How.PASSWORD, device="",
            created_at=MORNING, seen_at=MORNING, expires_at=MORNING + SESSION_LASTS,
        ).model_dump(exclude={"id"})
        for n in range(2, units + 2)
    ]  # fmt: skip
    spine.add_rows(works.db, SessionRow, sessions)
    run_job(OPEN, works, OPENED)
    tick(works, TABLE, MORNING - EVERY)
    spine.settle(works.db)


def serve(settings: Settings, port: int) -> None:
    app = create_app(works_of(settings), lambda: MORNING)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def works_of(settings: Settings) -> Works:
    works = Works.of(settings)
    works.extra_packs = (SAMPLE / PACK,)
    return works


@contextmanager
def pages(settings: Settings) -> Iterator[int]:
    """The pages, served by a process of their own as in the product; gives its number."""
    port = settings.port
    process = get_context("spawn").Process(target=serve, args=(settings, port))
    process.start()
    until = perf_counter() + MINUTE
    while not is_open(port):
        assert perf_counter() < until, "the pages did not start"  # noqa: S101
        sleep(0.1)
    yield process.pid or 0
    process.terminate()
    process.join()


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def a_tick(works: Works, number: int) -> float:
    """The seconds of one tick, less those of judging: how much of that there is differs from tick to tick."""
    judging = 0.0

    def timed(job: Job, of: Works, at: datetime) -> Counts:
        nonlocal judging
        began = perf_counter()
        done = run_job(job, of, at)
        judging += perf_counter() - began if job.name == "judge" else 0
        assert not done["poison"], job.name  # noqa: S101
        return done

    done: dict[str, Counts] = {}
    spent = spine.seconds(lambda: done.update(tick(works, TABLE, MORNING + number * EVERY, timed)))
    assert done["send_outbox"]["sent"] == REMINDED, done  # noqa: S101
    return spent - judging


def peak(db: Database, folder: Path, units: int) -> dict[str, float]:
    url = db.url.render_as_string(hide_password=False)
    settings = Settings(home=folder, database_url=url, port=free_port())
    clock = works_of(settings)
    clock.db, clock.channel = db, InAppChannel()
    fill(clock, units)
    with db.read() as session:
        works = [(row[0], row[1]) for row in session.execute(text(WORKS))]
    calm = [a_tick(clock, number) for number in range(TICKED)]
    busy: list[float] = []
    with pages(settings) as pid, ProcessPoolExecutor(1, get_context("spawn")) as pool:
        before = processor_seconds(pid)
        crowd = pool.submit(the_crowd, settings.port, works)
        while not crowd.done() and len(busy) < TICKED:
            sleep(PAUSE)
            busy.append(a_tick(clock, TICKED + len(busy)))
        took, answers = crowd.result()
        worked = processor_seconds(pid) - before
    a_tick(clock, TICKED + len(busy))
    with db.read() as session:
        handed_in, files, judged, distinct = session.execute(text(FOUND)).one()
    kept = sum(len(names) for _, _, names in os.walk(settings.evidence))
    assert files == distinct == kept, (files, distinct, kept)  # noqa: S101
    came = len(answers)
    return {
        "came_share": came / units,
        "handed_in_share": handed_in / came,
        "failed": sum(status != SEE_OTHER for status, _ in answers),
        "of_minute": round(took * ALL / came / MINUTE, 2),
        "processor_of_minute": round(worked * ALL / came / MINUTE, 2),
        "p95_seconds": round(quantiles([spent for _, spent in answers], n=20)[-1], 2),
        "tick_slowdown": round(median(busy) / median(calm), 2),
        "judged_share": judged / came,
    }


def processor_seconds(pid: int) -> float:
    """What a process has used of the processors so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"units": chosen.units}
    with spine.databases(*chosen.on) as made:
        for kind, db in made.items():
            with TemporaryDirectory(prefix="dondoc-bench-") as folder:
                figures = peak(db, Path(folder), chosen.units)
            found |= {f"{name}_{kind}": figure for name, figure in figures.items()}
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=500, help="that hand in")
    options.add_argument("--on", nargs="+", default=["sqlite", "postgresql"])
    spine.show(measure, options)


if __name__ == "__main__":
    main()
