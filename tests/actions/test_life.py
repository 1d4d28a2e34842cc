"""Whatever people do in whatever order: only moves of the table, one line a change, nothing lost or hidden."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from actions.changes import By
from actions.entrust import entrust, take_up
from actions.errors import NotFound, Refused
from actions.extend import ask_extension, grant_extension, refuse_extension
from actions.follow import accept, give_back, receive, waive, withdraw
from actions.hand_in import hand_in
from actions.note_progress import note_progress
from actions.send import claim_letters
from actions.wait import resume, wait_for
from domain.assignment import CLOSED, MOVES, OPEN, UNFINISHED, NotAllowed, Standing, State
from domain.escalation import Fate
from domain.extension import Answer
from domain.letter import MailState
from domain.unit import Role
from domain.waiting import Awaited
from domain.workdays import Calendar
from store import audit
from store.database import Database
from store.office import load_staff
from store.questions.board import counts
from store.questions.scope import Scope
from store.questions.tally import tally
from store.tables import AssignmentRow, AuditRow, ExtensionRow, NoticeRow, OutboxRow, WaitingRow
from tests.actions.conftest import HANOI, World, at
from tests.support.makers import a_person, an_issued_duty, an_office, monthly_terms, psycopg_url
from tests.support.postgres import Postgres

VN = Calendar.of("VN")
SCHOOLS = ("hoa-sen", "song-xanh")
LEGAL = {(before, after) for (before, _), after in MOVES.items()}

Act = Callable[[Session, int, By], object]


class Life:
    """Two schools owe the February report; the office and the schools do as they like, the clock goes on.

    Every act takes an assignment and a number to choose by."""

    def __init__(self, db: Database) -> None:
        self.world = World(db, an_office(db))
        an_issued_duty(db, monthly_terms(SCHOOLS))
        unit = self.world.sample.units["hoa-sen"]
        self.people = (
            a_person(db, "an", "Đặng Văn An", unit, Role.OFFICER),
            a_person(db, "cuc", "Hoàng Thị Cúc", unit, Role.OFFICER),
        )
        self.now = at(7, 10)
        self.forms = 0
        self.world.open(self.now)

    def choose(self, number: int, states: tuple[State, ...]) -> int:
        """One of the assignments in these states; one of all when there is none, to be refused."""
        rows = self.rows()
        fitting = [row.id for row in rows if row.state in states] or [row.id for row in rows]
        return fitting[number % len(fitting)]

    def do(self, one: int, act: Act, *lines: str) -> None:
        """An act is refused in words and changes nothing, or moves by the table and leaves exactly `lines`."""
        before, trail = self.world.row(one), self.world.count(AuditRow)
        try:
            with self.world.db.transaction() as session:
                act(session, one, By("ai-do", self.now))
        except (Refused, NotFound, NotAllowed):
            assert self.world.row(one).model_dump() == before.model_dump()
            assert self.trail(after=trail) == []
            return
        after = self.world.row(one)
        written = self.trail(after=trail)
        assert [line.action for line in written if line.subject == f"assignment:{one}"] == list(lines)
        assert all(line.actor == "ai-do" and line.at == self.now for line in written)
        assert after.state is before.state or (before.state, after.state) in LEGAL
        assert after.version == before.version + len(lines)

    # What people do ---------------------------------------------------------------------------------------

    def receives(self, one: int, _: int) -> None:
        new = self.world.row(one).state is State.ASSIGNED
        self.do(one, lambda s, a, by: receive(s, a, by), *(["receive"] if new else []))

    def is_given(self, one: int, number: int) -> None:
        row, person = self.world.row(one), self.people[number % 2]
        lines = ["receive", "entrust"] if row.state is State.ASSIGNED else ["entrust"]
        today = self.now.date()
        self.do(
            one,
            lambda s, a, by: entrust(s, a, person, by, staff=load_staff(s), today=today),
            *(lines if row.person_id != person else []),
        )

    def is_taken_up(self, one: int, number: int) -> None:
        lines = [] if self.world.row(one).taken_up_at else ["take_up"]
        self.do(one, lambda s, a, by: take_up(s, a, self.people[number % 2], by), *lines)

    def says_how_it_goes(self, one: int, number: int) -> None:
        self.do(one, lambda s, a, by: note_progress(s, a, by, text="đang làm", percent=number), "progress")

    def waits(self, one: int, number: int) -> None:
        kind = list(Awaited)[number % 3]
        unit = None if kind is Awaited.OUTSIDE else self.world.sample.units["pgd"]
        self.do(
            one,
            lambda s, a, by: wait_for(
                s, a, by, kind=kind, reason="chờ", unit_id=unit, who="Công an thị xã",
                office=self.world.sample.office, calendar=VN,
            ),
            "wait",
        )  # fmt: skip

    def goes_on(self, one: int, _: int) -> None:
        self.do(one, lambda s, a, by: resume(s, a, by, calendar=VN, zone=HANOI), "resume")

    def asks_for_time(self, one: int, number: int) -> None:
        wished = self.world.row(one).due_on + timedelta(days=number - 2)
        self.do(
            one,
            lambda s, a, by: ask_extension(
                s, a, by, wished_on=wished, reason="mưa lũ", office=self.world.sample.office, calendar=VN
            ),
            "ask_extension",
        )

    def is_answered(self, one: int, number: int) -> None:
        with self.world.db.read() as session:
            asked = session.exec(
                select(ExtensionRow.id).where(
                    col(ExtensionRow.assignment_id) == one, col(ExtensionRow.answer) == Answer.PENDING
                )
            ).first()
        if asked is not None and number % 3:
            self.do(
                one,
                lambda s, _, by: grant_extension(s, asked, by, calendar=VN, zone=HANOI),
                "extension_granted",
            )
        elif asked is not None:
            self.do(
                one, lambda s, _, by: refuse_extension(s, asked, by, remark="cố gắng"), "extension_refused"
            )

    def hands_in(self, one: int, _: int) -> None:
        self.forms += 1
        self.do(one, lambda s, a, by: hand_in(s, a, figures={}, by=by, key=f"form-{self.forms}"), "hand_in")

    def is_returned(self, one: int, _: int) -> None:
        office = self.world.sample.office
        self.do(one, lambda s, a, by: give_back(s, a, by, reason="sai", office=office, calendar=VN), "return")

    def is_accepted(self, one: int, _: int) -> None:
        self.do(one, lambda s, a, by: accept(s, a, by), "accept")

    def is_let_off(self, one: int, number: int) -> None:
        """Seldom: an assignment that is closed early lives no life."""
        if number == 0:
            self.do(one, lambda s, a, by: waive(s, a, by, reason="trường sửa chữa"), "waive")
        elif number == 1:
            self.do(one, lambda s, a, by: withdraw(s, a, by, reason="giao nhầm"), "withdraw")

    # What the clock does ----------------------------------------------------------------------------------

    def time_goes_on(self, _: int, number: int) -> None:
        self.now += timedelta(hours=4 + 2 * number)
        before = self.world.count(NoticeRow)
        self.world.sweep(self.now)
        with self.world.db.read() as session:
            new = session.exec(
                select(NoticeRow.assignment_id).order_by(col(NoticeRow.id)).offset(before)
            ).all()
        assert set(new) <= self.owed()

    def letters_are_written(self, _: int, __: int) -> None:
        """Of what waits to be told, only the work that is owed at this moment is."""
        waiting = self.notices(Fate.PENDING)
        self.world.write(self.now)
        assert {one for notice, one in waiting & self.notices(Fate.MAILED)} <= self.owed()

    def letters_are_sent(self, _: int, __: int) -> None:
        """A letter that leaves speaks only of work that is owed at this moment."""
        with self.world.db.transaction() as session:
            ready = claim_letters(
                session, limit=99, office=self.world.sample.office, calendar=VN, base_url="http://d.vn",
                by=By("clock", self.now),
            )  # fmt: skip
            for letter in ready:
                spoken_of = {row.id for row in self.rows() if f"http://d.vn/viec/{row.id}\n" in letter.text}
                assert spoken_of
                assert spoken_of <= self.owed()
                session.get_one(OutboxRow, letter.outbox_id).state = MailState.SENT

    # What always holds ------------------------------------------------------------------------------------

    def check(self) -> None:
        rows = self.rows()
        for row in rows:
            assert row.next_action_at is None or row.state in OPEN
            assert (row.waiting_since is not None) == (row.state is State.WAITING)
            assert (row.closed_at is not None) == (row.state in CLOSED)
            assert row.due_on >= at(14).date()
        with self.world.db.read() as session:
            waits = session.exec(select(WaitingRow.assignment_id).where(col(WaitingRow.ended_at).is_(None)))
            assert sorted(waits) == [row.id for row in rows if row.state is State.WAITING]
            how = counts(session, Scope(everything=True), self.now, timedelta(days=3)).by_standing
            ends = tally(session, self.now)
        states = Counter(row.state for row in rows)
        assert how.get(Standing.DONE, 0) + how.get(Standing.DONE_LATE, 0) == states[State.ACCEPTED]
        assert how.get(Standing.OUT, 0) == states[State.WAIVED] + states[State.WITHDRAWN] == ends.out
        assert sum(how.values()) == len(rows)
        assert ends.on_time + ends.late + ends.never + ends.not_due + ends.out == len(rows)

    def end(self) -> None:
        with self.world.db.read() as session:
            assert audit.verify(session) is None
        self.world.db.dispose()

    def rows(self) -> list[AssignmentRow]:
        with self.world.db.read() as session:
            return list(session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all())

    def owed(self) -> set[int]:
        return {row.id for row in self.rows() if row.state in OPEN}

    def notices(self, fate: Fate) -> set[tuple[int, int]]:
        with self.world.db.read() as session:
            rows = session.exec(select(NoticeRow).where(col(NoticeRow.fate) == fate)).all()
            return {(row.id, row.assignment_id) for row in rows}

    def trail(self, *, after: int) -> list[AuditRow]:
        with self.world.db.read() as session:
            return list(session.exec(select(AuditRow).order_by(col(AuditRow.id)).offset(after)).all())


ACTS: list[tuple[Callable[[Life, int, int], None], tuple[State, ...]]] = [
    (Life.receives, (State.ASSIGNED,)),
    (Life.is_given, OPEN),
    (Life.is_taken_up, OPEN),
    (Life.says_how_it_goes, UNFINISHED),
    (Life.waits, OPEN),
    (Life.goes_on, (State.WAITING,)),
    (Life.asks_for_time, OPEN),
    (Life.is_answered, UNFINISHED),
    (Life.hands_in, OPEN),
    (Life.is_returned, (State.HANDED_IN,)),
    (Life.is_accepted, (State.HANDED_IN,)),
    (Life.is_let_off, UNFINISHED),
    *[(Life.time_goes_on, UNFINISHED)] * 3,
    *[(Life.letters_are_written, UNFINISHED)] * 2,
    (Life.letters_are_sent, UNFINISHED),
]
STEP = st.tuples(st.sampled_from(ACTS), st.integers(0, 20))


def live(make: Callable[[], Database], lives: int) -> None:
    @settings(
        max_examples=lives, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.lists(STEP, min_size=60, max_size=60))
    def run(steps: list[tuple[tuple[Callable[[Life, int, int], None], tuple[State, ...]], int]]) -> None:
        life = Life(make())
        for (act, states), number in steps:
            act(life, life.choose(number, states), number)
            life.check()
        life.end()

    run()


def test_a_life_on_sqlite(sqlite_template: Path, tmp_path: Path) -> None:
    def make() -> Database:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite3"
        shutil.copyfile(sqlite_template, path)
        return Database(f"sqlite:///{path}", durable=False)

    live(make, 10)


def test_a_life_on_postgresql(postgres: Postgres, postgres_template: str) -> None:
    live(lambda: Database(psycopg_url(postgres.database(like=postgres_template))), 3)
