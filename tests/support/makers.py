"""A small office to test with: five units, four named people with different rights, and work to do.

Phòng GD&ĐT Bến Sông (the office)     Mai, clerk: sees and decides everything; Dũng, leader in charge
├── Tổ Tổng hợp                       nobody
├── Trường Tiểu học Hoa Sen           Bình, head, without an officer
├── Trường THCS Sông Xanh             Hà, officer
└── Trường Mầm non Ánh Dương          nobody

Times are literal: the office exists since BEGAN; nothing here reads the clock.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session, SQLModel, select

import store.triggers  # noqa: F401 (attaches what only the database can refuse)
from actions.changes import By
from actions.decide_draft import approve_draft
from actions.issue_duties import issue_duties
from actions.open_occurrences import duties_to_open, open_occurrences
from actions.take_in import take_in_directive
from domain.assignment import Part
from domain.draft import DocumentFacts, DutyDraft, Passage, Reading
from domain.duty import Assignee, DutyTerms, Force, Kind, Review
from domain.instants import local_day
from domain.office import Office
from domain.proposal import Proposal
from domain.recurrence import Schedule, Shift
from domain.unit import Role, UnitGroup
from store.database import Database
from store.office import load_calendar, load_office
from store.search import Thing, remember
from store.tables import AssignmentRow, DraftRow, OccurrenceRow, OfficeRow, PersonRow, PositionRow, UnitRow
from tests.support.postgres import Postgres

BEGAN = datetime(2023, 2, 1, 1, 0, tzinfo=UTC)
"""08:00 on Wednesday 1 February 2023 in the office."""

PASSWORD = "ben-song-2023"
_HASH = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)
"""As weak as argon2 allows, so that a test signs in at once."""

OFFICE = Office(
    code="ben-song",
    name="Phòng GD&ĐT Bến Sông",
    unit="pgd",
    place="Bến Sông",
    superior="UBND thị xã Bến Sông",
    sender="dondoc@bensong.example.vn",
    groups=(UnitGroup(code="truong", names=("các trường", "các đơn vị trường học"), kinds=("trường",)),),
)

UNITS = (
    ("pgd", "Phòng GD&ĐT Bến Sông", "phòng", "", ""),
    ("th", "Tổ Tổng hợp", "tổ", "", ""),
    ("hoa-sen", "Trường Tiểu học Hoa Sen", "trường", "tiểu học", "public"),
    ("song-xanh", "Trường THCS Sông Xanh", "trường", "THCS", "public"),
    ("anh-duong", "Trường Mầm non Ánh Dương", "trường", "mầm non", "private"),
)

PEOPLE = (
    ("mai", "Trần Thị Mai", "pgd", Role.CLERK),
    ("binh", "Nguyễn Văn Bình", "hoa-sen", Role.HEAD),
    ("ha", "Lê Thu Hà", "song-xanh", Role.OFFICER),
    ("dung", "Phạm Quốc Dũng", "pgd", Role.LEADER),
)


@dataclass(frozen=True)
class Sample:
    """Ids by code."""

    office: Office
    units: Mapping[str, int]
    people: Mapping[str, int]


def a_database(url: str) -> Database:
    """A database with every table, empty. The caller disposes it."""
    db = Database(url)
    with db.exclusive() as connection:
        SQLModel.metadata.create_all(connection)
    return db


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables are made once; every test gets a copy of the file."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    db = a_database(f"sqlite:///{path}")
    db.checkpoint()
    db.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    url = postgres.database()
    a_database(psycopg_url(url)).dispose()
    return url


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "dondoc.sqlite3"
    shutil.copyfile(sqlite_template, path)
    db = Database(f"sqlite:///{path}")
    yield db
    db.dispose()


@pytest.fixture
def postgresql(postgres: Postgres, postgres_template: str) -> Iterator[Database]:
    url = postgres.database(like=postgres_template)
    db = Database(psycopg_url(url))
    yield db
    db.dispose()
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Database:
    """An empty database with every table, once of each kind: for tests of `store` and `actions`."""
    made: Database = request.getfixturevalue(request.param)
    return made


def psycopg_url(url: str) -> str:
    """SQLAlchemy's name for a libpq URL and the driver we ship."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def an_office(db: Database, office: Office = OFFICE) -> Sample:
    """The office above, written as rows; everybody's password is `PASSWORD`."""
    with db.transaction() as session:
        session.add(OfficeRow(code=office.code, name=office.name, settings=office.model_dump(mode="json")))
        units: dict[str, int] = {}
        for code, name, kind, level, ownership in UNITS:
            row = UnitRow(
                code=code, name=name, kind=kind, level=level, ownership=ownership, parent_id=units.get("pgd")
            )
            session.add(row)
            session.flush()
            units[code] = row.id
            remember(session, Thing.UNIT, {row.id: name})
        people = {
            code: _person(session, code, name, units[unit], role, True) for code, name, unit, role in PEOPLE
        }
    return Sample(office, units, people)


def a_person(db: Database, code: str, name: str, unit_id: int, role: Role, *, active: bool = True) -> int:
    """One more person, who signs in with `PASSWORD`. Returns the id."""
    with db.transaction() as session:
        return _person(session, code, name, unit_id, role, active)


def _person(session: Session, code: str, name: str, unit_id: int, role: Role, active: bool) -> int:
    row = PersonRow(
        code=code, name=name, email=f"{code}@bensong.example.vn", active=active, password_hash=_HASH
    )
    session.add(row)
    session.flush()
    session.add(PositionRow(person_id=row.id, unit_id=unit_id, role=role))
    return row.id


def a_draft(quote: str, start: int, **fields: Any) -> DutyDraft:
    """A draft as the reader would give it; `start` is the quote's place in the text."""
    read = {"id": f"t{start}", "clause": "III.1", "quote": quote, "start": start, "end": start + len(quote)}
    return DutyDraft.model_validate(read | fields)


def monthly_terms(units: Sequence[str], **fields: Any) -> DutyTerms:
    """A monthly report before the 15th from February 2023 on, owed by each of the units (codes)."""
    terms = DutyTerms(
        title="Báo cáo tháng về công tác giáo dục",
        kind=Kind.RECURRING,
        force=Force.BINDING,
        assignees=tuple(Assignee(unit=code, part=Part.EXECUTOR) for code in units),
        schedule=monthly(),
        review=Review.RULES,
    )
    return terms.model_copy(update=fields)


def monthly(first: date = date(2023, 2, 1)) -> Schedule:
    return Schedule(
        repeat="monthly", stated="day<15", op="before", shift=Shift.PREVIOUS, first=first, last=None
    )


def once(day: date, first: date = date(2023, 2, 1)) -> Schedule:
    return Schedule(repeat="none", stated=day.isoformat(), op="by", shift=Shift.KEEP, first=first, last=None)


TEXT = (
    "KẾ HOẠCH\nCông tác năm 2023\n\n"
    "1. Các trường báo cáo tháng trước ngày 15 hằng tháng.\n"
    "2. Tổ Tổng hợp rà soát cơ sở vật chất, báo cáo Phòng.\n"
)


def a_directive(
    db: Database,
    proposals: Sequence[tuple[DutyDraft, Proposal]] = (),
    *,
    text: str = TEXT,
    at: datetime = BEGAN,
) -> int:
    """A directive taken in with these drafts (as read, and what the office's policy makes of each).

    By default two: a monthly report with complete terms, and a task without a deadline. Returns its id."""
    chosen = proposals or _default_drafts(text)
    by_id = {draft.id: proposal for draft, proposal in chosen}
    reading = Reading(
        document=DocumentFacts(
            symbol="12/KH-PGDĐT", type="Kế hoạch", issuer="Phòng GD&ĐT", date="2023-02-01"
        ),
        passages=(Passage(start=0, end=len(text), kind="task"),),
        tasks=tuple(draft for draft, _ in chosen),
    )
    with db.transaction() as session:
        directive, _ = take_in_directive(
            session, text=text, reading=reading, file_name="ke-hoach.txt",
            propose=lambda draft: by_id[draft.id], by=By("mai", at),
        )  # fmt: skip
        return directive.id


def _default_drafts(text: str) -> Sequence[tuple[DutyDraft, Proposal]]:
    report, survey = (line for line in text.splitlines() if line[:2] in ("1.", "2."))
    monthly_report = a_draft(
        report, text.index(report), lead=("Các trường",), deadline="day<15",
        deadline_text="trước ngày 15 hằng tháng", deadline_op="before", recurrence="monthly",
    )  # fmt: skip
    schools = ("hoa-sen", "song-xanh", "anh-duong")
    return [
        (monthly_report, Proposal(monthly_terms(schools), (), ())),
        (
            a_draft(survey, text.index(survey), clause="III.2", lead=("Tổ Tổng hợp",)),
            Proposal(None, ("deadline",), ()),
        ),
    ]


def an_issued_duty(
    db: Database,
    terms: DutyTerms | None = None,
    *,
    at: datetime = BEGAN,
    quote: str = "Các trường báo cáo tháng.",
) -> int:
    """A duty issued from a directive of its own, with nothing open yet. Returns the duty's id."""
    chosen = terms or monthly_terms(("hoa-sen", "song-xanh"))
    text = f"KẾ HOẠCH {chosen.title}\n{quote}\n"
    draft = a_draft(quote, text.index(quote))
    directive_id = a_directive(db, [(draft, Proposal(chosen, (), chosen.added))], text=text, at=at)
    with db.transaction() as session:
        row = session.exec(select(DraftRow).where(DraftRow.directive_id == directive_id)).one()
        approve_draft(session, row.id, By("mai", at), terms=chosen)
        [duty] = issue_duties(session, directive_id, load_office(session), By("mai", at))
        return duty.id


def open_all(db: Database, at: datetime) -> None:
    """Open every occurrence that is due to be open at `at`, as the clock does."""
    with db.transaction() as session:
        office = load_office(session)
        calendar = load_calendar(session, office.calendar)
        for duty_id in duties_to_open(session, local_day(at, office.tz)):
            open_occurrences(session, duty_id, calendar=calendar, zone=office.tz, by=By("clock", at))


def the_assignment(db: Database, unit_id: int, period: str) -> int:
    """The id of the unit's one assignment in that period."""
    with db.read() as session:
        return session.exec(
            select(AssignmentRow.id)
            .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)  # type: ignore[arg-type]
            .where(AssignmentRow.unit_id == unit_id, OccurrenceRow.period == period)
        ).one()
