"""What a page asks of a large office is answered from an index. Figures over everything count everything; no
other question reads a whole table of what grows with units or days."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event
from sqlalchemy.engine import Connection

from bench import _spine as spine
from bench.pages import PAGES, fill, place_in, readers
from store.database import Database

UNITS = 1_700
LARGE = ("assignment", "outbox")
COUNTS = re.compile(r"count\(", re.IGNORECASE)
COUNTING = {"board", "leader", "outbox", "health"}
"""Pages whose first figures are over all the work or all the letters there are."""
FEW_THOUGHT_LATE = "board, overdue"
"""PostgreSQL thinks that one piece of work in two hundred stands so; of many more it walks the index."""

Asked = list[tuple[str, Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def large(request: pytest.FixtureRequest) -> Database:
    db: Database = request.getfixturevalue(request.param)
    spine.add_office(db)
    fill(db, UNITS)
    return db


def test_no_page_reads_a_whole_table_but_to_count(large: Database, tmp_path: Path) -> None:
    works = spine.works(large, tmp_path)
    read_whole: dict[str, list[str]] = {}
    with readers(works) as browsers:
        for name, (who, path) in PAGES.items():
            asked = statements(large, browsers[who], place_in(works, path))
            with large.engine.connect() as connection:
                read_whole[name] = [
                    f"{table}: {statement}"
                    for statement, bound in asked
                    for table in scanned(connection, statement, bound)
                    if not (name.partition(",")[0] in COUNTING and COUNTS.search(statement))
                ]
    if not large.is_sqlite:
        del read_whole[FEW_THOUGHT_LATE]
    assert {name: found for name, found in read_whole.items() if found} == {}


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
        sorts = any("TEMP B-TREE FOR ORDER BY" in row.detail for row in plan)
        in_order = "LIMIT" in statement and not sorts  # reads from one end until the page is full
        named = [] if in_order else re.findall(r"SCAN (\w+)", "\n".join(row.detail for row in plan))
    else:
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", bound).scalar_one()
        named = list(whole(plan[0]["Plan"] if not isinstance(plan, str) else json.loads(plan)[0]["Plan"]))
    return [table for table in named if table in LARGE]


def whole(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from whole(inner)
