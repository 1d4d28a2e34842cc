"""Six moments at which the clock and a person touch the same work: whoever dies or stands still there loses nothing.

`make sim` looks at every point of all six, `make test` at a few of three.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

import runtime.sim.engine
import runtime.tick
from flows.schedule import TABLE
from runtime.jobs import Job, run_job
from runtime.sim.crash_points import Stage, every_point
from runtime.sim.engine import inline_threads
from runtime.sim.office import OFFICE
from runtime.sim.scenarios import SCENARIOS, Scenario
from runtime.works import Works
from store.tables import WatermarkRow

LONG = "DONDOC_SIM_LONG" in os.environ
EVERY = 1 if LONG else 31
LOOKED_AT = SCENARIOS if LONG else SCENARIOS[:3]


@pytest.mark.parametrize("scenario", LOOKED_AT, ids=lambda scenario: scenario.name)
def test_a_death_or_a_stall_leaves_the_office_as_it_could_have_been(
    scenario: Scenario, tmp_path: Path
) -> None:
    with inline_threads():
        looked = every_point(Stage(tmp_path, TABLE, scenario), every=EVERY, first=min(EVERY, 25))
    assert looked.odd == ()
    assert looked.deaths >= 2


def test_a_clock_that_notes_its_work_before_doing_it_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note_first(works: Works, table: Sequence[Job], now: datetime) -> None:
        with works.db.read() as session:
            marks = {row.job: row.through for row in session.exec(select(WatermarkRow))}
        due = {job.name: job.every.last(now, OFFICE.tz) for job in table}
        with works.db.transaction() as session:
            runtime.tick._raise(session, due)
        for job in table:
            if job.name not in marks or marks[job.name] < due[job.name]:
                run_job(job, works, due[job.name])

    monkeypatch.setattr(runtime.sim.engine, "tick", note_first)
    with inline_threads():
        assert every_point(Stage(tmp_path, TABLE, SCENARIOS[0]), every=9, first=9).odd
