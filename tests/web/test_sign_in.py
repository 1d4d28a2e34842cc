"""Who gets in, and how long they stay."""

import hashlib

import pytest
from sqlmodel import select

from runtime.works import Works
from store.access_tables import SessionRow
from store.tables import PersonRow
from tests.support.makers import PASSWORD
from tests.support.visits import Moment, Visit


@pytest.mark.parametrize(
    ("name", "home"),
    [("mai", "/van-phong"), ("binh", "/viec"), ("ha@bensong.example.vn", "/viec"), ("dung", "/lanh-dao")],
)
def test_everybody_comes_to_their_own_first_page(visit: Visit, name: str, home: str) -> None:
    browser = visit(name)
    assert browser.get("/").headers["location"] == home
    assert browser.get(home).status_code == 200


@pytest.mark.parametrize(
    ("name", "password"), [("mai", "sai"), ("khong-co", PASSWORD), ("", ""), ("mai", "")]
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(
    visit: Visit, name: str, password: str
) -> None:
    answer = visit().post("/dang-nhap", data={"name": name, "password": password})
    assert answer.status_code == 422
    assert "Mã hoặc mật khẩu không đúng." in answer.text
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_out_of_reach_of_scripts_and_the_database_does_not_know_it(
    visit: Visit, works: Works
) -> None:
    browser = visit()
    answer = browser.post("/dang-nhap", data={"name": "mai", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    token = browser.cookies["dondoc"]
    with works.db.read() as session:
        [stored] = session.exec(select(SessionRow.token_hash)).all()
    assert stored == hashlib.sha256(token.encode()).hexdigest()


def test_a_session_ends_with_sign_out_wherever_its_cookie_still_lies(visit: Visit) -> None:
    browser = visit("mai")
    cookie = browser.cookies["dondoc"]
    assert browser.post("/dang-xuat").headers["location"] == "/dang-nhap"
    thief = visit()
    thief.cookies.set("dondoc", cookie)
    assert thief.get("/van-phong").status_code == 303


@pytest.mark.parametrize(
    ("visits", "hour", "there"),
    [
        ((), 11, True),
        ((), 12, False),  # left alone for four hours
        ((11, 14, 17), 19, True),
        ((11, 14, 17), 20, False),  # twelve hours, however busy
    ],
)
def test_a_session_ends_when_it_is_left_alone_and_with_its_day(
    visit: Visit, moment: Moment, visits: tuple[int, ...], hour: int, there: bool
) -> None:
    browser = visit("mai")
    for used in visits:
        moment.is_on(1, hour=used)
        assert browser.get("/van-phong").status_code == 200
    moment.is_on(1, hour=hour)
    assert (browser.get("/van-phong").status_code == 200) is there


def test_who_is_disabled_is_out_at_once(visit: Visit, works: Works) -> None:
    browser = visit("mai")
    with works.db.transaction() as session:
        session.exec(select(PersonRow).where(PersonRow.code == "mai")).one().active = False
    assert browser.get("/van-phong").status_code == 303
    assert visit().post("/dang-nhap", data={"name": "mai", "password": PASSWORD}).status_code == 422


def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(visit: Visit) -> None:
    guesser = visit()
    wrong = [
        guesser.post("/dang-nhap", data={"name": "mai", "password": "sai"}).status_code for _ in range(10)
    ]
    assert set(wrong) == {422}
    for name in ("mai", "MAI"):
        answer = guesser.post("/dang-nhap", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 429
        assert "15 phút" in answer.text
    assert visit("binh").get("/viec").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/viec/3?trang=2", "/viec/3?trang=2"),
        ("/van-ban/1#noi-dung-2", "/van-ban/1#noi-dung-2"),
        ("//evil.vn", "/"),
        ("/\\evil.vn", "/"),
        ("/\t/evil.vn", "/"),
        ("https:evil.vn", "/"),
        ("https://evil.vn/viec", "/"),
        ("javascript:alert(1)", "/"),
        ("/\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
        ("viec", "/"),
    ],
)
def test_after_signing_in_one_stays_on_this_site(visit: Visit, wanted: str, goes_to: str) -> None:
    data = {"name": "mai", "password": PASSWORD, "next": wanted}
    assert visit().post("/dang-nhap", data=data).headers["location"] == goes_to


def test_a_link_in_a_letter_asks_who_you_are_and_then_leads_on(visit: Visit) -> None:
    asked = visit().get("/viec/7?x=1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/dang-nhap?next=%2Fviec%2F7%3Fx%3D1"
    assert 'value="/viec/7?x=1"' in visit().get(asked.headers["location"]).text
