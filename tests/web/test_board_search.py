"""The clerk finds work by a few letters without marks, sees what does not move and whom it waits for."""

import re

import pytest

from actions.changes import By
from actions.note_progress import note_progress
from actions.wait import wait_for
from domain.waiting import Awaited
from runtime.works import Works
from store.office import load_calendar
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all, the_assignment
from tests.support.visits import Moment, Visit
from tests.web.test_board import figure, rows


@pytest.fixture
def two_duties(works: Works, office: Sample) -> None:
    """Five pieces of work: a report of three schools, meals of two."""
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh", "anh-duong")))
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "anh-duong"), title="Điều tra bữa ăn bán trú"))
    open_all(works.db, BEGAN)


@pytest.mark.usefixtures("two_duties")
@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("hoa sen", 2),
        ("HOA  SEN", 2),
        ("Hoa Sèn", 2),
        ("dieu tra", 2),
        ("đieu trà", 2),
        ("duong", 2),
        ("đương", 2),
        ("bao cao", 3),
        ("bao cao sen", 1),
        ("sen bán trú", 1),
        ("tr", 5),
        ("song xanh bán trú", 0),
        ("en", 0),
        ("khong co chu nay", 0),
        ("%", 5),
        ("'; drop table unit", 0),
        ("\0", 5),
        ("z" * 5000, 0),
    ],
)
def test_a_few_letters_find_work_by_unit_and_by_duty_whatever_the_marks(
    visit: Visit, sought: str, found: int
) -> None:
    answer = visit("mai").get("/van-phong", params={"tim": sought})
    assert answer.status_code == 200
    assert (figure(answer.text, "Tất cả"), rows(answer.text)) == (found, found)


@pytest.mark.usefixtures("two_duties")
def test_a_filter_keeps_what_is_sought_and_the_other_way_round(visit: Visit, moment: Moment) -> None:
    moment.is_on(16)
    clerk = visit("mai")
    page = clerk.get("/van-phong?tim=sen&xep=don-vi").text
    link = re.search(r'href="(/van-phong\?[^"]*loc=qua-han[^"]*)"', page)
    assert link
    late = clerk.get(link[1].replace("&amp;", "&")).text
    assert (rows(late), figure(late, "Tất cả")) == (2, 2)
    assert 'name="loc" value="qua-han"' in late
    assert 'name="xep" value="don-vi"' in late
    assert clerk.get("/xuat/bang-theo-doi.csv?loc=qua-han&tim=sen").text.count("\n") == 3


@pytest.mark.usefixtures("two_duties")
def test_work_without_news_is_counted_listed_and_gone_once_somebody_says_how_far(
    visit: Visit, works: Works, office: Sample, moment: Moment
) -> None:
    label = "Không cập nhật 14 ngày"
    assert figure(visit("mai").get("/van-phong").text, label) == 0
    moment.is_on(15)
    with works.db.transaction() as session:
        work = the_assignment(works.db, office.units["song-xanh"], "2023-02")
        note_progress(session, work, By("ha", moment.now), text="được một nửa")
    page = visit("mai").get("/van-phong?loc=khong-chuyen-dong").text
    assert (figure(page, label), rows(page)) == (4, 4)
    assert "Sông Xanh" not in page


@pytest.mark.usefixtures("two_duties")
def test_whom_work_waits_for_is_said_in_its_row_and_leads_to_all_that_waits_for_the_same(
    visit: Visit, works: Works, office: Sample
) -> None:
    with works.db.transaction() as session:
        wait_for(
            session,
            the_assignment(works.db, office.units["song-xanh"], "2023-02"),
            By("ha", BEGAN),
            kind=Awaited.OUTSIDE,
            who="Công an phường & quận",
            reason="xác minh",
            office=office.office,
            calendar=load_calendar(session, "VN"),
        )
    page = visit("mai").get("/van-phong").text
    assert "đang chờ Công an phường &amp; quận" in page
    link = re.search(r'href="(/van-phong\?[^"]*cho=[^"]*)"', page)
    assert link
    assert rows(visit("mai").get(link[1].replace("&amp;", "&")).text) == 1
    assert rows(visit("mai").get("/van-phong?cho=ai+kh%C3%A1c").text) == 0


@pytest.mark.usefixtures("two_duties")
@pytest.mark.parametrize(
    ("order", "first"), [("", "Hoa Sen"), ("han-xa", "Ánh Dương"), ("don-vi", "Hoa Sen"), ("la", "Hoa Sen")]
)
def test_rows_follow_the_chosen_order(visit: Visit, order: str, first: str) -> None:
    page = visit("mai").get(f"/van-phong?xep={order}").text
    assert first in page.split('<tr class="dd-row', 2)[1]
