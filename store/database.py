"""The one door to the database: read, or write in a transaction that its caller opened.

SQLite (default): WAL, foreign keys, FULL sync. Libraries 3.7.0–3.51.2 can corrupt a WAL database when two
connections write or checkpoint at the same instant (sqlite.org/wal.html, "WAL-reset bug"), so every write
and every checkpoint of ours, in any process, holds one file lock; no connection checkpoints by itself.
PostgreSQL: the same code; writers queue at an advisory lock instead. They would queue at the head of the audit
trail anyway, but there each already holds rows that the one before may want: a deadlock, with a person's
hand-in for its victim. And what an action has read stays true until it commits, on both databases alike.
The threads of a process queue among themselves first: a crowd at the pages then takes turns with the clock.
"""

import fcntl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, create_engine

WRITERS = 0xD0D0C
"""The advisory lock's number; it is the database's own, two databases of one server do not meet at it."""
ISOLATION = "READ COMMITTED"
"""Whatever the server prefers: in a snapshot taken while it queues at the lock a writer would read what is old."""
KEPT = 30
"""Connections kept for the next who asks: with the ten that may be opened beside them as many as pages are answered at
once (anyio's threads). Of fewer a crowd would open and close one for each question, or wait for one in vain."""
CHECKPOINT_EVERY = 200  # transactions; keeps the WAL small without any connection doing it unasked


class Database:
    """`url`: any SQLAlchemy URL of SQLite or PostgreSQL. Threads and processes may share a database.

    `durable` False (SQLite): what is committed survives a killed process but not a power cut. For replays."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = (
            {"connect_args": {"timeout": 30}}
            if self.is_sqlite
            else {"pool_pre_ping": True, "isolation_level": ISOLATION}
        )
        self.engine: Engine = create_engine(self.url, pool_size=KEPT, **options)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            if not durable:
                event.listen(self.engine, "connect", _trust_the_power)
        else:
            event.listen(self.engine, "begin", _begin_postgresql)
        self._lock = threading.RLock()
        self._queue: deque[None] = deque()
        self._lock_file: IO[bytes] | None = None
        self._written = 0
        self._kept: dict[str, Any] = {}

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for questions. What it changes is thrown away. In `info["kept"]` it may leave what the next can use
        again; whoever does so looks first whether it still holds."""
        with Session(self.engine, autoflush=False, info={"kept": self._kept}) as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Everything or nothing. The only place in the product that commits."""
        with self._writing(), self.engine.connect() as connection:
            connection.execution_options(dondoc_write=True)
            kept = MappingProxyType(self._kept)  # to be used; what a writer sees may never come to be
            with Session(connection, expire_on_commit=False, info={"kept": kept}) as session:
                yield session
                session.commit()
        self._checkpoint_now_and_then()

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """A bare connection in a write transaction, for changing the schema."""
        with self._writing(), self.engine.connect() as connection:
            connection.execution_options(dondoc_write=True)
            with connection.begin():
                yield connection

    @property
    def is_crowded(self) -> bool:
        """Whether other threads wait to write: what can be done later is then better left."""
        return bool(self._queue)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database file (SQLite only)."""
        if self.is_sqlite:
            with self._writing(), self.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def dispose(self) -> None:
        self.engine.dispose()
        if self._lock_file:
            self._lock_file.close()
            self._lock_file = None

    def _checkpoint_now_and_then(self) -> None:
        self._written += 1
        if self._written % CHECKPOINT_EVERY == 0:
            self.checkpoint()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time: threads by a lock, processes by a lock on a file beside the database. On
        PostgreSQL the transaction takes its lock as it begins, and keeps it until it ends."""
        self._queue.append(None)
        with self._lock:
            self._queue.pop()
            if not self.is_sqlite:
                yield
                return
            if self._lock_file is None:
                beside = Path(f"{self.url.database}.lock" if self.url.database else "/dev/null")
                self._lock_file = beside.open("wb")  # kept open for the life of the database
            fcntl.flock(self._lock_file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._lock_file, fcntl.LOCK_UN)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "wal_autocheckpoint=0",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _trust_the_power(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("dondoc_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Any) -> None:
    if connection.get_execution_options().get("dondoc_write"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
