"""From the bad answer to the work that puts it right: findings, deadlines, repeats, guidance."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.errors import Refused
from actions.follow import accept
from actions.hand_in import hand_in
from actions.judge import Bench, judge, unjudged
from actions.plan_inspections import Mate
from domain.assignment import State
from domain.duty import DraftStatus, Kind, Review
from domain.evidence import Evidence
from domain.finding import InspectionPolicy, is_widespread
from domain.inspection import TeamPart, VisitKind, VisitState
from domain.ladders import Sort
from domain.letter import LetterKind
from domain.unit import Role
from domain.verdict import Severity
from store.database import Database
from store.inspection_tables import FindingRow, VisitRow
from store.office import load_calendar, load_staff
from store.questions.findings import counts_of
from store.questions.visits import visit_pack
from store.tables import AssignmentRow, DirectiveRow, DraftRow, DutyRow, OccurrenceRow, OfficeRow, OutboxRow
from tests.support.inspections import MORNING, a_batch, a_plan, a_visit, an_answer, close, open_due, send
from tests.support.makers import Sample, a_person, an_office

SIGNED = [{"side": "team", "name": "Trần Thị Mai"}, {"side": "unit", "name": "Nguyễn Văn Bình"}]
GOOD = (
    an_answer("K1", "valid"),
    an_answer("K2", "24", seq=2),
    an_answer("K3", "yes", seq=3),
    an_answer("K4", "yes", seq=4),
)
BAD = (
    an_answer("K1", "missing", note="chưa có quyết định"),
    an_answer("K2", "10", seq=2, note="mẫu bữa trưa đã bỏ", action="lưu đủ 24 giờ"),
    an_answer("K3", "yes", seq=3),
    an_answer("K4", "yes", seq=4),
)


@pytest.fixture
def sample(db: Database) -> Sample:
    return an_office(db)


def visited(db: Database, sample: Sample, answers: tuple[dict[str, object], ...], **more: object) -> int:
    """A visit with these answers, signed by both sides and closed. Returns its id."""
    visit_id = a_visit(db, sample, **more).visit_id  # type: ignore[arg-type]
    send(db, visit_id, a_batch(f"{visit_id}", *answers, signatures=SIGNED, finished=True))
    close(db, visit_id, reason="")
    return visit_id


def findings(db: Database, visit_id: int) -> list[FindingRow]:
    with db.read() as session:
        rows = session.exec(
            select(FindingRow).where(FindingRow.visit_id == visit_id).order_by(col(FindingRow.item))
        )
        return list(rows.all())


def work(session: Session, finding: FindingRow) -> tuple[AssignmentRow, DutyRow]:
    row = session.get_one(AssignmentRow, finding.assignment_id)
    return row, session.get_one(DutyRow, session.get_one(OccurrenceRow, row.occurrence_id).duty_id)


def a_bench(session: Session, sample: Sample) -> Bench:
    calendar = load_calendar(session, sample.office.calendar)
    return Bench({}, calendar, sample.office, lambda: load_staff(session))


def letters(db: Database, kind: LetterKind) -> list[str]:
    with db.read() as session:
        return [row.key for row in session.exec(select(OutboxRow).where(OutboxRow.kind == kind))]


def test_each_bad_answer_becomes_work_of_the_unit_due_by_how_grave_it_is(
    db: Database, sample: Sample
) -> None:
    visit_id = visited(db, sample, BAD)
    found = findings(db, visit_id)
    assert [(one.item, one.severity) for one in found] == [("K1", Severity.MAJOR), ("K2", Severity.CRITICAL)]
    with db.read() as session:
        works = [work(session, one) for one in found]
        assert [(row.unit_id, row.due_on, row.state) for row, _ in works] == [
            (sample.units["hoa-sen"], date(2023, 2, 20), State.ASSIGNED),  # 10 working days
            (sample.units["hoa-sen"], date(2023, 2, 9), State.ASSIGNED),  # 3
        ]
        duty = works[1][1]
        assert (duty.kind, duty.review) == (Kind.CORRECTIVE, Review.PERSON)
        assert duty.title == "Khắc phục nội dung chưa đạt: Mẫu lưu đủ giờ"
        assert "Hoàn thành chậm nhất ngày 09/02/2023" in duty.quote
        assert duty.product == "lưu đủ 24 giờ"
        notice = session.get_one(DirectiveRow, session.get_one(VisitRow, visit_id).directive_id)
        assert duty.quote in notice.text


def test_only_the_reviewer_closes_what_the_unit_says_is_put_right(db: Database, sample: Sample) -> None:
    finding = findings(db, visited(db, sample, BAD))[0]
    assert finding.assignment_id
    with db.transaction() as session:
        hand_in(
            session, finding.assignment_id, figures={}, by=By("binh", MORNING), key="done",
            files=[Evidence(sha256="0" * 64, file_name="quyet-dinh.pdf")],
        )  # fmt: skip
    with db.transaction() as session:
        [submission_id] = unjudged(session)
        judge(session, submission_id, a_bench(session, sample), By("clock", MORNING))
        assert session.get_one(AssignmentRow, finding.assignment_id).state is State.HANDED_IN
    with db.transaction() as session:
        accept(session, finding.assignment_id, By("mai", MORNING))
        counts = counts_of(session, [(sample.units["hoa-sen"], date(2023, 2, 28))])[0]
    assert (counts["open"], counts["open_critical"], counts["year"], counts["visits"]) == (1, 1, 2, 1)


def test_a_visit_without_findings_makes_no_work(db: Database, sample: Sample) -> None:
    visit_id = visited(db, sample, GOOD)
    assert findings(db, visit_id) == []
    with db.read() as session:
        assert session.exec(select(DirectiveRow)).all() == []
        closed = session.get_one(VisitRow, visit_id)
        assert (closed.state, len(closed.record_hash)) == (VisitState.CLOSED, 64)


def test_closing_twice_is_closing_once(db: Database, sample: Sample) -> None:
    visit_id = visited(db, sample, BAD)
    close(db, visit_id)
    assert len(findings(db, visit_id)) == 2


REFUSED = [
    ("unanswered", GOOD[:2], SIGNED, "chưa trả lời K3"),
    ("bad without its note", (an_answer("K1", "missing"), *GOOD[1:]), SIGNED, "K1 chưa đạt mà thiếu"),
    ("unsigned", GOOD, SIGNED[:1], "đơn vị chưa ký"),
    (
        "photo missing",
        (*GOOD[:3], an_answer("K4", "yes", seq=4, photos=["0" * 64])),
        SIGNED,
        "1 ảnh chưa gửi lên",
    ),
]


@pytest.mark.parametrize(("remark", "answers", "signed", "why"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_record_that_lacks_something_is_closed_only_with_a_reason(
    db: Database,
    sample: Sample,
    remark: str,
    answers: tuple[dict[str, object], ...],
    signed: list[object],
    why: str,
) -> None:
    visit_id = a_visit(db, sample).visit_id
    send(db, visit_id, a_batch(remark, *answers, signatures=signed))
    with pytest.raises(Refused, match=why):
        close(db, visit_id, reason="")
    close(db, visit_id, reason="mất điện, đoàn phải dừng")
    with db.read() as session:
        assert session.get_one(VisitRow, visit_id).reservation == "mất điện, đoàn phải dừng"


def test_answers_that_contradict_one_another_keep_the_visit_open(db: Database, sample: Sample) -> None:
    visit_id = a_visit(db, sample).visit_id
    send(db, visit_id, a_batch("one", *GOOD, device="a", signatures=SIGNED))
    send(db, visit_id, a_batch("two", an_answer("K3", "no", note="hở"), device="b"), "ha")
    with pytest.raises(Refused, match="hai câu trả lời khác nhau"):
        close(db, visit_id, reason="vội")


def test_only_the_head_of_the_team_closes(db: Database, sample: Sample) -> None:
    with pytest.raises(Refused, match="trưởng đoàn"):
        close(db, a_visit(db, sample).visit_id, who="ha")


def test_what_comes_after_closing_is_refused_and_what_came_before_keeps_its_receipt(
    db: Database, sample: Sample
) -> None:
    visit_id = a_visit(db, sample).visit_id
    batch = a_batch("one", *GOOD, signatures=SIGNED)
    receipt = send(db, visit_id, batch)
    close(db, visit_id)
    assert send(db, visit_id, batch) == receipt
    with pytest.raises(Refused, match="đã kết thúc"):
        send(db, visit_id, a_batch("two", an_answer("K1", "missing", seq=9)))


def test_something_critical_reaches_the_leader_when_the_team_has_finished(
    db: Database, sample: Sample
) -> None:
    visit_id = a_visit(db, sample).visit_id
    send(db, visit_id, a_batch("one", *BAD))
    assert letters(db, LetterKind.FINDINGS) == []
    send(db, visit_id, a_batch("two", finished=True))
    assert len(letters(db, LetterKind.FINDINGS)) == 1
    close(db, visit_id)
    assert len(letters(db, LetterKind.FINDINGS)) == 1


def test_the_same_finding_again_looks_again_at_what_failed_and_tells_the_leader(
    db: Database, sample: Sample
) -> None:
    first = visited(db, sample, BAD)
    second_plan = a_plan(db, code="2023-03", month=3, first=date(2023, 2, 1), last=date(2023, 3, 31))
    with pytest.raises(Refused, match="một đoàn kiểm tra trong tháng này"):
        a_visit(db, sample, plan_id=second_plan)
    with db.transaction() as session:
        session.get_one(VisitRow, first).day = date(2023, 1, 9)
    second = visited(db, sample, (BAD[0], *GOOD[1:]), plan_id=second_plan)
    [found] = findings(db, second)
    [earlier, _] = findings(db, first)
    assert (found.repeats_id, found.assignment_id) == (earlier.id, earlier.assignment_id)
    assert [key.split(":")[2] for key in letters(db, LetterKind.FINDINGS)] == ["critical", "repeated"]
    with db.read() as session:
        again = session.exec(select(VisitRow).where(col(VisitRow.repeats_id) == second)).one()
        assert (again.kind, again.only_items, again.state) == (VisitKind.REPEAT, ["K1"], VisitState.SEALED)
        assert again.day == date(2023, 3, 1)  # February has had its team
    open_due(db, datetime(2023, 3, 1, 12, tzinfo=MORNING.tzinfo))
    with db.read() as session:
        pack = visit_pack(session, again.id)
    assert pack is not None
    assert [item.id for item in pack.checklist.items] == ["K1"]
    assert [(past.found_on, past.open) for past in pack.findings] == [(date(2023, 2, 6), True)] * 2


def test_a_self_inspection_makes_no_work_and_is_compared_with_what_the_team_finds(
    db: Database, sample: Sample
) -> None:

    own = (Mate(sample.people["binh"], TeamPart.HEAD, sample.units["hoa-sen"]),)
    self_id = a_visit(db, sample, team=own, code="tu-kiem-tra", kind=VisitKind.SELF).visit_id
    send(db, self_id, a_batch("self", *GOOD, finished=True), "binh")
    close(db, self_id, who="binh")
    visit_id = a_visit(db, sample).visit_id
    send(db, visit_id, a_batch("team", *BAD))
    with db.read() as session:
        pack = visit_pack(session, visit_id)
    assert pack is not None
    assert pack.differences == ("K1", "K2")
    assert {one.item for one in pack.self_answers} == {"K1", "K2", "K3", "K4"}
    assert pack.self_on == date(2023, 2, 6)
    assert findings(db, self_id) == []


def test_what_most_units_share_becomes_one_proposal_and_no_second_visit(db: Database, sample: Sample) -> None:
    with db.transaction() as session:
        row = session.exec(select(OfficeRow)).one()
        row.settings = {**row.settings, "inspection": InspectionPolicy(widespread_units=2).model_dump()}
    lan = a_person(db, "lan", "Vũ Thị Lan", sample.units["pgd"], Role.INSPECTOR)

    team = (Mate(lan, TeamPart.HEAD, sample.units["pgd"]),)
    plan = a_plan(db)
    for unit in ("hoa-sen", "song-xanh"):
        visit_id = a_visit(db, sample, plan_id=plan, unit=unit, team=team).visit_id
        send(db, visit_id, a_batch(unit, BAD[0], *GOOD[1:], signatures=SIGNED), "lan")
        outcome = close(db, visit_id, who="lan", reason="")
    assert outcome.guidance == ("K1",)
    with db.read() as session:
        proposed = session.exec(
            select(DraftRow).join(DirectiveRow, col(DirectiveRow.id) == col(DraftRow.directive_id))
            .where(col(DirectiveRow.file_name) == "huong-dan-2023-02-bep-K1")
        ).one()  # fmt: skip
    assert (proposed.status, proposed.missing) == (DraftStatus.PROPOSED, ["deadline"])


@pytest.mark.parametrize(
    ("found", "visited_count", "widespread"),
    [(1, 3, False), (3, 10, False), (4, 10, True), (2, 4, True), (1, 4, False), (0, 4, False), (0, 0, False)],
)
def test_a_finding_is_widespread_above_thirty_percent_of_at_least_four_units(
    found: int, visited_count: int, widespread: bool
) -> None:
    assert is_widespread(range(found), range(visited_count), InspectionPolicy()) is widespread


def test_corrective_work_climbs_the_offices_ladder_for_it_up_to_the_leader(
    db: Database, sample: Sample
) -> None:
    finding = findings(db, visited(db, sample, BAD))[1]
    with db.read() as session:
        row, duty = work(session, finding)
    ladder = duty.frozen_ladder()
    assert ladder == sample.office.ladder_for(Sort.CORRECTIVE)
    assert any(Role.LEADER in rung.to for rung in ladder.rungs)
    assert row.next_action_at is not None
    assert row.next_action_at <= MORNING + timedelta(days=3)
