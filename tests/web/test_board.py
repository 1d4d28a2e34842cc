"""The board counts and lists the same work, and asks the database little, however much there is."""

import re
from datetime import timedelta

import pytest

from domain.duty import Force, Kind
from domain.recurrence import Schedule
from domain.unit import Role
from runtime.works import Works
from store.tables import HeartbeatRow
from tests.support.makers import (
    BEGAN,
    Sample,
    a_person,
    an_issued_duty,
    monthly_terms,
    once,
    open_all,
    the_assignment,
)
from tests.support.statements import questions
from tests.support.visits import Moment, Visit

MOST_QUESTIONS = 15


def figure(page: str, label: str) -> int:
    found = re.search(rf'number">(\d+)</span> <span class="dd-figure__label">{label}<', page)
    assert found, label
    return int(found[1])


def rows(page: str) -> int:
    return page.count('<tr class="dd-row')


@pytest.fixture
def a_month(works: Works, office: Sample, visit: Visit, moment: Moment) -> None:
    """On 15 February: two schools late with a report, one done in time, a request past its day, one far off."""
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong")))
    request = monthly_terms(("song-xanh",), title="Đề nghị góp ý", kind=Kind.ONE_OFF, force=Force.REQUEST)
    an_issued_duty(works.db, request.model_copy(update={"schedule": once(BEGAN.date())}))
    far = monthly_terms(("th",), title="Tổng kết năm", kind=Kind.ONE_OFF)
    an_issued_duty(works.db, far.model_copy(update={"schedule": once(BEGAN.date().replace(month=12))}))
    open_all(works.db, BEGAN)
    work = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    visit("binh").post(f"/viec/{work}/nop", data={"ghi_chu": "xong"})
    moment.is_on(15)


@pytest.mark.usefixtures("a_month")
@pytest.mark.parametrize(
    ("word", "label", "number"),
    [
        ("", "Chưa xong", 4),
        ("tat-ca", "Tất cả", 5),
        ("qua-han", "Quá hạn chưa hoàn thành", 2),
        ("sap-den-han", "Sắp đến hạn", 0),
        ("dang-lam", "Đang thực hiện", 2),
        ("xong", "Đã hoàn thành", 1),
        ("cho-duyet", "Đã nộp, chờ duyệt", 0),
    ],
)
def test_a_figure_is_the_number_of_rows_it_leads_to(visit: Visit, word: str, label: str, number: int) -> None:
    page = visit("mai").get(f"/van-phong?loc={word}").text
    assert figure(page, label) == number
    assert rows(page) == number


@pytest.mark.usefixtures("a_month")
def test_a_leader_of_one_school_sees_that_school_alone(visit: Visit, works: Works, office: Sample) -> None:
    a_person(works.db, "khac", "Vũ Thị Lan", office.units["song-xanh"], Role.LEADER)
    page = visit("khac").get("/van-phong").text
    assert rows(page) == 2
    assert "Hoa Sen" not in page
    assert "Trường THCS Sông Xanh" in visit("khac").get("/lanh-dao").text


@pytest.mark.usefixtures("a_month")
def test_what_a_leader_reads_first_is_who_is_late_and_how_long(visit: Visit) -> None:
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", visit("dung").get("/lanh-dao").text))
    assert "2 đơn vị đang có 2 việc quá hạn" in page
    assert "Trường THCS Sông Xanh 1 1" in page, "one piece of work, one working day late"
    assert "góp ý" not in page, "a request is never late"


def test_a_duty_without_a_day_is_listed_apart(visit: Visit, works: Works, office: Sample) -> None:
    always = Schedule(repeat="continuous", first=BEGAN.date())
    terms = monthly_terms(("hoa-sen",), title="Giữ trường sạch", kind=Kind.STANDING, schedule=always)
    an_issued_duty(works.db, terms.model_copy(update={"attested_in": "báo cáo tháng"}))
    open_all(works.db, BEGAN)
    for page in (visit("mai").get("/van-phong").text, visit("binh").get("/viec").text):
        assert "Giữ trường sạch" in page
        assert "xác nhận trong báo cáo tháng" in page


@pytest.mark.parametrize(
    "path",
    ["/van-phong", "/viec", "/lanh-dao", "/viec/{work}", "/hop-thu-di", "/suc-khoe", "/lanh-dao/don-vi"],
)
def test_a_page_asks_as_little_of_much_work_as_of_little(
    visit: Visit, works: Works, office: Sample, path: str
) -> None:
    who = {"/viec": "binh", "/lanh-dao": "dung"}.get(path, "mai")
    browser = visit(who)

    def ask() -> int:
        place = path.format(work=the_assignment(works.db, office.units["hoa-sen"], "2023-02"))
        with questions(works) as asked:
            assert browser.get(place).status_code == 200
        return len(asked)

    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    open_all(works.db, BEGAN)
    few = ask()
    for number in range(8):
        terms = monthly_terms(("hoa-sen", "song-xanh", "th"), title=f"Việc {number}", kind=Kind.ONE_OFF)
        an_issued_duty(works.db, terms.model_copy(update={"schedule": once(BEGAN.date())}))
    open_all(works.db, BEGAN.replace(day=2))
    assert ask() == few <= MOST_QUESTIONS


@pytest.mark.parametrize(
    ("last_tick_minutes_ago", "alarm"), [(None, True), (11, True), (10, False), (1, False)]
)
def test_a_silent_clock_is_seen_on_the_board(
    visit: Visit, works: Works, moment: Moment, last_tick_minutes_ago: int | None, alarm: bool
) -> None:
    if last_tick_minutes_ago is not None:
        at = moment.now - timedelta(minutes=last_tick_minutes_ago)
        with works.db.transaction() as session:
            session.add(HeartbeatRow(name="clock", at=at, state="lost"))
    page = visit("mai").get("/van-phong").text
    assert ("Đồng hồ đang im lặng" in page) is alarm
    assert "Đồng hồ đang im lặng" not in visit("binh").get("/viec").text, "a school can do nothing about it"
    if last_tick_minutes_ago:
        assert "Prefect không trả lời; công việc vẫn chạy" in visit("mai").get("/suc-khoe").text


@pytest.mark.parametrize(
    "asked", ["trang=abc", "trang=0", "trang=-1", "trang=99999999999", "trang=²", "don_vi=x", "van_ban="]
)
def test_a_filter_that_says_nothing_picks_everything(a_month: None, visit: Visit, asked: str) -> None:
    clerk = visit("mai")
    strange = clerk.get(f"/van-phong?{asked}")
    assert strange.status_code == 200
    assert rows(strange.text) == rows(clerk.get("/van-phong").text)


def test_a_refusal_keeps_the_way_to_the_other_pages(visit: Visit) -> None:
    refusal = visit("mai").get("/van-ban/999")
    assert refusal.status_code == 404
    assert 'href="/van-phong"' in refusal.text
    assert 'href="/van-phong"' not in visit().get("/khong-co").text
