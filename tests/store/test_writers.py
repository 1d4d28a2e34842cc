"""Two who write at the same time: one after the other, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from time import monotonic, sleep

from sqlmodel import Session

from domain.audit import AuditEntry
from store import audit
from store.database import Database
from store.tables import HeartbeatRow

NOON = datetime(2023, 2, 14, 5, tzinfo=UTC)
A_MOMENT = 0.5
"""Seconds in which the other would act if it could."""


def entry(actor: str) -> AuditEntry:
    return AuditEntry(at=NOON, actor=actor, action="note", subject="row:1", cause="", data={})


def together(db: Database, *acts: Callable[[Session], None]) -> None:
    def carried_out(act: Callable[[Session], None]) -> None:
        with db.transaction() as session:
            act(session)

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(carried_out, act) for act in acts]:
            done.result(timeout=120)


def test_a_row_and_the_trail_are_taken_in_either_order_without_a_deadlock(db: Database) -> None:
    with db.transaction() as session:
        session.add(HeartbeatRow(name="row", at=NOON))
        audit.append(session, [entry("before")])
    sweep_has_trail, person_has_row = Event(), Event()

    def sweep(session: Session) -> None:
        audit.append(session, [entry("sweep")])
        sweep_has_trail.set()
        person_has_row.wait(A_MOMENT)
        session.get_one(HeartbeatRow, "row", with_for_update=True).state = "swept"
        session.flush()

    def person(session: Session) -> None:
        sweep_has_trail.wait(A_MOMENT)
        session.get_one(HeartbeatRow, "row", with_for_update=True)
        person_has_row.set()
        audit.append(session, [entry("person")])

    together(db, sweep, person)
    with db.read() as session:
        assert audit.verify(session) is None
        assert session.get_one(HeartbeatRow, "row").state == "swept"


def count_together(db: Database) -> str:
    """Two add one to what they have read, each after the other has read if it can."""
    with db.transaction() as session:
        session.add(HeartbeatRow(name="row", at=NOON, state="0"))
    both_have_read = [Event(), Event()]

    def count(mine: Event, other: Event) -> Callable[[Session], None]:
        def counted(session: Session) -> None:
            row = session.get_one(HeartbeatRow, "row")
            mine.set()
            other.wait(A_MOMENT)
            row.state = str(int(row.state) + 1)

        return counted

    together(db, count(*both_have_read), count(*reversed(both_have_read)))
    with db.read() as session:
        return session.get_one(HeartbeatRow, "row").state


def test_what_one_has_read_no_other_changes_before_it_commits(db: Database) -> None:
    assert count_together(db) == "2"


def test_nor_on_a_server_that_prefers_snapshots(postgresql: Database) -> None:
    with postgresql.exclusive() as connection:
        name = connection.engine.url.database
        connection.exec_driver_sql(
            f"ALTER DATABASE {name} SET default_transaction_isolation TO 'serializable'"
        )
    postgresql.dispose()
    assert count_together(postgresql) == "2"


def test_a_writer_knows_whether_others_wait(db: Database) -> None:
    with ThreadPoolExecutor(1) as pool:
        with db.transaction():
            assert not db.is_crowded
            other = pool.submit(together, db, lambda _: None)
            deadline = monotonic() + 120
            while not db.is_crowded and monotonic() < deadline:
                sleep(0.001)
            assert db.is_crowded
        other.result(timeout=120)
    assert not db.is_crowded
