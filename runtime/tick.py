"""A tick does everything that became due since the stored watermark, once for each job, in the table's order.

Missed instants collapse into the last one: every job does all that is due by its `at`, so nothing is lost,
and after an outage nobody gets a letter for each missed hour. The watermark is a convenience; what keeps a
thing from happening twice are the unique keys underneath. A clock that is not believed runs nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from domain.believed_clock import is_believed
from runtime.jobs import Counts, Job, run_job
from runtime.works import Works
from store.office import load_office
from store.questions.health import CLOCK
from store.tables import HeartbeatRow, WatermarkRow
from store.writing import insert_new

Runner = Callable[[Job, Works, datetime], Counts]


class ClockDoubted(Exception):
    """The moment lies too far from where the jobs have come; a person must say that it is right."""

    def __init__(self, now: datetime, furthest: datetime) -> None:
        super().__init__(f"the jobs have come to {furthest}, the clock says {now}")
        self.now, self.furthest = now, furthest


def tick(
    works: Works, table: Sequence[Job], now: datetime, run: Runner = run_job, *, believed: bool = False
) -> dict[str, Counts]:
    """Returns what each job that was due has done. The watermarks never fall: a clock set back runs nothing
    again. A job of which something failed is due again at the next tick: a daily one does not wait a day.
    Raises `ClockDoubted`, unless a person has said that the moment is right (`believed`)."""
    with works.db.read() as session:
        zone = load_office(session).tz
        marks = {row.job: row.through for row in session.exec(select(WatermarkRow)).all()}
    furthest = max(marks.values(), default=None)
    if furthest and not believed and not is_believed(now, furthest):
        raise ClockDoubted(now, furthest)
    done: dict[str, Counts] = {}
    reached: dict[str, datetime] = {}
    for job in table:
        at = job.every.last(now, zone)
        if job.name in marks and at <= marks[job.name]:
            continue
        done[job.name] = run(job, works, at)
        if not done[job.name]["poison"]:
            reached[job.name] = at
    if reached:
        with works.db.transaction() as session:
            _raise(session, reached)
    return done


def beat(works: Works, now: datetime, state: str = "off") -> None:
    """Show that the clock lives; `state`: how its Prefect is."""
    with works.db.transaction() as session:
        session.merge(HeartbeatRow(name=CLOCK, at=now, state=state))


def _raise(session: Session, reached: Mapping[str, datetime]) -> None:
    """Never downwards: another clock may have gone further while this one stood still in the middle of a tick."""
    rows = [{"job": name, "through": at} for name, at in reached.items()]
    insert_new(session, WatermarkRow, rows)
    session.connection().execute(_RISE, [{"name": row["job"], "reached": row["through"]} for row in rows])


_RISE = (
    update(WatermarkRow)
    .where(col(WatermarkRow.job) == bindparam("name"), col(WatermarkRow.through) < bindparam("reached"))
    .values(through=bindparam("reached"))
)
