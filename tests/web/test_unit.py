"""A unit looks at its work and hands it in."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from actions.change_calendar import change_calendar
from actions.changes import By
from actions.compile_report import gather
from actions.follow import waive
from actions.hand_over import Succession, hand_over_unit
from domain.assignment import State
from domain.duty import Kind, Review
from domain.letter import LetterKind
from domain.workdays import CalendarDay
from runtime.works import Works
from store.database import Database
from store.tables import AssignmentRow, DirectiveRow, DutyRow, DutyUnitRow, OutboxRow, SubmissionRow
from tests.support.makers import (
    BEGAN,
    OFFICE,
    Sample,
    an_issued_duty,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.packs import PACK
from tests.support.visits import Moment, Visit

WRONG = {"so.parents": "1.200", "so.cashless": "1.300", "khoa": "a"}
RIGHT = {"so.parents": "1.200", "so.cashless": "1.100", "khoa": "b"}


@pytest.fixture
def work(works: Works, office: Sample) -> int:
    """Hoa Sen's February report, with figures to give; Sông Xanh owes the same."""
    folder = works.settings.home / "packs"
    folder.mkdir()
    (folder / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    works.extra_packs = (folder / "thu-hoc.yaml",)
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc"))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


def state(works: Works, work: int) -> State:
    with works.db.read() as session:
        return session.get_one(AssignmentRow, work).state


def rounds(works: Works, work: int) -> list[SubmissionRow]:
    with works.db.transaction() as session:
        return list(session.exec(select(SubmissionRow).where(SubmissionRow.assignment_id == work)).all())


def test_the_day_of_a_visit_is_said_once_beside_what_was_found(visit: Visit, works: Works, work: int) -> None:
    with works.db.transaction() as session:
        directive = session.exec(select(DirectiveRow)).one()
        directive.symbol, directive.issued_on = None, date(2023, 2, 14)
        directive.subject = "Kết quả kiểm tra bếp ăn tại Trường Hoa Sen ngày 14/02/2023"
    why = visit("binh").get(f"/viec/{work}").text.partition("<dt>Vì sao</dt>")[2].partition("</dd>")[0]
    assert why.count("14/02/2023") == 1


def test_the_page_says_what_until_when_and_why(visit: Visit, work: int) -> None:
    page = visit("binh").get(f"/viec/{work}").text
    assert "Báo cáo tháng về công tác giáo dục" in page
    assert "hết ngày thứ Ba, 14/02/2023" in page
    assert "Các trường báo cáo tháng." in page
    assert "12/KH-PGDĐT" in page
    assert "Số cha mẹ nộp" in page


def test_the_list_shows_what_is_owed_and_only_ones_own(visit: Visit, work: int) -> None:
    mine, other = visit("binh").get("/viec").text, visit("ha").get("/viec").text
    assert f'href="/viec/{work}"' in mine
    assert "Cần làm (1)" in mine
    assert f'href="/viec/{work}"' not in other


def test_a_standing_duty_is_attested_in_words_and_the_months_report_counts_who_did(
    visit: Visit, works: Works, office: Sample, work: int
) -> None:
    lasting = {"kind": Kind.STANDING, "title": "Duy trì nền nếp", "attested_in": "báo cáo tháng"}
    duty = an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), **lasting))
    quarterly = {**lasting, "title": "Giữ vệ sinh", "attested_in": "báo cáo quý"}
    an_issued_duty(works.db, monthly_terms(("hoa-sen",), **quarterly))
    with works.db.read() as session:
        code = session.get_one(DutyRow, duty).code
    page = visit("binh").get(f"/viec/{work}").text
    assert page.count('name="thuong-xuyen-') == 1
    sent = {**RIGHT, f"thuong-xuyen-{code}": " Họp chấn chỉnh  hai lần ", "thuong-xuyen-la": "x"}
    visit("binh").post(f"/viec/{work}/nop", data=sent)
    [row] = rounds(works, work)
    assert row.attested == [{"duty": code, "title": "Duy trì nền nếp", "said": "Họp chấn chỉnh  hai lần"}]
    assert "Họp chấn chỉnh" in visit("binh").get(f"/viec/{work}").text
    with works.db.read() as session:
        report = gather(
            session, "2023-02", office=OFFICE, packs=works.packs, at=datetime(2023, 3, 1, tzinfo=UTC)
        )
    assert [(one.attested, one.silent) for one in report.standing_duties] == [
        (("Trường Tiểu học Hoa Sen",), 1),
        ((), 1),
    ]
    with works.db.transaction() as session:
        plan = Succession(office.units["song-xanh"], [office.units["hoa-sen"]], date(2023, 2, 20))
        hand_over_unit(session, plan, By("mai", datetime(2023, 2, 20, 2, tzinfo=UTC)), office=OFFICE)
        report = gather(
            session, "2023-02", office=OFFICE, packs=works.packs, at=datetime(2023, 3, 1, tzinfo=UTC)
        )
    assert [one.silent for one in report.standing_duties] == [0, 1]


def test_a_unit_attests_from_the_day_on_which_the_duty_came_to_it(
    visit: Visit, works: Works, work: int
) -> None:
    lasting = {"kind": Kind.STANDING, "title": "Duy trì nền nếp", "attested_in": "báo cáo tháng"}
    duty = an_issued_duty(works.db, monthly_terms(("hoa-sen",), **lasting))
    unit = visit("binh")
    for since, asked in ((date(2023, 3, 1), False), (date(2023, 2, 20), True)):
        with works.db.transaction() as session:
            session.exec(select(DutyUnitRow).where(DutyUnitRow.duty_id == duty)).one().since = since
        assert ("Duy trì nền nếp" in unit.get(f"/viec/{work}").text) is asked


def test_a_report_where_nothing_stands_asks_for_no_attestation(visit: Visit, work: int) -> None:
    assert "thường xuyên" not in visit("binh").get(f"/viec/{work}").text


def test_saying_received_is_a_button_and_saying_it_twice_is_once(
    visit: Visit, works: Works, work: int
) -> None:
    browser = visit("binh")
    assert "Đã nhận" in browser.get(f"/viec/{work}").text
    assert state(works, work) is State.ASSIGNED, "looking is not receiving"
    for _ in range(2):
        assert browser.post(f"/viec/{work}/nhan").status_code == 303
    assert state(works, work) is State.RECEIVED
    assert browser.get(f"/viec/{work}").text.count("đã nhận việc") == 1


def test_wrong_figures_come_back_at_once_with_the_reason_and_right_ones_are_accepted(
    visit: Visit, works: Works, work: int
) -> None:
    browser = visit("binh")
    browser.post(f"/viec/{work}/nop", data=WRONG)
    page = browser.get(f"/viec/{work}").text
    assert state(works, work) is State.RETURNED
    assert "Bị trả lại" in page
    assert "1.300" in page
    assert 'value="1.200"' in page, "what was handed in stands in the form, to be corrected"
    with works.db.read() as session:
        assert session.exec(select(OutboxRow.kind)).all() == [LetterKind.RETURNED]

    browser.post(f"/viec/{work}/nop", data=RIGHT)
    assert state(works, work) is State.ACCEPTED
    assert "Đã hoàn thành" in browser.get(f"/viec/{work}").text
    assert [(r.round, r.figures) for r in rounds(works, work)] == [
        (1, {"cashless": 1300, "parents": 1200}),
        (2, {"cashless": 1100, "parents": 1200}),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("NaN", "không phải là số"),
        ("1e999", "không phải là số"),
        ("1.00", "không phải là số"),
        ("12,5", "phải là số nguyên"),
        ("một trăm", "không phải là số"),
        ("9" * 5000, "dài quá"),
    ],
)
def test_what_is_no_number_is_said_at_its_field_and_nothing_is_handed_in(
    visit: Visit, works: Works, work: int, typed: str, said: str
) -> None:
    answer = visit("binh").post(f"/viec/{work}/nop", data={**RIGHT, "so.parents": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'href="#so-parents"' in answer.text
    assert 'value="1.100"' in answer.text, "the other answers are kept"
    assert rounds(works, work) == []


def test_the_same_form_sent_twice_is_one_submission(visit: Visit, works: Works, work: int) -> None:
    browser = visit("binh")
    sent = [browser.post(f"/viec/{work}/nop", data=RIGHT).status_code for _ in range(2)]
    assert sent == [303, 303]
    assert len(rounds(works, work)) == 1


def test_in_a_crowd_the_judging_is_left_to_the_clock(
    visit: Visit, works: Works, work: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "is_crowded", True)
    assert visit("binh").post(f"/viec/{work}/nop", data=RIGHT).status_code == 303
    assert state(works, work) is State.HANDED_IN
    assert [row.judged_at for row in rounds(works, work)] == [None]


def test_another_form_after_acceptance_is_refused_in_words(visit: Visit, works: Works, work: int) -> None:
    browser = visit("binh")
    browser.post(f"/viec/{work}/nop", data=RIGHT)
    late = browser.post(f"/viec/{work}/nop", data={**RIGHT, "khoa": "c"})
    assert late.status_code == 409
    assert "đã hoàn thành" in late.text
    assert len(rounds(works, work)) == 1


def test_a_key_of_another_unit_spends_nothing(visit: Visit, works: Works, office: Sample, work: int) -> None:
    theirs = the_assignment(works.db, office.units["song-xanh"], "2023-02")
    visit("ha").post(f"/viec/{theirs}/nop", data=RIGHT)
    visit("binh").post(f"/viec/{work}/nop", data=RIGHT)
    assert len(rounds(works, work)) == len(rounds(works, theirs)) == 1


def test_fields_the_form_does_not_have_change_nothing(visit: Visit, works: Works, work: int) -> None:
    extra = {
        "submitted_at": "2020-01-01",
        "state": "accepted",
        "unit_id": "1",
        "so.role": "admin",
        "round": "9",
    }
    visit("binh").post(f"/viec/{work}/nop", data={**WRONG, **extra})
    [one] = rounds(works, work)
    assert (one.handed_in_at, one.round, set(one.figures)) == (BEGAN, 1, {"parents", "cashless"})
    assert state(works, work) is State.RETURNED


@pytest.mark.parametrize(
    ("received", "standing"),
    [
        (datetime(2023, 2, 14, 16, 59, 59, 900_000, tzinfo=UTC), "Đã hoàn thành"),
        (datetime(2023, 2, 14, 17, 0, 0, 200_000, tzinfo=UTC), "Hoàn thành quá hạn"),
    ],
)
def test_a_tenth_of_a_second_before_midnight_is_in_time(
    visit: Visit, moment: Moment, work: int, received: datetime, standing: str
) -> None:
    moment.now = received
    browser = visit("binh")
    browser.post(f"/viec/{work}/nop", data=RIGHT)
    assert standing in browser.get(f"/viec/{work}").text


def test_a_file_comes_back_byte_for_byte_and_is_never_shown_as_a_page(visit: Visit, work: int) -> None:
    browser = visit("binh")
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    name = "../../etc/Bản\u202egpj.svg"
    browser.post(f"/viec/{work}/nop", data=RIGHT, files={"tep": (name, svg, "image/svg+xml")})
    page = browser.get(f"/viec/{work}").text
    assert "Bảngpj.svg" in page
    link = re.search(r'href="(/tep/\d+)"', page)
    assert link
    answer = browser.get(link[1])
    assert answer.content == svg
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert visit("ha").get(link[1]).status_code == 404


def test_an_empty_report_without_a_form_is_not_a_report(visit: Visit, works: Works, office: Sample) -> None:
    an_issued_duty(works.db, monthly_terms(("anh-duong", "song-xanh"), title="Báo cáo lời"))
    open_all(works.db, BEGAN)
    work = the_assignment(works.db, office.units["song-xanh"], "2023-02")
    browser = visit("ha")
    empty = browser.post(f"/viec/{work}/nop", data={"ghi_chu": "  "})
    assert empty.status_code == 422
    assert "đính kèm tệp" in empty.text
    assert browser.post(f"/viec/{work}/nop", data={"ghi_chu": "Đã rà soát."}).status_code == 303
    assert state(works, work) is State.ACCEPTED


def test_markup_in_what_people_write_is_only_text(visit: Visit, work: int) -> None:
    browser = visit("binh")
    nasty = "<script>alert(1)</script>{{7*7}}${7*7}'; DROP TABLE"
    browser.post(f"/viec/{work}/nop", data={**WRONG, "ghi_chu": nasty})
    page = browser.get(f"/viec/{work}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_the_office_accepts_or_returns_what_waits_for_a_person(
    visit: Visit, works: Works, office: Sample
) -> None:
    an_issued_duty(works.db, monthly_terms(("hoa-sen",), review=Review.PERSON))
    open_all(works.db, BEGAN)
    work = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    clerk, unit = visit("mai"), visit("binh")
    unit.post(f"/viec/{work}/nop", data={"ghi_chu": "Lần một"})
    assert "Duyệt hoàn thành" in clerk.get(f"/viec/{work}").text
    assert "1" in clerk.get("/van-phong?loc=cho-duyet").text
    assert clerk.post(f"/viec/{work}/tra-lai", data={"reason": " "}).status_code == 409
    clerk.post(f"/viec/{work}/tra-lai", data={"reason": "Thiếu số liệu lớp 5"})
    assert "Thiếu số liệu lớp 5" in unit.get(f"/viec/{work}").text
    unit.post(f"/viec/{work}/nop", data={"ghi_chu": "Lần hai", "khoa": "2"})
    clerk.post(f"/viec/{work}/duyet")
    assert state(works, work) is State.ACCEPTED


def test_nothing_is_asked_for_work_that_was_waived(visit: Visit, works: Works, work: int) -> None:
    with works.db.transaction() as session:
        waive(session, work, By("mai", BEGAN), reason="trường đang sửa")
    page = visit("binh").get(f"/viec/{work}").text
    assert "trường đang sửa" in page
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_deadline_says_that_its_year_is_only_expected_until_the_notice_comes(
    visit: Visit, works: Works, work: int
) -> None:
    said = "Lịch nghỉ năm 2023 là dự kiến"
    assert said in visit("binh").get(f"/viec/{work}").text
    with works.db.transaction() as session:
        notice = CalendarDay(date(2023, 1, 26), "off", "Nghỉ Tết", "Thông báo 1")
        change_calendar(session, [notice], By("mai", BEGAN, "Thông báo 1"), office=OFFICE)
    assert said not in visit("binh").get(f"/viec/{work}").text


def test_a_deadline_of_ones_own_stands_beside_that_of_the_period(
    visit: Visit, works: Works, office: Sample, work: int
) -> None:
    own = CalendarDay(date(2023, 2, 14), "off", "Truyền thống trường", "KH 9")
    with works.db.transaction() as session:
        change_calendar(
            session, [own], By("mai", BEGAN, "KH 9"), office=OFFICE, unit_id=office.units["hoa-sen"]
        )
    page = visit("binh").get(f"/viec/{work}").text
    assert "hết ngày thứ Hai, 13/02/2023" in page
    assert "hạn chung của kỳ là 14/02/2023" in page
    assert "chuyển hạn theo lịch nghỉ mới" in page
