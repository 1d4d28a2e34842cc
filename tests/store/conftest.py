"""An empty database of each kind: no tables, no migrations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    else:
        url = request.getfixturevalue("postgres_url")
        made = Database(url.replace("postgresql://", "postgresql+psycopg://", 1))
    yield made
    made.dispose()
