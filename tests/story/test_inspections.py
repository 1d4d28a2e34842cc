"""The whole loop: monthly theme, draw, visit, findings, corrective work, overdue, escalation, re-inspection, closed."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from sqlmodel import col, select

from actions.changes import By
from actions.draw_lots import hold_draw, published, seal_draw
from actions.follow import accept
from actions.hand_in import hand_in
from actions.plan_inspections import approve_plan, make_plan, plan_visit
from actions.publish_checklist import publish_checklist
from actions.visit_papers import notice_of, plan_of, report_of
from domain.inspection import VisitKind, VisitState
from domain.letter import LetterKind
from flows.schedule import TABLE
from reports import as_docx
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from store import schema
from store.inspection_tables import FindingRow, VisitRow
from store.questions.findings import counts_of
from store.tables import OutboxRow
from tests.support.inspections import CHECKLIST, PLAN, a_batch, a_team, an_answer, close, send
from tests.support.makers import an_office
from tests.support.smtp import Sink
from web.static.verify_draw import check

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED = [{"side": "team", "name": "Trần Thị Mai"}, {"side": "unit", "name": "Nguyễn Văn Bình"}]
BAD = (an_answer("K1", "valid"), an_answer("K2", "6", seq=2, note="mẫu đã bỏ", action="lưu 24 giờ"),
       an_answer("K3", "yes", seq=3), an_answer("K4", "yes", seq=4))  # fmt: skip


def at(month: int, day: int, hour: int = 8) -> datetime:
    return datetime(2023, month, day, hour, 5, tzinfo=HANOI)


@pytest.fixture
def works(tmp_path: Path, smtp: Sink) -> Works:
    made = Works.of(Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port))

    schema.upgrade(made.db)
    return made


def run(works: Works, first: datetime, last: datetime) -> None:
    """The clock strikes each morning."""
    day = first
    while day <= last:
        tick(works, TABLE, day, believed=True)
        day += timedelta(days=1)


def kinds(works: Works) -> list[LetterKind]:
    with works.db.read() as session:
        return [row.kind for row in session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))]


def test_from_the_monthly_theme_to_the_finding_that_never_comes_back(works: Works, smtp: Sink) -> None:
    sample = an_office(works.db)
    mai = By("mai", at(2, 1))
    surprise = PLAN.model_copy(update={"kind": VisitKind.SURPRISE, "count": 1, "levels": ["tiểu học"]})

    # 1. The theme of February, approved; the draw is sealed, then held.
    with works.db.transaction() as session:
        publish_checklist(session, CHECKLIST, mai)
        plan = approve_plan(session, make_plan(session, surprise, mai).id, By("dung", at(2, 1)))
        plan_id = plan.id
        seal_draw(session, plan_id, "0123456789abcdef" * 2, mai)
        sealed = published(session, plan_id)
        assert hold_draw(session, plan_id, mai, witness="83417").chosen == ["hoa-sen"]
        visit_id = plan_visit(
            session, plan_id, sample.units["hoa-sen"], day=date(2023, 2, 6), opens_at=at(2, 6, 7),
            team=a_team(sample), by=mai,
        ).id  # fmt: skip

    # 2. Nobody hears before the morning of the visit; then the draw can be checked.
    run(works, at(2, 2), at(2, 5))
    assert kinds(works) == []
    run(works, at(2, 6), at(2, 6))
    assert kinds(works) == [LetterKind.VISIT, LetterKind.VISIT]
    body = smtp.received[0].message.get_body(("plain",))
    assert body
    assert "Lê Thu Hà (thư ký, phụ trách Bếp)" in " ".join(body.get_content().split())
    with works.db.read() as session:
        assert check(dict(published(session, plan_id)), dict(sealed)) == []

    # 3. Something critical: the leader hears at once, the unit owes work within three days.
    send(works.db, visit_id, a_batch("one", *BAD, signatures=SIGNED, finished=True), at=at(2, 6, 10))
    outcome = close(works.db, visit_id, at=at(2, 6, 11), reason="")
    assert (outcome.findings, outcome.again_id) == (1, None)
    assert kinds(works)[2:] == [LetterKind.FINDINGS]
    with works.db.read() as session:
        [finding] = session.exec(select(FindingRow)).all()
        notice = Document(io.BytesIO(as_docx.render(notice_of(session, visit_id, at(2, 6, 12)))))
    assert finding.due_on == date(2023, 2, 9)
    assert any(
        "09/02/2023" in cell.text for table in notice.tables for row in table.rows for cell in row.cells
    )

    # 4. Nothing happens, and the usual ladder is climbed: reminded, overdue, told to the leader.
    run(works, at(2, 7), at(2, 24))
    assert {LetterKind.REMINDER, LetterKind.OVERDUE, LetterKind.DIGEST} <= set(kinds(works))
    with works.db.read() as session:
        assert counts_of(session, [(sample.units["hoa-sen"], date(2023, 2, 24))])[0]["overdue"] == 1

    # 5. In March the same is found again: a re-inspection of that item alone, and a line to the leader.
    march = {"code": "2023-03-bep", "month": 3, "first": date(2023, 3, 1), "last": date(2023, 3, 31)}
    with works.db.transaction() as session:
        plan = approve_plan(session, make_plan(session, PLAN.model_copy(update=march), mai).id, mai)
        second = plan_visit(
            session, plan.id, sample.units["hoa-sen"], day=date(2023, 3, 6), opens_at=at(3, 6, 7),
            team=a_team(sample), by=mai,
        ).id  # fmt: skip
    run(works, at(3, 6), at(3, 6))
    send(works.db, second, a_batch("two", *BAD, signatures=SIGNED, finished=True), at=at(3, 6, 10))
    outcome = close(works.db, second, at=at(3, 6, 11), reason="")
    assert outcome.repeated == ("K2",)
    assert outcome.again_id is not None
    with works.db.read() as session:
        again = session.get_one(VisitRow, outcome.again_id)
        assert (again.kind, again.only_items, again.state) == (VisitKind.REPEAT, ["K2"], VisitState.SEALED)

    # 6. The unit puts it right, the team finds it so, and only then the reviewer closes the work.
    assert finding.assignment_id
    with works.db.transaction() as session:
        hand_in(
            session,
            finding.assignment_id,
            figures={},
            by=By("binh", at(3, 20)),
            key="k",
            note="đã có tủ lưu mẫu",
        )
    day = datetime.combine(again.day, time(8, 5), HANOI)
    run(works, day, day)
    good = an_answer("K2", "24", seq=9)
    send(works.db, again.id, a_batch("three", good, signatures=SIGNED, finished=True), at=day)
    assert close(works.db, again.id, at=day, reason="").findings == 0
    with works.db.transaction() as session:
        accept(session, finding.assignment_id, By("mai", day))
        counts = counts_of(session, [(sample.units["hoa-sen"], again.day)])[0]
        report = report_of(session, date(2023, 1, 1), date(2023, 12, 31), day)
        planned = plan_of(session, 2023, day)
    assert (counts["open"], counts["repeated"], counts["visits"]) == (0, 1, 3)
    grid = Document(io.BytesIO(as_docx.render(report))).tables[1]
    assert [row.cells[3].text for row in grid.rows[1:]] == ["1/1 (100 %)", "1/3 (33 %)"]
    plan = Document(io.BytesIO(as_docx.render(planned))).tables[1]
    assert [row.cells[4].text for row in plan.rows[1:]] == ["1", "3"]
    works.db.dispose()
