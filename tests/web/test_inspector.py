"""The inspector's pages without scripts, and what the phone's requests are answered."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fastapi import FastAPI
from PIL import Image
from sqlmodel import col, select

from domain.inspection import VisitState
from domain.unit import Role
from runtime.works import Works
from store.inspection_tables import AnswerRow, PhotoRow, SignatureRow, SyncRow, TeamMemberRow, VisitRow
from tests.support.kitchens import a_visit
from tests.support.makers import BEGAN, Sample, a_person
from tests.support.pictures import a_jpeg
from tests.support.visits import Visit
from web.words import COOKIE


@pytest.fixture
def kitchen(works: Works, office: Sample) -> int:
    """Tra, head, and Thu, secretary, visit Trường Tiểu học Hoa Sen."""
    pgd = office.units["pgd"]
    tra = a_person(works.db, "tra", "Đỗ Minh Trà", pgd, Role.INSPECTOR)
    thu = a_person(works.db, "thu", "Vũ Anh Thư", pgd, Role.INSPECTOR)
    return a_visit(works.db, office.units["hoa-sen"], [(tra, pgd), (thu, pgd)])


def a_batch(client_id: str = "goi-thu-nhat", **fields: Any) -> dict[str, Any]:
    answer = {"item": "A09", "seq": 1, "value": "yes", "answered_at": "2023-02-01T02:00:00Z"}
    return {"client_id": client_id, "device": "may-1", "base_version": 0, "answers": [answer], **fields}


def rows(works: Works, table: type[Any]) -> list[Any]:
    with works.db.read() as session:
        return list(session.exec(select(table).order_by(col(table.id))))


def shown(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_an_inspector_finds_only_visits_that_are_theirs_and_open(
    visit: Visit, works: Works, office: Sample, kitchen: int
) -> None:
    pgd = office.units["pgd"]
    lan = a_person(works.db, "lan", "Hồ Thị Lan", pgd, Role.INSPECTOR)
    sealed = a_visit(works.db, office.units["song-xanh"], [(lan, pgd)], state=VisitState.SEALED)
    tra, lan_visits = visit("tra"), visit("lan")
    assert "Trường Tiểu học Hoa Sen" in tra.get("/kiem-tra").text
    assert "Trường THCS Sông Xanh" not in lan_visits.get("/kiem-tra").text
    assert tra.get("/kiem-tra/cua-toi").json()["visits"] == [{"id": kitchen, "stamp": "0-open-False"}]
    for path in ("", "/goi", "/in", "/giay"):
        assert lan_visits.get(f"/kiem-tra/{sealed}{path}").status_code == 404
        assert lan_visits.get(f"/kiem-tra/{kitchen}{path}").status_code == 404


def test_a_batch_sent_twice_is_recorded_once_and_answered_alike(
    visit: Visit, works: Works, kitchen: int
) -> None:
    phone = visit("tra")
    first = phone.post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch())
    second = phone.post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch())
    assert first.json() == second.json()
    assert first.json()["accepted"] == [1]
    assert len(rows(works, AnswerRow)) == len(rows(works, SyncRow)) == 1


def test_a_note_of_a_hundred_kilobytes_is_refused_by_itself_and_the_rest_is_kept(
    visit: Visit, works: Works, kitchen: int
) -> None:
    answers = [
        {"item": item, "seq": seq, "value": "yes", "note": note, "answered_at": "2023-02-01T02:00:00Z"}
        for seq, (item, note) in enumerate((("A09", "x" * 100_000), ("A10", "<script>alert(1)</script>")), 1)
    ]
    receipt = visit("tra").post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch(answers=answers)).json()
    assert receipt["accepted"] == [2]
    assert [(one["seq"], "quá dài" in one["why"]) for one in receipt["refused"]] == [(1, True)]
    assert "<script>alert" not in visit("thu").get(f"/kiem-tra/{kitchen}").text


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b"\xff", b'{"client_id": "goi-thu-nhat", "device": ""}']
)
def test_what_no_phone_of_ours_sends_is_refused_with_words(
    visit: Visit, works: Works, kitchen: int, body: bytes
) -> None:
    answer = visit("tra").post(f"/kiem-tra/{kitchen}/dong-bo", content=body)
    assert answer.status_code == 409
    assert "Máy chủ không đọc được" in answer.json()["message"]
    assert rows(works, SyncRow) == []


def test_after_closing_a_batch_is_refused_with_words_but_one_taken_before_is_acknowledged(
    visit: Visit, works: Works, kitchen: int
) -> None:
    phone = visit("tra")
    taken = phone.post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch()).json()
    with works.db.transaction() as session:
        session.get_one(VisitRow, kitchen).state = VisitState.CLOSED
    late = phone.post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch("goi-thu-hai"))
    assert late.status_code == 409
    assert "đã kết thúc" in late.json()["message"]
    assert phone.post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch()).json() == taken


def test_somebody_taken_out_of_the_team_is_refused_with_words(
    visit: Visit, works: Works, kitchen: int
) -> None:
    phone = visit("thu")
    with works.db.transaction() as session:
        [_, thu] = session.exec(select(TeamMemberRow).order_by(col(TeamMemberRow.id)))
        thu.left_at = BEGAN
    answer = phone.post(f"/kiem-tra/{kitchen}/dong-bo", json=a_batch())
    assert answer.status_code == 409
    assert "không còn trong đoàn" in answer.json()["message"]
    assert rows(works, AnswerRow) == []


def test_a_phone_that_keeps_another_persons_answers_is_told_to_sign_in(
    visit: Visit, office: Sample, kitchen: int
) -> None:
    phone = visit("tra")
    other = {"X-Person": str(office.people["binh"])}
    for method, path in (("GET", "cua-toi"), ("GET", f"{kitchen}/goi"), ("POST", f"{kitchen}/dong-bo")):
        body = a_batch() if method == "POST" else None
        answer = phone.request(method, f"/kiem-tra/{path}", headers=other, json=body)
        assert answer.status_code == 401, path


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not a picture", 409),
        (a_jpeg(4)[:-20], 409),
        (a_jpeg(4), 200),
    ],
    ids=["no photo", "cut off", "a photo"],
)
def test_a_photo_is_what_its_bytes_say(
    visit: Visit, works: Works, kitchen: int, body: bytes, status: int
) -> None:
    name = hashlib.sha256(body).hexdigest()
    answer = visit("tra").put(f"/kiem-tra/{kitchen}/anh/{name}", content=body)
    assert answer.status_code == status, answer.text
    assert len(rows(works, PhotoRow)) == (status == 200)


def test_a_photo_whose_bytes_changed_on_the_way_is_not_kept(visit: Visit, works: Works, kitchen: int) -> None:
    answer = visit("tra").put(f"/kiem-tra/{kitchen}/anh/{'0' * 64}", content=a_jpeg(5))
    assert answer.status_code == 409
    assert rows(works, PhotoRow) == []


def test_the_plain_form_records_what_changed_once_and_nothing_else(
    visit: Visit, works: Works, kitchen: int
) -> None:
    browser = visit("tra")
    page = browser.get(f"/kiem-tra/{kitchen}").text
    form = {
        "khoa": shown(page, "khoa"), "phien-ban": shown(page, "phien-ban"),
        "tl.A02": "no", "gc.A02": "Thiếu sổ <b>ba bước</b>\r\nngày 1/2", "tl.A03": "4,5",
        "tl.A06": "Cơm; 150\nCanh; 90", "tl.A09": "khong-ap-dung",
        "ky.team": "Đỗ Minh Trà", "xac-nhan.team": "1", "ky.unit": "không đánh dấu",
        "anh-cua": "A07",
    }  # fmt: skip
    for _ in range(2):  # a double click
        sent = browser.post(f"/kiem-tra/{kitchen}", data=form, files={"tep": ("bep.jpg", a_jpeg(6))})
        assert sent.status_code == 303, sent.text
    said = {
        row.item: (row.value, row.note, row.not_applicable, len(row.photos)) for row in rows(works, AnswerRow)
    }
    assert said == {
        "A02": ("no", "Thiếu sổ <b>ba bước</b>\nngày 1/2", False, 0),
        "A03": ("4,5", "", False, 0),
        "A06": ([{"mon": "Cơm", "gam": "150"}, {"mon": "Canh", "gam": "90"}], "", False, 0),
        "A07": (None, "", False, 1),
        "A09": (None, "", True, 0),
    }
    assert len(rows(works, AnswerRow)) == 5
    assert [(s.side.value, s.name) for s in rows(works, SignatureRow)] == [("team", "Đỗ Minh Trà")]
    after = browser.get(f"/kiem-tra/{kitchen}").text
    assert "<b>ba bước" not in after
    assert "&lt;b&gt;ba bước&lt;/b&gt;" in after


def test_the_plain_form_names_what_is_wrong_and_keeps_what_was_typed(
    visit: Visit, works: Works, kitchen: int
) -> None:
    browser = visit("tra")
    page = browser.get(f"/kiem-tra/{kitchen}").text
    form = {
        "khoa": shown(page, "khoa"),
        "phien-ban": "0",
        "tl.A03": "mát",
        "tl.A02": "yes",
        "gc.A04": "x" * 10_001,
    }
    answer = browser.post(f"/kiem-tra/{kitchen}", data=form)
    assert answer.status_code == 422
    assert "“mát” không phải là số." in answer.text
    assert "Ghi chú quá dài" in answer.text
    assert rows(works, AnswerRow) == []


def test_two_forms_filled_in_ignorance_of_one_another_are_a_conflict_that_a_later_form_settles(
    visit: Visit, kitchen: int
) -> None:
    tra, thu = visit("tra"), visit("thu")
    first, second = (browser.get(f"/kiem-tra/{kitchen}").text for browser in (tra, thu))
    for browser, page, word in ((tra, first, "yes"), (thu, second, "no")):
        form = {"khoa": shown(page, "khoa"), "phien-ban": shown(page, "phien-ban"), "tl.A10": word}
        assert browser.post(f"/kiem-tra/{kitchen}", data=form).status_code == 303
    page = tra.get(f"/kiem-tra/{kitchen}").text
    assert "Hai máy trả lời khác nhau" in page
    form = {"khoa": shown(page, "khoa"), "phien-ban": shown(page, "phien-ban"), "tl.A10": "no"}
    assert tra.post(f"/kiem-tra/{kitchen}", data=form).status_code == 303
    pack = tra.get(f"/kiem-tra/{kitchen}/goi").json()
    assert pack["conflicts"] == []
    assert [(a["item"], a["value"]) for a in pack["answers"]] == [("A10", "no")]


def test_the_printed_checklist_leads_back_to_where_its_photograph_is_handed_in(
    visit: Visit, works: Works, kitchen: int
) -> None:
    browser = visit("tra")
    printed = pypdfium2.PdfDocument(browser.get(f"/kiem-tra/{kitchen}/in").content)
    text = " ".join(page.get_textpage().get_text_range() for page in printed)
    assert f"/kiem-tra/{kitchen}/giay" in text
    assert all(f"A{n:02}" in text for n in range(1, 26))
    refused = browser.post(f"/kiem-tra/{kitchen}/giay", files={"tep": ("phieu.pdf", b"%PDF-1.7")})
    assert refused.status_code == 422
    assert "phieu.pdf" in refused.text
    taken = browser.post(f"/kiem-tra/{kitchen}/giay", files={"tep": ("phieu.jpg", a_jpeg(7))})
    assert "Đã nhận 1 ảnh" in taken.text
    assert len(rows(works, PhotoRow)) == 1


def test_the_worker_names_every_file_of_the_app_by_its_hash(app: FastAPI, visit: Visit) -> None:
    nobody = visit()
    script = nobody.get("/kiem-tra/tho.js")
    assert script.headers["service-worker-allowed"] == "/kiem-tra"
    files = re.findall(r'"url": "([^"]+)", "revision": "([0-9a-f]{16})"', script.text)
    assert {"/kiem-tra/vo", "/static/inspector/app.js", "/static/vendor/dexie.min.mjs"} <= {
        url for url, _ in files
    }
    for url, _ in files:
        assert nobody.get(url).status_code == 200, url
    shell = nobody.get("/kiem-tra/vo").text
    assert "Đăng xuất" not in shell
    assert visit("mai").get("/kiem-tra/vo").text == shell, "nobody's data in what everybody's phone keeps"


def test_the_app_brings_along_how_the_readers_language_says_what_its_scripts_say(visit: Visit) -> None:
    browser = visit()
    vietnamese, worker = browser.get("/kiem-tra/vo").text, browser.get("/kiem-tra/tho.js").text
    browser.cookies.set(COOKIE, "en")
    island = re.search(
        r'<script type="application/json" id="tu-ngu">(.*?)</script>', browser.get("/kiem-tra/vo").text
    )
    assert island
    assert json.loads(island[1])["Gửi lại"] == "Send again"
    assert 'id="tu-ngu">{}<' in vietnamese
    assert browser.get("/kiem-tra/tho.js").text != worker, "another language is another app to keep"


def test_the_app_has_icons_in_the_sizes_phones_ask_for() -> None:
    """192 and 512 pixels with round corners, and one without that a phone may cut to its own shape."""
    static = Path(__file__).resolve().parents[2] / "web" / "static"
    manifest = json.loads((static / "inspector" / "manifest.json").read_text(encoding="utf-8"))
    drawn = [one for one in manifest["icons"] if one["type"] == "image/png"]
    assert [(one["sizes"], one["purpose"]) for one in drawn] == [
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    ]  # fmt: skip
    for one in drawn:
        with Image.open(static / Path(one["src"]).name) as picture:
            assert f"{picture.width}x{picture.height}" == one["sizes"]
            corner = picture.getpixel((0, 0))
        assert isinstance(corner, tuple)
        assert corner[3] == (255 if one["purpose"] == "maskable" else 0)
