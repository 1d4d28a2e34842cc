"""A large office in a database of its own, filled by set-based SQL: what the benchmarks of the spine share.

Its people and units are numbers. Times are literal: the office exists since 1 February 2023.
"""

import argparse
import gc
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text
from sqlmodel import Session, SQLModel

from domain.duty import Kind
from domain.escalation import DEFAULT, Ladder
from domain.fields import UtcDateTime
from domain.office import Office
from domain.recurrence import Schedule
from notifications.channel import Channel
from notifications.channels.email import EmailChannel
from runtime.settings import Settings
from runtime.works import Works
from store import schema
from store.database import Database
from store.evidence import EvidenceStore
from store.tables import DirectiveRow, DutyRow, OfficeRow
from tests.support.postgres import embedded

BEGAN = datetime(2023, 2, 1, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2023, 2, 1)
MAIL_OF = "bench.example.vn"
UNITS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
    " INSERT INTO unit (id, parent_id, folded, code, name, short_names, kind, level, ownership)"
    " SELECT i, CASE WHEN i > 1 THEN 1 END, '', 'u' || i, 'Trường số ' || i, '[]', 'trường', '', '' FROM n"
)


@contextmanager
def databases(*kinds: str) -> Iterator[dict[str, Database]]:
    """Databases with every table and an office without units, in a folder that is removed afterwards; each of
    `kinds` is "sqlite" or "postgresql", with a word after a dash to tell two of a kind apart."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
        if not any(kind.startswith("postgresql") for kind in kinds):
            yield {kind: _ready(f"sqlite:///{folder}/{kind}.sqlite3") for kind in kinds}
            return
        with embedded() as server:
            urls = {
                kind: server.database().replace("postgresql://", "postgresql+psycopg://", 1)
                if kind.startswith("postgresql")
                else f"sqlite:///{folder}/{kind}.sqlite3"
                for kind in kinds
            }
            made = {kind: _ready(url) for kind, url in urls.items()}
            yield made
            for db in made.values():
                db.dispose()


def _ready(url: str) -> Database:
    db = Database(url)
    schema.upgrade(db)
    add_office(db)
    return db


def add_office(db: Database) -> None:
    with db.transaction() as session:
        office = Office(
            code="bench",
            name="Phòng GD&ĐT Đo Đạc",
            unit="u1",
            sender=f"dondoc@{MAIL_OF}",
            hold_above=10**9,
            daily_letters=10**9,
        )
        session.add(OfficeRow(code=office.code, name=office.name, settings=office.model_dump(mode="json")))
        session.add(DirectiveRow(content_hash="0", symbol="1/KH-PGDĐT", text="KẾ HOẠCH", received_at=BEGAN))


def works(db: Database, home: Path = Path("var"), channel: Channel | None = None) -> Works:
    url = db.url.render_as_string(hide_password=False)
    return Works(
        Settings(home=home, database_url=url), db, EvidenceStore(home), channel or EmailChannel("127.0.0.1")
    )


@contextmanager
def filling(db: Database) -> Iterator[Session]:
    """A transaction that trusts its rows: PostgreSQL does not look up their foreign keys."""
    with db.transaction() as session:
        if not db.is_sqlite:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        yield session


def add_units(db: Database, count: int) -> None:
    """Units 1 to `count`; the first is the office itself and the superior of all others."""
    with filling(db) as session:
        session.execute(text(UNITS), {"count": count})


def a_duty(number: int, at: time = DEFAULT.at) -> DutyRow:
    """A monthly report before the 15th, whose ladder reminds at `at` o'clock."""
    ladder = Ladder(rungs=DEFAULT.rungs, at=at)
    return DutyRow(
        id=number, directive_id=1, code=f"v{number}", title=f"Báo cáo tháng số {number}", clause="II.1#1",
        quote="Các trường báo cáo tháng.", kind=Kind.RECURRING, issued_at=BEGAN,
        schedule=Schedule(repeat="monthly", stated="day<15", op="before", first=FIRST).model_dump(mode="json"),
        ladder=ladder.model_dump(mode="json"),
    )  # fmt: skip


def add_rows(db: Database, table: Any, rows: list[dict[str, Any]]) -> None:
    with filling(db) as session:
        session.execute(insert(table), rows)


@contextmanager
def unindexed(db: Database, table: type[SQLModel]) -> Iterator[None]:
    """Fill first and sort once: the table's plain indexes are dropped meanwhile; its keys stay."""
    indexes = sorted(
        table.metadata.tables[str(table.__tablename__)].indexes, key=lambda index: str(index.name)
    )
    with db.exclusive() as connection:
        for index in indexes:
            index.drop(connection)
    yield
    with db.exclusive() as connection:
        for index in indexes:
            index.create(connection)


def settle(db: Database) -> None:
    """What the database's own housekeeping does in time: statistics on PostgreSQL, a short log on SQLite."""
    if db.is_sqlite:
        db.checkpoint()
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def bindable(db: Database, instant: datetime) -> Any:
    """An instant as this database's driver takes it, for SQL written by hand."""
    return UtcDateTime().process_bind_param(instant, db.engine.dialect)


def seconds(run: Callable[[], object]) -> float:
    gc.collect()
    began = perf_counter()
    run()
    return perf_counter() - began


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' ratios: what disturbs one round disturbs both of its sides."""
    return round(median(mine / other for mine, other in zip(ours, theirs, strict=True)), 2)


@contextmanager
def peak_memory() -> Iterator[Callable[[], float]]:
    """Gives a function that tells the most MB this process held at once since the block began (Linux)."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")

    def peak() -> float:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024

    yield peak


def show(
    measure: Callable[[argparse.Namespace], Mapping[str, Any]], options: argparse.ArgumentParser
) -> None:
    """Read the options and print what `measure` finds, as every benchmark does."""
    options.add_argument("--json", action="store_true", help="one JSON object on one line")
    chosen = options.parse_args()
    print(json.dumps(measure(chosen), ensure_ascii=False, indent=None if chosen.json else 2))
