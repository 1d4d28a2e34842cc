"""The office's board: how many assignments stand how, and the ones a filter picks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlmodel import Session, col

from domain.assignment import Part, Standing, State
from domain.directive import Status
from domain.duty import DraftStatus, Force
from domain.waiting import say
from store.questions.counted import counts_of, where_they_are
from store.questions.pick import EVERYTHING, FALLING, UNTOUCHED, Order, Pick, also, key, where
from store.questions.scope import Scope
from store.questions.standing import standing, standing_of, still_count
from store.questions.turn import Place, Turn, turned
from store.tables import (
    AssignmentRow,
    DirectiveRow,
    DraftRow,
    DutyRow,
    OccurrenceRow,
    UnitRow,
    WaitingRow,
)

PAGE = 100
AWAITED_SHOWN = 12


@dataclass(frozen=True)
class Line:
    """One assignment in a list."""

    id: int
    unit_id: int
    unit: str
    title: str
    clause: str
    period: str
    due_on: date
    part: Part
    force: Force
    state: State
    standing: Standing
    touched_at: datetime | None

    def place(self, order: Order = Order.DUE) -> Place:
        """Where it stands among the rows of that order."""
        match order:
            case Order.DUE | Order.DUE_LAST:
                return self.due_on, self.unit_id, self.id
            case Order.UNIT:
                return self.unit_id, self.due_on, self.id
            case Order.TOUCHED:
                return self.touched_at or UNTOUCHED, self.id


@dataclass(frozen=True)
class Counts:
    """`still`: not moving; 0 where nobody asked since when."""

    by_standing: Mapping[Standing, int]
    waiting: int
    returned: int
    still: int = 0

    def of(self, standing: Standing) -> int:
        return self.by_standing.get(standing, 0)

    @property
    def total(self) -> int:
        """All that count: what was waived or withdrawn is left out."""
        return sum(n for standing, n in self.by_standing.items() if standing is not Standing.OUT)

    @property
    def unfinished(self) -> int:
        return self.total - self.of(Standing.DONE) - self.of(Standing.DONE_LATE)


def counts(
    session: Session,
    scope: Scope,
    now: datetime,
    soon: timedelta,
    pick: Pick = EVERYTHING,
    *,
    since: date | None = None,
) -> Counts:
    """How many stand how, within the picked unit, directive and words (a picked standing changes no count).
    `since`: work without news after that day is counted as still."""
    found = counts_of(scope, pick)
    how = standing(found.rows, found.rows.clock, now, soon).label("how")
    number = func.sum(col(found.rows.number))
    unmoved = number.filter(still_count(found.rows, since)) if since else literal(0)
    rows = session.execute(
        found.ask(how, col(found.rows.state), number, unmoved).group_by(how, col(found.rows.state))
    ).all()
    by_standing: dict[Standing, int] = {}
    by_state: dict[State, int] = {}
    for one, state, many, _ in rows:
        by_standing[one] = by_standing.get(one, 0) + many
        by_state[state] = by_state.get(state, 0) + many
    return Counts(
        by_standing,
        by_state.get(State.HANDED_IN, 0),
        by_state.get(State.RETURNED, 0),
        sum(row[3] or 0 for row in rows),
    )


def lines(
    session: Session, scope: Scope, now: datetime, soon: timedelta, pick: Pick, turn: Turn
) -> Sequence[Line]:
    where_found = where_they_are(session, pick.standing, pick, now, soon) if pick.standing else []
    question = line_question(standing_of(now, soon)).where(
        *where(scope, pick), *also(pick, now, soon), *where_found
    )
    if pick.order is Order.TOUCHED:
        found = _touched_first(session, question, turn)
    else:
        found = turned(session, question, key(pick.order), turn, falling=pick.order in FALLING)
    return [Line(*row) for row in found]


def _touched_first(session: Session, question: Select[Any], turn: Turn) -> Sequence[Any]:
    """What moved last, then what nobody has touched, the newest first: two lists, each read off an index of its own,
    one behind the other."""
    a = AssignmentRow
    moved = partial(
        turned, session, question.where(col(a.touched_at).is_not(None)), key(Order.TOUCHED), falling=True
    )
    still = partial(turned, session, question.where(col(a.touched_at).is_(None)), [col(a.id)], falling=True)
    moment, id_ = turn.before or turn.after or (None, 0)
    if moment != UNTOUCHED:
        found = moved(turn=turn)
        short = 0 if turn.before else turn.most - len(found)
        return [*found, *(still(turn=Turn(most=short)) if short else ())]
    if turn.after:
        return still(turn=Turn(most=turn.most, after=(id_,)))
    found = still(turn=Turn(most=turn.most, before=(id_,)))
    short = turn.most - len(found)
    return [*(moved(turn=Turn(most=short, before=turn.before)) if short else ()), *found]


@dataclass(frozen=True)
class AwaitedOne:
    who: str
    number: int


def awaited(session: Session, scope: Scope, pick: Pick) -> Sequence[AwaitedOne]:
    """Whom work waits for now, the most awaited first."""
    number = func.count().label("number")
    rows = session.execute(
        _joined(select(col(WaitingRow.who), number))
        .join(WaitingRow, col(WaitingRow.assignment_id) == col(AssignmentRow.id))
        .where(*where(scope, pick), col(WaitingRow.ended_at).is_(None))
        .group_by(col(WaitingRow.who))
        .order_by(number.desc(), col(WaitingRow.who))
        .limit(AWAITED_SHOWN)
    )
    return [AwaitedOne(*row) for row in rows]


def whom(session: Session, assignment_ids: Sequence[int]) -> dict[int, str]:
    """Whom each of these waits for; nothing for one that does not wait."""
    w = WaitingRow
    rows = session.execute(
        select(col(w.assignment_id), col(w.kind), col(w.who)).where(
            col(w.assignment_id).in_(assignment_ids), col(w.ended_at).is_(None)
        )
    )
    return {assignment_id: say(kind, who) for assignment_id, kind, who in rows}


def line_question(how: ColumnElement[Standing]) -> Select[Any]:
    """The columns of a `Line`, in its order."""
    a, d = AssignmentRow, DutyRow
    return _joined(
        select(
            col(a.id),
            col(a.unit_id),
            col(UnitRow.name),
            col(d.title),
            col(d.clause),
            col(OccurrenceRow.period),
            col(a.due_on),
            col(a.part),
            col(d.force),
            col(a.state),
            how,
            col(a.touched_at),
        )
    ).join(UnitRow, col(UnitRow.id) == col(a.unit_id))


def _joined(question: Any) -> Select[Any]:
    joined: Select[Any] = (
        question.select_from(AssignmentRow)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
    )
    return joined


# --- what has no deadline ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A directive with drafts that nobody has decided, or approved ones that are not issued; or one in which nothing
    was read."""

    id: int
    symbol: str
    subject: str
    received_at: datetime
    proposed: int
    approved: int


def directives_at_work(session: Session) -> Sequence[Waiting]:
    issued = select(col(DutyRow.draft_id)).where(col(DutyRow.draft_id).is_not(None))
    proposed = func.count().filter(col(DraftRow.status) == DraftStatus.PROPOSED)
    approved = func.count().filter(
        col(DraftRow.status) == DraftStatus.APPROVED, col(DraftRow.id).not_in(issued)
    )
    nothing = func.count(col(DraftRow.id)) == 0
    rows = session.execute(
        select(DirectiveRow, proposed, approved)
        .outerjoin(DraftRow, col(DraftRow.directive_id) == col(DirectiveRow.id))
        .group_by(col(DirectiveRow.id))
        .having((proposed + approved > 0) | (nothing & (col(DirectiveRow.status) == Status.DRAFT)))
        .order_by(col(DirectiveRow.id).desc())
    )
    return [
        Waiting(d.id, d.symbol or d.file_name, d.subject or d.type or "", d.received_at, waits, ready)
        for d, waits, ready in rows
    ]
