"""Column types shared by every value that is also a row: instants, words of a fixed list, documents.

A value is declared once, in `domain`; the table in `store` inherits its fields and adds keys.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field

from domain.sentence import again, kept


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Aware datetimes in, UTC datetimes out; a naive one is refused, never guessed.

    SQLite has no instant type: there it is ISO 8601 text of fixed width, so that text order is time order.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive instant {value!r}: give it a time zone")
        utc = value.astimezone(UTC)
        return iso(utc) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A small document, stored as canonical JSON text (sorted keys, no spaces), the same on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Said(TypeDecorator[str]):
    """A text that is still a sentence (`domain.sentence`) when it is read again."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(kept(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else again(json.loads(value))


def iso(instant: datetime) -> str:
    """UTC, microseconds always written: '2023-02-14T01:00:00.000000+00:00'."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> str:
    """One spelling for one document: what hashes and comparisons are made of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    return str(value)


@cache
def one_of(words: type[StrEnum]) -> type[TypeDecorator[Any]]:
    """Column type for a fixed list of words, stored by value (SQLModel alone would store the Python name).

    One type for a list: a statement with a new type in it would be compiled afresh every time."""

    class Word(TypeDecorator[Any]):
        impl = Text
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
            return None if value is None else words(value).value

        def process_result_value(self, value: Any, dialect: Dialect) -> Any:
            return None if value is None else words(value)

    Word.__name__ = f"{words.__name__}Word"
    return Word


def instant(**options: Any) -> Any:
    return Field(sa_type=UtcDateTime, **options)


def word(words: type[StrEnum], **options: Any) -> Any:
    return Field(sa_type=one_of(words), **options)


def document(factory: Callable[[], Any] = dict, **options: Any) -> Any:
    return Field(sa_type=Json, default_factory=factory, **options)


def said(**options: Any) -> Any:
    return Field(sa_type=Said, **options)


def string(**options: Any) -> Any:
    """Unbounded text; limits on what people type are checked where it comes in."""
    return Field(sa_type=Text, **options)
