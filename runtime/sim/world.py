"""One seed's world: the database file, the mail server, two engines, people, and the clock they share."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlmodel import col, func, select, update

from domain.instants import at_clock
from domain.letter import LetterKind, MailState
from runtime.jobs import Daily, Job, run_job
from runtime.sim import faults
from runtime.sim.disk import Disk
from runtime.sim.engine import Engine
from runtime.sim.office import OFFICE
from runtime.sim.people import People
from runtime.sim.turns import Turns
from runtime.sim.wire import Server
from runtime.unit_script import on_the_tick
from store.database import Database
from store.tables import OutboxRow, WatermarkRow

ENGINES = ("A", "B")
SINCE = date(2027, 4, 5)
"""A Monday; 30 April and 1 May lie ahead, Tết 2028 and 29 February 2028 within four hundred days."""
RECOVERS = 90  # minutes, at most, until somebody starts a dead engine again
TICK = timedelta(minutes=5)
PAUSE = timedelta(minutes=25)  # past the lease of a claimed letter
ZONE = OFFICE.tz
YIELDS = ("read", "begin", "hand over", "answered")
"""Where others may go on: never within a transaction."""
NO_STEP = timedelta()


@dataclass
class World:
    """`faults`: by name, in the order in which they befell. `falls`: watermarks that fell, `rewrites`: second
    ticks that wrote, as sentences. `put_back`: today the office is an older copy of itself."""

    home: Path
    seed: int
    days: int
    table: Sequence[Job]
    rates: faults.Rates = faults.ROUGH
    now: datetime = field(init=False)
    today: date = SINCE
    faults: list[str] = field(default_factory=list)
    falls: list[str] = field(default_factory=list)
    rewrites: list[str] = field(default_factory=list)
    mended: bool = False
    put_back: bool = False
    _probing: bool = False
    _steps: dict[str, timedelta] = field(default_factory=dict)
    _marks: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = at_clock(SINCE, time(), ZONE)
        self.plan = faults.draw(self.chance("plan"), self.now, self.days, ENGINES, self.rates)
        self.turns = Turns(self.chance("turns"))
        self.server = Server(self.plan, self.chance("wire"))
        self._luck = self.chance("faults")
        self.file = self.home / f"sim-{self.seed}.sqlite3"
        self.disk = Disk(self.file, self.plan.losses)
        self.db = Database(f"sqlite:///{self.file}", durable=False)
        self.engines = {name: self._engine(name) for name in ENGINES}
        self._desk = self._engine("web")
        self.people = People(self._desk, self.db, self.seed)
        self._back: dict[str, datetime] = {}

    def chance(self, about: str) -> Random:
        return Random(f"{self.seed}|{about}")

    def play_day(self, day: date) -> None:
        """Every moment at which something is due; at each, both engines tick while people act."""
        self.today, self.put_back = day, False
        self._tick_at(at_clock(day, time(0, 10), ZONE), [])
        deeds = self.people.deeds(day)
        clock = {at_clock(day, at, ZONE) for at in self._clock_times()}
        end = at_clock(day, time(23, 55), ZONE)
        while self.now < end:
            upcoming = [on_the_tick(deeds[0].at, 5)] if deeds else []
            at = min([*(t for t in clock if t > self.now), *upcoming, *self._waking(), end])
            at = max(at, self.now + TICK)
            acting = [deed for deed in deeds if deed.at <= at]
            deeds = deeds[len(acting) :]
            self._tick_at(at, [lambda deed=deed: self.people.do(deed) for deed in acting])  # type: ignore[misc]

    def tick_twice(self) -> None:
        """Every job without faults, whatever the watermarks say, and again at the same instant: by then nothing is
        left to do (I16). Twice before that: what the auditor finds is written to somebody by the next tick."""
        if self.plan.is_silent(self.now):
            return
        self._is_up("web")
        self._probing = True
        with closing(sqlite3.connect(self.file)) as watcher, self._desk.log_kept():
            for _ in range(2):
                self._every_job(watcher)
            self.rewrites += [f"{name} wrote again at {self.now}" for name in self._every_job(watcher)]
        self._probing = False

    def _every_job(self, watcher: sqlite3.Connection) -> list[str]:
        """The names of those that wrote. `watcher`: a connection that only looks."""
        wrote = []
        for job in self.table:
            before = watcher.execute("PRAGMA data_version").fetchone()
            run_job(job, self._desk.works, job.every.last(self.now, ZONE))
            if watcher.execute("PRAGMA data_version").fetchone() != before:
                wrote.append(job.name)
        return wrote

    def mend(self) -> None:
        """No more faults: from here on everything outstanding must come to its end."""
        self.mended = True
        self.plan = self.server.plan = faults.Plan(faults.Rates(), calm=False, leased=self.plan.leased)

    def close(self) -> None:
        self.turns.cut()
        for engine in (*self.engines.values(), self._desk):
            engine.close()
        self.db.dispose()

    # ---------------------------------------------------------------------------------------------------------

    def _tick_at(self, at: datetime, acts: list[Callable[[], None]]) -> None:
        self.now = at
        self._steps.clear()
        self._look_after_the_disk()
        self._bring_back()
        tasks: dict[str, Callable[[], None]] = {}
        if not self.plan.is_silent(at):
            tasks = {name: self._tick(name) for name in ENGINES if self._is_up(name)}
        if acts:
            self._is_up("web")
            tasks["web"] = partial(_each, acts)
        self.turns.run(at, tasks)
        self._look_at_the_marks()

    def _bring_back(self) -> None:
        """Letters that did not arrive lie in the mailbox to which they come back."""
        come = [report for at, report in self.server.returns if at <= self.now]
        self.server.returns = [(at, report) for at, report in self.server.returns if at > self.now]
        for n, report in enumerate(come):
            box = self.home / "bounces" / "new"
            box.mkdir(parents=True, exist_ok=True)
            (box / f"{self.now:%Y%m%d%H%M}-{n}").write_text(report)
            self.faults.append("bounce")

    def _look_after_the_disk(self) -> None:
        by_day = 7 <= self.now.astimezone(ZONE).hour < 18  # so that the copy is put back the same day
        if by_day and self.disk.breaks(self.now):
            self.faults.append("disk")
            self._restart(lambda: self.disk.flip(self.now))
        elif self.disk.is_put_back(self.now):
            self._restart(self.disk.put_back)
            self._begin_again()

    def _restart(self, meanwhile: Callable[[], None]) -> None:
        """The machine is stopped, whatever it is doing, and started again."""
        self.close()
        meanwhile()
        for engine in (*self.engines.values(), self._desk):
            engine.rebuild()

    def _begin_again(self) -> None:
        """Whoever has put the copy back says what time it is. What the copy does not know has not happened to the
        office: it was told so, or will be told it again."""
        self._marks.clear()
        with self.db.read() as session:
            self.server.forget(session)
            self.people.forget(session)
        self._probing = True
        self._desk.tick(believed=True)
        self._probing = False
        self.put_back = True

    def _look_at_the_marks(self) -> None:
        if self.disk.is_bad:
            return
        with self.db.read() as session:
            for row in session.exec(select(WatermarkRow)):
                before = self._marks.get(row.job, row.through)
                if row.through < before:
                    self.falls.append(f"the watermark of {row.job} fell from {before} to {row.through}")
                self._marks[row.job] = row.through

    def _tick(self, name: str) -> Callable[[], None]:
        return lambda: self.engines[name].tick()

    def _is_up(self, name: str) -> bool:
        back = self._back.get(name)
        if back is None:
            return True
        if self.now < back and not self.mended and name in ENGINES:
            return False
        del self._back[name]
        (self.engines.get(name) or self._desk).rebuild()
        return True

    def _clock_times(self) -> set[time]:
        daily = {job.every.at for job in self.table if isinstance(job.every, Daily)}
        return {*daily, OFFICE.ladder.at, time(8, 5), time(16, 30)}

    def _waking(self) -> Iterator[datetime]:
        """When a letter may be tried next, one that somebody caused meanwhile too, and when a dead engine comes back;
        on a bad disk every half hour."""
        o, state = OutboxRow, col(OutboxRow.state)
        again = select(func.min(o.not_before)).where(state == MailState.PENDING, col(o.not_before) > self.now)
        freed = select(func.min(o.lease_until)).where(state == MailState.SENDING)
        fresh = select(func.max(o.created_at)).where(state == MailState.PENDING)
        if self.disk.is_bad:
            return iter((self.now + timedelta(minutes=30),))
        with self.db.read() as session:
            found = [session.exec(again).one(), session.exec(freed).one(), *self._back.values()]
            newest: datetime | None = session.exec(fresh).one()
        waking = [on_the_tick(at, 5) + TICK for at in found if at and at > self.now]
        if newest and newest > self.now - TICK:
            waking.append(self.now + TICK)
        return iter(waking)

    def _engine(self, name: str) -> Engine:
        return Engine(
            name, self.file, self.table, self.server,
            now=lambda: self.now + self.plan.skew(name, self.now) + self._steps.get(name, NO_STEP),
            true_now=lambda: self.now, point=self._pass, wait=lambda _seconds: self.turns.switch(),
            stall=lambda: self._stall(name), leased=self.plan.leased,
        )  # fmt: skip

    def _pass(self, engine: str, point: str) -> None:
        if self._probing:
            return
        if point in YIELDS:
            self.turns.switch()
        self._pass_the_disk(point)
        fault = self.plan.rates.befalls(point, self._luck.random())
        if fault in faults.DATABASE:
            self.faults.append(f"{fault}:{point}")
            raise faults.DATABASE[fault]()
        if fault == "memory":
            self.faults.append(f"memory:{point}")
            raise MemoryError
        if fault == "kill":
            self._kill(engine, point)
        if fault == "pause" and engine in ENGINES:
            self._stall(engine)
        if fault == "step" and engine in ENGINES:
            self.faults.append("step")
            self._steps[engine] = self._luck.choice(faults.STEPS)
        if point == "committed":
            self._spoil()

    def _pass_the_disk(self, point: str) -> None:
        if point == "write":
            self.disk.copy_if_due(self.now)
        if point in ("begin", "write") and self.plan.is_read_only(self.now):
            self.faults.append("read-only")
            raise faults.read_only()

    def _kill(self, engine: str, point: str) -> None:
        self.faults.append(f"kill:{point}")
        self._excuse(engine)
        self._back[engine] = self.now + timedelta(minutes=self._luck.randrange(5, RECOVERS))
        raise faults.Crash(point)

    def _spoil(self) -> None:
        """What a letter is made of is destroyed: it can never be written (I11)."""
        if self._luck.random() >= self.plan.rates.spoilt or self.disk.is_bad:
            return
        o = OutboxRow
        fresh = select(o.id).where(col(o.state) == MailState.PENDING, col(o.kind) == LetterKind.RETURNED)
        with self.db.transaction() as session:
            if (victim := session.exec(fresh.order_by(col(o.id)).limit(1)).first()) is not None:
                session.execute(update(o).where(col(o.id) == victim).values(facts={}))
                self.server.spoilt.add(victim)
                self.faults.append("spoilt")

    def _stall(self, engine: str) -> None:
        """Held still past its lease (F6, F26): what it has claimed others may take."""
        self.faults.append("pause")
        self._excuse(engine)
        self.turns.pause(self.now + PAUSE)

    def _excuse(self, engine: str) -> None:
        if self.disk.is_bad:
            return
        with self.db.read() as session:
            self.server.excuse(engine, session)


def _each(acts: Sequence[Callable[[], None]]) -> None:
    for act in acts:
        act()
