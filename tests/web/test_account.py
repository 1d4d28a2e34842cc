"""One's own ways in: password, sessions, keys, mandates; and the settings, for whoever keeps the machine."""

import re
from datetime import date

import pytest
from sqlmodel import select

from domain.unit import Role
from runtime.settings import Settings
from runtime.works import Works
from store.access_tables import AccessKeyRow, SessionRow
from store.tables import MandateRow, PersonRow
from tests.support.makers import PASSWORD, Sample, a_person
from tests.support.visits import Moment, Visit
from web.devices import say_device
from web.settings_page import MASK, shown

NEW = "một câu chưa ai đoán"


def change(old: str = PASSWORD, new: str = NEW, again: str = NEW) -> dict[str, str]:
    return {"old": old, "new": new, "again": again}


def test_after_a_change_of_password_every_old_session_is_dead(visit: Visit) -> None:
    here, elsewhere = visit("ha"), visit("ha")
    assert here.post("/tai-khoan/mat-khau", data=change()).headers["location"] == "/dang-nhap"
    for browser in (here, elsewhere):
        assert browser.get("/viec").status_code == 303
    assert visit().post("/dang-nhap", data={"name": "ha", "password": PASSWORD}).status_code == 422
    assert visit().post("/dang-nhap", data={"name": "ha", "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (change(old="sai"), "Mật khẩu hiện tại không đúng."),
        (change(again="khác"), "không giống nhau"),
        (change(new="ngắn", again="ngắn"), "ít nhất 8 ký tự"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(visit: Visit, typed: dict[str, str], said: str) -> None:
    browser = visit("ha")
    answer = browser.post("/tai-khoan/mat-khau", data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert visit("ha").get("/viec").status_code == 200


def test_an_open_browser_is_no_place_to_guess_the_password(visit: Visit) -> None:
    browser = visit("ha")
    said = [browser.post("/tai-khoan/mat-khau", data=change(old="sai")).status_code for _ in range(11)]
    assert said[-1] == 429


def test_one_sees_ones_sessions_and_ends_them(visit: Visit, works: Works, moment: Moment) -> None:
    here, phone, lost = visit("ha"), visit("ha"), visit("ha")
    visit("mai")
    page = here.get("/tai-khoan/bao-mat").text
    assert page.count("/ket-thuc") == 3, "two others, and all others at once"
    assert "máy này" in page
    with works.db.read() as session:
        ids = session.exec(select(SessionRow.id).order_by(SessionRow.id)).all()  # type: ignore[arg-type]
    here.post(f"/tai-khoan/phien/{ids[2]}/ket-thuc")
    assert lost.get("/viec").status_code == 303
    assert phone.get("/viec").status_code == 200
    here.post("/tai-khoan/phien-khac/ket-thuc")
    assert phone.get("/viec").status_code == 303
    assert here.get("/viec").status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36",
            "Chrome, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120", "Edge, Windows"),
        ("<script>alert(1)</script>", "trình duyệt khác"),
        ("", "trình duyệt khác"),
    ],
)
def test_a_device_is_named_in_few_words(agent: str, said: str) -> None:
    assert say_device(agent) == said


def test_a_key_is_shown_once_and_taken_back(visit: Visit, works: Works) -> None:
    browser = visit("ha")
    answer = browser.post("/tai-khoan/khoa", data={"name": "lịch", "opens": "calendar"})
    found = re.search(r"/lich-han/([\w-]{43})\.ics", answer.text)
    assert found is not None
    again = browser.get("/tai-khoan/bao-mat").text
    assert found[1] not in again
    with works.db.read() as session:
        [key] = session.exec(select(AccessKeyRow)).all()
    assert found[1] not in key.model_dump_json()
    assert f"/tai-khoan/khoa/{key.id}/thu-hoi" in again
    browser.post(f"/tai-khoan/khoa/{key.id}/thu-hoi")
    assert "/thu-hoi" not in browser.get("/tai-khoan/bao-mat").text


@pytest.mark.parametrize("typed", [{"name": "", "opens": "read"}, {"name": "máy", "opens": "everything"}])
def test_a_key_without_name_or_use_is_refused(visit: Visit, typed: dict[str, str]) -> None:
    assert visit("ha").post("/tai-khoan/khoa", data=typed).status_code == 422


# --- mandates ---------------------------------------------------------------------------------------------


@pytest.fixture
def colleague(works: Works, office: Sample) -> int:
    return a_person(works.db, "lan", "Vũ Thị Lan", office.units["hoa-sen"], Role.OFFICER)


def mandate(who: int, **other: str) -> dict[str, object]:
    return {"who": who, "since": "05/02/2023", "until": "10/02/2023", "text": "đi công tác", **other}


def test_a_head_delegates_a_colleague_and_ends_it(visit: Visit, works: Works, colleague: int) -> None:
    browser = visit("binh")
    assert browser.post("/uy-quyen", data=mandate(colleague)).headers["location"] == "/uy-quyen"
    assert "Vũ Thị Lan" in browser.get("/uy-quyen").text
    assert "Nguyễn Văn Bình" in visit("lan").get("/uy-quyen").text
    with works.db.read() as session:
        [given] = session.exec(select(MandateRow)).all()
    assert (given.valid_from, given.valid_to) == (date(2023, 2, 5), date(2023, 2, 10))
    assert visit("lan").post(f"/uy-quyen/{given.id}/ket-thuc").status_code == 404, "only who gave it ends it"
    browser.post(f"/uy-quyen/{given.id}/ket-thuc")
    assert "Chưa ủy quyền cho ai." in browser.get("/uy-quyen").text


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"since": "hôm nay"}, "since"),
        ({"until": ""}, "until"),
        ({"until": "04/02/2023"}, "until"),
        ({"since": "01/01/2023", "until": "02/01/2023"}, "until"),
        ({"text": " "}, "text"),
    ],
)
def test_a_mandate_that_says_too_little_keeps_what_was_typed(
    visit: Visit, colleague: int, other: dict[str, str], field: str
) -> None:
    answer = visit("binh").post("/uy-quyen", data=mandate(colleague, **other))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    if field != "text":
        assert "đi công tác" in answer.text


@pytest.mark.parametrize("who", ["mai", "ha", "binh"])
def test_nobody_of_another_unit_and_not_oneself_is_delegated(
    visit: Visit, office: Sample, works: Works, colleague: int, who: str
) -> None:
    answer = visit("binh").post("/uy-quyen", data=mandate(office.people[who]))
    assert answer.status_code == 422
    with works.db.read() as session:
        assert session.exec(select(MandateRow)).all() == []


def test_a_colleague_who_left_is_not_offered(visit: Visit, works: Works, colleague: int) -> None:
    with works.db.transaction() as session:
        session.get_one(PersonRow, colleague).active = False
    assert "Vũ Thị Lan" not in visit("binh").get("/uy-quyen").text
    assert visit("binh").post("/uy-quyen", data=mandate(colleague)).status_code == 422


# --- settings ---------------------------------------------------------------------------------------------


def test_settings_are_shown_without_their_secrets() -> None:
    settings = Settings(
        database_url="postgresql+psycopg://don:mat-khau-db@db.example.vn/dondoc",
        smtp_host="thu.example.vn", smtp_password="mat-khau-thu", oidc_client_secret="mat-khau-sso",
        heartbeat_url="https://canh.example.vn/ping/mat-khau-nhip", base_url="https://dondoc.example.vn/x",
    )  # fmt: skip
    said = {name: value for name, _, value, _ in shown(settings)}
    assert "mat-khau" not in " ".join(said.values())
    assert said["DONDOC_SMTP_PASSWORD"] == MASK
    assert said["DONDOC_DATABASE_URL"] == "postgresql+psycopg://don:***@db.example.vn/dondoc"
    assert said["DONDOC_HEARTBEAT_URL"] == f"https://canh.example.vn/{MASK}"
    assert said["DONDOC_BASE_URL"] == "https://dondoc.example.vn/x"
    assert said["DONDOC_SMTP_USER"] == ""


def test_every_setting_is_on_the_page(visit: Visit) -> None:
    page = visit("mai").get("/cai-dat").text
    for name in Settings.model_fields:
        assert f"DONDOC_{name.upper()}" in page
