"""Six moments at which the clock and a person touch the same work: whoever dies or stands still there loses nothing.

`make sim` looks at every point of all six, `make test` at a few of three.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest

import actions.send
from flows.schedule import TABLE
from runtime.sim.crash_points import Fault, Stage, every_point
from runtime.sim.engine import inline_threads
from runtime.sim.invariants import Violation
from runtime.sim.scenarios import SCENARIOS, Scenario

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


def test_a_lease_that_never_ends_is_found_where_the_sender_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.send, "LEASE", timedelta(days=900))
    with inline_threads():
        stage = Stage(tmp_path, TABLE, SCENARIOS[1])
        stage.play()
        with pytest.raises(Violation, match=r"I10: letter .* is still sending"):
            stage.play(Fault("die", stage.passed.index("A hand over") + 1))
