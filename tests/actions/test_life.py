"""Whatever people do in whatever order: only moves of the table, one line a change, nothing lost or hidden."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, col, select

from actions.changes import By
from actions.entrust import entrust, take_up
from actions.errors import Refused
from actions.extend import ask_extension, grant_extension, refuse_extension
from actions.follow import accept, give_back, receive, waive, withdraw
from actions.hand_in import hand_in
from actions.note_progress import note_progress
from actions.send import claim_letters, record_delivery
from actions.wait import resume, wait_for
from domain.assignment import CLOSED, MOVES, OPEN, NotAllowed, Standing, State
from domain.extension import Answer
from domain.unit import Role
from domain.waiting import Awaited
from domain.workdays import Calendar
from store import audit
from store.database import Database
from store.office import load_staff
from store.questions.board import counts
from store.questions.scope import Scope
from store.questions.tally import tally
from store.tables import AssignmentRow, AuditRow, ExtensionRow, NoticeRow, WaitingRow
from tests.actions.conftest import HANOI, World, at
from tests.support.makers import a_person, an_issued_duty, an_office, monthly_terms, psycopg_url
from tests.support.postgres import Postgres

VN = Calendar.of("VN")
SCHOOLS = ("hoa-sen", "song-xanh")
WHICH = st.integers(0, len(SCHOOLS) - 1)
"""Which assignment."""

LEGAL = {(before, after) for (before, _), after in MOVES.items()}

Act = Callable[[Session, int, By], object]


class Life(RuleBasedStateMachine):
    """Two schools owe the February report; the office and the schools do as they like, the clock goes on."""

    make: Callable[[], Database]

    def __init__(self) -> None:
        super().__init__()
        db = type(self).make()
        self.world = World(db, an_office(db))
        an_issued_duty(db, monthly_terms(SCHOOLS))
        unit = self.world.sample.units["hoa-sen"]
        self.people = (
            a_person(db, "an", "Đặng Văn An", unit, Role.OFFICER),
            a_person(db, "cuc", "Hoàng Thị Cúc", unit, Role.OFFICER),
        )
        self.now = at(1, 10)
        self.world.open(self.now)
        with self.world.db.read() as session:
            self.ids = list(session.exec(select(AssignmentRow.id).order_by(col(AssignmentRow.id))).all())
        self.forms = 0

    # What people do ------------------------------------------------------------------------------------------

    def do(self, which: int, act: Act, *lines: str) -> None:
        """An act is refused in words and changes nothing, or moves by the table and leaves exactly `lines`."""
        assignment = self.ids[which]
        before, trail = self.world.row(assignment), self.world.count(AuditRow)
        try:
            with self.world.db.transaction() as session:
                act(session, assignment, By("ai-do", self.now))
        except (Refused, NotAllowed):
            assert self.world.row(assignment).model_dump() == before.model_dump()
            assert self._trail(after=trail) == []
            return
        after = self.world.row(assignment)
        written = self._trail(after=trail)
        assert [line.action for line in written if line.subject == f"assignment:{assignment}"] == list(lines)
        assert all(line.actor == "ai-do" and line.at == self.now for line in written)
        assert after.state is before.state or (before.state, after.state) in LEGAL
        assert after.version == before.version + len(lines)

    @rule(which=WHICH)
    def receives(self, which: int) -> None:
        new = self.world.row(self.ids[which]).state is State.ASSIGNED
        self.do(which, lambda s, a, by: receive(s, a, by), *(["receive"] if new else []))

    @rule(which=WHICH, whom=st.integers(0, 1))
    def is_given(self, which: int, whom: int) -> None:
        row = self.world.row(self.ids[which])
        person = self.people[whom]
        lines = [] if row.person_id == person else ["entrust"]
        if lines and row.state is State.ASSIGNED:
            lines = ["receive", "entrust"]
        self.do(
            which,
            lambda s, a, by: entrust(s, a, person, by, staff=load_staff(s), today=self.now.date()),
            *lines,
        )

    @rule(which=WHICH, whom=st.integers(0, 1))
    def is_taken_up(self, which: int, whom: int) -> None:
        lines = [] if self.world.row(self.ids[which]).taken_up_at else ["take_up"]
        self.do(which, lambda s, a, by: take_up(s, a, self.people[whom], by), *lines)

    @rule(which=WHICH)
    def says_how_it_goes(self, which: int) -> None:
        self.do(which, lambda s, a, by: note_progress(s, a, by, text="đang làm", percent=40), "progress")

    @rule(which=WHICH, kind=st.sampled_from(Awaited))
    def waits(self, which: int, kind: Awaited) -> None:
        unit = None if kind is Awaited.OUTSIDE else self.world.sample.units["pgd"]
        self.do(
            which,
            lambda s, a, by: wait_for(
                s, a, by, kind=kind, reason="chờ", unit_id=unit, who="Công an thị xã",
                office=self.world.sample.office, calendar=VN,
            ),
            "wait",
        )  # fmt: skip

    @rule(which=WHICH)
    def goes_on(self, which: int) -> None:
        self.do(which, lambda s, a, by: resume(s, a, by, calendar=VN, zone=HANOI), "resume")

    @rule(which=WHICH, days=st.integers(-2, 20))
    def asks_for_time(self, which: int, days: int) -> None:
        wished = self.world.row(self.ids[which]).due_on + timedelta(days=days)
        self.do(
            which,
            lambda s, a, by: ask_extension(
                s, a, by, wished_on=wished, reason="mưa lũ", office=self.world.sample.office, calendar=VN
            ),
            "ask_extension",
        )

    @rule(which=WHICH, granted=st.booleans())
    def is_answered(self, which: int, granted: bool) -> None:
        with self.world.db.read() as session:
            asked = session.exec(
                select(ExtensionRow.id).where(
                    col(ExtensionRow.assignment_id) == self.ids[which],
                    col(ExtensionRow.answer) == Answer.PENDING,
                )
            ).first()
        if asked is None:
            return
        if granted:
            self.do(
                which,
                lambda s, _, by: grant_extension(s, asked, by, calendar=VN, zone=HANOI),
                "extension_granted",
            )
        else:
            self.do(
                which, lambda s, _, by: refuse_extension(s, asked, by, remark="cố gắng"), "extension_refused"
            )

    @rule(which=WHICH)
    def hands_in(self, which: int) -> None:
        self.forms += 1
        key = f"form-{self.forms}"
        self.do(which, lambda s, a, by: hand_in(s, a, figures={}, by=by, key=key), "hand_in")

    @rule(which=WHICH)
    def is_returned(self, which: int) -> None:
        self.do(which, lambda s, a, by: give_back(s, a, by, reason="sai", calendar=VN, zone=HANOI), "return")

    @rule(which=WHICH)
    def is_accepted(self, which: int) -> None:
        self.do(which, lambda s, a, by: accept(s, a, by), "accept")

    @precondition(lambda self: self.now > at(20))
    @rule(which=WHICH, how=st.sampled_from([(waive, "waive"), (withdraw, "withdraw")]))
    def is_let_off(self, which: int, how: tuple[Callable[..., None], str]) -> None:
        self.do(which, lambda s, a, by: how[0](s, a, by, reason="trường sửa chữa"), how[1])

    # What the clock does -------------------------------------------------------------------------------------

    @rule(hours=st.integers(1, 72))
    def time_goes_on(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def the_clock_strikes(self) -> None:
        before = self.world.count(NoticeRow)
        self.world.sweep(self.now)
        with self.world.db.read() as session:
            new = session.exec(select(NoticeRow).order_by(col(NoticeRow.id)).offset(before)).all()
        assert all(self.world.row(notice.assignment_id).state in OPEN for notice in new)
        self.world.write(self.now)

    @rule()
    def letters_are_sent(self) -> None:
        """What is claimed speaks only of work that is owed at this moment."""
        owed = {row.id for row in self._rows() if row.state in OPEN}
        with self.world.db.transaction() as session:
            ready = claim_letters(
                session, limit=99, office=self.world.sample.office, calendar=VN, base_url="http://d.vn",
                by=By("clock", self.now),
            )  # fmt: skip
            for letter in ready:
                spoken_of = {a for a in self.ids if f"http://d.vn/viec/{a}\n" in letter.text}
                assert spoken_of
                assert spoken_of <= owed
                record_delivery(
                    session, letter.outbox_id, outcome="sent", detail="250", not_before=None,
                    by=By("clock", self.now),
                )  # fmt: skip

    # What always holds ---------------------------------------------------------------------------------------

    @invariant()
    def the_clock_runs_only_for_work_that_is_owed(self) -> None:
        for row in self._rows():
            assert row.next_action_at is None or row.state in OPEN
            assert (row.waiting_since is not None) == (row.state is State.WAITING)
            assert (row.closed_at is not None) == (row.state in CLOSED)
            assert row.due_on >= at(14).date()

    @invariant()
    def one_interval_is_open_for_each_that_waits(self) -> None:
        with self.world.db.read() as session:
            still = session.exec(
                select(WaitingRow.assignment_id).where(col(WaitingRow.ended_at).is_(None))
            ).all()
        assert sorted(still) == [row.id for row in self._rows() if row.state is State.WAITING]

    @invariant()
    def nothing_is_lost_from_the_count(self) -> None:
        states = Counter(row.state for row in self._rows())
        with self.world.db.read() as session:
            how = counts(session, Scope(everything=True), self.now, timedelta(days=3)).by_standing
            ends = tally(session, self.now)
        finished = how.get(Standing.DONE, 0) + how.get(Standing.DONE_LATE, 0)
        assert finished == states[State.ACCEPTED]
        assert how.get(Standing.OUT, 0) == states[State.WAIVED] + states[State.WITHDRAWN]
        assert sum(how.values()) == len(self.ids)
        assert ends.on_time + ends.late + ends.never + ends.not_due + ends.out == len(self.ids)

    def teardown(self) -> None:
        with self.world.db.read() as session:
            assert audit.verify(session) is None
            told = Counter(
                (n.assignment_id, n.step, n.role, n.due_on) for n in session.exec(select(NoticeRow)).all()
            )
        assert not told or max(told.values()) == 1
        self.world.db.dispose()

    # -----------------------------------------------------------------------------------------------------------

    def _rows(self) -> list[AssignmentRow]:
        with self.world.db.read() as session:
            return list(session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all())

    def _trail(self, *, after: int) -> list[AuditRow]:
        with self.world.db.read() as session:
            return list(session.exec(select(AuditRow).order_by(col(AuditRow.id)).offset(after)).all())


def live(make: Callable[[], Database], lives: int) -> None:
    machine = type("OneLife", (Life,), {"make": staticmethod(make)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=lives, stateful_step_count=40, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_life_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    def make() -> Database:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"
        shutil.copyfile(sqlite_template, path)
        return Database(f"sqlite:///{path}", durable=False)

    live(make, 12)


def test_a_life_on_postgresql(postgres: Postgres, postgres_template: str) -> None:
    live(lambda: Database(psycopg_url(postgres.database(like=postgres_template))), 3)
