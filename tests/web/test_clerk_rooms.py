"""The clerk's editors: nothing is stored before it was shown, nothing another changed is overwritten."""

import re
from datetime import date

import pytest
from sqlmodel import select

from domain.assignment import State
from domain.duty import Kind
from domain.ladders import Sort, say
from domain.recurrence import Schedule
from runtime.works import Works
from store.office import load_office
from store.tables import (
    AssignmentRow,
    AuditRow,
    CalendarDayRow,
    DeclarationRow,
    DutyRow,
    OccurrenceRow,
    SchoolYearRow,
)
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.statements import questions
from tests.support.visits import Moment, Visit

DAY_OFF = {
    "tu_ngay": "14/02/2023", "loai": "off", "ly_do": "nghỉ bão", "nguon": "Thông báo 5", "thang": "2023-02"
}  # fmt: skip


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.split("</section>")[0])
    return {name: value.replace("&#34;", '"') for name, value in found}


@pytest.fixture
def owed(works: Works, office: Sample) -> int:
    """A report of two schools, due on 14 February 2023."""
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh")))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


def due(works: Works, work: int) -> date:
    with works.db.read() as session:
        return session.get_one(AssignmentRow, work).due_on


# --- the calendar -----------------------------------------------------------------------------------------


def test_a_day_off_shows_what_it_moves_before_it_is_stored(visit: Visit, works: Works, owed: int) -> None:
    clerk = visit("mai")
    shown = clerk.post("/lich", data=DAY_OFF)
    assert shown.status_code == 200
    assert "1 hạn đang mở sẽ chuyển; chưa có gì được lưu" in shown.text
    assert "14/02/2023 → <strong>13/02/2023</strong> (2 đơn vị)" in shown.text
    assert due(works, owed) == date(2023, 2, 14)
    with works.db.read() as session:
        assert session.exec(select(CalendarDayRow)).all() == []
        assert session.exec(select(AuditRow).where(AuditRow.action == "change_calendar")).all() == []
    stored = clerk.post("/lich", data={**hidden(shown.text), "luu": "1"})
    assert (stored.status_code, stored.headers["location"]) == (303, "/lich?thang=2023-02")
    assert due(works, owed) == date(2023, 2, 13)
    page = clerk.get("/lich?thang=2023-02").text
    assert "nghỉ bão" in page
    assert "2/2 chưa xong" in page
    assert clerk.post(f"/viec/{owed}/mien", data={"ly_do_mien": "không có bếp"}).status_code == 303
    assert "1/1 chưa xong" in clerk.get("/lich?thang=2023-02").text


def test_a_day_off_is_not_stored_when_it_would_move_other_deadlines_than_shown(
    visit: Visit, works: Works, owed: int
) -> None:
    clerk = visit("mai")
    shown = hidden(clerk.post("/lich", data=DAY_OFF).text)
    with works.db.transaction() as session:
        for row in session.exec(select(AssignmentRow)):
            row.state = State.ACCEPTED
    late = clerk.post("/lich", data={**shown, "luu": "1"})
    assert late.status_code == 409
    assert "Dữ liệu vừa thay đổi, hãy xem lại." in late.text
    with works.db.read() as session:
        assert session.exec(select(CalendarDayRow)).all() == []
    assert clerk.post("/lich", data={**hidden(late.text), "luu": "1"}).status_code == 303


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({**DAY_OFF, "tu_ngay": "hôm nay"}, "Hãy viết ngày"),
        ({**DAY_OFF, "tu_ngay": ""}, "Hãy ghi ngày thay đổi"),
        ({**DAY_OFF, "den_ngay": "13/02/2023"}, "nhiều nhất 31 ngày"),
        ({**DAY_OFF, "den_ngay": "31/12/9999"}, "nhiều nhất 31 ngày"),
        ({**DAY_OFF, "ly_do": ""}, "Hãy ghi lý do"),
        ({**DAY_OFF, "nguon": ""}, "văn bản thông báo"),
        ({**DAY_OFF, "don_vi": "khong-co"}, "Cơ quan không có đơn vị nào tên là: khong-co"),
        ({"nam_hoc": "abc"}, "Hãy ghi năm bắt đầu"),
        ({"nam_hoc": "2023", "hoc_ky_1": "1/6/2024", "ket_thuc": "1/1/2024"}, "học kỳ I kết thúc trước"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(
    visit: Visit, form: dict[str, str], says: str
) -> None:
    answer = visit("mai").post("/lich", data=form)
    assert answer.status_code == 422
    assert says in answer.text
    if form.get("ly_do"):
        assert 'value="nghỉ bão"' in answer.text


def test_every_fault_is_told_at_once_and_stands_beside_its_field(visit: Visit) -> None:
    clerk = visit("mai")
    page = clerk.post(
        "/lich", data={"tu_ngay": "hôm nay", "ly_do": "", "nguon": "", "don_vi": "khong-co"}
    ).text
    for field in ("tu_ngay", "ly_do", "nguon", "don_vi"):
        assert f'<a href="#{field}">' in page, field
        assert page.count(f'id="{field}-loi"') == page.count(f'id="{field}"') == 1, field
        assert re.search(rf'<input[^>]*id="{field}"[^>]*aria-describedby="[^"]*{field}-loi"', page), field
    assert 'value="hôm nay"' in page
    duty = clerk.post("/tinh-huong", data={"ten": "", "muc": "", "ly_do": ""}).text
    assert duty.count("govuk-input--error") == 3


def test_a_day_off_of_one_unit_moves_that_unit_alone(
    visit: Visit, works: Works, office: Sample, owed: int
) -> None:
    clerk = visit("mai")
    shown = clerk.post("/lich", data={**DAY_OFF, "don_vi": "hoa-sen"})
    assert clerk.post("/lich", data={**hidden(shown.text), "luu": "1"}).status_code == 303
    other = the_assignment(works.db, office.units["song-xanh"], "2023-02")
    assert (due(works, owed), due(works, other)) == (date(2023, 2, 13), date(2023, 2, 14))
    assert "chỉ Trường Tiểu học Hoa Sen" in clerk.get("/lich?thang=2023-02").text


def test_a_school_year_is_entered_with_its_decision(visit: Visit, works: Works) -> None:
    clerk = visit("mai")
    form = {"nam_hoc": "2022", "hoc_ky_1": "14/01/2023", "ket_thuc": "25/05/2023", "nguon": "QĐ 2159"}
    shown = clerk.post("/lich", data=form)
    assert clerk.post("/lich", data={**hidden(shown.text), "luu": "1"}).status_code == 303
    with works.db.read() as session:
        assert session.exec(select(SchoolYearRow.ends)).all() == [date(2023, 5, 25)]
    assert "học kỳ I đến 14/01/2023" in clerk.get("/lich").text


@pytest.mark.parametrize("month", ["", "abc", "2023-13", "0001-01", "9999-12", "2023-02"])
def test_any_month_is_shown_and_what_is_none_is_this_one(visit: Visit, owed: int, month: str) -> None:
    page = visit("mai").get("/lich", params={"thang": month})
    assert page.status_code == 200
    assert "Lịch tháng 02/2023" in page.text
    assert "2/2 chưa xong" in page.text


def test_the_year_is_drawn_and_told(visit: Visit, owed: int) -> None:
    page = visit("mai").get("/lich/nam?nam=2023").text
    assert page.count("<circle") == 1
    assert "14/02/2023" in page
    assert "Quốc khánh" in page
    assert visit("mai").get("/lich/nam?nam=abc").status_code == 200


# --- ladders ----------------------------------------------------------------------------------------------

LADDER = {"loai": "task", "gio": "09:00", "ngay-0": "-2", "officer-0": "1", "ngay-1": "1", "head-1": "1"}


def test_a_ladder_is_read_as_a_sentence_before_it_is_stored(visit: Visit, works: Works) -> None:
    clerk = visit("mai")
    page = clerk.get("/thang-nhac?loai=task").text
    form = {**LADDER, "da_xem": hidden(page)["da_xem"]}
    said = "Lúc 09:00: trước hạn 2 ngày làm việc báo người phụ trách; sau hạn 1 ngày làm việc báo thủ trưởng"
    shown = clerk.post("/thang-nhac", data=form)
    assert said in shown.text
    with works.db.read() as session:
        assert say(load_office(session).ladder_for(Sort.TASK)) == form["da_xem"]
    assert clerk.post("/thang-nhac", data={**form, "luu": "1"}).status_code == 303
    row = re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", clerk.get("/thang-nhac").text.partition("loai=task")[2])
    )
    assert "09:00 2 ngày : người phụ trách – 1 ngày : thủ trưởng đơn vị" in row
    late = clerk.post("/thang-nhac", data={**form, "gio": "10:00", "luu": "1"})
    assert (late.status_code, "vừa được người khác thay đổi" in late.text) == (409, True)
    assert 'value="10:00"' in late.text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"ngay-0": "hai"}, "Hãy ghi số ngày làm việc"),
        ({"ngay-0": ""}, "Hãy ghi số ngày làm việc"),
        ({"ngay-1": "-2"}, "phải tăng dần"),
        ({"gio": "25:00"}, "Hãy ghi giờ"),
        ({"officer-0": "", "leader-0": "1"}, "bậc đầu tiên phải gửi cho chính đơn vị"),
        ({"officer-0": ""}, "không có người nhận"),
        ({"ngay-0": "-99999999999999999999"}, "từ -250 đến 250"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused(visit: Visit, form: dict[str, str], says: str) -> None:
    answer = visit("mai").post("/thang-nhac", data={**LADDER, **form, "luu": "1"})
    assert answer.status_code == 422
    assert says in answer.text


# --- duties -----------------------------------------------------------------------------------------------


def test_a_duty_shows_its_words_its_periods_its_ladder_and_what_comes(visit: Visit, owed: int) -> None:
    clerk = visit("mai")
    assert "Báo cáo tháng" in clerk.get("/nhiem-vu?tim=bao+cao&loai=recurring").text
    assert "Không tìm thấy" in clerk.get("/nhiem-vu?tim=khong+co").text
    page = clerk.get("/nhiem-vu/1").text
    for said in ("Báo cáo tháng về công tác giáo dục", "2/2", "14/02/2023", "Thang nhắc khi giao", "Sắp mở"):
        assert said in page


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"viec": "ket-thuc", "ngay": "01/06/2023", "ly_do": ""}, "Hãy ghi lý do"),
        ({"viec": "ket-thuc", "ngay": "", "ly_do": "x"}, "Hãy ghi ngày"),
        ({"viec": "ket-thuc", "ngay": "01/01/2020", "ly_do": "x"}, "phải từ 01/02/2023 trở đi"),
        ({"viec": "thu-hoi", "ly_do": " "}, "Hãy ghi lý do"),
        ({"viec": "gia-han", "ky": "999", "ngay": "01/03/2023", "ly_do": "x"}, "Hãy chọn kỳ"),
        ({"viec": "gia-han", "ky": "1", "ngay": "01/02/2023", "ly_do": "x"}, "không muộn hơn"),
        ({"viec": "kich-hoat", "ngay": "01/02/2023", "ly_do": "x"}, "không phải việc chờ sự kiện"),
        ({"viec": "la"}, "Hãy chọn việc cần làm"),
    ],
)
def test_a_change_that_cannot_be_is_refused_beside_what_was_typed(
    visit: Visit, owed: int, form: dict[str, str], says: str
) -> None:
    answer = visit("mai").post("/nhiem-vu/1", data=form)
    assert answer.status_code == 422
    assert says in answer.text


def test_one_period_is_extended_for_all_who_have_not_finished(
    visit: Visit, works: Works, office: Sample, owed: int
) -> None:
    visit("ha").post(
        f"/viec/{the_assignment(works.db, office.units['song-xanh'], '2023-02')}/nop", data={"ghi_chu": "x"}
    )
    form = {"viec": "gia-han", "ky": "1", "ngay": "20/02/2023", "ly_do": "bão"}
    assert visit("mai").post("/nhiem-vu/1", data=form).status_code == 303
    with works.db.read() as session:
        days = session.exec(select(AssignmentRow.due_on).order_by(AssignmentRow.id)).all()  # type: ignore[arg-type]
    assert days == [date(2023, 2, 20), date(2023, 2, 14)]


def test_a_duty_taken_back_leaves_what_is_done_and_opens_nothing_more(
    visit: Visit, works: Works, owed: int, moment: Moment
) -> None:
    visit("binh").post(f"/viec/{owed}/nop", data={"ghi_chu": "xong"})
    assert visit("mai").post("/nhiem-vu/1", data={"viec": "thu-hoi", "ly_do": "nhầm"}).status_code == 303
    open_all(works.db, BEGAN.replace(month=4))
    with works.db.read() as session:
        states = session.exec(select(AssignmentRow.state).order_by(AssignmentRow.id)).all()  # type: ignore[arg-type]
        assert states == [State.ACCEPTED, State.WITHDRAWN]
        assert len(session.exec(select(OccurrenceRow)).all()) == 1


def test_a_duty_ended_early_opens_no_later_period(visit: Visit, works: Works, owed: int) -> None:
    form = {"viec": "ket-thuc", "ngay": "31/03/2023", "ly_do": "hết chương trình"}
    assert visit("mai").post("/nhiem-vu/1", data=form).status_code == 303
    open_all(works.db, BEGAN.replace(month=6))
    with works.db.read() as session:
        periods = session.exec(select(OccurrenceRow.period)).all()
        assert session.get_one(DutyRow, 1).terms_of_time().last == date(2023, 3, 31)
    assert periods == ["2023-02", "2023-03"]


def test_a_dormant_duty_is_woken_by_its_event(visit: Visit, works: Works) -> None:
    terms = monthly_terms(
        ("hoa-sen",),
        title="Phúc tra",
        kind=Kind.DORMANT,
        schedule=Schedule(repeat="event", first=BEGAN.date()),
    )
    an_issued_duty(works.db, terms)
    form = {"viec": "kich-hoat", "ngay": "01/02/2023", "han": "10/02/2023", "ly_do": "đơn của phụ huynh"}
    assert visit("mai").post("/nhiem-vu/1", data=form).status_code == 303
    assert "10/02/2023" in visit("mai").get("/nhiem-vu/1").text


def test_a_situation_is_declared_with_its_reason(visit: Visit, works: Works) -> None:
    clerk, form = visit("mai"), {"ten": "dịch bệnh", "muc": "cấp 2", "tu": "01/02/2023"}
    refused = clerk.post("/tinh-huong", data=form)
    assert (refused.status_code, 'value="cấp 2"' in refused.text) == (422, True)
    assert clerk.post("/tinh-huong", data={**form, "ly_do": "QĐ 12"}).status_code == 303
    assert "dịch bệnh: cấp 2" in clerk.get("/tinh-huong").text
    with works.db.read() as session:
        assert session.exec(select(DeclarationRow.reason)).all() == ["QĐ 12"]


def test_a_ban_is_entered_in_its_own_words_and_shown_beside_its_situation(visit: Visit) -> None:
    clerk, form = visit("mai"), {"ten": "dịch bệnh", "muc": "phức tạp", "cap": "mầm non"}
    refused = clerk.post("/tinh-huong/dieu-cam", data=form)
    assert (refused.status_code, "Hãy ghi nguyên văn điều cấm" in refused.text) == (422, True)
    form["noi_dung"] = "không dạy học trực tuyến"
    assert clerk.post("/tinh-huong/dieu-cam", data=form).status_code == 303
    assert "“không dạy học trực tuyến”" in clerk.get("/tinh-huong").text
    assert "đã được nhập" in clerk.post("/tinh-huong/dieu-cam", data=form).text


# --- what will be sent, what was done ---------------------------------------------------------------------


def test_the_letters_to_come_are_told_by_day_and_by_person(visit: Visit, owed: int) -> None:
    clerk = visit("mai")
    page = clerk.get("/thu-30-ngay").text
    assert "Lê Thu Hà" in page
    assert "Nguyễn Văn Bình" in page
    assert "hạn 14/02/2023" in page
    alone = clerk.get("/thu-30-ngay", params={"ai": "Lê Thu Hà"}).text
    assert "Nguyễn Văn Bình" not in alone
    assert "Không có thư nào" in clerk.get("/thu-30-ngay?ai=khong-co").text


def test_the_trail_is_filtered_and_a_line_that_was_changed_shows(
    visit: Visit, works: Works, owed: int
) -> None:
    clerk = visit("mai")
    page = clerk.get("/nhat-ky").text
    assert "chưa ai sửa" in page
    assert "Trần Thị Mai</strong> đã giao việc theo văn bản <a" in re.sub(r"\s+", " ", page)
    for asked in (
        "ai=mai",
        "ai=Trần+Thị+Mai",
        "viec=issue",
        "tu=01/01/2020",
        "den=31/12/9999",
        "tu=hôm+nay",
        "truoc=abc",
    ):
        assert "giao việc" in clerk.get(f"/nhat-ky?{asked}").text, asked
    for asked in ("ai=khong-co", "tu=01/01/2030", "ve=unit:x", "truoc=1"):
        assert "Không có dòng nào" in clerk.get(f"/nhat-ky?{asked}").text, asked
    with works.db.exclusive() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET actor = 'ai khac' WHERE action = 'issue'")
    page = clerk.get("/nhat-ky").text
    assert "không khớp" in page
    assert "Nhật ký bị sửa ở dòng" in page


@pytest.mark.parametrize(
    "path",
    [
        "/lich?thang=2023-02",
        "/lich/nam",
        "/nhiem-vu",
        "/nhiem-vu/1",
        "/nhat-ky",
        "/don-vi",
        "/van-phong?tim=bao",
    ],
)
def test_a_page_asks_as_little_of_much_as_of_little(visit: Visit, works: Works, path: str) -> None:
    clerk = visit("mai")

    def ask() -> int:
        with questions(works) as asked:
            assert clerk.get(path).status_code == 200
        return len(asked)

    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    open_all(works.db, BEGAN)
    few = ask()
    for number in range(6):
        an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh", "th"), title=f"Báo cáo {number}"))
    open_all(works.db, BEGAN)
    assert ask() <= few <= 15
