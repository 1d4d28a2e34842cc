"""What a broken rule asks for happens once, and never against another consequence of the same report."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.errors import Refused
from actions.follow import accept
from actions.hand_in import hand_in
from actions.judge import Bench, judge
from actions.letter_text import write_all
from actions.publish_rule import packs_in_force, publish_rule
from domain.assignment import State
from domain.duty import Kind, Review
from domain.letter import LetterKind
from store.compliance_tables import WatchEntryRow, WatchListRow
from store.database import Database
from store.office import load_calendar, load_staff
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, OutboxRow, UnitRow, VerdictRow
from tests.actions.conftest import World, actions_on, at
from tests.support.makers import an_issued_duty, an_office, monthly_terms, the_assignment
from tests.support.own_rules import PACK

POOR = {"parents": 100, "cashless": 50}
GOOD = {"parents": 100, "cashless": 90}


@pytest.fixture
def world(db: Database) -> World:
    world = World(db, an_office(db))
    an_issued_duty(db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    world.open(at(1))
    return world


def a_rule(
    identity: str, then: str, *more: str, check: str = "report.cashless / report.parents >= 80%"
) -> str:
    lines = [f"id: {identity}", f"title: Quy tắc {identity}", "clause: Mục 6", f"check: {check}"]
    return "\n".join([*lines, "severity: major", f"then: {then}", *more, ""])


def publish(world: World, *rules: str) -> None:
    with world.db.transaction() as session:
        for text in rules:
            publish_rule(session, packs_in_force(session, {PACK.id: PACK})[PACK.id], text, By("mai", at(1)))


def judged(
    world: World, figures: dict[str, int], day: int = 10, period: str = "2023-02", month: int = 2
) -> int:
    """Handed in by Trường Tiểu học Hoa Sen and judged. Returns the submission's id."""
    owed = the_assignment(world.db, world.sample.units["hoa-sen"], period)
    with world.db.transaction() as session:
        by = By("binh", at(day, month=month))
        sent = hand_in(session, owed, figures=figures, by=by, key=f"{period} {day}")
        judge(session, sent.id, bench(session, world), By("clock", at(day, 10, month)))
        return sent.id


def bench(session: Session, world: World) -> Bench:
    packs = packs_in_force(session, {PACK.id: PACK})
    return Bench(packs, load_calendar(session, "VN"), world.sample.office, lambda: load_staff(session))


def corrective(world: World) -> list[tuple[str, str, date]]:
    """(unit, title, due) of all corrective work."""
    with world.db.read() as session:
        rows = session.exec(
            select(UnitRow.code, DutyRow.title, AssignmentRow.due_on)
            .join(AssignmentRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
            .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
            .where(DutyRow.kind == Kind.CORRECTIVE)
            .order_by(col(AssignmentRow.id))
        )
        return [tuple(row) for row in rows]


def letters(world: World, kind: LetterKind) -> list[OutboxRow]:
    with world.db.read() as session:
        return list(session.exec(select(OutboxRow).where(OutboxRow.kind == kind)).all())


def watching(world: World) -> list[tuple[str, str, date | None]]:
    with world.db.read() as session:
        rows = session.exec(
            select(WatchListRow.code, WatchEntryRow.why, WatchEntryRow.left_on)
            .join(WatchEntryRow, col(WatchEntryRow.watch_list_id) == col(WatchListRow.id))
            .order_by(col(WatchEntryRow.id))
        )
        return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("more", "due"),
    [
        (["days: 5"], date(2023, 2, 17)),  # Friday 10 February and five working days
        ([], date(2023, 2, 24)),  # ten, as the office has it for major findings
    ],
)
def test_corrective_work_is_due_after_the_rules_working_days(
    world: World, more: list[str], due: date
) -> None:
    publish(world, a_rule("it", "corrective", *more))
    submission_id = judged(world, POOR)
    assert corrective(world) == [("hoa-sen", "Khắc phục nội dung chưa đạt: Quy tắc it", due)]
    with world.db.read() as session:
        verdict = session.exec(select(VerdictRow).where(VerdictRow.submission_id == submission_id)).one()
        work = session.get_one(AssignmentRow, verdict.work_id)
        duty = session.get_one(DutyRow, session.get_one(OccurrenceRow, work.occurrence_id).duty_id)
    assert work.next_action_at is not None
    assert (duty.review, duty.ladder["name"]) == (Review.PERSON, "khắc phục sau kiểm tra")
    assert "50 / 100 = 50 % < 80 %" in duty.quote


def test_the_report_itself_is_accepted_beside_its_corrective_work(world: World) -> None:
    publish(world, a_rule("it", "corrective"), a_rule("khac", "corrective", "days: 3"))
    judged(world, POOR)
    assert [title[-4:] for _, title, _ in corrective(world)] == ["c it", "khac"]
    owed = the_assignment(world.db, world.sample.units["hoa-sen"], "2023-02")
    assert world.row(owed).state is State.ACCEPTED


def test_the_same_rule_broken_again_while_its_work_is_open_is_the_same_work(world: World) -> None:
    publish(world, a_rule("it", "corrective"))
    world.open(at(1, month=3))
    world.open(at(3, month=4))
    first, second = judged(world, POOR), judged(world, POOR, 7, "2023-03", 3)
    with world.db.transaction() as session:
        [one, two] = session.exec(select(VerdictRow).order_by(col(VerdictRow.submission_id))).all()
        assert (one.submission_id, two.submission_id) == (first, second)
        assert one.work_id == two.work_id is not None
        hand_in(
            session, one.work_id, figures={}, by=By("binh", at(8, month=3)), key="khac phuc", note="đã sửa"
        )
        accept(session, one.work_id, By("mai", at(9, month=3)))
    judged(world, POOR, 7, "2023-04", 4)
    assert len(corrective(world)) == 2


@pytest.mark.parametrize("figures", [GOOD, {"parents": 100}])
def test_met_and_unknown_ask_for_nothing(world: World, figures: dict[str, int]) -> None:
    publish(world, a_rule("a", "corrective"), a_rule("b", "mail"), a_rule("c", "watch"))
    judged(world, figures)
    assert (corrective(world), letters(world, LetterKind.NOT_MET), watching(world)) == ([], [], [])


def test_a_report_that_goes_back_has_no_other_consequence(world: World) -> None:
    publish(
        world,
        a_rule("a", "corrective"),
        a_rule("b", "mail"),
        a_rule("c", "watch"),
        a_rule("d", "return", check="report.cashless > 60"),
    )
    judged(world, POOR)
    assert (corrective(world), letters(world, LetterKind.NOT_MET), watching(world)) == ([], [], [])
    assert len(letters(world, LetterKind.RETURNED)) == 1
    judged(world, {"parents": 100, "cashless": 70}, 13)
    assert len(corrective(world)) == len(letters(world, LetterKind.NOT_MET)) == len(watching(world)) == 1


def test_the_head_gets_one_letter_with_every_reason(world: World) -> None:
    publish(world, a_rule("a", "mail"), a_rule("b", "mail", check="report.cashless >= 60"))
    judged(world, POOR)
    with world.db.transaction() as session:
        [letter] = session.exec(select(OutboxRow).where(OutboxRow.kind == LetterKind.NOT_MET)).all()
        [(_, text)] = write_all(
            session, [letter], office=world.sample.office, calendar=load_calendar(session, "VN"),
            base_url="https://x.vn", at=at(10, 11),
        )  # fmt: skip
    assert text is not None
    assert "50 / 100 = 50 % < 80 %" in text.text
    assert "Quy tắc b" in text.text
    assert "không phải nộp lại" in text.text


def test_a_rule_keeps_a_watch_list_of_its_own_until_it_is_met(world: World) -> None:
    publish(world, a_rule("it", "watch"))
    world.open(at(1, month=3))
    judged(world, POOR)
    [(code, why, left)] = watching(world)
    assert (code, left) == ("thu-hoc.it", None)
    assert "50 / 100 = 50 % < 80 %" in why
    judged(world, GOOD, 7, "2023-03", 3)
    assert [left for _, _, left in watching(world)] == [date(2023, 3, 7)]
    assert actions_on(world, "watch:thu-hoc.it") == [
        "make_watch_list",
        "enter_watch_list",
        "leave_watch_list",
    ]


def test_one_list_for_two_rules_is_left_when_both_are_met(world: World) -> None:
    publish(
        world,
        a_rule("a", "watch", "list: hai"),
        a_rule("b", "watch", "list: hai", check="report.parents < 150"),
    )
    world.open(at(1, month=3))
    world.open(at(3, month=4))
    judged(world, POOR)
    judged(world, {"parents": 200, "cashless": 200}, 7, "2023-03", 3)
    assert [left for _, _, left in watching(world)] == [None]
    judged(world, GOOD, 7, "2023-04", 4)
    assert [left for _, _, left in watching(world)] == [date(2023, 4, 7)]


def test_a_list_of_another_form_is_refused_when_the_rule_is_published(world: World) -> None:
    with world.db.transaction() as session:
        session.add(WatchListRow(code="bep-an", title="Bếp ăn", pack="an-toan-bep-an"))
    with pytest.raises(Refused, match="biểu mẫu khác"):
        publish(world, a_rule("it", "watch", "list: bep-an"))
