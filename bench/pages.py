"""Pages: what a reader waits for in a large office, against a small one.

The same pages by the same readers and the same code: `units` × 12 open monthly reports in PostgreSQL, and
a hundredth of the units in SQLite. For each page `times`: the time at the large office over the time at the small
one, and `questions`: statements sent to the database, the more of the two. `worst`: the largest of `times`.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text

from actions.changes import By
from actions.set_password import set_password
from bench import _spine as spine
from flows.schedule import TABLE
from runtime.jobs import run_job
from runtime.works import Works
from store.database import Database
from store.tables import DutyRow
from tests.support.statements import questions
from web.app import create_app

OPEN = next(job for job in TABLE if job.name == "open_occurrences")
MONTH = datetime(2023, 2, 1, 2, 0, tzinfo=UTC)
LATE = datetime(2023, 2, 15, 2, 0, tzinfo=UTC)
"""The day after the deadline: everything is overdue, the worst a board can show."""
ROUNDS = 5
DUTIES = 12
SMALLER = 100
SITE = "http://127.0.0.1:8765"
PASSWORD = "mật khẩu của phép đo"  # noqa: S105 (of people who are numbers)
PEOPLE = (
    "INSERT INTO person (id, code, name, email, active)"
    " SELECT id, code, 'Nguyễn Thị Số ' || id, code || '@bench.example.vn', true FROM unit"
)
HEADS = "INSERT INTO position (person_id, unit_id, role) SELECT id, id, 'head' FROM person WHERE id > 2"
OFFICE = "INSERT INTO position (person_id, unit_id, role) VALUES (1, 1, 'clerk'), (2, 1, 'leader')"
OWED = (
    "INSERT INTO duty_unit (duty_id, unit_id, part)"
    " SELECT d.id, u.id, 'executor' FROM duty d JOIN unit u ON true ORDER BY d.id, u.id"
)
LETTERS = (
    "INSERT INTO outbox (key, kind, message_id, state, not_before, created_at, person_id, to_address, to_name,"
    " subject, body_text, body_html, reason, facts, tries, via)"
    " SELECT 'l' || id, 'reminder', '<l' || id || '@x>', 'sent', :at, :at, id, email, name,"
    " 'Hạn 14/02', 'a', 'a', '', '{}', 1, 'email' FROM person"
)
READERS = {"clerk": "u1", "leader": "u2", "head": "u3"}
PAGES = {
    "board": ("clerk", "/van-phong"),
    "board, words": ("clerk", "/van-phong?tim=truong+77"),
    "board, overdue": ("clerk", "/van-phong?loc=qua-han"),
    "board, awaiting approval": ("clerk", "/van-phong?loc=cho-duyet"),
    "board, one unit": ("clerk", "/van-phong?don_vi=77"),
    "board, one directive": ("clerk", "/van-phong?van_ban=1"),
    "leader": ("leader", "/lanh-dao"),
    "my work": ("head", "/viec"),
    "my week": ("head", "/viec/tuan"),
    "assignment": ("head", "/viec/{mine}"),
    "assignment, the clerk": ("clerk", "/viec/{mine}"),
    "outbox": ("clerk", "/hop-thu-di"),
    "outbox, failed": ("clerk", "/hop-thu-di?loc=failed"),
    "review": ("clerk", "/van-ban/1"),
    "health": ("clerk", "/suc-khoe"),
}


def fill(db: Database, units: int) -> None:
    spine.add_units(db, units)
    spine.add_rows(db, DutyRow, [spine.a_duty(number).model_dump() for number in range(1, DUTIES + 1)])
    with spine.filling(db) as session:
        for statement in (PEOPLE, HEADS, OFFICE, OWED):
            session.execute(text(statement))
        session.execute(text(LETTERS), {"at": spine.bindable(db, MONTH)})
    with db.transaction() as session:
        for code in READERS.values():
            set_password(session, code, PASSWORD, By("bench", MONTH))
    run_job(OPEN, spine.works(db), MONTH)
    spine.settle(db)


@contextmanager
def readers(works: Works) -> Iterator[dict[str, TestClient]]:
    """A browser for each, signed in."""
    app = create_app(works, lambda: LATE)
    opened = {name: TestClient(app, base_url=SITE, headers={"Origin": SITE}) for name in READERS}
    for name, client in opened.items():
        told = client.post(
            "/dang-nhap", data={"name": READERS[name], "password": PASSWORD}, follow_redirects=False
        )
        assert told.status_code == 303, told.text  # noqa: S101
    yield opened
    for client in opened.values():
        client.close()


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    with (
        spine.databases("postgresql", "sqlite") as made,
        TemporaryDirectory() as one,
        TemporaryDirectory() as other,
    ):
        fill(made["postgresql"], chosen.units)
        fill(made["sqlite"], chosen.units // SMALLER)
        large = spine.works(made["postgresql"], Path(one))
        small = spine.works(made["sqlite"], Path(other))
        with readers(large) as of_large, readers(small) as of_small:
            pages = {
                name: compare(
                    (large, of_large[who], place_in(large, path)),
                    (small, of_small[who], place_in(small, path)),
                )
                for name, (who, path) in PAGES.items()
            }
    return {
        "units": [chosen.units, chosen.units // SMALLER],
        "open": [DUTIES * chosen.units, DUTIES * chosen.units // SMALLER],
        "worst": max(times for times, _ in pages.values()),
        "questions": max(asked for _, asked in pages.values()),
        "times": {name: times for name, (times, _) in pages.items()},
    }


Visit = tuple[Works, TestClient, str]


def compare(large: Visit, small: Visit) -> tuple[float, int]:
    """Large over small, in alternation, and the most questions one visit asks."""
    asked = max(visit(large)[1], visit(small)[1])  # unmeasured: both sides start warm
    rounds = [(visit(large)[0], visit(small)[0]) for _ in range(ROUNDS)]
    return spine.ratio(*zip(*rounds, strict=True)), asked


def visit(one: Visit) -> tuple[float, int]:
    works, client, path = one
    with questions(works) as asked:
        spent = spine.seconds(lambda: client.get(path).raise_for_status())
    return spent, len(asked)


def place_in(works: Works, path: str) -> str:
    if "{mine}" not in path:
        return path
    with works.db.read() as session:
        mine = session.execute(text("SELECT min(id) FROM assignment WHERE unit_id = 3")).scalar_one()
    return path.format(mine=mine)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=50_000, help="of the large office")
    spine.show(measure, options)


if __name__ == "__main__":
    main()
