"""Opening a period: a month's occurrence of every duty, and an assignment of it for every unit.

`sqlite`, `postgresql`: our whole job (plan, recurrence, occurrences, assignments, audit, counts, commit a chunk) over
one bare INSERT … SELECT of the same rows into a database with the same tables, keys and indexes, which counts nothing.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, text, update
from sqlmodel import col

from bench import _spine as spine
from flows.schedule import TABLE
from runtime.jobs import run_job
from store.database import Database
from store.tables import AssignmentRow, AuditRow, DutyRow, OccurrenceRow
from store.triggers import statements

JOB = next(job for job in TABLE if job.name == "open_occurrences")
MONTH = datetime(2023, 2, 1, 2, 0, tzinfo=UTC)
UNCOUNTED = {
    "sqlite": "DROP TRIGGER IF EXISTS assignment_counted_insert",
    "postgresql": "ALTER TABLE assignment DISABLE TRIGGER assignment_counted_insert",
}
DUTY_UNITS = (
    "INSERT INTO duty_unit (duty_id, unit_id, part) SELECT :duty, id, 'executor' FROM unit ORDER BY id"
)
ASSIGNMENTS = (
    "INSERT INTO assignment"
    " (occurrence_id, unit_id, part, state, due_on, due_at, step, next_action_at, version)"
    " SELECT o.id, d.unit_id, d.part, 'assigned', o.due_on, :due_at, 0, :first, 1"
    " FROM occurrence o JOIN duty_unit d ON d.duty_id = o.duty_id ORDER BY o.id, d.id"
)


def fill(db: Database, units: int, duties: int) -> None:
    spine.add_units(db, units)
    spine.add_rows(db, DutyRow, [spine.a_duty(number).model_dump() for number in range(1, duties + 1)])
    for number in range(1, duties + 1):
        with spine.filling(db) as session:
            session.execute(text(DUTY_UNITS), {"duty": number})
    spine.settle(db)


def ours(db: Database, rows: int) -> float:
    """The real thing; run again it writes nothing."""
    opened: dict[str, int] = {}
    spent = spine.seconds(lambda: opened.update(run_job(JOB, spine.works(db), MONTH)))
    written = counts(db)
    assert opened["assignments"] == written["assignment"] == rows, (opened, written)  # noqa: S101
    assert not +run_job(JOB, spine.works(db), MONTH), "the second run did something"  # noqa: S101
    assert counts(db) == written, "the second run wrote something"  # noqa: S101
    return spent


def bare(db: Database, rows: int) -> float:
    """The same assignments of the same occurrences, their days known beforehand."""
    with db.read() as session:
        one = session.execute(
            select(col(AssignmentRow.due_at), col(AssignmentRow.next_action_at)).limit(1)
        ).one()
    bound = dict(zip(("due_at", "first"), (spine.bindable(db, moment) for moment in one), strict=True))
    empty(db, "assignment", "standing_count")

    def write() -> None:
        with db.transaction() as session:
            session.execute(text(ASSIGNMENTS), bound)

    with uncounted(db):
        spent = spine.seconds(write)
    assert counts(db)["assignment"] == rows  # noqa: S101
    return spent


@contextmanager
def uncounted(db: Database) -> Iterator[None]:
    """The table without the trigger that keeps the counts of how work stands."""
    dialect = db.url.get_backend_name()
    [counting] = [one for one in statements(dialect) if "TRIGGER assignment_counted_insert" in one]
    with db.exclusive() as connection:
        connection.exec_driver_sql(UNCOUNTED[dialect])
    yield
    back = counting if db.is_sqlite else UNCOUNTED[dialect].replace("DISABLE", "ENABLE")
    with db.exclusive() as connection:
        connection.exec_driver_sql(back)


def empty(db: Database, *tables: str) -> None:
    """SQLite drops all pages of a table at once where no key can refer to it."""
    connection = db.engine.raw_connection()
    statements = [f"TRUNCATE {table} CASCADE" for table in tables]
    if db.is_sqlite:
        statements = [f"DELETE FROM {table}" for table in tables]  # noqa: S608
        statements = ["PRAGMA foreign_keys=OFF", *statements, "PRAGMA foreign_keys=ON"]
    for statement in statements:
        connection.cursor().execute(statement)
    connection.commit()
    connection.close()
    spine.settle(db)


def counts(db: Database) -> dict[str, int]:
    with db.read() as session:
        return {
            table.__tablename__: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (OccurrenceRow, AssignmentRow, AuditRow)
        }


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    rows = chosen.units * chosen.duties
    found: dict[str, Any] = {"units": chosen.units, "duties": chosen.duties}
    with spine.databases(*chosen.on) as made:
        for kind, db in made.items():
            fill(db, chosen.units, chosen.duties)
            found[kind] = spine.ratio(*zip(*(_round(db, rows) for _ in range(chosen.rounds)), strict=True))
    return found


def _round(db: Database, rows: int) -> tuple[float, float]:
    pair = ours(db, rows), bare(db, rows)
    empty(db, "assignment", "standing_count", "occurrence")
    with db.transaction() as session:
        session.execute(update(DutyRow).values(opened_through=None))
    return pair


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=10_000)
    options.add_argument("--duties", type=int, default=60)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--on", nargs="+", default=["sqlite", "postgresql"])
    spine.show(measure, options)


if __name__ == "__main__":
    main()
