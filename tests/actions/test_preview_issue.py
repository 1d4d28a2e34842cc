"""What issuing would do is told beforehand, and is what then happens."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, func, select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.issue_duties import issue_duties
from actions.preview_issue import Preview, preview_issue
from domain.assignment import Part
from domain.chain import Chain, Step
from domain.duty import Assignee, DutyTerms, Kind
from domain.proposal import Proposal
from domain.recurrence import Schedule, Shift
from domain.scenario import Situation
from store.database import Database
from store.office import load_calendar, load_office
from store.tables import DraftRow, DutyRow, NoticeRow
from tests.actions.conftest import World, at
from tests.support.makers import BEGAN, a_directive, a_draft, an_issued_duty, an_office, monthly_terms, once

MAI = By("mai", BEGAN)
FIGURES = {
    "thang": ["so_hoc_sinh", "so_giao_vien"],
    "quy": ["so_phong", "so_hoc_sinh"],
    "khac": ["so_bua_an"],
}
QUARTERLY = Schedule(repeat="quarterly", stated="", shift=Shift.PREVIOUS, first=date(2023, 2, 1))


def approved(db: Database, *terms: DutyTerms) -> int:
    text = "KẾ HOẠCH\n" + "".join(f"{n}. Việc thứ {n} của kế hoạch.\n" for n in range(len(terms)))
    lines = text.splitlines()[1:]
    directive_id = a_directive(
        db,
        [
            (a_draft(line, text.index(line)), Proposal(duty, (), ()))
            for line, duty in zip(lines, terms, strict=True)
        ],
        text=text,
    )
    with db.transaction() as session:
        rows = session.exec(
            select(DraftRow).where(DraftRow.directive_id == directive_id).order_by(col(DraftRow.id))
        ).all()
        for row, duty in zip(rows, terms, strict=True):
            approve_draft(session, row.id, MAI, terms=duty)
    return directive_id


def preview(session: Session, directive_id: int, when: datetime = BEGAN) -> Preview:
    office = load_office(session)
    return preview_issue(
        session, directive_id, office=office, calendar=load_calendar(session, "VN"), figures=FIGURES, at=when
    )


def test_units_duties_and_days_of_first_letters_are_told_and_nothing_is_written(db: Database) -> None:
    an_office(db)
    standing = Schedule(repeat="continuous", first=date(2023, 2, 1))
    waits = Schedule(
        stated="event+10wd", op="within", first=date(2023, 2, 1)
    )  # of an event to come: no day yet
    directive_id = approved(
        db,
        monthly_terms(("hoa-sen", "song-xanh")),
        monthly_terms(("hoa-sen",), kind=Kind.ONE_OFF, schedule=once(date(2023, 3, 31))),
        monthly_terms(("th",), kind=Kind.STANDING, schedule=standing),
        monthly_terms(("th",), kind=Kind.DORMANT, schedule=waits),
    )
    with db.read() as session:
        seen = preview(session, directive_id)
        assert session.exec(select(func.count()).select_from(DutyRow)).one() == 0
    assert dict(seen.units) == {"hoa-sen": 2, "song-xanh": 1, "th": 2}
    assert (seen.duties, seen.standing) == (4, 1)
    assert (seen.planned[3].next, seen.planned[3].letter) == (None, None)
    # Three working days before Tuesday 14 February, and before Friday 31 March.
    assert dict(seen.letters) == {date(2023, 2, 9): 2, date(2023, 3, 28): 1}
    assert seen.overlaps == ()


def test_the_steps_before_the_first_deadline_ahead_have_their_days(db: Database) -> None:
    an_office(db)
    chain = Chain(steps=(Step(name="Các đơn vị gửi", days=2, parts=True), Step(name="Lãnh đạo ký")))
    directive_id = approved(db, monthly_terms(("hoa-sen",), chain=chain), monthly_terms(("th",)))
    with db.read() as session:
        chained, plain = preview(session, directive_id).planned
    assert chained.chain is not None
    assert [(step.name, step.ends) for step in chained.chain.steps] == [
        ("Các đơn vị gửi", date(2023, 2, 13)), ("Lãnh đạo ký", date(2023, 2, 14)),
    ]  # fmt: skip
    assert plain.chain is None


@pytest.mark.parametrize(
    ("pack", "schedule", "figures", "periods"),
    [
        ("thang", None, ("so_hoc_sinh", "so_giao_vien"), 14),
        ("quy", None, ("so_hoc_sinh",), 14),
        ("khac", None, (), 0),
        ("", None, (), 0),
        ("quy", QUARTERLY, (), 0),
    ],
)
def test_who_already_owes_the_same_figure_in_the_same_period_is_told(
    db: Database, pack: str, schedule: Schedule | None, figures: tuple[str, ...], periods: int
) -> None:
    an_office(db)
    an_issued_duty(db, monthly_terms(("hoa-sen", "anh-duong"), pack="thang", title="Báo cáo cũ"))
    new = monthly_terms(("hoa-sen", "song-xanh"), pack=pack, title="Báo cáo mới")
    directive_id = approved(db, new.model_copy(update={"schedule": schedule}) if schedule else new)
    with db.read() as session:
        overlaps = preview(session, directive_id).overlaps
    assert [(o.unit, o.title, o.duty, o.figures) for o in overlaps] == (
        [("hoa-sen", "Báo cáo mới", "Báo cáo cũ", figures)] if figures else []
    )
    assert sum(len(o.periods) for o in overlaps) == periods


def test_the_first_letter_goes_on_the_day_that_was_told(world: World) -> None:
    directive_id = approved(
        world.db, monthly_terms(("anh-duong",), kind=Kind.ONE_OFF, schedule=once(date(2023, 2, 24)))
    )
    with world.db.transaction() as session:
        [day] = preview(session, directive_id).letters
        issue_duties(session, directive_id, load_office(session), MAI)
    assert day == date(2023, 2, 21)
    world.open(at(1))
    for before in range(1, day.day):
        world.sweep(at(before))
    told = world.count(NoticeRow)
    world.sweep(at(day.day))
    assert world.count(NoticeRow) == told + 1


def test_what_sleeps_has_no_day_and_who_gives_a_part_hears_of_a_day_of_their_own(db: Database) -> None:
    an_office(db)
    bound = Situation(name="dịch bệnh", state="phức tạp")
    steps = (Step(name="Các trường gửi", parts=True), Step(name="Tổng hợp", days=5))
    both = (Assignee(unit="th", part=Part.LEAD), Assignee(unit="hoa-sen", part=Part.COORDINATOR))
    directive_id = approved(
        db,
        monthly_terms(("hoa-sen",), situation=bound),
        monthly_terms((), assignees=both, schedule=once(date(2023, 3, 31)), chain=Chain(steps=steps)),
    )
    with db.read() as session:
        sleeping, whole = preview(session, directive_id).planned
    assert (sleeping.asleep, sleeping.next, sleeping.letter, sleeping.over) == (bound, None, None, ())
    # Parts are due on Friday 24 March, the whole a week later; each is told three working days before.
    assert whole.letters == {date(2023, 3, 21): 1, date(2023, 3, 28): 1}
    assert whole.letter == date(2023, 3, 21)


def test_units_without_anybody_to_be_told_are_said_before_issuing(db: Database) -> None:
    an_office(db)
    directive_id = approved(db, monthly_terms(("hoa-sen", "anh-duong")))
    with db.read() as session:
        assert preview(session, directive_id).unmanned == ("anh-duong",)


def test_a_letter_whose_day_has_passed_is_told_for_the_day_itself(db: Database) -> None:
    an_office(db)
    directive_id = approved(db, monthly_terms(("hoa-sen",)))
    with db.read() as session:
        seen = preview(session, directive_id, datetime(2023, 2, 13, 2, tzinfo=UTC))
    assert list(seen.letters) == [date(2023, 2, 13)]


def test_only_the_units_it_is_about_are_read(db: Database) -> None:
    an_office(db)
    directive_id = approved(db, monthly_terms(("hoa-sen",), pack="thang"))
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", note)
    with db.read() as session:
        preview(session, directive_id)
    event.remove(db.engine, "before_cursor_execute", note)
    assert [one for one in asked if one.endswith("FROM unit")] == []
