"""Alembic's entry: run from `store.schema`, which hands over an open connection."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

import store.triggers  # noqa: F401 (loads the tables and what stands beside them)
from domain.fields import Json, UtcDateTime


def in_a_migration(kind: str, thing: Any, _context: Any) -> Any:
    """Our column types by their plain names; a word of a fixed list is text (its CHECK stands beside it)."""
    if kind != "type" or not type(thing).__module__.startswith("domain."):
        return False
    return f"domain.fields.{type(thing).__name__}()" if isinstance(thing, UtcDateTime | Json) else "sa.Text()"


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=in_a_migration,
)
with context.begin_transaction():
    context.run_migrations()
