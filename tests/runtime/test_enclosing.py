"""The leader's letter carries a draft ready to sign and the day to look again; the unit's letter carries nothing."""

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
from icalendar import Calendar

from flows.schedule import TABLE
from runtime.settings import Settings
from runtime.tick import tick
from runtime.works import Works
from tests.support.inspections import MORNING, a_visit
from tests.support.makers import a_database, an_issued_duty, an_office, monthly_terms
from tests.support.smtp import Received, Sink

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def leaders_and_units(tmp_path: Path, smtp: Sink) -> tuple[Received, Received]:
    """What the leader and a unit's officer got by the 17th, three working days after the deadline."""
    settings = Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port)
    a_database(settings.database).dispose()
    works = Works.of(settings)
    an_office(works.db)
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh")))
    for day in range(1, 18):
        tick(works, TABLE, datetime(2023, 2, day, 8, 5, tzinfo=HANOI))
    works.db.dispose()
    [leader] = [r for r in smtp.received if r.recipients == ("dung@bensong.example.vn",)]
    unit = next(r for r in smtp.received if r.recipients == ("ha@bensong.example.vn",))
    return leader, unit


def test_the_digest_carries_the_draft_letter_and_the_day_it_asks_for(tmp_path: Path, smtp: Sink) -> None:
    leader, unit = leaders_and_units(tmp_path, smtp)
    assert list(unit.message.iter_attachments()) == []
    draft, again = leader.message.iter_attachments()
    assert (draft.get_filename(), again.get_filename()) == (
        "Du-thao-cong-van-don-doc.docx",
        "Ngay-xem-lai.ics",
    )
    document = docx.Document(BytesIO(draft.get_content()))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "V/v đôn đốc thực hiện 2 việc quá hạn" in words
    assert "Kính gửi: Trường THCS Sông Xanh; Trường Tiểu học Hoa Sen" in words
    assert "chậm nhất ngày 22 tháng 02 năm 2023" in words  # three working days after Friday, 17 February
    assert document.tables[1].rows[1].cells[4].text == "3"
    content = again.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert calendar["METHOD"] == "PUBLISH"
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == date(2023, 2, 22)
    assert "Trường THCS Sông Xanh: Báo cáo" in str(event["DESCRIPTION"])


def test_a_team_hears_of_its_visit_when_it_opens_with_the_day_and_the_checklist_and_not_before(
    tmp_path: Path, smtp: Sink
) -> None:
    settings = Settings(home=tmp_path, smtp_host=smtp.host, smtp_port=smtp.port)
    a_database(settings.database).dispose()
    works = Works.of(settings)
    visit_id = a_visit(works.db, an_office(works.db), opened=False).visit_id
    tick(works, TABLE, MORNING - timedelta(minutes=10))
    assert smtp.received == []
    tick(works, TABLE, MORNING)
    tick(works, TABLE, MORNING + timedelta(minutes=5))
    works.db.dispose()
    assert sorted(r.recipients[0] for r in smtp.received) == [
        "ha@bensong.example.vn",
        "mai@bensong.example.vn",
    ]
    letter = smtp.received[0].message
    assert "Trường Tiểu học Hoa Sen" in str(letter["Subject"])
    day, pdf, paper = letter.iter_attachments()
    content = day.get_payload(decode=True)
    assert isinstance(content, bytes)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert (event["DTSTART"].dt, str(event["URL"])) == (
        date(2023, 2, 6),
        f"{settings.public_url}/kiem-tra/{visit_id}",
    )
    assert pdf.get_content().startswith(b"%PDF")
    words = "\n".join(
        c.text for t in docx.Document(BytesIO(paper.get_content())).tables for r in t.rows for c in r.cells
    )
    assert "Mẫu lưu đủ giờ (Điều 2)" in words
