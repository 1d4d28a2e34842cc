"""The office that is simulated: small, and awkward on purpose.

Sở (leader, chair without an address, clerk)
├── Cụm Đông (a leader of its own): three schools, one without an officer
└── Cụm Tây: three schools, two heads sharing one address, one school without anybody
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.install_office import install_office
from actions.issue_duties import issue_duties
from actions.take_in import take_in_directive
from domain.assignment import Part
from domain.draft import DocumentFacts, DutyDraft, Passage, Reading
from domain.duty import Assignee, DutyTerms, Kind, Review
from domain.escalation import Ladder, Rung
from domain.extension import ExtensionPolicy
from domain.office import Office
from domain.proposal import Policy, Proposal
from domain.recurrence import Schedule, Shift
from domain.unit import Person, Position, Role, Unit
from intake.office_folder import OfficeFolder, PersonLine, UnitLine
from runtime.calendars import shipped_days, shipped_school_years
from runtime.unit_script import Drawn, Habit, UnitScript
from store import schema
from store.database import Database
from store.tables import DraftRow

LADDER = Ladder(
    name="thang nhắc mô phỏng",
    rungs=(
        Rung(offset=-2, to=(Role.OFFICER,)),
        Rung(offset=0, to=(Role.OFFICER, Role.HEAD)),
        Rung(offset=1, to=(Role.HEAD,)),
        Rung(offset=2, to=(Role.LEADER,)),
        Rung(offset=4, to=(Role.LEADER, Role.CHAIR)),
    ),
)

OFFICE = Office(
    code="so-mo-phong",
    name="Sở Giáo dục Mô Phỏng",
    unit="so",
    sender="dondoc@mophong.example.vn",
    ladder=LADDER,
    extension=ExtensionPolicy(working_days_before=0),
)

SCHOOLS = ("dong-1", "dong-2", "dong-3", "tay-1", "tay-2", "tay-3")

_UNITS = (
    ("so", "Sở Giáo dục Mô Phỏng", ""),
    ("dong", "Cụm Đông", "so"),
    ("tay", "Cụm Tây", "so"),
    *((code, f"Trường {code.replace('-', ' ').title()}", code[:-2]) for code in SCHOOLS),
)

_PEOPLE = (
    ("thuy", "Trần Thu Thủy", "so", Role.CLERK, "thuy"),
    ("khang", "Lê Văn Khang", "so", Role.LEADER, "khang"),
    ("toan", "Đỗ Minh Toàn", "so", Role.CHAIR, None),
    ("hung", "Phạm Quốc Hùng", "dong", Role.LEADER, "hung"),
    ("d1-bc", "Nguyễn Thị Lan", "dong-1", Role.OFFICER, "d1-bc"),
    ("d1-ht", "Vũ Hải Yến", "dong-1", Role.HEAD, "d1-ht"),
    ("d2-ht", "Bùi Hồng Vân", "dong-2", Role.HEAD, "d2-ht"),
    ("d3-bc", "Hoàng Đức Long", "dong-3", Role.OFFICER, "d3-bc"),
    ("d3-ht", "Lý Ngọc Trang", "dong-3", Role.HEAD, "d3-ht"),
    ("t1-bc", "Dương Mai Liên", "tay-1", Role.OFFICER, "t1-bc"),
    ("t1-ht", "Tô Văn Bình", "tay-1", Role.HEAD, "hieu-truong"),
    ("t2-bc", "Đinh Thu Nga", "tay-2", Role.OFFICER, "t2-bc"),
    ("t2-ht", "Phạm Xuân Việt", "tay-2", Role.HEAD, "hieu-truong"),
)

SCRIPT = UnitScript(
    shares={Habit.ON_TIME: 35, Habit.LATE: 35, Habit.SILENT: 15, Habit.WRONG: 10, Habit.MISSING: 5},
    figures={"boys": Drawn(between=(80, 300)), "girls": Drawn(between=(80, 300))},
)

_DAYS = (4, 8, 12, 15, 19, 23, 27)


def folder() -> OfficeFolder:
    units = [UnitLine(Unit(code=code, name=name, kind="truong"), parent) for code, name, parent in _UNITS]
    people = [
        PersonLine(
            Person(code=code, name=name, email=f"{mail}@mophong.example.vn" if mail else None),
            unit,
            Position(role=role),
        )
        for code, name, unit, role, mail in _PEOPLE
    ]
    return OfficeFolder(OFFICE, Policy(), units, people)


def build(path: Path, by: By, first: date) -> None:
    """The office with its duties issued and nothing open yet, in a new SQLite file."""
    db = Database(f"sqlite:///{path}", durable=False)
    schema.upgrade(db)
    with db.transaction() as session:
        install(session, by)
        issue(session, by, first)
    db.checkpoint()
    db.dispose()


def install(session: Session, by: By) -> None:
    install_office(session, folder(), shipped_days(), by, school_years=shipped_school_years())


def issue(session: Session, by: By, first: date) -> None:
    """A monthly report before each of a few days of the month; one is judged by a shipped pack, every other one
    waits for the clerk."""
    terms = [_terms(n, day, first) for n, day in enumerate(_DAYS)]
    quotes = [f"{n + 1}. {one.title}." for n, one in enumerate(terms)]
    text = "KẾ HOẠCH\n" + "\n".join(quotes)
    drafts = [_draft(quote, text.index(quote), n) for n, quote in enumerate(quotes)]
    made = dict(zip((draft.id for draft in drafts), terms, strict=True))
    reading = Reading(
        document=DocumentFacts(
            symbol="1/KH-SGDĐT", type="Kế hoạch", issuer=OFFICE.name, date=first.isoformat()
        ),
        passages=(Passage(start=0, end=len(text), kind="task"),),
        tasks=tuple(drafts),
    )
    directive, _ = take_in_directive(
        session, text=text, reading=reading, file_name="ke-hoach.txt",
        propose=lambda draft: Proposal(made[draft.id], (), ()), by=by,
    )  # fmt: skip
    for row in session.exec(select(DraftRow)).all():
        approve_draft(session, row.id, by, terms=DutyTerms.model_validate(row.terms))
    issue_duties(session, directive.id, OFFICE, by)


def _terms(n: int, day: int, first: date) -> DutyTerms:
    return DutyTerms(
        title=f"Báo cáo số {n + 1} trước ngày {day} hằng tháng",
        kind=Kind.RECURRING,
        assignees=tuple(Assignee(unit=code, part=Part.EXECUTOR) for code in _owers(n)),
        schedule=Schedule(
            repeat="monthly", stated=f"day<{day}", op="before", shift=Shift.PREVIOUS, first=first
        ),
        pack="bao-cao-thang" if n == 2 else "",
        review=Review.RULES if n % 2 == 0 else Review.PERSON,
    )


def _owers(n: int) -> Sequence[str]:
    return SCHOOLS if n % 3 else SCHOOLS[::2]


def _draft(quote: str, start: int, n: int) -> DutyDraft:
    return DutyDraft.model_validate(
        {"id": f"t{n}", "clause": f"I.{n + 1}", "quote": quote, "start": start, "end": start + len(quote)}
    )
