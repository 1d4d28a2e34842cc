"""The outbox shows what became of every letter and why; the local catcher shows what was sent."""

import mailbox
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import select

from actions.changes import By
from actions.remind_and_escalate import due_groups, remind_and_escalate
from actions.write_letters import write_letters
from domain.assignment import State
from domain.escalation import Fate
from domain.letter import LetterKind, MailState
from domain.reach import Via
from runtime.works import Works
from store.tables import AssignmentRow, AuditRow, DeliveryRow, NoticeRow, OutboxRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all
from tests.support.visits import Visit


def a_letter(works: Works, state: MailState, reason: str = "") -> int:
    with works.db.transaction() as session:
        row = OutboxRow(
            key=state.value, kind=LetterKind.REMINDER, to_name="Lê Thu Hà", to_address="ha@bensong.example.vn",
            subject="Nhắc việc: báo cáo tháng 2", body_text="Kính gửi <b>cô Hà</b>", message_id="<a@b>",
            state=state, reason=reason, not_before=BEGAN, created_at=BEGAN,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(DeliveryRow(outbox_id=row.id, at=BEGAN, attempt=1, outcome="failed", detail=reason))
        return row.id


@pytest.mark.parametrize("state", list(MailState))
def test_every_letter_shows_its_state_its_reason_and_its_words(
    visit: Visit, works: Works, state: MailState
) -> None:
    letter = a_letter(works, state, "550 5.1.1 không có hộp thư này")
    clerk = visit("mai")
    for page in (clerk.get("/hop-thu-di").text, clerk.get(f"/hop-thu-di?loc={state.value}").text):
        assert "Nhắc việc: báo cáo tháng 2" in page
        assert "550 5.1.1 không có hộp thư này" in page
    assert "&lt;b&gt;cô Hà" in clerk.get(f"/hop-thu-di/{letter}").text
    other = MailState.SENT if state is not MailState.SENT else MailState.HELD
    assert "báo cáo tháng 2" not in clerk.get(f"/hop-thu-di?loc={other.value}").text


@pytest.mark.parametrize(
    ("state", "status", "after"),
    [
        (MailState.FAILED, 303, MailState.PENDING),
        (MailState.HELD, 303, MailState.PENDING),
        (MailState.SENT, 409, MailState.SENT),
        (MailState.SENDING, 409, MailState.SENDING),
        (MailState.SKIPPED, 409, MailState.SKIPPED),
    ],
)
def test_only_what_failed_or_is_held_is_sent_again_and_the_trail_says_by_whom(
    visit: Visit, works: Works, state: MailState, status: int, after: MailState
) -> None:
    letter = a_letter(works, state)
    assert visit("mai").post(f"/hop-thu-di/{letter}/gui-lai").status_code == status
    with works.db.read() as session:
        assert session.get_one(OutboxRow, letter).state is after
        actors = session.exec(select(AuditRow.actor).where(AuditRow.action == "resend")).all()
    assert actors == (["mai"] if status == 303 else [])


def test_the_catcher_shows_the_letters_of_this_machine(visit: Visit, works: Works) -> None:
    clerk = visit("mai")
    assert "Chưa có thư nào được gửi" in clerk.get("/hop-thu-thu").text
    message = EmailMessage()
    message["From"], message["To"] = "dondoc@bensong.example.vn", "ha@bensong.example.vn"
    message["Subject"], message["Date"] = "Đôn đốc <việc>", "Wed, 15 Feb 2023 08:00:00 +0700"
    message.set_content("Kính gửi cô Hà,\nviệc đã quá hạn.")
    key = mailbox.Maildir(works.settings.caught_mail).add(message)
    assert "Đôn đốc &lt;việc&gt;" in clerk.get("/hop-thu-thu").text
    assert "việc đã quá hạn." in clerk.get(f"/hop-thu-thu/{key}").text


def test_with_a_relay_there_is_no_catcher(visit: Visit, works: Works) -> None:
    works.settings.smtp_host = "mail.example.vn"
    clerk = visit("mai")
    assert clerk.get("/hop-thu-thu").status_code == 404
    assert "hộp thư thử" not in clerk.get("/hop-thu-di").text


def test_what_is_held_for_one_reason_is_released_together_and_nothing_else(
    visit: Visit, works: Works
) -> None:
    run = a_letter(works, MailState.HELD, "đồng hồ đã ngừng 30 giờ")
    asked = a_letter(works, MailState.PENDING)
    clerk = visit("mai")
    clerk.post(f"/hop-thu-di/{asked}/giu", data={"ly_do": "chờ hỏi lại lãnh đạo"})
    page = clerk.get("/hop-thu-di").text
    assert "Đang giữ 1 thư: đồng hồ đã ngừng 30 giờ" in page
    assert "Đang giữ 1 thư: chờ hỏi lại lãnh đạo" in page
    assert "2 thư đang giữ lại, chờ bạn xem trước khi gửi" in clerk.get("/van-phong").text
    assert "thư đang giữ lại" not in visit("dung").get("/van-phong").text
    assert clerk.post("/hop-thu-di/tha", data={"ly_do": "đồng hồ đã ngừng 30 giờ"}).status_code == 303
    with works.db.read() as session:
        assert session.get_one(OutboxRow, run).state is MailState.PENDING
        assert session.get_one(OutboxRow, asked).state is MailState.HELD


def test_a_held_letter_says_which_work_and_can_be_read_as_it_would_be_sent_now(
    visit: Visit, works: Works, office: Sample
) -> None:
    an_issued_duty(works.db, monthly_terms(("hoa-sen",), title="Báo cáo bữa ăn bán trú"))
    open_all(works.db, BEGAN)
    at = BEGAN + timedelta(days=8, hours=1)
    with works.db.transaction() as session:
        c = works.circumstances(session)
        for group in due_groups(session, at):
            remind_and_escalate(session, group, calendar=c.calendar, zone=c.office.tz, by=By("clock", at))
        write_letters(session, office=c.office, staff=c.staff, by=By("clock", at))
        held = session.exec(select(OutboxRow)).all()[0]
        held.state, held.reason, letter = MailState.HELD, "đồng hồ đã ngừng 30 giờ", held.id
    clerk = visit("mai")
    assert "Báo cáo bữa ăn bán trú – Trường Tiểu học Hoa Sen" in clerk.get("/hop-thu-di?loc=held").text
    page = clerk.get(f"/hop-thu-di/{letter}").text
    assert "Lời thư nếu gửi lúc này" in page
    assert "Kính gửi" in page.partition("dd-letter")[2]
    with works.db.transaction() as session:
        session.exec(select(AssignmentRow)).one().state = State.SUBMITTED
    assert "không còn gì để nói" in clerk.get(f"/hop-thu-di/{letter}").text
    with works.db.read() as session:
        assert {row.fate for row in session.exec(select(NoticeRow))} == {
            Fate.MAILED
        }  # reading cancels nothing


def test_the_outbox_names_the_channel_and_leads_from_a_copy_to_its_letter(visit: Visit, works: Works) -> None:
    first = a_letter(works, MailState.SENT)
    with works.db.transaction() as session:
        copy = OutboxRow(
            key="copy", kind=LetterKind.REMINDER, to_name="Lê Thu Hà", to_address="", via=Via.WEBHOOK,
            message_id="<c@b>", copy_of=first, state=MailState.SENT, not_before=BEGAN, created_at=BEGAN,
        )  # fmt: skip
        session.add(copy)
        session.flush()
        copied = copy.id
    clerk = visit("mai")
    page = clerk.get("/hop-thu-di").text
    assert "cổng nhắn tin, bản sao" in page
    assert "thư điện tử: ha@bensong.example.vn" in page
    assert f'href="/hop-thu-di/{first}"' in clerk.get(f"/hop-thu-di/{copied}").text
