"""What a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import event

from store.database import Database


class Asking(Protocol):
    """Works, or the world of a test."""

    @property
    def db(self) -> Database: ...


@contextmanager
def questions(works: Asking) -> Iterator[list[str]]:
    """The statements sent to the database within the block, BEGIN and ROLLBACK aside."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(works.db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(works.db.engine, "before_cursor_execute", note)
