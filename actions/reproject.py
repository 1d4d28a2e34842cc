"""Work out the deadlines of an open period anew when the calendar has changed, with a note of old and new.

Work that is closed keeps the deadline it was done under. So does a deadline that a person gave (extension,
waiting): only its reminders move with the working days around it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlmodel import Session, col

from actions.changes import By, record
from actions.open_occurrences import deadlines
from domain.assignment import OPEN, UNFINISHED, Part
from domain.duty import Kind
from domain.escalation import Fate, Ladder
from domain.instants import end_of
from domain.recurrence import Due, occurrences
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, NoticeRow, OccurrenceRow

AROUND = timedelta(days=31)
"""By another calendar a period may open or fall due earlier or later; a holiday is never as long as this."""


@dataclass(frozen=True)
class Moved:
    """A period whose deadline moved from `old` to `new`; None: by the new calendar nothing is due, and a person
    has to decide what becomes of it. `assignments`: how many moved, with the deadline or with that of parts."""

    occurrence_id: int
    duty: str
    period: str
    old: date
    new: date | None
    assignments: int


@dataclass(frozen=True)
class _Group:
    """Unfinished assignments of a period that share part, deadline and rung."""

    occurrence_id: int
    part: Part
    due_on: date
    step: int

    @property
    def members(self) -> ColumnElement[bool]:
        a = AssignmentRow
        return and_(
            col(a.occurrence_id) == self.occurrence_id,
            col(a.part) == self.part,
            col(a.due_on) == self.due_on,
            col(a.step) == self.step,
            col(a.state).in_(UNFINISHED),
        )


@dataclass(frozen=True)
class Reprojection:
    session: Session
    before: Calendar
    after: Calendar
    zone: ZoneInfo
    by: By

    def apply(self, occurrence: OccurrenceRow, duty: DutyRow) -> Moved | None:
        """Move what moves; None when no deadline of the period did."""
        old = as_opened(occurrence)
        new = projected(duty, occurrence, self.after)
        moves = self._moves(duty, old, new or old)
        ladder = duty.frozen_ladder()
        count = 0
        for group, size in self._groups(occurrence):
            to = moves.get((group.part, group.due_on), group.due_on)
            self._remind_anew(group, ladder, to)
            if to != group.due_on:
                self._move(group, ladder, to)
                count += size
        if new is not None and all(was == now for (_, was), now in moves.items()):
            return None
        self._note(occurrence, moves, new, count)
        return Moved(
            occurrence.id, duty.code, occurrence.period, old.due_on, new.due_on if new else None, count
        )

    def _moves(self, duty: DutyRow, old: Due, new: Due) -> dict[tuple[Part, date], date]:
        chain = duty.frozen_chain()
        pairs = zip(deadlines(chain, old, self.before), deadlines(chain, new, self.after), strict=True)
        return {(part, was): now for (was, parts), (now, _) in pairs for part in parts}

    def _groups(self, occurrence: OccurrenceRow) -> list[tuple[_Group, int]]:
        a = AssignmentRow
        keys = (col(a.part), col(a.due_on), col(a.step))
        rows = self.session.execute(
            select(*keys, func.count())
            .where(col(a.occurrence_id) == occurrence.id, col(a.state).in_(UNFINISHED))
            .group_by(*keys)
            .order_by(*keys)
        ).all()
        return [(_Group(occurrence.id, part, due_on, step), size) for part, due_on, step, size in rows]

    def _rung(self, group: _Group, ladder: Ladder, to: date) -> int:
        """The rungs of another day are new; the ladder never steps forward (`actions.assignments.reschedule`)."""
        if to == group.due_on:
            return group.step
        return min(group.step, ladder.ahead(to, self.by.at, self.after, self.zone))

    def _remind_anew(self, group: _Group, ladder: Ladder, to: date) -> None:
        moment = ladder.moment(self._rung(group, ladder, to), to, self.after, self.zone)
        a = AssignmentRow
        self.session.execute(
            update(a)
            .where(group.members, col(a.state).in_(OPEN), col(a.next_action_at).is_distinct_from(moment))
            .values(next_action_at=moment)
        )

    def _move(self, group: _Group, ladder: Ladder, to: date) -> None:
        n = NoticeRow
        reason = f"lịch làm việc thay đổi: hạn {say_day(group.due_on)} thành {say_day(to)}"
        self.session.execute(
            update(n)
            .where(
                col(n.assignment_id).in_(select(col(AssignmentRow.id)).where(group.members)),
                col(n.fate) == Fate.PENDING,
                col(n.due_on) == group.due_on,
            )
            .values(fate=Fate.CANCELLED, reason=reason)
        )
        self.session.execute(
            update(AssignmentRow)
            .where(group.members)
            .values(due_on=to, due_at=end_of(to, self.zone), step=self._rung(group, ladder, to))
        )

    def _note(
        self, occurrence: OccurrenceRow, moves: Mapping[tuple[Part, date], date], new: Due | None, count: int
    ) -> None:
        changed = sorted({(was, now) for (_, was), now in moves.items() if was != now})
        said = ", ".join(f"hạn {say_day(was)} thành {say_day(now)}" for was, now in changed)
        said = f"lịch làm việc thay đổi ({self.by.cause}): {said or 'kỳ này không còn ngày đến hạn'}"
        occurrence.why = "; ".join(filter(None, (occurrence.why, said, *(new.why if new else ()))))
        if new is not None:
            occurrence.due_on, occurrence.stated_on = new.due_on, new.stated_on
        record(
            self.session, self.by, "reproject", f"occurrence:{occurrence.id}",
            moved=[{"old": was, "new": now} for was, now in changed], assignments=count,
        )  # fmt: skip


def as_opened(occurrence: OccurrenceRow) -> Due:
    return Due(
        occurrence.period, occurrence.opens_on, occurrence.stated_on or occurrence.due_on, occurrence.due_on
    )


def projected(duty: DutyRow, occurrence: OccurrenceRow, calendar: Calendar) -> Due | None:
    """The same period by another calendar; None where it has no deadline any more. The deadline a person gave
    when a dormant duty woke stays."""
    terms = duty.terms_of_time()
    if duty.kind is not Kind.DORMANT:
        found: Sequence[Due] = occurrences(
            terms, calendar, since=occurrence.opens_on - AROUND, until=occurrence.due_on + AROUND
        )
        return next((due for due in found if due.period == occurrence.period), None)
    event = terms.model_copy(update={"first": occurrence.opens_on})
    found = occurrences(event, calendar, since=occurrence.opens_on, until=date.max)
    return replace(found[0], period=occurrence.period) if found else as_opened(occurrence)
