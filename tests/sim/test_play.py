"""A week among faults, on virtual time: every promise holds, and a seed tells one story."""

from flows.schedule import TABLE
from runtime.sim.play import play

SEED, DAYS = 2, 3


def test_every_promise_holds_and_the_same_seed_tells_the_same_story() -> None:
    told = play(TABLE, SEED, DAYS)
    assert min(told.letters, told.submissions, told.faults) > 0
    assert play(TABLE, SEED, DAYS) == told


def test_where_nothing_goes_wrong_no_letter_leaves_twice_or_late() -> None:
    told = play(TABLE, 5, DAYS)
    assert told.calm
    assert told.copies == told.letters > 0
