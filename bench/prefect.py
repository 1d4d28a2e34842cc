"""Prefect's share of a flow's time: the real flow that reminds and escalates, against the same job without it.

The flow runs as the embedded clock runs it, reporting to a Prefect API in a process of its own; both work on the
same SQLite database, each round on as many assignments that became due. `chunked_share`: work in chunks, as we
do it. `per_item_share`: a task for each assignment, measured on a few hundred.
"""

import argparse
import os
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from actions.remind_and_escalate import due_groups
from bench import _spine as spine
from bench.sweep import JOB, World
from runtime.jobs import carry_out, run_job
from runtime.works import Works
from tests.support.prefect import PrefectServer

ROUNDS = 3
Run = Callable[[Works, datetime], dict[str, int]]


def chunked(_works: Works, at: datetime) -> dict[str, int]:
    from flows.embedded import run_flow

    return run_flow(JOB, at, settings())


@cache
def settings() -> Any:
    from flows.embedded import without_heartbeat

    return without_heartbeat()


def plain(works: Works, at: datetime) -> dict[str, int]:
    return run_job(JOB, works, at)


def per_item(works: Works, at: datetime) -> dict[str, int]:
    """What we do not do: a Prefect task for each assignment."""
    from prefect import flow

    from flows.under_prefect import carry_out_all

    @flow(name="per-item")
    def each() -> dict[str, int]:
        with works.db.read() as session:
            groups = due_groups(session, at)
        return {"notices": sum(carry_out_all(JOB.name, at, [[group]])["notices"] for group in groups)}

    with settings():
        done: dict[str, int] = each()
        return done


def per_item_plain(works: Works, at: datetime) -> dict[str, int]:
    with works.db.read() as session:
        groups = due_groups(session, at)
    return {"notices": sum(carry_out(JOB, works, at, [group])["notices"] for group in groups)}


def share(world: World, with_prefect: Run, without: Run, rounds: int) -> float:
    """The part of the time that is gone when Prefect is, median of alternating rounds."""
    works = spine.works(world.db)

    def spent(run: Run) -> float:
        at, done = world.next_window(), dict[str, int]()
        seconds = spine.seconds(lambda: done.update(run(works, at)))
        assert done == {"notices": world.due}, done  # noqa: S101
        return seconds

    for run in (with_prefect, without):  # unmeasured: both sides start warm
        spent(run)
    pairs = [(spent(without), spent(with_prefect)) for _ in range(rounds)]
    return round(1 - spine.ratio(*zip(*pairs, strict=True)), 3)


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    windows = 2 * (ROUNDS + 1)
    with spine.databases("sqlite-chunks", "sqlite-items") as made, TemporaryDirectory() as folder:
        server = PrefectServer(Path(folder))
        server.start()
        try:
            many = World(made["sqlite-chunks"], chosen.due, windows=windows)
            many.fill(chosen.due * windows)
            few = World(made["sqlite-items"], chosen.items, units=1, windows=windows)
            few.fill(chosen.items * windows)
            # A task for each assignment floods the API; the flow after it asks again instead of giving up.
            os.environ.update({**server.env, "PREFECT_CLIENT_MAX_RETRIES": "10"})
            shares = {}
            for name, world, run, without in (
                ("chunked_share", many, chunked, plain),
                ("per_item_share", few, per_item, per_item_plain),
            ):
                use(world)
                shares[name] = share(world, run, without, ROUNDS)
        finally:
            server.kill()
    return {"assignments": chosen.due, "items": chosen.items} | shares


def use(world: World) -> None:
    """What the flow's own process would read from its environment."""
    os.environ["DONDOC_DATABASE_URL"] = world.db.url.render_as_string(hide_password=False)
    from flows.under_prefect import works

    works.cache_clear()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--due", type=int, default=100_000, help="assignments in each round")
    options.add_argument("--items", type=int, default=100, help="assignments with a task each")
    spine.show(measure, options)


if __name__ == "__main__":
    main()
