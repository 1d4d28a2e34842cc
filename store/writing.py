"""Inserting once: rows that are there already are left alone, and the count says how many were new."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows whose unique key is new. Returns how many were."""
    return _run(session, _insert(session, table).values(list(rows))) if rows else 0


def insert_keyed(session: Session, table: Any, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The same for a table with an `id` and a unique `key`: the new rows' ids by their keys."""
    if not rows:
        return {}
    once = _insert(session, table).on_conflict_do_nothing().returning(table.key, table.id)
    return {row.key: row.id for row in session.connection().execute(once, list(rows))}


def insert_selected(
    session: Session, table: type[SQLModel], columns: Sequence[str], rows: Select[Any]
) -> int:
    """The same, for the rows a question gives, in one statement."""
    return _run(session, _insert(session, table).from_select(list(columns), rows, include_defaults=False))


def _insert(session: Session, table: type[SQLModel]) -> Any:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


def _run(session: Session, statement: Any) -> int:
    once = statement.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return int(session.connection().execute(once).rowcount)
