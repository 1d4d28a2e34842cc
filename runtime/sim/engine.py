"""One engine: a process with its own connections and its own clock, ticking, dying and coming back.

Everything above the database file is thrown away when it dies; the file and the mail server are all that is
left, as in life.
"""

import asyncio
import logging
import selectors
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from domain.reach import Via
from notifications.channel import Channel
from runtime.jobs import Job
from runtime.settings import Settings
from runtime.sim.faults import Crash
from runtime.sim.wire import Line, Server
from runtime.tick import tick
from runtime.works import Works
from store.database import Database
from store.evidence import EvidenceStore
from store.lease import hold

LEASE = timedelta(minutes=3)
Point = Callable[[str], None]
UNWATCHED = ("PRAGMA", "BEGIN", "SELECT pg_advisory_xact_lock")
"""Not the product's own words, but those of its door to the database."""


class WatchedDatabase(Database):
    """Passes a point before each reading, before each transaction begins, before it commits and after; and
    before each statement, which only asks or also writes. `keeps_log`: the write-ahead log stays as it is, for
    whoever tells by it whether anything was written: moving it into the file looks the same from outside."""

    def __init__(self, url: str) -> None:
        super().__init__(url, durable=False)
        self.point: Point = lambda _name: None
        self.keeps_log = False
        event.listen(self.engine, "before_cursor_execute", self._statement)

    @contextmanager
    def read(self) -> Iterator[Session]:
        self.point("read")
        with super().read() as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self.point("begin")
        with super().transaction() as session:
            yield session
            self.point("commit")
        self.point("committed")

    def checkpoint(self) -> None:
        if not self.keeps_log:
            super().checkpoint()

    def _statement(self, _connection: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        if not sql.startswith(UNWATCHED):
            self.point("ask" if sql.startswith(("SELECT", "WITH")) else "write")


@dataclass(kw_only=True)
class SimWorks(Works):
    lines: Mapping[Via, Line]

    def channels(self) -> Mapping[Via, Channel]:
        return self.lines


class Engine:
    """`point`: passes a fault point, with the engine's name; may raise. Once it has raised `Crash` every later
    point raises it too, until the engine is rebuilt: the dead do nothing more."""

    def __init__(
        self, name: str, file: Path, table: Sequence[Job], server: Server, *,
        now: Callable[[], datetime], true_now: Callable[[], datetime], point: Callable[[str, str], None],
        wait: Callable[[float], None], stall: Callable[[], None], leased: bool,
    ) -> None:  # fmt: skip
        self.name, self.file, self.table, self.server = name, file, table, server
        self.now, self._true_now = now, true_now
        self._point, self._wait, self._stall, self._leased = point, wait, stall, leased
        self._db = WatchedDatabase(f"sqlite:///{self.file}")
        self.works = self._rebuilt()

    def tick(self, *, believed: bool = False) -> None:
        """As `flows.embedded.Clock` does: whatever goes wrong, the next tick tries again."""
        try:
            if self._may_tick():
                tick(self.works, self.table, self.now(), believed=believed)
        except Exception:
            logging.getLogger("dondoc.sim").debug("tick of %s failed", self.name, exc_info=True)

    def rebuild(self) -> None:
        """After a crash: a new process on the same file. Only what statements were compiled to is kept."""
        self._db.dispose()
        self.works = self._rebuilt()

    @contextmanager
    def log_kept(self) -> Iterator[None]:
        """Meanwhile only what is written changes the file and its log."""
        self._db.keeps_log = True
        try:
            yield
        finally:
            self._db.keeps_log = False

    def close(self) -> None:
        self._db.dispose()

    def _may_tick(self) -> bool:
        if not self._leased:
            return True
        with self.works.db.transaction() as session:
            return hold(session, "clock", self.name, self.now(), LEASE) is not None

    def _rebuilt(self) -> Works:
        dead = False

        def point(name: str) -> None:
            nonlocal dead
            if dead:
                raise Crash(name)
            try:
                self._point(self.name, name)
            except Crash:
                dead = True
                raise

        db = self._db
        db.point = point
        ask = Database.read

        @contextmanager
        def unwatched() -> Iterator[Session]:
            with ask(db) as session:
                yield session

        lines = {
            via: Line(self.server, via, self.name, self.now, self._true_now, unwatched, point, self._stall)
            for via in Via
        }
        return SimWorks(
            lines=lines,
            settings=Settings(
                home=self.file.parent, base_url="http://sim", bounces=self.file.parent / "bounces"
            ),
            db=db,
            evidence=EvidenceStore(self.file.parent / "evidence"),
            channel=lines[Via.EMAIL],
            now=self.now,
            wait=self._wait,
        )


class _Selector(selectors.DefaultSelector):
    """Never waits for time: tells how long it would have."""

    waited = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.waited += timeout or 0.0
        return super().select(0)


class _InlineLoop(asyncio.SelectorEventLoop):
    """A loop on virtual time, which carries out at once what is meant for a thread: one story a seed."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.waited

    def run_in_executor(self, _executor: Any, func: Callable[..., Any], *args: Any) -> Any:  # type: ignore[override]
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except (Exception, Crash) as error:  # noqa: BLE001 (the awaiting side gets it)
            future.set_exception(error)
        return future


class _Policy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return _InlineLoop()


@contextmanager
def inline_threads() -> Iterator[None]:
    """Event loops made meanwhile carry out thread work at once."""
    asyncio.set_event_loop_policy(_Policy())
    try:
        yield
    finally:
        asyncio.set_event_loop_policy(None)
