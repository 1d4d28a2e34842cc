"""What a unit and its leaders say about work besides handing it in, on the pages."""

from datetime import date

import pytest
from sqlmodel import select

from actions.changes import By
from domain.assignment import State
from runtime.works import Works
from store.tables import AssignmentRow, ExplanationRow, ExtensionRow, PersonRow, ProgressRow, WaitingRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Moment, Visit


@pytest.fixture
def work(works: Works, office: Sample) -> int:
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh")))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


def row(works: Works, work: int) -> AssignmentRow:
    with works.db.read() as session:
        return session.get_one(AssignmentRow, work)


def test_more_time_is_asked_for_on_one_page_and_granted_on_the_other(
    visit: Visit, works: Works, work: int
) -> None:
    unit, leader = visit("binh"), visit("dung")
    unit.post(f"/viec/{work}/gia-han", data={"ngay": "2023-02-24", "ly_do": "Trường đang thi"})
    assert "Đã xin gia hạn đến" in unit.get(f"/viec/{work}").text
    shown = leader.get(f"/viec/{work}").text
    assert "Trường đang thi" in shown
    with works.db.read() as session:
        asked = session.exec(select(ExtensionRow)).one().id
    leader.post(f"/viec/{work}/gia-han/{asked}", data={"dong_y": "co"})
    assert row(works, work).due_on == date(2023, 2, 24)
    assert "được gia hạn từ" in unit.get(f"/viec/{work}").text


def test_a_refused_move_is_told_in_its_form_and_keeps_what_was_typed(visit: Visit, work: int) -> None:
    answer = visit("binh").post(
        f"/viec/{work}/gia-han", data={"ngay": "ngày mai", "ly_do": "Trường đang thi"}
    )
    assert answer.status_code == 409
    assert "Hãy viết ngày như 14/02/2026." in answer.text
    assert "Trường đang thi</textarea>" in answer.text
    assert '<details class="govuk-details dd-fold" id="gia-han" open>' in answer.text


@pytest.mark.parametrize(("who", "known"), [("Trường THCS Sông Xanh", True), ("Sở Xây dựng tỉnh", False)])
def test_a_unit_of_ours_is_recognised_when_waited_for(
    visit: Visit, works: Works, office: Sample, work: int, who: str, known: bool
) -> None:
    unit = visit("binh")
    unit.post(f"/viec/{work}/cho", data={"ai": who, "ly_do": "chờ số liệu"})
    with works.db.read() as session:
        wait = session.exec(select(WaitingRow)).one()
    assert (wait.who, wait.unit_id) == (who, office.units["song-xanh"] if known else None)
    assert f"Đang chờ {who}" in unit.get(f"/viec/{work}").text
    assert ("Trường Tiểu học Hoa Sen: chờ số liệu" in visit("ha").get("/viec").text) is known
    unit.post(f"/viec/{work}/tiep-tuc", data={"ket_qua": "đã có"})
    assert row(works, work).state is not State.WAITING
    assert "chờ số liệu" not in visit("ha").get("/viec").text


def test_progress_is_written_down_with_who_said_it(visit: Visit, works: Works, work: int) -> None:
    unit = visit("binh")
    unit.post(f"/viec/{work}/tien-do", data={"noi_dung": "Xong khối 1", "ty_le": "40 %"})
    assert unit.post(f"/viec/{work}/tien-do", data={"noi_dung": "x", "ty_le": "nhiều"}).status_code == 409
    with works.db.read() as session:
        assert [note.percent for note in session.exec(select(ProgressRow))] == [40]
    shown = unit.get(f"/viec/{work}").text
    assert "40 %: Xong khối 1" in shown
    assert "Nguyễn Văn Bình" in shown


def test_an_explanation_is_demanded_and_given(visit: Visit, works: Works, work: int, moment: Moment) -> None:
    moment.is_on(16)
    unit, leader = visit("binh"), visit("dung")
    leader.post(f"/viec/{work}/giai-trinh", data={"cau_hoi": "Vì sao chưa nộp?"})
    assert "Vì sao chưa nộp?" in unit.get(f"/viec/{work}").text
    assert "Lãnh đạo yêu cầu giải trình" in unit.get("/viec").text
    with works.db.read() as session:
        demand = session.exec(select(ExplanationRow)).one().id
    assert unit.post(f"/viec/{work}/giai-trinh/{demand + 9}", data={"tra_loi": "x"}).status_code == 404
    unit.post(f"/viec/{work}/giai-trinh/{demand}", data={"tra_loi": "Kế toán nghỉ ốm"})
    assert "Kế toán nghỉ ốm" in leader.get(f"/viec/{work}").text
    assert "Lãnh đạo yêu cầu giải trình" not in unit.get("/viec").text


def test_the_head_gives_the_work_to_a_colleague_only(visit: Visit, works: Works, work: int) -> None:
    with works.db.read() as session:
        stranger = session.exec(select(PersonRow).where(PersonRow.code == "ha")).one().id
    answer = visit("binh").post(f"/viec/{work}/giao-nguoi", data={"nguoi": str(stranger)})
    assert answer.status_code == 409
    assert row(works, work).person_id is None


def test_work_is_exempted_with_a_reason_and_not_without(visit: Visit, works: Works, work: int) -> None:
    clerk = visit("mai")
    assert clerk.post(f"/viec/{work}/mien", data={"ly_do_mien": " "}).status_code == 409
    clerk.post(f"/viec/{work}/mien", data={"ly_do_mien": "trường đang sửa"})
    assert row(works, work).state is State.WAIVED


@pytest.mark.parametrize(
    ("month", "day", "heading"),
    [(2, 1, "Sau đó"), (2, 8, "Tuần sau"), (2, 13, "Tuần này"), (2, 14, "Hôm nay"), (2, 20, "Đã quá hạn")],
)
def test_the_list_goes_by_day(
    visit: Visit, work: int, moment: Moment, month: int, day: int, heading: str
) -> None:
    moment.is_on(day, month=month)
    listed = visit("binh").get("/viec").text
    assert f'<h3 class="govuk-heading-s dd-day">{heading}</h3>' in listed


def test_the_sheet_of_the_week_has_what_is_late_and_what_is_due_soon(
    visit: Visit, work: int, moment: Moment
) -> None:
    moment.is_on(14)
    assert "<strong>Quá hạn</strong>" not in visit("binh").get("/viec/tuan").text
    moment.is_on(16)
    assert "<strong>Quá hạn</strong>" in visit("binh").get("/viec/tuan").text


def test_what_was_decided_about_one_work_cannot_be_decided_through_another(
    visit: Visit, works: Works, office: Sample, work: int
) -> None:
    with works.db.transaction() as session:
        asked = ExtensionRow(
            assignment_id=work, number=1, reason="bão", wished_on=date(2023, 3, 1),
            asked_by="binh", old_due_on=date(2023, 2, 14), asked_at=By("binh", BEGAN).at,
        )  # fmt: skip
        session.add(asked)
        session.flush()
        number = asked.id
    other = the_assignment(works.db, office.units["song-xanh"], "2023-02")
    answer = visit("dung").post(f"/viec/{other}/gia-han/{number}", data={"dong_y": "co"})
    assert answer.status_code == 404
    assert row(works, work).due_on == date(2023, 2, 14)
