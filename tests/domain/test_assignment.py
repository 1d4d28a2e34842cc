"""The state table of an assignment, and how people speak of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.assignment import (
    CLOSED,
    MOVES,
    OPEN,
    UNFINISHED,
    Assignment,
    Event,
    NotAllowed,
    Standing,
    State,
    move,
    standing,
)

DUE = datetime(2023, 2, 14, 17, tzinfo=UTC)  # midnight in Hà Nội at the end of 14 February
SECOND = timedelta(seconds=1)


def test_work_goes_from_assigned_to_accepted_through_a_return() -> None:
    state = State.ASSIGNED
    for event in (Event.RECEIVE, Event.HAND_IN, Event.RETURN, Event.HAND_IN, Event.ACCEPT):
        state = move(state, event)
    assert state is State.ACCEPTED


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("event", Event)
def test_nothing_moves_closed_work(state: State, event: Event) -> None:
    with pytest.raises(NotAllowed):
        move(state, event)


def test_a_refused_move_says_the_state_and_the_wish_in_vietnamese() -> None:
    with pytest.raises(NotAllowed, match="“đã hoàn thành” nên không thể nộp"):
        move(State.ACCEPTED, Event.HAND_IN)


def test_every_state_is_open_waiting_or_closed() -> None:
    assert {*UNFINISHED, *CLOSED} == set(State)
    assert {state for state, _ in MOVES} == set(UNFINISHED)
    assert set(UNFINISHED) - set(OPEN) == {State.HANDED_IN, State.SUBMITTED, State.WAITING}


@pytest.mark.parametrize(
    ("state", "handed_in", "now", "said"),
    [
        (State.ASSIGNED, None, DUE - timedelta(days=10), Standing.RUNNING),
        (State.ASSIGNED, None, DUE - timedelta(days=3), Standing.SOON),
        (State.ASSIGNED, None, DUE - SECOND, Standing.SOON),  # 23:59:59 of the last day is in time
        (State.ASSIGNED, None, DUE, Standing.OVERDUE),
        (State.RETURNED, None, DUE + SECOND, Standing.OVERDUE),
        # Handed in in time: a slow reviewer makes nobody late.
        (State.HANDED_IN, DUE - SECOND, DUE + timedelta(days=9), Standing.RUNNING),
        (State.HANDED_IN, DUE, DUE + timedelta(days=9), Standing.OVERDUE),
        (State.ACCEPTED, DUE - SECOND, DUE + timedelta(days=9), Standing.DONE),
        (State.ACCEPTED, DUE, DUE + timedelta(days=9), Standing.DONE_LATE),
        # Put before the superior (đã trình): done, whatever the superior does with it.
        (State.SUBMITTED, DUE - SECOND, DUE + timedelta(days=9), Standing.DONE),
        (State.SUBMITTED, DUE, DUE + timedelta(days=9), Standing.DONE_LATE),
        (State.WAIVED, None, DUE + timedelta(days=9), Standing.OUT),
    ],
)
def test_standing_is_computed_from_the_deadline_and_the_receipt(
    state: State, handed_in: datetime | None, now: datetime, said: Standing
) -> None:
    assignment = Assignment(state=state, due_on=date(2023, 2, 14), due_at=DUE, handed_in_at=handed_in)
    assert standing(assignment, now) is said


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (DUE - SECOND, Standing.WAITING),  # its clock stopped in time, however long the wait
        (DUE, Standing.OVERDUE),  # late already when it began to wait: waiting hides nothing
    ],
)
def test_waiting_work_is_late_only_if_it_was_late_before(since: datetime, said: Standing) -> None:
    assignment = Assignment(state=State.WAITING, due_on=date(2023, 2, 14), due_at=DUE, waiting_since=since)
    assert standing(assignment, DUE + timedelta(days=30)) is said
