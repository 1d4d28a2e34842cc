"""Every point of a scenario once: the process that passes it dies there, or is held still past its lease while
another clock takes over. Afterwards every promise holds, and the office stands as it could have without that.

A person may act a moment earlier or later, so "as it could have" is any of the ends that the story has without a
fault, with the person at any point of the tick. What is told in all of them is told, and nothing that is told in
none of them: a letter that had to be written anew leaves out what was done since.
"""

import copy
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from domain.letter import MailState
from runtime.jobs import Job
from runtime.sim import faults
from runtime.sim.engine import Engine
from runtime.sim.invariants import check
from runtime.sim.people import Deed, People
from runtime.sim.play import template
from runtime.sim.scenarios import AFTERWARDS, MONDAY, Scenario, moment
from runtime.sim.seen import Seen
from runtime.sim.wire import Server
from store.database import Database
from store.tables import (
    AssignmentRow,
    ExtensionRow,
    HandoverRow,
    NoticeLetterRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    SubmissionRow,
)

CALM = faults.Plan(faults.Rates(), calm=False, leased=True)
STALL = timedelta(minutes=25)  # past the lease of the clock and of a claimed letter
POINTS = faults.POINTS["kill"]
OUTSIDE = ("read", "begin", "hand over", "answered")
"""Where a process can be held still while another writes: never within a transaction, which the database orders."""


class Ending(NamedTuple):
    """What the office holds in the end, without instants, tries and the trail; `told`: the rungs that people were
    told of."""

    office: frozenset[Any]
    told: frozenset[Any]


@dataclass(frozen=True)
class Fault:
    """What happens at the n-th point (from 1) of a scenario: "die" or "stall". 0: nothing."""

    kind: str = "die"
    n: int = 0


@dataclass
class Stage:
    """The office at the moment before a scenario's tick, kept, and played on from as often as asked."""

    home: Path
    table: Sequence[Job]
    scenario: Scenario
    now: datetime = field(init=False)
    passed: list[str] = field(init=False)
    _fault: Fault = Fault()
    _counting: bool = False

    def __post_init__(self) -> None:
        self.file = self.home / "stage.sqlite3"
        self._kept = self.home / "kept.sqlite3"
        shutil.copyfile(template(), self.file)
        self.now = moment(0, 0, 5)
        self.db = Database(f"sqlite:///{self.file}", durable=False)
        self.server = Server(CALM, Random(0))
        self.seen = Seen(self.server, MONDAY, False, {}, (), (), ())
        self.engines = {name: self._engine(name) for name in ("A", "B", "web")}
        self.people = People(self.engines["web"], self.db, 0, self.seen.acknowledged)
        for step in self.scenario.before:
            if isinstance(step, Deed):
                self.now = step.at
                self.people.do(step)
            else:
                self._tick("A", step)
        self._look()
        self.seen.remember()
        self._before = copy.deepcopy(self.seen)
        self._close()
        shutil.copyfile(self.file, self._kept)

    def play(self, fault: Fault = Fault(), deed_at: int = 0, afterwards: timedelta = timedelta()) -> Ending:
        """`deed_at`: the point (from 1) at which the person acts; 0: where the scenario says; past the last one:
        so long `afterwards`. Raises `Violation`."""
        self._set_out()
        self._fault, self._deed_at = fault, deed_at
        self._to_do = self.scenario.deed
        self.passed, self._counting = [], True
        try:
            self._tick("A", self.scenario.tick)
            self.now += afterwards
            self._act()  # whoever was not reached yet acts right after
            self._counting = False
            for later in AFTERWARDS:
                self._tick("A", max(self.now, self.scenario.tick + later))
            self.seen.at_end = True
            self._look()
            with self.db.read() as session:
                return ended(session)
        finally:
            self._close()

    def _set_out(self) -> None:
        shutil.copyfile(self._kept, self.file)
        self.seen = copy.deepcopy(self._before)
        vars(self.server).update(vars(self.seen.server))
        self.seen.server = self.server
        self.people.acknowledged = self.seen.acknowledged

    def _engine(self, name: str) -> Engine:
        return Engine(
            name, self.file, self.table, self.server, now=lambda: self.now, true_now=lambda: self.now,
            point=self._pass, wait=lambda _seconds: None, stall=lambda: None, leased=True,
        )  # fmt: skip

    def _close(self) -> None:
        """Nobody holds the file any more."""
        for engine in self.engines.values():
            engine.close()
        self.db.checkpoint()
        self.db.dispose()

    def _look(self) -> None:
        with self.db.read() as session:
            self.seen.look(session, self.now, whole_trail=True)
        check(self.seen)

    def _tick(self, name: str, at: datetime) -> None:
        self.now = at
        try:
            self.engines[name].tick()
        except faults.Crash:
            self.engines[name].rebuild()

    def _act(self) -> None:
        """The person acts, and again where the page died under them."""
        deed, self._to_do = self._to_do, None
        if deed is None:
            return
        for _ in range(2):
            try:
                self.people.do(replace(deed, at=max(deed.at, self.now)))
                return
            except faults.Crash:
                self.engines["web"].rebuild()

    def _pass(self, engine: str, point: str) -> None:
        if not self._counting or engine == "B" or point not in POINTS:
            return
        self.passed.append(f"{engine} {point}")
        n = len(self.passed)
        here = n == self._deed_at if self._deed_at else point == self.scenario.at
        if self._to_do is not None and here and engine == "A" and point in OUTSIDE:
            self._act()
        if n == self._fault.n:
            if self._fault.kind == "die":
                self._excuse(engine)
                raise faults.Crash(point)
            if point in OUTSIDE:
                self._excuse(engine)
                other = Thread(target=self._tick, args=("B", self.now + STALL))  # an event loop of its own
                other.start()
                other.join()

    def _excuse(self, engine: str) -> None:
        with self.db.read() as session:
            self.server.excuse(engine, session)


def ended(session: Session) -> Ending:
    a, n, x = AssignmentRow, NoticeRow, OutboxRow
    office = (
        select(col(OccurrenceRow.duty_id), col(OccurrenceRow.period), col(OccurrenceRow.due_on)),
        select(col(a.occurrence_id), col(a.unit_id), col(a.part), col(a.state), col(a.due_on), col(a.step)),
        select(col(SubmissionRow.key), col(SubmissionRow.assignment_id)),
        select(col(ExtensionRow.assignment_id), col(ExtensionRow.answer), col(ExtensionRow.new_due_on)),
        select(col(HandoverRow.assignment_id), col(HandoverRow.to_unit_id)),
    )
    told = (
        select(col(n.assignment_id), col(n.step), col(n.role), col(n.due_on), col(x.person_id))
        .join(NoticeLetterRow, col(NoticeLetterRow.notice_id) == col(n.id))
        .join(x, col(x.id) == col(NoticeLetterRow.outbox_id))
        .where(col(x.state) == MailState.SENT)
    )
    return Ending(
        frozenset((i, *row) for i, asked in enumerate(office) for row in session.execute(asked)),
        frozenset(map(tuple, session.execute(told))),
    )


@dataclass(frozen=True)
class Looked:
    """`deaths`, `stalls`: at how many points; `odd`: those after which the office stood as it never could have."""

    deaths: int
    stalls: int
    odd: tuple[str, ...]


def every_point(stage: Stage, *, every: int = 1, first: int = 1) -> Looked:
    """Die and be held still at each `every`-th point from the `first` on. Raises `Violation`."""
    possible = [stage.play()]
    points = list(stage.passed)
    tried, odd = Counter[str](), []
    for n in range(first, len(points) + 1, every):
        for kind in ("die", "stall") if points[n - 1].removeprefix("A ") in OUTSIDE else ("die",):
            tried[kind] += 1
            end = stage.play(Fault(kind, n))
            if not _could_be(end, possible) and len(possible) == 1:
                possible += _ends(stage, points)
            if not _could_be(end, possible):
                odd.append(f"{kind} at {n} ({points[n - 1]})")
    return Looked(tried["die"], tried["stall"], tuple(odd))


def _could_be(end: Ending, possible: Sequence[Ending]) -> bool:
    always = possible[0].told.intersection(*(one.told for one in possible))
    ever = possible[0].told.union(*(one.told for one in possible))
    return any(end.office == one.office for one in possible) and always <= end.told <= ever


def _ends(stage: Stage, points: Sequence[str]) -> list[Ending]:
    """With the person at each point of the tick, after it, and as late as where the clock was held still."""
    if stage.scenario.deed is None:
        return []
    outside = [n for n, point in enumerate(points, 1) if point.removeprefix("A ") in OUTSIDE]
    after = len(points) + 1
    return [
        *(stage.play(deed_at=n) for n in (*outside, after)),
        stage.play(deed_at=after, afterwards=STALL),
    ]
