"""Play one seed: days of two engines, people and faults, the invariants after each; then mend, drain, check."""

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from actions.changes import By
from domain.instants import at_clock
from runtime.jobs import Job
from runtime.sim import faults, office
from runtime.sim.engine import inline_threads
from runtime.sim.invariants import ALL, Violation, check
from runtime.sim.seen import Seen
from runtime.sim.world import SINCE, World

DRAIN = 5  # days without faults after the last: longer than every back-off
TWICE = 3  # days between two looks at what a second tick writes
WHOLE_TRAIL = 20  # days between two recomputations of the whole audit chain


class Found(Exception):
    """A seed breaks an invariant. `number` names it; the message ends with the line that plays it again."""

    def __init__(
        self, seed: int, days: int, day: date, violation: Violation, faults_so_far: Sequence[str]
    ) -> None:
        self.seed, self.number = seed, violation.number
        last = ", ".join(faults_so_far[-5:]) or "none"
        super().__init__(
            f"{day}: {violation} (last faults: {last})\n  dondoc sim --seed {seed} --seeds 1 --days {days}"
        )


@dataclass(frozen=True)
class Told:
    """`story`: a hash of everything that happened, the same for the same seed."""

    seed: int
    calm: bool
    letters: int
    copies: int
    faults: int
    submissions: int
    story: str


def play(
    table: Sequence[Job], seed: int, days: int, *,
    rates: faults.Rates = faults.ROUGH, on_day: Callable[[date], None] = lambda _day: None,
) -> Told:  # fmt: skip
    """Raises `Found` for the first invariant that does not hold."""
    with TemporaryDirectory(prefix="dondoc-sim-") as home, inline_threads(), _quiet():
        shutil.copyfile(template(), Path(home) / f"sim-{seed}.sqlite3")
        world = World(Path(home), seed, days, table, rates)
        seen = _beginner(world)
        try:
            for n in range(days + DRAIN):
                day = SINCE + timedelta(days=n)
                if n == days:
                    world.mend()
                world.play_day(day)
                if n % TWICE == 0:
                    world.tick_twice()
                seen = _as_it_is(world) if world.put_back else seen
                seen.at_end = n == days + DRAIN - 1
                with world.db.read() as session:
                    seen.look(session, world.now, whole_trail=seen.at_end or n % WHOLE_TRAIL == 0)
                check(seen)
                seen.remember()
                on_day(day)
            return _told(world, seen)
        except Violation as violation:
            raise Found(seed, days, world.today, violation, world.faults) from None
        finally:
            world.close()


def _beginner(world: World) -> Seen:
    """One who watches, and remembers nothing yet."""
    return Seen(
        world.server,
        SINCE,
        world.plan.calm,
        world.people.acknowledged,
        world.falls,
        world.rewrites,
        [job.name for job in world.table],
    )


def _as_it_is(world: World) -> Seen:
    """One who learns an older copy of the office as he finds it: what went before is not held against it."""
    seen = _beginner(world)
    with world.db.read() as session:
        seen.look(session, world.now, whole_trail=True)
    for invariant in ALL.values():
        for _said in invariant(seen):
            pass
    seen.remember()
    return seen


def _told(world: World, seen: Seen) -> Told:
    log = world.server.log
    story = hashlib.sha256()
    for handed in log:
        story.update(f"{handed.message_id} {handed.at.isoformat()} {handed.text}\n".encode())
    story.update(f"{sorted(seen.heads.items())}".encode())
    return Told(
        seed=world.seed,
        calm=seen.calm,
        letters=len(set(world.server.copies())),
        copies=len(log),
        faults=len(world.faults),
        submissions=len(seen.submissions),
        story=story.hexdigest(),
    )


@lru_cache(maxsize=1)
def _kept() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="dondoc-sim-office-")


@lru_cache(maxsize=1)
def template() -> Path:
    """The office before its first day, built once for a process."""
    path = Path(_kept().name) / "office.sqlite3"
    office.build(path, By("thuy", at_clock(SINCE, time(0, 1), office.OFFICE.tz), "sim"), SINCE)
    return path


@contextmanager
def _quiet() -> Iterator[None]:
    """What is broken on purpose need not be told at length."""
    told = logging.getLogger("dondoc")
    before = told.level
    told.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        told.setLevel(before)
