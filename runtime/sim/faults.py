"""What goes wrong: each fault by the number of `docs/simulation.md`, how often, and the plan a seed draws.

A fault point has a name. Passing it may end the life of the process (`Crash`), raise what a database would,
or hold the process still; most often nothing happens.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import psycopg.errors
from sqlalchemy.exc import OperationalError


class Crash(BaseException):
    """The process is gone. No `except Exception` may catch it, as none could."""


def locked() -> OperationalError:
    """What SQLite says when another process holds the file for too long."""
    return OperationalError("COMMIT", None, sqlite3.OperationalError("database is locked"))


def cut_off() -> OperationalError:
    """The connection was lost while the server committed: nobody can say whether it did."""
    return OperationalError("COMMIT", None, sqlite3.OperationalError("connection lost during COMMIT"))


def disk_full() -> OperationalError:
    """What SQLite says when a page finds no room."""
    return OperationalError("INSERT", None, sqlite3.OperationalError("database or disk is full"))


def read_only() -> OperationalError:
    """What SQLite says on a file system that the kernel has set read-only."""
    return OperationalError("UPDATE", None, sqlite3.OperationalError("attempt to write a readonly database"))


def deadlock() -> OperationalError:
    """PostgreSQL has chosen this transaction as the victim; so it says of a serialization failure (F18)."""
    return OperationalError("UPDATE", None, psycopg.errors.DeadlockDetected("deadlock detected"))


def server_gone() -> OperationalError:
    """PostgreSQL was started anew under an open transaction."""
    gone = psycopg.errors.AdminShutdown("terminating connection due to administrator command")
    return OperationalError("UPDATE", None, gone, connection_invalidated=True)


DATABASE = {
    "locked": locked, "unknown": cut_off, "full": disk_full, "deadlock": deadlock, "restart": server_gone,
}  # fmt: skip
"""What the database raises for each of its faults."""

POINTS: Mapping[str, tuple[str, ...]] = {
    "kill": ("read", "begin", "write", "commit", "committed", "hand over", "answered"),
    "locked": ("begin", "commit"),
    "unknown": ("committed",),
    "full": ("write",),
    "deadlock": ("write",),
    "restart": ("write",),
    "memory": ("ask", "write"),
    "pause": ("begin", "read", "hand over"),
    "step": ("hand over", "answered"),
}
"""Where each fault may befall."""


@dataclass(frozen=True)
class Rates:
    """Chances at one passing of a point. `kill` F1 F2; `locked` F11; `unknown` F12; `full` F13; `restart` F17;
    `deadlock` F18; `memory` F5; `pause` F6; `step` F33. Of one letter: `spoilt`, what it is made of is gone; on the
    wire `temporary` F23, `permanent` F24, `lost_yes` F25, `hang` F26,
    `bounce` F30."""

    kill: float = 0.0
    locked: float = 0.0
    unknown: float = 0.0
    full: float = 0.0
    restart: float = 0.0
    deadlock: float = 0.0
    memory: float = 0.0
    pause: float = 0.0
    step: float = 0.0
    spoilt: float = 0.0
    temporary: float = 0.0
    permanent: float = 0.0
    lost_yes: float = 0.0
    hang: float = 0.0
    bounce: float = 0.0

    def befalls(self, point: str, luck: float) -> str:
        """The fault that `luck` (0 to 1) picks at a point, or ""."""
        for name, points in POINTS.items():
            luck -= getattr(self, name) if point in points else 0.0
            if luck < 0:
                return name
        return ""


CALM = Rates(spoilt=0.3)
"""A spoilt letter is no weather: the others leave in time."""
ROUGH = Rates(
    kill=0.002, locked=0.01, unknown=0.005, full=0.001, restart=0.001, deadlock=0.001, memory=0.0005,
    pause=0.001, step=0.01, spoilt=0.1, temporary=0.08, permanent=0.02, lost_yes=0.04, hang=0.01, bounce=0.02,
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True)
class Loss:
    """The disk goes bad at `broken` (F16) for some hours; then the copy of the instant `copied` takes its place (F20).
    It was taken in the middle of a transaction; `whole`: with the log of what is not in the file yet (F15)."""

    copied: datetime
    broken: datetime
    lasts: timedelta
    whole: bool


@dataclass(frozen=True)
class Plan:
    """What befalls one seed. `calm`: only letters that cannot be written. `leased`: the two clocks share the
    lease of the embedded clock; otherwise both tick, as workers do (F7, F10). `read_only`: the file system (F14).
    `quota`: letters that the server takes in an hour, and in one conversation (F27). `skews`: what an engine's clock
    is off by (F32)."""

    rates: Rates
    calm: bool
    leased: bool
    mail_down: tuple[Span, ...] = ()
    silence: tuple[Span, ...] = ()
    read_only: tuple[Span, ...] = ()
    losses: tuple[Loss, ...] = ()
    quota: int = 10_000
    skews: dict[str, tuple[tuple[Span, timedelta], ...]] = field(default_factory=dict)

    def is_down(self, at: datetime) -> bool:
        return any(span.holds(at) for span in self.mail_down)

    def is_silent(self, at: datetime) -> bool:
        return any(span.holds(at) for span in self.silence)

    def is_read_only(self, at: datetime) -> bool:
        return any(span.holds(at) for span in self.read_only)

    def skew(self, engine: str, at: datetime) -> timedelta:
        return next((by for span, by in self.skews.get(engine, ()) if span.holds(at)), timedelta())


OUTAGES = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=30))  # F21 F22
SILENCES = (timedelta(hours=20), timedelta(days=3), timedelta(days=6))  # F8
STEPS = tuple(timedelta(minutes=m) for m in (-120, -3, 3, 120))  # F33
QUOTAS = (4, 12, 10_000)  # F27
SKEWS = (
    timedelta(hours=-1),
    timedelta(days=-1),
    timedelta(minutes=5),
    timedelta(days=365),
    timedelta(days=-20_900),
)  # F32; the last as a machine without a battery begins
COPIED = (timedelta(hours=5), timedelta(hours=29), timedelta(days=6))
"""Before the disk goes bad."""


def draw(chance: Random, since: datetime, days: int, engines: tuple[str, ...], rates: Rates = ROUGH) -> Plan:
    """Every fifth plan is calm: there the stricter promises are held (I4). An outage begins about every
    twentieth day, on average, of each kind; a disk goes bad half as often, and not on the first day."""
    if chance.random() < 0.2:
        return Plan(CALM, calm=True, leased=chance.random() < 0.5)

    def spans(lengths: tuple[timedelta, ...], since: datetime = since) -> tuple[Span, ...]:
        found = []
        for _ in range(max(1, days // 20)):
            start = since + timedelta(minutes=chance.randrange(days * 24 * 60))
            found.append(Span(start, start + chance.choice(lengths)))
        return tuple(found)

    def losses() -> Iterator[Loss]:
        for start in range(1, days, 40):
            broken = since + timedelta(
                days=min(start + chance.randrange(40), days - 1), hours=chance.randrange(7, 17)
            )
            copied = max(since + timedelta(hours=8), broken - chance.choice(COPIED))
            yield Loss(copied, broken, timedelta(hours=chance.randrange(1, 6)), chance.random() < 0.5)

    skewed = {
        engine: tuple((span, chance.choice(SKEWS)) for span in spans(OUTAGES, since + timedelta(days=1)))
        for engine in engines
        if chance.random() < 0.5
    }
    return Plan(
        rates, calm=False, leased=chance.random() < 0.3,
        mail_down=spans(OUTAGES), silence=spans(SILENCES), quota=chance.choice(QUOTAS), skews=skewed,
        read_only=spans(OUTAGES), losses=tuple(losses()),
    )  # fmt: skip
