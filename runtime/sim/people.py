"""What people do in the simulated office: units hand in and ask for time, the clerk decides, the calendar
changes, people leave; more in `runtime.sim.fates`. A seeded script; each act is one transaction, tried again as a
person would try again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from actions.change_calendar import change_calendar
from actions.changes import By
from actions.choose_reach import choose_channels
from actions.errors import NotFound, Refused
from actions.extend import ask_extension, grant_extension
from actions.follow import waive, withdraw
from actions.hand_in import hand_in
from actions.note_bounce import trust_address
from actions.release_held import release_held
from domain.assignment import UNFINISHED, NotAllowed
from domain.escalation import Ladder, Rung
from domain.extension import Answer
from domain.instants import at_clock, end_of, local_day
from domain.reach import Via
from domain.unit import Role
from domain.workdays import Calendar, CalendarDay
from runtime.sim import fates
from runtime.sim.engine import Engine
from runtime.sim.office import OFFICE, SCHOOLS, SCRIPT
from runtime.unit_script import Act, next_act
from store.database import Database
from store.office import load_calendar
from store.questions.open_work import OpenWork, open_work
from store.tables import (
    AssignmentRow,
    ExtensionRow,
    OfficeRow,
    PersonRow,
    PositionRow,
    RefusedAddressRow,
    SubmissionRow,
    UnitRow,
)

ZONE = OFFICE.tz
TRIES = 5
WAYS = ((Via.EMAIL,), (Via.EMAIL, Via.WEBHOOK), (Via.WEBHOOK,), (Via.IN_APP,))


@dataclass(frozen=True)
class Deed:
    """Something a person does at a moment. `key`: of the form that was sent, for what must not be lost."""

    at: datetime
    who: str
    do: Callable[[Session, By], object]
    key: str = ""


@dataclass
class People:
    """`desk`: where they do it; `db`: where this script looks. `acknowledged`: what units were told has been
    received: by key, the assignment and the instant."""

    desk: Engine
    db: Database
    seed: int
    acknowledged: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    _known: dict[tuple[int, int], Act | None] = field(default_factory=dict)

    def deeds(self, day: date) -> list[Deed]:
        """Of one day, in order of time."""
        with self.db.read() as session:
            work = open_work(session)
            calendar = load_calendar(session, OFFICE.calendar)
        deeds = [*self._hand_ins(day, work, calendar), *self._decisions(day, work, calendar)]
        return sorted(deeds, key=lambda deed: deed.at)

    def forget(self, session: Session) -> None:
        """An older copy of the office was put back: what it does not know people are told, and do again."""
        known = set(session.exec(select(SubmissionRow.key)))
        for key in self.acknowledged.keys() - known:
            del self.acknowledged[key]
        self._known.clear()

    def do(self, deed: Deed) -> None:
        """Tried again while the database is away; what the office refuses is left."""
        by = By(deed.who, deed.at, "sim")
        for _ in range(TRIES):
            try:
                with self.desk.works.db.transaction() as session:
                    done = deed.do(session, by)
            except (DBAPIError, MemoryError):
                continue
            except (Refused, NotAllowed, NotFound):
                return
            if deed.key:
                self.acknowledged[deed.key] = (done.assignment_id, done.handed_in_at)  # type: ignore[attr-defined]
            return

    def _hand_ins(self, day: date, work: list[OpenWork], calendar: Calendar) -> Iterator[Deed]:
        for one in work:
            act = self._act(one, calendar)
            if act is None or act.at >= end_of(day, ZONE):
                continue
            at = max(act.at, at_clock(day, time(8), ZONE))
            yield Deed(at, f"unit:{one.unit}", _handing_in(act, self.seed), key=act.key(self.seed))

    def _act(self, work: OpenWork, calendar: Calendar) -> Act | None:
        known = (work.assignment_id, work.rounds)
        if known not in self._known:
            pack = self.desk.works.packs.get(work.pack)
            self._known[known] = next_act(
                SCRIPT, work, pack.form if pack else None, seed=self.seed, calendar=calendar, zone=ZONE
            )
        return self._known[known]

    def _decisions(self, day: date, work: list[OpenWork], calendar: Calendar) -> Iterator[Deed]:
        chance = Random(f"{self.seed}|{day}|decisions")

        def when(low: int = 7, high: int = 18) -> datetime:
            return at_clock(day, time(chance.randrange(low, high), chance.randrange(60)), ZONE)

        if not calendar.is_working(day):
            return
        yield Deed(at_clock(day, time(16, 30), ZONE), "thuy", fates.desk_is_cleared(self.seed))
        yield Deed(at_clock(day, time(10, 30), ZONE), "thuy", fates.goes_on(self.seed))
        yield Deed(at_clock(day, time(9), ZONE), "thuy", release_held)
        yield Deed(at_clock(day, time(9), ZONE), "thuy", _trust_again)
        for one in work:
            luck = chance.random()
            if luck < 0.03:
                wished = calendar.add(one.due_on, chance.randint(1, 4))
                yield Deed(when(), f"unit:{one.unit}", _asking(one.assignment_id, wished))
            elif luck < 0.04:
                yield Deed(when(), "thuy", _letting_off(one.assignment_id, chance.choice((waive, withdraw))))
        yield Deed(at_clock(day, time(8), ZONE), "thuy", _decide_extensions)
        yield from _changes(chance, day, calendar, when)
        for one in work:
            if fate := fates.of_work(chance, one):
                yield Deed(when(8, 11), *fate)  # while the morning's letters leave


def _changes(chance: Random, day: date, calendar: Calendar, when: Callable[..., datetime]) -> Iterator[Deed]:
    """What is announced that day: days off, another ladder, who holds a post, how somebody wants to be told."""
    for share, schools in ((0.02, ("",)), (0.2, SCHOOLS)):
        if chance.random() < share:
            off = calendar.add(day, chance.randint(1, 6))
            yield Deed(when(6, 9), "thuy", _closing(off, chance.choice(schools)))
    if chance.random() < 0.01:
        yield Deed(when(), "thuy", fates.a_unit_ends(chance.randrange(100)))
    if chance.random() < 0.03:
        yield Deed(when(), "thuy", _new_ladder)
    if chance.random() < 0.04:
        yield Deed(when(), "thuy", _staff_change(chance.randrange(100), day))
    if chance.random() < 0.04:
        yield Deed(when(), "thuy", _choosing(chance.randrange(100), chance.choice(WAYS)))


def _handing_in(act: Act, seed: int) -> Callable[[Session, By], object]:
    return lambda s, by: hand_in(s, act.work.assignment_id, figures=act.figures, by=by, key=act.key(seed))


def _asking(assignment_id: int, wished: date) -> Callable[[Session, By], object]:
    def ask(s: Session, by: By) -> None:
        calendar = load_calendar(s, OFFICE.calendar)
        ask_extension(
            s, assignment_id, by, wished_on=wished, reason="mưa lũ", office=OFFICE, calendar=calendar
        )

    return ask


def _letting_off(assignment_id: int, how: Callable[..., None]) -> Callable[[Session, By], object]:
    return lambda s, by: how(s, assignment_id, by, reason="trường sửa chữa")


def _decide_extensions(s: Session, by: By) -> None:
    """Every open request is granted; at eight sharp, when the ladder's rungs fall too (F36)."""
    asked = s.exec(
        select(ExtensionRow, AssignmentRow)
        .join(AssignmentRow, col(AssignmentRow.id) == col(ExtensionRow.assignment_id))
        .where(col(ExtensionRow.answer) == Answer.PENDING)
        .order_by(col(ExtensionRow.id))
    ).all()
    calendar = load_calendar(s, OFFICE.calendar)
    for request, row in asked:
        if row.state in UNFINISHED and request.wished_on > row.due_on:
            grant_extension(s, request.id, by, calendar=calendar, zone=ZONE)


def _choosing(which: int, ways: Sequence[Via]) -> Callable[[Session, By], object]:
    def choose(s: Session, by: By) -> None:
        people = s.exec(select(PersonRow.id).order_by(col(PersonRow.id))).all()
        choose_channels(s, people[which % len(people)], by, channels=ways)

    return choose


def _trust_again(s: Session, by: By) -> None:
    """Addresses from which letters came back more than two days ago have been looked at."""
    old = col(RefusedAddressRow.since) < local_day(by.at, ZONE) - timedelta(days=2)
    for address in s.exec(
        select(RefusedAddressRow.address).where(old).order_by(RefusedAddressRow.address)
    ).all():
        trust_address(s, address, by)


def _closing(off: date, school: str = "") -> Callable[[Session, By], object]:
    """A day off for everybody, or for one school."""
    day = CalendarDay(off, "off", "nghỉ bão", "Công điện mô phỏng")

    def close(s: Session, by: By) -> None:
        unit = s.exec(select(UnitRow.id).where(UnitRow.code == school)).first()
        change_calendar(s, [day], By(by.actor, by.at, day.source), office=OFFICE, unit_id=unit)

    return close


def _new_ladder(s: Session, _by: By) -> None:
    """The office's ladder changes; what was issued under the old one must not notice (I20)."""
    row = s.exec(select(OfficeRow)).one()
    ladder = Ladder(name="thang mới", rungs=(Rung(offset=-1, to=(Role.HEAD,)),))
    row.settings = OFFICE.model_copy(update={"ladder": ladder}).model_dump(mode="json")
    s.add(row)


def _staff_change(which: int, day: date) -> Callable[[Session, By], object]:
    """Somebody leaves and a new person takes the post the next day, or an address is taken away or given (F35)."""

    def change(s: Session, _by: By) -> None:
        posts = s.exec(
            select(PositionRow).where(col(PositionRow.valid_to).is_(None)).order_by(col(PositionRow.id))
        ).all()
        post = posts[which % len(posts)]
        person = s.get_one(PersonRow, post.person_id)
        if which % 3 == 0:
            person.email = None if person.email else f"{person.code}@mophong.example.vn"
            return
        post.valid_to = day
        person.active = which % 2 == 0
        new = PersonRow(
            code=f"{post.role}-{post.unit_id}-{day}", name="Người Mới",
            email=f"{post.role}-{post.unit_id}-{day}@mophong.example.vn",
        )  # fmt: skip
        s.add(new)
        s.flush()
        s.add(
            PositionRow(
                person_id=new.id, unit_id=post.unit_id, role=post.role, valid_from=day + timedelta(days=1)
            )
        )

    return change
