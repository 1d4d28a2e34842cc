"""A week among faults, on virtual time: every promise holds, and a seed tells one story."""

from datetime import timedelta

import pytest

import runtime.sim.play
import store.database
from flows.schedule import TABLE
from runtime.sim.people import Deed, People
from runtime.sim.play import play
from runtime.sim.scenarios import MONDAY, close_friday, moment

SEED, DAYS = 2, 3
CALM = 5


def test_every_promise_holds_and_the_same_seed_tells_the_same_story() -> None:
    told = play(TABLE, SEED, DAYS)
    assert min(told.letters, told.submissions, told.faults) > 0
    assert play(TABLE, SEED, DAYS) == told


def test_where_nothing_goes_wrong_no_letter_leaves_twice_or_late() -> None:
    told = play(TABLE, CALM, DAYS)
    assert told.calm
    assert told.copies == told.letters > 0


def test_a_day_off_announced_at_a_quarter_to_nine_makes_a_reminder_due_at_eight_not_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Friday is off: what was due then is due on Thursday, and its first rung fell on Tuesday at eight."""
    tuesday = MONDAY + timedelta(days=1)
    announced = Deed(moment(1, 8, 43), "thuy", close_friday)
    monkeypatch.setattr(People, "deeds", lambda _self, day: [announced] if day == tuesday else [])
    monkeypatch.setattr(runtime.sim.play, "DRAIN", 1)
    assert play(TABLE, CALM, 1).calm


def test_a_log_moved_into_the_file_is_no_tick_that_wrote_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.database, "CHECKPOINT_EVERY", 1)
    monkeypatch.setattr(People, "deeds", lambda _self, _day: [])
    monkeypatch.setattr(runtime.sim.play, "DRAIN", 0)
    assert play(TABLE, CALM, 1).calm
