"""The migrations together are the tables, on both databases; and the database refuses what only it can."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import store.triggers  # noqa: F401
from store import schema
from store.database import Database


def test_migrations_give_exactly_the_tables(empty_db: Database) -> None:
    schema.upgrade(empty_db)
    with empty_db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        different = compare_metadata(context, SQLModel.metadata)
    # `alembic_version` is the migrations' own; partial indexes are compared word by word below.
    assert [d for d in different if "alembic_version" not in str(d)] == []
    assert schema.current(empty_db) == schema.newest()


def test_migrations_write_the_same_sql_as_the_tables_on_sqlite(tmp_path: Path) -> None:
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.sqlite3'}")
    schema.upgrade(migrated)
    made = Database(f"sqlite:///{tmp_path / 'made.sqlite3'}")
    with made.exclusive() as connection:
        SQLModel.metadata.create_all(connection)
    assert _ddl(migrated) == _ddl(made)
    for db in (migrated, made):
        db.dispose()


def _ddl(db: Database) -> dict[str, list[str]]:
    with db.read() as session:
        rows = session.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {
        name: sorted(line.strip(" \t,") for line in sql.splitlines())
        for name, sql in rows
        if name != "alembic_version"
    }


def test_migrating_twice_changes_nothing(empty_db: Database) -> None:
    schema.upgrade(empty_db)
    schema.upgrade(empty_db)
    assert schema.current(empty_db) == schema.newest()


@pytest.mark.parametrize("change", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_nobody_edits_the_audit_trail_in_place(db: Database, change: str) -> None:
    with db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO audit (at, actor, action, subject, cause, data, hash) VALUES "
                "('2023-02-01T00:00:00.000000+00:00', 'a', 'b', 'c', '', '{}', 'h')"
            )
        )
    with pytest.raises(DBAPIError, match="append-only"), db.transaction() as session:
        session.execute(text(change))


def test_a_word_the_domain_does_not_know_is_refused(db: Database) -> None:
    with pytest.raises(DBAPIError), db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO outbox (key, kind, to_address, to_name, facts, subject, body_text, body_html, "
                "message_id, state, reason, tries, not_before, created_at) VALUES ('k', 'reminder', '', '', '{}', "
                "'', '', '', '<m>', 'flown', '', 0, '2023-02-01T00:00:00+00:00', '2023-02-01T00:00:00+00:00')"
            )
        )
