"""What one was told, and how one wants to be told: the list of notices and the choice of channels."""

import pytest
from sqlmodel import Session

from domain.letter import LetterKind, MailState
from domain.reach import Pace, Via
from runtime.works import Works
from store.questions.notices import unread
from store.questions.reach import preference
from store.tables import OutboxRow
from tests.support.makers import BEGAN, Sample
from tests.support.visits import Visit


def a_letter(session: Session, person_id: int, subject: str) -> int:
    row = OutboxRow(
        key=subject, kind=LetterKind.REMINDER, message_id=f"<{subject}@x>", state=MailState.SENT,
        subject=subject, body_text=f"Kính gửi\n{subject}", person_id=person_id,
        not_before=BEGAN, created_at=BEGAN, sent_at=BEGAN,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id


@pytest.fixture
def letters(works: Works, office: Sample) -> dict[str, int]:
    with works.db.transaction() as session:
        return {
            subject: a_letter(session, office.people[who], subject)
            for who, subject in (("binh", "Nhắc một"), ("binh", "Nhắc hai"), ("ha", "Nhắc trường khác"))
        }


def left(works: Works, office: Sample, who: str) -> int:
    with works.db.read() as session:
        return unread(session, office.people[who])


def test_the_top_bar_counts_what_is_unread_and_reading_the_list_changes_nothing(
    visit: Visit, works: Works, office: Sample, letters: dict[str, int]
) -> None:
    binh = visit("binh")
    page = binh.get("/thong-bao").text
    assert page.index("Nhắc hai") < page.index("Nhắc một")
    assert "Nhắc trường khác" not in page
    assert '<span class="dd-count">2' in binh.get("/viec").text
    assert left(works, office, "binh") == 2


def test_one_or_all_are_marked_read_and_nobody_marks_for_another(
    visit: Visit, works: Works, office: Sample, letters: dict[str, int]
) -> None:
    binh = visit("binh")
    assert binh.post(f"/thong-bao/{letters['Nhắc trường khác']}/da-doc").status_code == 303
    assert left(works, office, "ha") == 1
    binh.post(f"/thong-bao/{letters['Nhắc một']}/da-doc", headers={"HX-Request": "true"})
    assert left(works, office, "binh") == 1
    binh.post("/thong-bao/da-doc")
    assert left(works, office, "binh") == 0
    assert "dd-count" not in binh.get("/thong-bao").text


def test_channels_and_pace_are_chosen_on_one_form(visit: Visit, works: Works, office: Sample) -> None:
    binh = visit("binh")
    assert binh.post("/tai-khoan/thong-bao", data={"kenh": ["in_app"], "nhip": "weekly"}).status_code == 303
    with works.db.read() as session:
        chosen = preference(session, office.people["binh"])
        assert (chosen.channels, chosen.digest) == ([Via.IN_APP], Pace.WEEKLY)
    assert 'value="weekly" checked' in binh.get("/tai-khoan/thong-bao").text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"nhip": "daily"}, "Hãy chọn ít nhất một cách nhận thông báo."),
        ({"kenh": ["bo-cau"], "nhip": "daily"}, "Hãy chọn ít nhất một cách nhận thông báo."),
        ({"kenh": ["email"], "nhip": "mai"}, "Hãy chọn nhận bản tin bao lâu một lần."),
    ],
)
def test_a_choice_that_reaches_nobody_is_refused_in_words(
    visit: Visit, form: dict[str, object], told: str
) -> None:
    answer = visit("binh").post("/tai-khoan/thong-bao", data=form)
    assert answer.status_code == 422
    assert told in answer.text
