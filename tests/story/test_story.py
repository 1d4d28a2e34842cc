"""What dondoc does, on one page: a directive arrives, and nobody has to be phoned.

The office is the sample one (examples/van-phong-mau), the mail server is real, the time is November 2026.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlmodel import col, select

from actions.changes import By
from actions.hand_in import hand_in
from actions.publish_rule import publish_rule
from domain.assignment import State
from domain.duty import DraftStatus, Kind
from flows.schedule import TABLE
from runtime.directives import approve_complete, take_in_file
from runtime.installing import SAMPLE, install_folder
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from store import audit
from store.office import load_office
from store.questions.watched import watched
from store.tables import (
    AssignmentRow,
    DraftRow,
    DutyRow,
    NoticeRow,
    OccurrenceRow,
    OutboxRow,
    ReportRow,
    SubmissionRow,
    UnitRow,
)
from tests.support.smtp import Sink

GOOD = {"hoc_sinh": 412, "hai_buoi": 412, "phu_huynh": 400, "khong_tien_mat": 360, "su_co": 0}
WRONG = GOOD | {"hai_buoi": 999}
POOR = GOOD | {"khong_tien_mat": 200, "su_co": 1}
OWN_RULE = """
id: khac-phuc-su-co
title: Sự cố phải được khắc phục
clause: mục II.3
check: report.su_co == 0
severity: critical
then: corrective
days: 5
"""


@dataclass
class Story:
    """The office, its mail, and the hour of the day."""

    works: Works
    smtp: Sink
    read_so_far: int = 0
    midnight: datetime | None = None
    keys: list[str] = field(default_factory=list)

    def clock_strikes(self, moment: str) -> None:
        """The clock runs at this moment of the office's day ("2026-11-10 08:05"), and at every midnight before
        it: a clock that had stood still for days would have its letters held."""
        at = self.when(moment)
        while self.midnight and self.midnight < at:
            tick(self.works, TABLE, self.midnight)
            self.midnight += timedelta(days=1)
        self.midnight = at.replace(hour=0, minute=0) + timedelta(days=1)
        tick(self.works, TABLE, at)

    def when(self, moment: str) -> datetime:
        with self.works.db.read() as session:
            return datetime.fromisoformat(moment).replace(tzinfo=load_office(session).tz)

    def hands_in(self, unit: str, figures: dict[str, Any], moment: str) -> None:
        with self.works.db.transaction() as session:
            work = self.work(unit)
            hand_in(session, work.id, figures=figures, by=By(unit, self.when(moment)), key=f"{unit} {moment}")

    def work(self, unit: str, period: str = "2026-11") -> AssignmentRow:
        with self.works.db.read() as session:
            return session.exec(
                select(AssignmentRow)
                .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
                .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
                .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
                .where(UnitRow.code == unit, OccurrenceRow.period == period, DutyRow.pack != "")
            ).one()

    def new_letters(self) -> dict[str, str]:
        """Text of the letters that arrived since this was last asked, by address (before the @)."""
        fresh = self.smtp.received[self.read_so_far :]
        self.read_so_far = len(self.smtp.received)
        letters = {}
        for received in fresh:
            body = received.message.get_body(("plain",))
            assert body is not None
            letters[received.recipients[0].partition("@")[0]] = (
                f"{received.message['Subject']}\n{body.get_content()}"
            )
        return letters


@pytest.fixture
def story(tmp_path: Path, smtp: Sink) -> Iterator[Story]:
    works = Works.of(Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port))
    install_folder(works, SAMPLE)
    yield Story(works, smtp)
    works.db.dispose()


def test_a_directive_becomes_work_that_is_followed_to_the_end(story: Story) -> None:
    works, clerk = story.works, By("van-thu", story.when("2026-11-02 09:00"))

    # A plan arrives. What it orders is read into drafts; each keeps the exact words it was read from.
    directive, new = take_in_file(works, SAMPLE / "directive.txt", clerk)
    assert new

    # The clerk approves what is complete. What the text leaves out is listed as missing, never invented.
    approve_complete(works, directive, clerk)
    with works.db.read() as session:
        waiting = session.exec(select(DraftRow).where(col(DraftRow.status) == DraftStatus.PROPOSED)).all()
    trees = next(draft for draft in waiting if "Rà soát cây xanh" in draft.quote)
    assert trees.missing == ["deadline"]

    # The clock opens the month: every school owes its report before the 15th. The 14th is a Saturday,
    # so the office's policy makes it Friday the 13th.
    story.clock_strikes("2026-11-03 08:05")
    assert story.work("th-mai-thanh-a").due_on.isoformat() == "2026-11-13"

    # Three working days before, whoever is in charge at each school is reminded. Leaders hear nothing.
    story.new_letters()
    story.clock_strikes("2026-11-10 08:05")
    reminded = story.new_letters()
    assert {"tha-bc", "thb-bc", "thcs-bc", "hoasen-bc", "nangmai-ht"} <= reminded.keys()
    assert "13/11/2026" in reminded["tha-bc"]
    assert "lanh-dao" not in reminded

    # A school hands in a figure that cannot be. It comes back at once, with the reason and the clause.
    story.hands_in("th-mai-thanh-a", WRONG, "2026-11-11 10:00")
    story.clock_strikes("2026-11-11 10:05")
    assert story.work("th-mai-thanh-a").state is State.RETURNED
    assert "999" in story.new_letters()["tha-bc"]

    # Corrected, it is accepted, and nobody at that school is written to about it again.
    story.hands_in("th-mai-thanh-a", GOOD, "2026-11-11 14:00")
    for unit in ("th-mai-thanh-b", "mn-nang-mai"):
        story.hands_in(unit, GOOD, "2026-11-12 09:00")
    story.clock_strikes("2026-11-12 09:05")
    assert story.work("th-mai-thanh-a").state is State.ACCEPTED

    # One school had an incident and few parents paying without cash. Nothing in its report is wrong, so it stands;
    # its head reads what was found, the incident is to be put right within five working days, as the office's own
    # rule says, and the school is on the list of those to watch.
    with works.db.transaction() as session:
        pack = works.packs_in_force(session)["mau-bao-cao-thang"]
        publish_rule(session, pack, OWN_RULE, clerk)
    story.new_letters()
    story.hands_in("mn-hoa-sen", POOR, "2026-11-12 10:00")
    story.clock_strikes("2026-11-12 10:05")
    assert story.work("mn-hoa-sen").state is State.ACCEPTED
    assert "không để xảy ra sự cố" in story.new_letters()["hoasen-ht"].lower()
    with works.db.read() as session:
        assert [(one.unit, one.entered_on.isoformat()) for one in watched(session)] == [
            ("Trường Mầm non Hoa Sen", "2026-11-12")
        ]
        [mended] = session.exec(select(DutyRow).where(DutyRow.kind == Kind.CORRECTIVE)).all()
    assert "Hoàn thành chậm nhất ngày 19/11/2026" in mended.quote

    # Another school stays silent: on the day its officer and its head are reminded, on the next working
    # day the head again, two days later the leader gets one mail, and the chair not yet.
    story.new_letters()
    story.clock_strikes("2026-11-13 08:05")
    on_the_day = story.new_letters()
    assert {"thcs-bc", "thcs-ht"} <= on_the_day.keys()
    assert not {"tha-bc", "hieu-truong"} & on_the_day.keys()
    story.clock_strikes("2026-11-16 08:05")
    assert "thcs-ht" in story.new_letters()
    story.clock_strikes("2026-11-18 08:05")
    told = story.new_letters()
    assert "Trường THCS Mai Thanh" in told["lanh-dao"]
    assert "Trường Tiểu học Mai Thanh A" not in told["lanh-dao"]
    assert "chu-tich" not in told

    # The month closes. The synthesis report names who was silent; every figure names its sources.
    story.clock_strikes("2026-12-01 06:05")
    with works.db.read() as session:
        report = session.exec(select(ReportRow).where(col(ReportRow.period) == "2026-11")).one()
    document = docx.Document(BytesIO(works.evidence.get(report.sha256)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "Trường THCS Mai Thanh" in text
    assert "chưa báo cáo" in text.lower()

    # Every letter can be accounted for, every change has its line, and the chain of lines is whole.
    with works.db.read() as session:
        assert audit.verify(session) is None
        assert all(row.reason for row in session.exec(select(OutboxRow)).all() if row.state != "sent")
        assert all(
            row.reason
            for row in session.exec(select(NoticeRow)).all()
            if row.fate not in ("mailed", "pending")
        )
        assert len(session.exec(select(SubmissionRow)).all()) == 5
