"""What one who watches the simulation has seen so far: the tables of today, and what it remembers of before."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col, func

from domain.assignment import State
from domain.fields import canonical
from domain.letter import MailState
from domain.workdays import Calendar
from runtime.sim.facts import Facts, gather, rung_falls
from runtime.sim.wire import Handed, Server
from store import audit
from store.questions.tally import Tally, tally
from store.tables import AuditRow, DeliveryRow, OutboxRow, SubmissionRow, VerdictRow

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class Seen:
    """`began`: the directive's date. `calm`: nothing goes wrong in this run. `acknowledged` as people were told.
    `fallen`: watermarks. `rewrites`: second ticks that wrote."""

    server: Server
    began: date
    calm: bool
    acknowledged: dict[str, tuple[int, datetime]]
    fallen: Sequence[str]
    rewrites: Sequence[str]
    jobs: Sequence[str]
    """Names of the jobs that the clock has."""
    at_end: bool = False
    now: datetime = LONG_AGO
    facts: Facts = field(init=False)
    tally: Tally = field(init=False)
    calendars: Sequence[Calendar] = ()
    tried: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)
    submissions: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    verdicts: Sequence[Any] = ()
    broken: str | None = None
    hashes: dict[int, str] = field(default_factory=dict)
    # What is remembered from day to day.
    heads: dict[int, str] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    ladders: dict[int, dict[str, Any]] = field(default_factory=dict)
    sent_lines: Counter[int] = field(default_factory=Counter)
    step_lines: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    began_waiting: dict[str, date] = field(default_factory=dict)
    explained: set[tuple[str, int]] = field(default_factory=set)
    reminded: dict[tuple[str, int], datetime] = field(default_factory=dict)
    _held: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _deadline_set: dict[str, datetime] = field(default_factory=dict)
    _opened: dict[int, datetime] = field(default_factory=dict)
    _last_line: int = 0
    _last_notice: int = 0
    _last_occurrence: int = 0
    _last_handed: int = 0

    def look(self, session: Session, now: datetime, *, whole_trail: bool) -> None:
        """Take in the tables. `whole_trail`: recompute the chain from its first line, not only the new ones."""
        self.now = now
        self.facts = gather(session, lines_after=self._last_line)
        self.calendars = [*self.calendars[-1:], self.facts.calendar]
        self.tally = tally(session, now)
        for line in self.facts.new_lines:
            if line.action in ("reproject", "hand_over") or "new" in line.data:
                self._deadline_set[line.subject] = line.at
            if line.action == "hand_over":
                self._held[line.subject].add(line.data["before"])
            elif line.action == "open":
                self._opened[int(line.subject.partition(":")[2])] = line.at
        s, d, o, v = SubmissionRow, DeliveryRow, OutboxRow, VerdictRow
        handed_in = session.execute(select(col(s.key), col(s.assignment_id), col(s.handed_in_at)))
        self.submissions = {key: (assignment, at) for key, assignment, at in handed_in}
        failed = session.execute(
            select(col(d.outbox_id), func.min(d.at), func.max(d.at))
            .join(o, col(o.id) == col(d.outbox_id))
            .where(col(o.state) == MailState.FAILED)
            .group_by(col(d.outbox_id))
        )
        self.tried = {outbox: (first, last) for outbox, first, last in failed}
        found = session.execute(select(col(v.rule_version), col(v.rule_id), col(v.verdict), col(v.outcome)))
        self.verdicts = [(ver, rule, canonical(said["figures"]), out) for ver, rule, said, out in found]
        if whole_trail:
            self.broken = audit.verify(session)
        hashes = session.execute(
            select(col(AuditRow.id), col(AuditRow.hash)).where(col(AuditRow.id).in_(self.heads))
        )
        self.hashes = dict(hashes.all())
        if self.facts.new_lines:
            self._head = (self.facts.new_lines[-1].id, audit.head(session))

    def remember(self) -> None:
        """The day was found in order; what was new is old now."""
        f = self.facts
        if f.new_lines:
            line, head = self._head
            self.heads[line] = head
            self._last_line = line
        self._last_notice = max((n.id for n in f.notices), default=0)
        self._last_occurrence = max(f.occurrences, default=0)
        self._last_handed = len(self.server.log)

    def new_notices(self) -> list[Any]:
        return [n for n in self.facts.notices if n.id > self._last_notice]

    def new_occurrences(self) -> list[Any]:
        return [o for id_, o in self.facts.occurrences.items() if id_ > self._last_occurrence]

    def spoilt(self) -> set[str]:
        """Message-IDs of letters that can never be written."""
        return {self.facts.letters[id_].message_id for id_ in self.server.spoilt}

    def new_handed(self) -> list[Handed]:
        return self.server.log[self._last_handed :]

    def letters(self) -> Iterator[Handed]:
        """Each letter that was taken, once, whatever further ways its text took."""
        known: set[str] = set()
        for handed in self.server.log:
            if handed.message_id not in known and not handed.copy:
                known.add(handed.message_id)
                yield handed

    def ladder_of(self, work: Any) -> dict[str, Any]:
        return self.facts.ladders[self.facts.occurrences[work.occurrence_id].duty_id]

    def falls(self, notice: Any) -> list[datetime]:
        return self.rung(self.facts.works[notice.assignment_id], notice.step, notice.due_on)

    def rung(self, work: Any, step: int, due_on: date) -> list[datetime]:
        """When the rung falls, by the calendar of yesterday and by that of today, for each unit that had the work."""
        ladder, units = self.ladder_of(work), self.units_of(work)
        return [rung_falls(ladder, step, due_on, one, unit) for one in self.calendars for unit in units]

    def units_of(self, work: Any) -> list[int]:
        """The unit that has the work, and those from which it was taken."""
        return sorted({work.unit_id, *self._held.get(f"assignment:{work.id}", ())})

    def deadline_set(self, work: Any) -> datetime:
        """When the deadline, or the calendar under it, was last changed."""
        return max(
            self._deadline_set.get(f"assignment:{work.id}", LONG_AGO),
            self._deadline_set.get(f"occurrence:{work.occurrence_id}", LONG_AGO),
        )

    def opened(self, work: Any) -> datetime:
        return self._opened.get(work.occurrence_id, LONG_AGO)
