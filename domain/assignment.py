"""An assignment: one occurrence of a duty, owed by one unit. Its states are one table.

States are what people did. Lateness is never a state: it is computed from the deadline and the moment
of handing in (`standing`), so nothing has to run at midnight for a page to be right. While the work waits
for somebody else its clock stands still (`domain.waiting`).
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import SQLModel

from domain.fields import instant, word
from domain.sentence import Sentence, WordedError


class State(StrEnum):
    ASSIGNED = "assigned"  # đã giao
    RECEIVED = "received"  # đơn vị đã nhận
    HANDED_IN = "handed_in"  # đã nộp, chờ duyệt
    SUBMITTED = "submitted"  # đã trình cấp trên: the unit has done its part, the superior's clock runs
    RETURNED = "returned"  # bị trả lại
    WAITING = "waiting"  # đang chờ người khác
    ACCEPTED = "accepted"  # hoàn thành
    WAIVED = "waived"  # được miễn: leaves numerator and denominator
    WITHDRAWN = "withdrawn"  # đã thu hồi


class Event(StrEnum):
    RECEIVE = "receive"
    HAND_IN = "hand_in"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    WAIT = "wait"
    RESUME = "resume"
    HAND_OVER = "hand_over"
    WAIVE = "waive"
    WITHDRAW = "withdraw"


class Part(StrEnum):
    """What the unit does in the duty."""

    LEAD = "lead"  # chủ trì
    COORDINATOR = "coordinator"  # phối hợp
    EXECUTOR = "executor"  # thực hiện


def covers(part: Part, other: Part) -> bool:
    """Whether a unit with this part answers for what a unit with the other one would."""
    order = (Part.COORDINATOR, Part.EXECUTOR, Part.LEAD)
    return order.index(part) >= order.index(other)


OPEN = (State.ASSIGNED, State.RECEIVED, State.RETURNED)
"""The unit owes something: reminders and escalations run."""

CLOSED = (State.ACCEPTED, State.WAIVED, State.WITHDRAWN)

DELIVERED = (State.HANDED_IN, State.SUBMITTED, State.ACCEPTED)
"""Lateness was decided at the moment of handing in."""

OWING = (*OPEN, State.WAITING)
"""The unit still has something to do, now or once somebody else has acted."""

OUT = (State.WAIVED, State.WITHDRAWN)
"""In no count."""

UNFINISHED = (*OPEN, State.WAITING, State.HANDED_IN, State.SUBMITTED)
"""Somebody still has to do something, not always the unit."""

MOVES: dict[tuple[State, Event], State] = {
    (State.ASSIGNED, Event.RECEIVE): State.RECEIVED,
    (State.ASSIGNED, Event.HAND_IN): State.HANDED_IN,
    (State.RECEIVED, Event.HAND_IN): State.HANDED_IN,
    (State.RETURNED, Event.HAND_IN): State.HANDED_IN,
    (State.HANDED_IN, Event.RETURN): State.RETURNED,
    (State.HANDED_IN, Event.ACCEPT): State.ACCEPTED,
    **{(state, Event.SUBMIT): State.SUBMITTED for state in (*OPEN, State.HANDED_IN)},
    (State.SUBMITTED, Event.RETURN): State.RETURNED,
    (State.SUBMITTED, Event.ACCEPT): State.ACCEPTED,
    **{(state, Event.WAIT): State.WAITING for state in OPEN},
    (State.WAITING, Event.RESUME): State.RECEIVED,
    **{(state, Event.HAND_OVER): state for state in UNFINISHED},
    (State.RECEIVED, Event.HAND_OVER): State.ASSIGNED,  # the successor has not received it yet
    **{(state, Event.WAIVE): State.WAIVED for state in UNFINISHED},
    **{(state, Event.WITHDRAW): State.WITHDRAWN for state in UNFINISHED},
}


class NotAllowed(WordedError):
    """The table has no such move. Worded for the reader."""

    def __init__(self, state: State, event: Event) -> None:
        says = Sentence(
            "Việc đang ở trạng thái “{state}” nên không thể {event}.",
            state=LABELS[state],
            event=EVENT_LABELS[event],
        )
        super().__init__(says)
        self.state, self.event = state, event


def move(state: State, event: Event) -> State:
    try:
        return MOVES[state, event]
    except KeyError:
        raise NotAllowed(state, event) from None


class Assignment(SQLModel):
    """`step` counts the rungs of the ladder already taken; `next_action_at` is the instant of the next one,
    None while nothing is to be done (handed in, waiting, closed, or the ladder has ended).

    The unit receives the work, then the person it is given to does (`given_at`, `taken_up_at`). `touched_at`
    is the last time somebody did something about it, None when nobody has. All instants are UTC."""

    part: Part = word(Part, default=Part.EXECUTOR)
    state: State = word(State, default=State.ASSIGNED)
    due_on: date
    due_at: datetime = instant()
    step: int = 0
    next_action_at: datetime | None = instant(default=None)
    given_at: datetime | None = instant(default=None)
    taken_up_at: datetime | None = instant(default=None)
    touched_at: datetime | None = instant(default=None)
    waiting_since: datetime | None = instant(default=None)
    handed_in_at: datetime | None = instant(default=None)
    closed_at: datetime | None = instant(default=None)
    version: int = 1


class Standing(StrEnum):
    """How people speak of an assignment (annex of Thông báo 624/TB-VPCP, 2025)."""

    DONE = "done"
    DONE_LATE = "done_late"
    RUNNING = "running"
    WAITING = "waiting"
    SOON = "soon"
    OVERDUE = "overdue"
    OUT = "out"


def standing(
    assignment: Assignment, now: datetime, soon: timedelta = timedelta(days=3), *, binding: bool = True
) -> Standing:
    """Computed, never stored. Work handed in before the deadline counts as in time however long its
    review takes; the deadline itself is exclusive (`due_at` is the midnight that ends the last day). Work
    that waits is late only if it was late already when it began to wait. What was put before the superior
    (đã trình) is done.
    A request (đề nghị) binds nobody: it is under way until it is done, and never late."""
    if assignment.state in OUT:
        return Standing.OUT
    delivered = assignment.handed_in_at if assignment.state in DELIVERED else None
    stopped = assignment.waiting_since if assignment.state is State.WAITING else None
    late = binding and (delivered or stopped or now) >= assignment.due_at
    if assignment.state in (State.ACCEPTED, State.SUBMITTED):
        return Standing.DONE_LATE if late else Standing.DONE
    if late:
        return Standing.OVERDUE
    if assignment.state is State.WAITING:
        return Standing.WAITING
    if binding and delivered is None and now >= assignment.due_at - soon:
        return Standing.SOON
    return Standing.RUNNING


LABELS = {
    State.ASSIGNED: Sentence("đã giao"),
    State.RECEIVED: Sentence("đã nhận"),
    State.HANDED_IN: Sentence("đã nộp, chờ duyệt"),
    State.SUBMITTED: Sentence("đã trình cấp trên"),
    State.RETURNED: Sentence("bị trả lại"),
    State.WAITING: Sentence("đang chờ"),
    State.ACCEPTED: Sentence("đã hoàn thành"),
    State.WAIVED: Sentence("được miễn"),
    State.WITHDRAWN: Sentence("đã thu hồi"),
}

EVENT_LABELS = {
    Event.RECEIVE: Sentence("nhận"),
    Event.HAND_IN: Sentence("nộp"),
    Event.SUBMIT: Sentence("trình cấp trên"),
    Event.RETURN: Sentence("trả lại"),
    Event.ACCEPT: Sentence("duyệt"),
    Event.WAIT: Sentence("chuyển sang chờ"),
    Event.RESUME: Sentence("tiếp tục"),
    Event.HAND_OVER: Sentence("bàn giao"),
    Event.WAIVE: Sentence("miễn"),
    Event.WITHDRAW: Sentence("thu hồi"),
}

STANDING_LABELS = {
    Standing.DONE: Sentence("Đã hoàn thành"),
    Standing.DONE_LATE: Sentence("Hoàn thành quá hạn"),
    Standing.RUNNING: Sentence("Đang thực hiện"),
    Standing.WAITING: Sentence("Đang chờ"),
    Standing.SOON: Sentence("Sắp đến hạn"),
    Standing.OVERDUE: Sentence("Quá hạn chưa hoàn thành"),
    Standing.OUT: Sentence("Không tính"),
}
