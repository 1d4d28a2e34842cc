"""What will be told to whom when nobody does anything: the schedule played ahead, without writing.

The same pure functions decide as when letters are really written: `climb`, `Staff.find`, `join`, `allot`.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from domain.assignment import Part
from domain.escalation import Climb, Ladder, climb
from domain.grouping import Bundle, Case, allot, join
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.reach import Pace
from domain.recipients import Staff
from domain.unit import Role
from domain.workdays import Calendar

TICK = timedelta(minutes=5)
"""How often the clock takes rungs and writes letters."""
NOBODY = -1
"""In the queue of moments: letters are to be written, and nobody has a rung."""


@dataclass
class Climber:
    """One assignment on its ladder. `opens_at`: when it will be there to be reminded of (past if it is)."""

    key: Hashable
    matter: Hashable
    unit_id: int
    part: Part
    due_on: date
    due_at: datetime
    ladder: Ladder
    step: int
    opens_at: datetime
    person_id: int | None = None
    request: bool = False
    moot: bool = False

    def case(self, number: int, role: Role, told: Collection[int], binding: bool, since: date) -> Case:
        return Case(
            key=number, matter=self.matter, unit_id=self.unit_id, role=role, part=self.part,
            due_at=self.due_at, person_id=self.person_id, told=told, binding=binding,
            since=since, request=self.request, moot=self.moot,
        )  # fmt: skip


@dataclass(frozen=True)
class Foretold:
    """A letter that will be written at `at`; `about`: keys of the assignments it speaks of; `held`: why it will
    wait for a person."""

    at: datetime
    bundle: Bundle
    about: tuple[Hashable, ...]
    held: str = ""


Posted = Callable[[Collection[int], date], Mapping[int, Counter[LetterKind]]]


@dataclass
class Stage:
    """`posted` and `covered`: what stands in the outbox already, `paces`: what people chose; see
    `domain.grouping`."""

    office: Office
    calendar: Calendar
    staff: Staff
    posted: Posted
    covered: set[tuple[Hashable, int]]
    paces: Mapping[int, Pace]
    pending: list[Case] = field(default_factory=list)
    about: dict[Hashable, Hashable] = field(default_factory=dict)
    _climbs: dict[Hashable, Climb] = field(default_factory=dict)
    _mine: dict[date, dict[int, Counter[LetterKind]]] = field(default_factory=dict)
    _held: dict[int, Counter[LetterKind]] = field(default_factory=dict)

    def wait(
        self, climber: Climber, role: Role, binding: bool, since: date, told: Collection[int] = ()
    ) -> None:
        """A notice that is to be told; `told`: who has been told of it already."""
        case = climber.case(len(self.about), role, told, binding, since)
        self.about[case.key] = climber.key
        self.pending.append(case)

    def play(self, climbers: Iterable[Climber], since: datetime, until: datetime) -> Iterator[Foretold]:
        """Letters written from `since` on and before `until`, in order of time."""
        played = list(climbers)
        queue = [(on_tick(since), NOBODY)]
        for number, climber in enumerate(played):
            self._queue(queue, number, climber, since)
        while queue and queue[0][0] < until:
            at = queue[0][0]
            while queue and queue[0][0] == at:
                _, number = heapq.heappop(queue)
                if number != NOBODY:
                    self._climb(played[number], at)
                    self._queue(queue, number, played[number], at + TICK)
            yield from self._write(at)
            if self.pending:
                heapq.heappush(queue, (self._next_writing(at), NOBODY))

    def _queue(
        self, queue: list[tuple[datetime, int]], number: int, climber: Climber, earliest: datetime
    ) -> None:
        """The climber's next moment, if it has one."""
        moment = self._moment(climber, climber.step)
        if moment is not None:
            heapq.heappush(queue, (on_tick(max(moment, climber.opens_at, earliest)), number))

    def _moment(self, climber: Climber, step: int) -> datetime | None:
        own = self.calendar.for_unit(climber.unit_id)
        return climber.ladder.moment(step, climber.due_on, own, self.office.tz)

    def _climb(self, climber: Climber, at: datetime) -> None:
        ladder = climber.ladder
        special = climber.unit_id if climber.unit_id in self.calendar.unit_days else None
        same = (climber.matter, climber.due_on, climber.step, at, special)
        climbed = self._climbs.get(same) or climb(
            ladder, climber.step, at,
            lambda step: self._moment(climber, step),
        )  # fmt: skip
        self._climbs[same] = climbed
        climber.step = climbed.step
        for taken in climbed.taken:
            for role in taken.tell:
                self.wait(climber, role, ladder.rungs[taken.step].binding, local_day(at, self.office.tz))

    def _write(self, at: datetime) -> Iterator[Foretold]:
        if not self.pending or not self.office.writes_letters(at, self.calendar):
            return
        today = local_day(at, self.office.tz)
        cases = self.pending
        joined, _closed = join(
            cases, staff=self.staff, at=at, today=today, covered=self.covered, paces=self.paces
        )
        now, kept = allot(joined, self._had(joined, today), self.office.daily_letters)
        held = self.office.why_hold(len(now), timedelta())
        for bundle in now:
            self._note(bundle, today, held)
            yield Foretold(at, bundle, tuple(self.about[case.key] for case in bundle.cases), held)
        self.pending = list(_kept(cases, now, kept))

    def _had(self, joined: Iterable[Bundle], today: date) -> Mapping[int, Counter[LetterKind]]:
        people = {bundle.person_id for bundle in joined}
        posted, mine = self.posted(people, today), self._mine.get(today, {})
        return {
            p: sum((d.get(p, Counter()) for d in (posted, mine, self._held)), Counter())
            for p in sorted(people)
        }

    def _note(self, bundle: Bundle, today: date, held: str) -> None:
        book = self._held if held else self._mine.setdefault(today, {})
        book.setdefault(bundle.person_id, Counter())[bundle.kind] += 1
        if bundle.kind is LetterKind.DIGEST:
            self.covered |= {(c.matter, bundle.person_id) for c in bundle.cases if c.part is Part.LEAD}

    def _next_writing(self, at: datetime) -> datetime:
        """When what is kept is looked at again: the hour at which letters are written, that day or the next."""
        day = local_day(at, self.office.tz)
        today = datetime.combine(day, self.office.ladder.at, self.office.tz)
        day = self.calendar.next_working(day) if at < today else self.calendar.add(day, 1)
        return on_tick(datetime.combine(day, self.office.ladder.at, self.office.tz))


def _kept(cases: Iterable[Case], now: Iterable[Bundle], kept: Iterable[Bundle]) -> Iterator[Case]:
    """Cases that still reach somebody another day; who has been told of them is not told again."""
    told: dict[Hashable, set[int]] = {}
    for bundle in now:
        for case in bundle.cases:
            told.setdefault(case.key, set(case.told)).add(bundle.person_id)
    waiting = {case.key for bundle in kept for case in bundle.cases}
    for case in cases:
        if case.key in waiting:
            yield replace(case, told=frozenset(told.get(case.key, case.told)))


def on_tick(moment: datetime) -> datetime:
    """The first tick that is not before the moment."""
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + TICK
