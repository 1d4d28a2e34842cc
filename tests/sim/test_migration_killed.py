"""A process killed while it makes or changes the tables (F3): the next one finds all of it done or none."""

import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, inspect

from runtime.sim.faults import Crash
from store import schema
from store.database import Database

EVERY = 1 if "DONDOC_SIM_LONG" in os.environ else 20


def killed_at(db: Database, n: int) -> bool:
    """Whether the migration reached its n-th statement, where it died."""
    left = [n]

    def die(*_statement: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Crash

    event.listen(db.engine, "before_cursor_execute", die)
    try:
        schema.upgrade(db)
    except Crash:
        return True
    finally:
        event.remove(db.engine, "before_cursor_execute", die)
    return False


@pytest.mark.parametrize("url", ["sqlite", "postgresql"])
def test_a_killed_migration_leaves_nothing_and_is_done_by_the_next_process(
    url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    where = (
        f"sqlite:///{tmp_path / 'a.sqlite3'}" if url == "sqlite" else request.getfixturevalue("postgres_url")
    )
    db = Database(where.replace("postgresql://", "postgresql+psycopg://"), durable=False)
    n = 1
    while killed_at(db, n):
        assert schema.current(db) is None
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}, f"killed at {n}"
        n += EVERY
    assert n > 100
    assert schema.current(db) == schema.newest()
    db.dispose()
