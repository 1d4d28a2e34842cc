"""What a page asks of a large office is answered from an index, or from the counts kept of its work; no question
reads a whole table of what grows with units or days. Only letters are counted one by one, off an index."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.engine import Connection

from bench import _spine as spine
from bench.pages import PAGES, fill, place_in, readers
from store.database import Database
from web.office_board import FILTERS, ORDERS, STILL

UNITS = 600
LARGE = ("assignment", "outbox")
COUNTED = "FROM outbox GROUP BY outbox.state"
FILTERED = {f"board, {word}": ("clerk", f"/van-phong?loc={word}") for word in (*FILTERS, STILL)}

LONG = {
    f"{path}, farther": ("clerk", path)
    for path in ("/van-phong", *(f"/van-phong?xep={one}" for one in ORDERS), "/hop-thu-di", "/don-vi")
}

Asked = list[tuple[str, Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def large(request: pytest.FixtureRequest) -> Database:
    db: Database = request.getfixturevalue(request.param)
    spine.add_office(db)
    fill(db, UNITS)
    return db


def test_no_page_reads_a_whole_table(large: Database, tmp_path: Path) -> None:
    works = spine.works(large, tmp_path)
    read_whole: dict[str, list[str]] = {}
    with readers(works) as browsers:
        for name, (who, path) in {**PAGES, **FILTERED, **LONG}.items():
            browser, place = browsers[who], place_in(works, path)
            asked = statements(large, browser, farther(browser, place) if name in LONG else place)
            if (
                large.engine.dialect.name == "postgresql"
            ):  # for SQLite each limit is written with an offset, of 0
                assert not [statement for statement, _ in asked if "OFFSET" in statement], name
            with large.engine.connect() as connection:
                read_whole[name] = [
                    f"{table}: {statement}"
                    for statement, bound in asked
                    for table in scanned(connection, statement, bound)
                    if not (table == "outbox" and COUNTED in " ".join(statement.split()))
                ]
    assert {name: found for name, found in read_whole.items() if found} == {}


def farther(browser: TestClient, path: str) -> str:
    """The page after the next."""
    for _ in range(2):
        found = re.search(r'rel="next" href="([^"]+)"', browser.get(path).text)
        assert found, path
        path = unescape(found[1])
    return path


def statements(db: Database, browser: TestClient, path: str) -> Asked:
    asked: Asked = []

    def note(_connection: object, _cursor: object, statement: str, bound: Any, *_rest: object) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            asked.append((statement, bound))

    event.listen(db.engine, "before_cursor_execute", note)
    browser.get(path).raise_for_status()
    event.remove(db.engine, "before_cursor_execute", note)
    return asked


def scanned(connection: Connection, statement: str, bound: Any) -> list[str]:
    """The large tables this question reads from end to end, as the database itself plans it."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound).all()
        sorted_ = {row.parent for row in plan if "TEMP B-TREE FOR ORDER BY" in row.detail}
        scans = [row for row in plan if row.detail.startswith("SCAN ")]
        # Under a limit, what is not sorted afterwards is read from one end until the page is full.
        named = [row.detail.split()[1] for row in scans if "LIMIT" not in statement or row.parent in sorted_]
    else:
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", bound).scalar_one()
        named = list(whole(plan[0]["Plan"] if not isinstance(plan, str) else json.loads(plan)[0]["Plan"]))
    return [table for table in named if table in LARGE]


def whole(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from whole(inner)
