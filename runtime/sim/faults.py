"""What goes wrong: each fault by the number of `docs/simulation.md`, how often, and the plan a seed draws.

A fault point has a name. Passing it may end the life of the process (`Crash`), raise what a database would,
or hold the process still; most often nothing happens.
"""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.exc import OperationalError


class Crash(BaseException):
    """The process is gone. No `except Exception` may catch it, as none could."""


def locked() -> OperationalError:
    """What SQLite says when another process holds the file for too long."""
    return OperationalError("COMMIT", None, sqlite3.OperationalError("database is locked"))


def cut_off() -> OperationalError:
    """The connection was lost while the server committed: nobody can say whether it did."""
    return OperationalError("COMMIT", None, sqlite3.OperationalError("connection lost during COMMIT"))


@dataclass(frozen=True)
class Rates:
    """Chances at one passing of a point. `kill` F1 F2; `locked` F11; `unknown` F12; `pause` F6. On the wire, for
    one letter: `temporary` F23 F27, `permanent` F24, `lost_yes` F25, `hang` F26."""

    kill: float = 0.0
    locked: float = 0.0
    unknown: float = 0.0
    pause: float = 0.0
    temporary: float = 0.0
    permanent: float = 0.0
    lost_yes: float = 0.0
    hang: float = 0.0


CALM = Rates()
ROUGH = Rates(
    kill=0.003, locked=0.01, unknown=0.005, pause=0.001,
    temporary=0.08, permanent=0.02, lost_yes=0.04, hang=0.01,
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


@dataclass(frozen=True)
class Plan:
    """What befalls one seed. `calm`: nothing at all. `leased`: the two clocks share the lease of the embedded
    clock; otherwise both tick, as workers do (F7, F10). `skews`: what an engine's clock is off by (F32)."""

    rates: Rates
    calm: bool
    leased: bool
    mail_down: tuple[Span, ...] = ()
    silence: tuple[Span, ...] = ()
    skews: dict[str, tuple[tuple[Span, timedelta], ...]] = field(default_factory=dict)

    def is_down(self, at: datetime) -> bool:
        return any(span.holds(at) for span in self.mail_down)

    def is_silent(self, at: datetime) -> bool:
        return any(span.holds(at) for span in self.silence)

    def skew(self, engine: str, at: datetime) -> timedelta:
        return next((by for span, by in self.skews.get(engine, ()) if span.holds(at)), timedelta())


OUTAGES = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=30))  # F21 F22
SILENCES = (timedelta(hours=20), timedelta(days=3), timedelta(days=6))  # F8
SKEWS = (timedelta(hours=-1), timedelta(days=-1), timedelta(minutes=5))  # F32


def draw(chance: Random, since: datetime, days: int, engines: tuple[str, ...], rates: Rates = ROUGH) -> Plan:
    """Every fifth plan is calm: there the stricter promises are held (I4). An outage begins about every
    twentieth day, on average, of each kind."""
    if chance.random() < 0.2:
        return Plan(CALM, calm=True, leased=chance.random() < 0.5)

    def spans(lengths: tuple[timedelta, ...]) -> tuple[Span, ...]:
        found = []
        for _ in range(max(1, days // 20)):
            start = since + timedelta(minutes=chance.randrange(days * 24 * 60))
            found.append(Span(start, start + chance.choice(lengths)))
        return tuple(found)

    skewed = {
        engine: tuple((span, chance.choice(SKEWS)) for span in spans(OUTAGES))
        for engine in engines
        if chance.random() < 0.3
    }
    return Plan(
        rates, calm=False, leased=chance.random() < 0.3,
        mail_down=spans(OUTAGES), silence=spans(SILENCES), skews=skewed,
    )  # fmt: skip
