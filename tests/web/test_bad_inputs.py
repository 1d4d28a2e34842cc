"""What people and programs send that they should not (docs/reference/asvs.md names the row of each)."""

import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

import web
from actions.access_key import give_key
from actions.changes import By
from actions.hand_in import hand_in
from domain.access import Opens
from domain.assignment import State
from domain.duty import Review
from runtime.works import Works
from store.tables import AssignmentRow, EvidenceRow, PositionRow, SubmissionRow
from tests.support.makers import (
    BEGAN,
    PASSWORD,
    Sample,
    an_issued_duty,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.packs import PACK
from tests.support.visits import SITE, Visit
from web.sign_in import Attempts

CODE = Path(web.__file__).parent


@pytest.fixture
def work(works: Works, office: Sample) -> int:
    """Hoa Sen's February report, with figures to give; a person of the office accepts it."""
    pack = works.settings.home / "packs" / "thu-hoc.yaml"
    pack.parent.mkdir()
    pack.write_text(PACK, encoding="utf-8")
    works.extra_packs = (pack,)
    an_issued_duty(works.db, monthly_terms(("hoa-sen", "song-xanh"), pack="thu-hoc", review=Review.PERSON))
    open_all(works.db, BEGAN)
    return the_assignment(works.db, office.units["hoa-sen"], "2023-02")


@pytest.fixture
def handed_in(works: Works, work: int) -> int:
    """The id of a file that Hoa Sen handed in."""
    file = works.evidence.put(b"so lieu", "so-lieu.txt")
    with works.db.transaction() as session:
        hand_in(session, work, figures={}, by=By("binh", BEGAN), key="k", files=[file])
        return session.exec(select(EvidenceRow.id)).one()


def state(works: Works, work: int) -> State:
    with works.db.read() as session:
        return session.get_one(AssignmentRow, work).state


# --- somebody else's --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["nop", "nhan", "gia-han", "cho", "tien-do"])
def test_a_guessed_number_hands_in_for_nobody_else(visit: Visit, works: Works, work: int, form: str) -> None:
    answer = visit("ha").post(f"/viec/{work}/{form}", data={"ghi_chu": "xong", "noi_dung": "x", "ly_do": "x"})
    assert answer.status_code == 404
    assert state(works, work) is State.ASSIGNED


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}])
def test_anothers_file_is_no_different_from_one_that_never_was(
    visit: Visit, handed_in: int, method: str, headers: dict[str, str]
) -> None:
    stranger = visit("ha")
    real = stranger.request(method, f"/tep/{handed_in}", headers=headers)
    never = stranger.request(method, f"/tep/{handed_in + 1000}", headers=headers)
    assert (real.status_code, real.content) == (never.status_code, never.content)
    assert real.status_code in (404, 405)
    assert b"so lieu" not in real.content


def test_a_colleague_a_reminder_was_forwarded_to_learns_nothing(visit: Visit, work: int) -> None:
    assert visit().get(f"/viec/{work}").headers["location"].startswith("/dang-nhap")
    shown = visit("ha").get(f"/viec/{work}")
    assert shown.status_code == 404
    assert "Báo cáo tháng" not in shown.text
    assert "Hoa Sen" not in shown.text


# --- the same thing twice, or two at once -----------------------------------------------------------------


def test_of_two_decisions_at_once_one_stands_and_the_other_is_told(
    visit: Visit, works: Works, office: Sample, work: int, handed_in: int
) -> None:
    clients = []
    with works.db.transaction() as session:
        for name in ("one", "two"):
            give_key(session, office.people["mai"], name, By("mai", BEGAN), name=name, opens=Opens.WRITE)
            client = visit()
            client.headers = {"Authorization": f"Bearer {name}"}  # type: ignore[assignment]
            clients.append(client)
    seen = clients[0].get(f"/api/v1/assignments/{work}").headers["etag"]
    start, told = threading.Barrier(2), []

    def decide(client: TestClient, verb: str, body: dict[str, str] | None) -> None:
        start.wait()
        answer = client.post(f"/api/v1/assignments/{work}/{verb}", json=body, headers={"If-Match": seen})
        told.append(answer.status_code)

    threads = [
        threading.Thread(target=decide, args=(clients[0], "accept", None)),
        threading.Thread(target=decide, args=(clients[1], "return", {"reason": "thiếu"})),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [200, 412]
    assert state(works, work) in (State.ACCEPTED, State.RETURNED)


# --- files and bodies -------------------------------------------------------------------------------------


def test_a_body_without_end_is_stopped_as_it_comes(visit: Visit, work: int) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 2**20

    answer = visit("binh").post(
        f"/viec/{work}/nop", content=endless(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.xhtml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("a.mht", b"MIME-Version: 1.0"),
        ("a.pdf", b"%PDF-1.7 <html><script>alert(1)</script>"),
        (
            "flood.png",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x06\x00\x00\x00",
        ),
        ('a"b\r\nSet-Cookie: x=1.pdf', b"x"),
        ("../../etc/passwd", b"x"),
        ("CON.docx", b"x"),
        ("\u202egpj.exe", b"x"),
    ],
)
def test_a_file_is_kept_as_bytes_and_only_ever_downloaded(
    visit: Visit, works: Works, work: int, name: str, data: bytes
) -> None:
    browser = visit("binh")
    assert (
        browser.post(f"/viec/{work}/nop", files={"tep": (name, data)}, data={"khoa": "k"}).status_code == 303
    )
    with works.db.read() as session:
        kept = session.exec(select(EvidenceRow)).one()
    answer = browser.get(f"/tep/{kept.id}")
    assert answer.content == data
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "set-cookie" not in answer.headers
    assert "/" not in kept.file_name
    assert "\u202e" not in kept.file_name


# --- figures and words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "figure",
    [
        "NaN",
        "1e999",
        "Infinity",
        "1,000.5",
        "1.00",
        "٣",
        "１２",
        "0x10",
        "9" * 5000,
        "1" + ".000" * 1200,
        "--1",
        "1 000",
        "1/0",
    ],
)
def test_what_is_no_figure_here_is_said_and_nothing_is_handed_in(
    visit: Visit, works: Works, work: int, figure: str
) -> None:
    data = {"so.parents": figure, "so.cashless": "1", "khoa": "k"}
    assert visit("binh").post(f"/viec/{work}/nop", data=data).status_code == 422
    with works.db.read() as session:
        assert session.exec(select(SubmissionRow)).all() == []


LINKS = "javascript:alert(1) data:text/html,x http://169.254.169.254/ file:///etc/passwd <a href='javascript:x'>y</a>"


def test_an_address_somebody_wrote_is_neither_a_link_nor_fetched(visit: Visit, work: int) -> None:
    browser = visit("binh")
    browser.post(f"/viec/{work}/nop", data={"ghi_chu": LINKS, "khoa": "k"})
    for reader in ("binh", "mai"):
        page = visit(reader).get(f"/viec/{work}").text
        assert "169.254.169.254" in page
        assert not re.search(r"""(?:href|src|action)=["'](?![/#?])""", page), "only our own places are linked"


def fields() -> list[str]:
    """Every name a form of ours sends, as templates and code spell it."""
    sources = [p.read_text("utf-8") for kind in ("*.html", "*.py") for p in CODE.rglob(kind)]
    spelled = r'name="([\w.]+)"|"name": "([\w.]+)"|word\(\w+, "(\w+)"\)|(\w+): Annotated\[.{1,40}Form\('
    return sorted(
        {next(filter(None, groups)) for source in sources for groups in re.findall(spelled, source)}
    )


HOSTILE = {
    "a NUL": "a\x00b",
    "SQL": "%' OR 1=1--",
    "a number without end": "9" * 5000,
    "less than nothing": "-1",
    "a day that is none": "31/11/2026",
    "half a template": "{{7*7}}${7*7}<script>%n",
    "a header": "a\r\nBcc: evil@e.vn =?utf-8?q?a=0d=0a?=",
    "too much": "x" * 5001,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("reader", ["mai", "binh"])
def test_no_word_in_any_field_of_any_form_is_a_fault_of_ours(
    visit: Visit, works: Works, handed_in: int, reader: str, kind: str
) -> None:
    browser = visit(reader)
    names = fields()
    assert {"ghi_chu", "reason", "name", "ngay", "ly_do", "version"} <= set(names)
    for path in posts(browser):
        if path in ("/dang-xuat", "/dang-nhap"):
            continue
        for sent in (
            dict.fromkeys(names, HOSTILE[kind]),
            dict.fromkeys(names, HOSTILE[kind]) | {"version": "1"},
        ):
            answer = browser.post(path, data=sent)
            assert answer.status_code < 500, f"{path}: {answer.text[:300]}"


def posts(browser: TestClient) -> list[str]:
    """Every address a form may be sent to, with 1 for each number."""
    found: list[str] = []

    def walk(routes: Any) -> None:
        for route in routes:
            inner = getattr(route, "original_router", None)
            if inner:
                walk(inner.routes)
            elif "POST" in (getattr(route, "methods", None) or ()) and not route.path.startswith("/api/"):
                found.append(re.sub(r"\{[^}]+\}", "1", route.path))

    walk(browser.app.routes)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    "word", ["%' OR 1=1--", "%", "_", "name;drop", "\x00", "x" * 5_000, "-1", "1e9", "١"]
)
def test_no_word_in_any_list_is_a_fault_of_ours(visit: Visit, work: int, word: str) -> None:
    clerk = visit("mai")
    asked = dict.fromkeys(
        ("loc", "tim", "sap_xep", "don_vi", "van_ban", "trang", "xem", "ky", "nguoi", "den"), word
    )
    for path in (
        "/van-phong",
        "/hop-thu-di",
        "/lanh-dao",
        "/chi-tieu",
        "/quy-tac",
        "/van-ban/1",
        "/xuat/bang-theo-doi.csv",
    ):
        answer = clerk.get(path, params=asked)
        assert answer.status_code in (200, 404, 422), f"{path}: {answer.status_code}"
    whole = clerk.get("/van-phong").text.count("<tr class")
    assert clerk.get("/van-phong", params={"loc": "' OR '1'='1"}).text.count("<tr class") == whole


# --- who one is -------------------------------------------------------------------------------------------


def test_a_cookie_set_beforehand_is_not_the_session_one_gets(visit: Visit) -> None:
    victim, thief = visit(), visit()
    for browser in (victim, thief):
        browser.cookies.set("dondoc", "chosen-by-the-thief")
    victim.post("/dang-nhap", data={"name": "mai", "password": PASSWORD})
    assert thief.get("/van-phong").status_code == 303


def test_a_position_taken_away_is_gone_at_the_next_click(visit: Visit, works: Works, office: Sample) -> None:
    browser = visit("mai")
    assert browser.get("/van-phong").status_code == 200
    with works.db.transaction() as session:
        position = session.exec(
            select(PositionRow).where(PositionRow.person_id == office.people["mai"])
        ).one()
        position.valid_to = date(2023, 1, 31)
    assert browser.get("/van-phong").status_code == 404


def test_a_forged_address_buys_no_more_tries(visit: Visit) -> None:
    guesser = visit()
    told = [
        guesser.post(
            "/dang-nhap", data={"name": "mai", "password": "sai"},
            headers={"X-Forwarded-For": f"10.0.0.{n}", "X-Real-IP": f"10.0.0.{n}", "Forwarded": f"for=10.0.0.{n}"},
        ).status_code
        for n in range(11)
    ]  # fmt: skip
    assert told[-1] == 429


def test_one_try_each_at_many_accounts_is_counted_by_where_it_comes_from() -> None:
    attempts = Attempts()
    allowed = [attempts.allow(f"account-{n}", "203.0.113.5") for n in range(201)]
    assert allowed == [True] * 200 + [False]
    assert attempts.allow("account-1", "203.0.113.6")


@pytest.mark.parametrize("forwarded", ["evil.vn", "evil.vn, 127.0.0.1:8765"])
def test_no_address_in_a_page_or_letter_comes_from_the_request(visit: Visit, forwarded: str) -> None:
    headers = {"X-Forwarded-Host": forwarded, "X-Forwarded-Proto": "https", "Forwarded": f"host={forwarded}"}
    for path in ("/dang-nhap", "/van-phong", "/viec"):
        answer = visit("mai").get(path, headers=headers)
        assert "evil.vn" not in answer.text
        assert "evil.vn" not in answer.headers.get("location", "")
    assert SITE.startswith("http://127.0.0.1")
