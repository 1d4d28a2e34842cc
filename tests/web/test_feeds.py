"""A calendar of one's deadlines: for whoever holds its address, until it is taken back."""

import logging
import re
from datetime import date

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from domain.access import KEY_LASTS
from runtime.works import Works
from store.tables import PersonRow
from tests.support.makers import BEGAN, Sample, an_issued_duty, monthly_terms, open_all
from tests.support.visits import Moment, Visit
from web.access_log import NoSecrets


@pytest.fixture(autouse=True)
def work(works: Works, office: Sample) -> None:
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh")))
    open_all(works.db, BEGAN)


def link_of(browser: TestClient) -> str:
    page = browser.post("/tai-khoan/khoa", data={"name": "điện thoại", "opens": "calendar"}).text
    found = re.search(r"http://127\.0\.0\.1:8765(/lich-han/[\w-]+\.ics)", page)
    assert found is not None
    return found[1]


def events(client: TestClient, link: str) -> list[tuple[str, date]]:
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.headers["cache-control"] == "no-store"
    return [
        (str(event["summary"]), event.decoded("dtstart"))
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    ]


@pytest.mark.parametrize(
    ("reader", "units"), [("binh", {"Hoa Sen"}), ("ha", {"Sông Xanh"}), ("dung", {"Hoa Sen", "Sông Xanh"})]
)
def test_a_feed_shows_its_owners_deadlines_and_no_others(visit: Visit, reader: str, units: set[str]) -> None:
    found = events(visit(), link_of(visit(reader)))
    assert {day for _, day in found} == {date(2023, 2, 14)}
    assert len(found) == len(units)
    assert all(any(unit in summary for unit in units) for summary, _ in found)


def test_a_feed_ends_when_it_is_taken_back_when_its_owner_leaves_and_with_its_time(
    visit: Visit, works: Works, office: Sample, moment: Moment
) -> None:
    browser = visit("binh")
    taken_back, of_ha, old = link_of(browser), link_of(visit("ha")), link_of(visit("dung"))
    browser.post("/tai-khoan/khoa/1/thu-hoi")
    with works.db.transaction() as session:
        session.get_one(PersonRow, office.people["ha"]).active = False
    for link in (taken_back, of_ha, "/lich-han/doan-mo.ics"):
        answer = visit().get(link)
        assert answer.status_code == 410
        assert "không còn hiệu lực" in answer.text
    moment.now = BEGAN + KEY_LASTS
    assert visit().get(old).status_code == 410


def test_a_calendars_key_opens_no_page_and_no_api(visit: Visit) -> None:
    key = link_of(visit("mai")).removeprefix("/lich-han/").removesuffix(".ics")
    program = visit()
    assert program.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    program.cookies.set("dondoc", key)
    assert program.get("/van-phong").status_code == 303


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/lich-han/bi-mat.ics", "/lich-han/…"),
        ("/dang-nhap/lien-ket/bi-mat", "/dang-nhap/lien-ket/…"),
        ("/dang-nhap/co-quan/ve?code=bi-mat&state=s", "/dang-nhap/co-quan/ve?code=…&state=s"),
        ("/viec/3?trang=2", "/viec/3?trang=2"),
    ],
)
def test_the_access_log_leaves_secrets_out(path: str, logged: str) -> None:
    record = logging.LogRecord(
        "uvicorn.access",
        logging.INFO,
        "",
        0,
        '%s - "%s %s HTTP/%s" %d',
        ("127.0.0.1", "GET", path, "1.1", 200),
        None,
    )
    assert NoSecrets().filter(record)
    assert logged in record.getMessage()
    assert "bi-mat" not in record.getMessage()
