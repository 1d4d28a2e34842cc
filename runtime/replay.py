"""A span of time played on a virtual clock, through the very actions and schedule that serve the office.

Everything that could differ between two runs comes in as an argument: the clock (the moments played), chance
(the seed), the mailer (`works.channel`) and faults. Virtual time stands in the database: a run that was
killed goes on where it stopped, and sends the same letters an undisturbed run would have sent.

A moment is two steps. First one transaction notes that the moment has begun and records what people do in it;
then the tick does what is due. A moment that has begun and is not done is ticked again, nothing else.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.changes import By
from actions.errors import Refused
from actions.follow import accept
from actions.hand_in import hand_in
from actions.install_office import install_office
from actions.publish_checklist import publish_shipped
from domain.assignment import State
from domain.instants import at_clock, end_of, local_day
from domain.letter import MailState
from domain.office import Office
from domain.wording import say_day
from domain.workdays import Calendar
from intake.office_folder import OfficeFolder
from rules.checklist_reader import SHIPPED
from runtime.calendars import shipped_days, shipped_school_years
from runtime.directives import approve_complete, take_in_text
from runtime.inspections_played import Inspections
from runtime.jobs import Chunk, Counts, Daily, Job, carry_out, run_job
from runtime.tick import tick
from runtime.unit_script import Act, UnitScript, next_act, on_the_tick
from runtime.works import Works
from store import schema
from store.office import load_calendar, load_office
from store.questions.open_work import OpenWork, open_work
from store.tables import AssignmentRow, AuditRow, OfficeRow, OutboxRow, WatermarkRow

MARK = "replay"
"""Name of the watermark that says which moment has begun."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
TICK = 5  # minutes, as the table's shortest cadence
OPENING = time(7, 30)
DESK = time(16, 30)
"""When the clerk looks through what waits for a person."""

Fault = Callable[[str], None]


def no_fault(_name: str) -> None:
    """A fault point may raise; this one never does."""


def no_news(_day: date) -> None:
    """Tells nobody that a day has passed."""


@dataclass(frozen=True)
class Play:
    """What is played: an office, its directive, days from `since` to `until` (both played), and the seed."""

    folder: OfficeFolder
    script: UnitScript
    text: str
    file_name: str
    since: date
    until: date
    seed: int

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise Refused(
                "Ngày cuối {last} ở trước ngày đầu {first}.",
                last=say_day(self.until),
                first=say_day(self.since),
            )

    @property
    def cause(self) -> str:
        """Stands in the audit trail of everything the play sets up; a run is continued only under its own."""
        return f"replay seed={self.seed} since={self.since}"

    def days(self) -> Iterator[date]:
        for n in range((self.until - self.since).days + 1):
            yield self.since + timedelta(days=n)


def replay(
    works: Works,
    table: Sequence[Job],
    play: Play,
    *,
    fault: Fault = no_fault,
    on_day: Callable[[date], None] = no_news,
) -> Counts:
    """Play every moment that is not played yet. Returns what the schedule's jobs did; "poison" counts failures.
    Raises `Refused` on a database that is not this play's."""
    named = {rule.pack for rule in play.folder.policy.rules if rule.pack}
    if unknown := sorted(named - works.packs.keys()):
        raise Refused(
            "policy.yaml nhắc đến bộ quy tắc không có trong thư mục cơ quan: {unknown}.",
            unknown=", ".join(unknown),
        )
    schema.upgrade(works.db)
    _set_up(works, play)
    stage = _Stage(works, table, play, fault)
    stage.finish_begun()
    for day in play.days():
        stage.play_day(day)
        on_day(day)
    stage.close()
    return stage.done


def _set_up(works: Works, play: Play) -> None:
    """Office, directive, duties: each step once, each whole."""
    by = By(MARK, at_clock(play.since, OPENING, play.folder.office.tz), play.cause)
    with works.db.transaction() as session:
        if session.exec(select(OfficeRow)).first() is None:
            install_office(session, play.folder, shipped_days(), by, school_years=shipped_school_years())
            if play.script.inspections:
                publish_shipped(session, [path.read_text(encoding="utf-8") for path in SHIPPED], by)
        first = session.exec(select(AuditRow).order_by(col(AuditRow.id)).limit(1)).first()
        if first is None or first.cause != play.cause:
            raise Refused(
                "Cơ sở dữ liệu {url} không phải của lần diễn lại này (“{cause}”). "
                "Hãy chọn một cơ sở dữ liệu mới, hoặc dùng lại đúng --seed và --from.",
                url=works.db.url,
                cause=play.cause,
            )
    directive_id, _ = take_in_text(works, play.text, play.file_name, by, play.folder.policy)
    approve_complete(works, directive_id, by)


@dataclass
class _Stage:
    """Where the play stands. `begun` is the last moment that has begun; `known` remembers what units will do."""

    works: Works
    table: Sequence[Job]
    play: Play
    fault: Fault
    office: Office = field(init=False)
    calendar: Calendar = field(init=False)
    begun: datetime = field(init=False)
    known: dict[tuple[int, int], Act | None] = field(default_factory=dict)
    done: Counts = field(default_factory=Counter)

    def __post_init__(self) -> None:
        with self.works.db.read() as session:
            self.office = load_office(session)
            self.calendar = load_calendar(session, self.office.calendar)
            mark = session.get(WatermarkRow, MARK)
        self.begun = mark.through if mark else NEVER

    @property
    def zone(self) -> ZoneInfo:
        return self.office.tz

    def finish_begun(self) -> None:
        """Tick the moment at which a killed run stopped. What it had claimed is free again: in a replay nobody
        else sends, so nobody need wait for the lease of the dead."""
        if self.begun == NEVER:
            return
        with self.works.db.transaction() as session:
            claimed = update(OutboxRow).where(col(OutboxRow.state) == MailState.SENDING)
            session.execute(claimed.values(lease_until=self.begun - timedelta(days=1)))
        self.tick(self.begun)

    def play_day(self, day: date) -> None:
        """The clock's own times, and a tick after everything people do. What they do is asked for once the
        day's occurrences are open."""
        if day < local_day(self.begun, self.zone):
            return
        first, *rest = (at_clock(day, clock, self.zone) for clock in self._clock_times())
        self.moment(first, deque())
        acts = self.acts_until(end_of(day, self.zone))
        for at in sorted({*rest, *(on_the_tick(act.at, TICK) for act in acts)}):
            self.moment(at, acts)

    def moment(self, at: datetime, acts: deque[Act]) -> None:
        """`acts`: in order of time; those not after `at` are taken off it and carried out."""
        if at <= self.begun:
            return
        self.fault("begin")
        with self.works.db.transaction() as session:
            while acts and acts[0].at <= at:
                self.hand_in(session, acts.popleft(), at)
            if at.astimezone(self.zone).time() == DESK:
                self.clear_desk(session, at)
            session.merge(WatermarkRow(job=MARK, through=at))
        self.begun = at
        self.fault("begun")
        self.tick(at)

    def tick(self, at: datetime, table: Sequence[Job] | None = None) -> None:
        for counts in tick(self.works, table or self.table, at, run=self._run).values():
            self.done.update(counts)

    def close(self) -> None:
        """A month is over only on the morning after its last day: what the table does then about the past is
        done, and nothing that belongs to the new day."""
        noon = at_clock(self.play.until + timedelta(days=1), time(12), self.zone)
        self.tick(noon, [job for job in self.table if job.name == "compile_report"])

    def acts_until(self, end: datetime) -> deque[Act]:
        """What units will do before `end`, in order of time and assignment."""
        with self.works.db.read() as session:
            acts = [self._act(work) for work in open_work(session)]
        due = [act for act in acts if act is not None and act.at < end]
        return deque(sorted(due, key=lambda act: (act.at, act.work.assignment_id)))

    def hand_in(self, session: Session, act: Act, at: datetime) -> None:
        """An act whose time had passed before the work was given is made up for now."""
        by = By(f"unit:{act.work.unit}", act.at if act.at > self.begun else at)
        hand_in(session, act.work.assignment_id, figures=act.figures, by=by, key=act.key(self.play.seed))

    def clear_desk(self, session: Session, at: datetime) -> None:
        """The clerk accepts what was handed in and judged before today, and waits for a person; teams of inspectors
        come home."""
        if not self.calendar.is_working(local_day(at, self.zone)):
            return
        today = at_clock(local_day(at, self.zone), time(), self.zone)
        waiting = session.exec(
            select(AssignmentRow.id)
            .where(col(AssignmentRow.state) == State.HANDED_IN, col(AssignmentRow.handed_in_at) < today)
            .order_by(col(AssignmentRow.id))
        ).all()
        for assignment_id in waiting:
            accept(session, assignment_id, By("clerk", at))
        if script := self.play.script.inspections:
            Inspections(script, self.office, self.calendar, self.play.seed).play(session, at)

    def _act(self, work: OpenWork) -> Act | None:
        known = (work.assignment_id, work.rounds)
        if known not in self.known:
            pack = self.works.packs.get(work.pack)
            form = pack.form if pack else None
            self.known[known] = next_act(
                self.play.script, work, form, seed=self.play.seed, calendar=self.calendar, zone=self.zone
            )
        return self.known[known]

    def _clock_times(self) -> list[time]:
        daily = {job.every.at for job in self.table if isinstance(job.every, Daily)}
        return sorted({*daily, self.office.ladder.at, DESK})

    def _run(self, job: Job, works: Works, at: datetime) -> Counts:
        def each(job: Job, works: Works, at: datetime, chunk: Chunk) -> Counts:
            self.fault(job.name)
            return carry_out(job, works, at, chunk)

        return run_job(job, works, at, each)
