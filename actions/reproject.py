"""Work out the deadlines of an open period anew when the calendar has changed, with a note of old and new.

Work that is closed keeps the deadline it was done under. So does a deadline that a person gave (extension,
waiting): only its reminders move with the working days around it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlmodel import Session, col

from actions.changes import By, record
from actions.own_days import Deadlines, deadlines_by, projected, shares
from domain.assignment import OPEN, UNFINISHED, Part
from domain.escalation import Fate, Ladder
from domain.instants import end_of
from domain.recurrence import Due
from domain.sentence import Sentence, joined
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import AssignmentRow, DutyRow, NoticeRow, OccurrenceRow, UnitRow


@dataclass(frozen=True)
class Moved:
    """A period whose deadline moved from `old` to `new`; None: by the new calendar nothing is due, and a person
    has to decide what becomes of it. `assignments`: how many moved, with the deadline or with that of parts.
    `unit`: the name of the one unit concerned, where its own days moved it."""

    occurrence_id: int
    duty: str
    period: str
    old: date
    new: date | None
    assignments: int
    unit: str = ""


Moves = Mapping[tuple[Part, date], date]
"""The new day of each part and old day; parts whose deadline is no more are missing."""


@dataclass(frozen=True)
class _Group:
    """Unfinished assignments of a period that share calendar, part, deadline and rung."""

    occurrence_id: int
    calendar: Calendar
    who: ColumnElement[bool]
    part: Part
    due_on: date
    step: int

    @property
    def members(self) -> ColumnElement[bool]:
        a = AssignmentRow
        return and_(
            col(a.occurrence_id) == self.occurrence_id,
            self.who,
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

    def apply(self, occurrence: OccurrenceRow, duty: DutyRow) -> Iterator[Moved]:
        """Move what moves: first what follows the office's calendar, then each unit with days of its own."""
        old = as_opened(occurrence)
        new = projected(duty, old, self.after)
        moves = _moves(deadlines_by(self.before, duty, old, self.before),
                       deadlines_by(self.after, duty, new or old, self.after))  # fmt: skip
        apart = self._apart(occurrence)
        common, *_ = shares(self.after, col(AssignmentRow.unit_id), apart=apart)
        count = self._shift(occurrence, duty, common, moves)
        if new is None or _changed(moves):
            self._note(occurrence, moves, new, count)
            day = new.due_on if new else None
            yield Moved(occurrence.id, duty.code, occurrence.period, old.due_on, day, count)
        for unit_id in apart:
            yield from self._apply_to(unit_id, occurrence, duty, old, new or old)

    def _apart(self, occurrence: OccurrenceRow) -> list[int]:
        """Units that still have to do something in the period and have days of their own, before or now."""
        special = self.before.unit_days.keys() | self.after.unit_days.keys()
        if not special:
            return []
        a = AssignmentRow
        owed = select(col(a.unit_id)).where(
            col(a.occurrence_id) == occurrence.id,
            col(a.state).in_(UNFINISHED),
            col(a.unit_id).in_(sorted(special)),
        )
        return list(self.session.execute(owed.distinct().order_by(col(a.unit_id))).scalars())

    def _apply_to(
        self, unit_id: int, occurrence: OccurrenceRow, duty: DutyRow, old: Due, new: Due
    ) -> Iterator[Moved]:
        a = AssignmentRow
        mine = select(a).where(
            col(a.occurrence_id) == occurrence.id, col(a.unit_id) == unit_id, col(a.state).in_(UNFINISHED)
        )
        rows = self.session.execute(mine.order_by(col(a.id))).scalars().all()
        before = {row.id: row.due_on for row in rows}
        own = self.after.for_unit(unit_id)
        then = deadlines_by(self.before.for_unit(unit_id), duty, old, self.before)
        now = deadlines_by(own, duty, new, self.after)
        self._shift(occurrence, duty, (own, col(AssignmentRow.unit_id) == unit_id), _moves(then, now))
        unit = self.session.get_one(UnitRow, unit_id).name
        for row in rows:
            self.session.refresh(row)
            was, day = before[row.id], row.due_on if now else None
            if row.due_on != was or (then and not now):
                record(self.session, self.by, "reproject", f"assignment:{row.id}", old=was, new=day)
                shifted = int(row.due_on != was)
                yield Moved(occurrence.id, duty.code, occurrence.period, was, day, shifted, unit)

    def _shift(
        self,
        occurrence: OccurrenceRow,
        duty: DutyRow,
        share: tuple[Calendar, ColumnElement[bool]],
        moves: Moves,
    ) -> int:
        ladder = duty.frozen_ladder()
        count = 0
        for group, size in self._groups(occurrence, *share):
            to = moves.get((group.part, group.due_on), group.due_on)
            self._remind_anew(group, ladder, to)
            if to != group.due_on:
                self._move(group, ladder, to)
                count += size
        return count

    def _groups(
        self, occurrence: OccurrenceRow, calendar: Calendar, who: ColumnElement[bool]
    ) -> list[tuple[_Group, int]]:
        a = AssignmentRow
        keys = (col(a.part), col(a.due_on), col(a.step))
        rows = self.session.execute(
            select(*keys, func.count())
            .where(col(a.occurrence_id) == occurrence.id, col(a.state).in_(UNFINISHED), who)
            .group_by(*keys)
            .order_by(*keys)
        ).all()
        return [(_Group(occurrence.id, calendar, who, *key), size) for *key, size in rows]

    def _rung(self, group: _Group, ladder: Ladder, to: date) -> int:
        """The rungs of another day are new; the ladder never steps forward (`actions.assignments.reschedule`)."""
        if to == group.due_on:
            return group.step
        return min(group.step, ladder.ahead(to, self.by.at, group.calendar, self.zone))

    def _remind_anew(self, group: _Group, ladder: Ladder, to: date) -> None:
        moment = ladder.moment(self._rung(group, ladder, to), to, group.calendar, self.zone)
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

    def _note(self, occurrence: OccurrenceRow, moves: Moves, new: Due | None, count: int) -> None:
        changed = _changed(moves)
        days = [Sentence("hạn {was} thành {now}", was=say_day(was), now=say_day(now)) for was, now in changed]
        said = joined(", ", days) or Sentence("kỳ này không còn ngày đến hạn")
        said = Sentence("lịch làm việc thay đổi ({cause}): {said}", cause=self.by.cause, said=said)
        occurrence.why = joined("; ", filter(None, (occurrence.why, said, *(new.why if new else ()))))
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


def _moves(then: Deadlines, now: Deadlines) -> Moves:
    day = {part: due_on for due_on, parts in now for part in parts}
    return {(part, was): day[part] for was, parts in then for part in parts if part in day}


def _changed(moves: Moves) -> list[tuple[date, date]]:
    """Old and new days that differ, in order."""
    return sorted({(was, now) for (_, was), now in moves.items() if was != now})
