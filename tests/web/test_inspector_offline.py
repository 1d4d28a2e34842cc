"""The inspector's phone in a real browser: days without network, a reload, a dead battery, a server that dies."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from sqlmodel import select

from domain.unit import Role
from runtime.settings import Settings
from runtime.works import Works
from store.database import Database
from store.inspection_tables import AnswerRow, PhotoRow
from store.questions.visits import visit_pack
from tests.support.browser import accessibility_faults
from tests.support.kitchens import a_visit
from tests.support.makers import Sample, a_person
from tests.support.mortal_server import running
from tests.support.phone import Phone
from tests.support.pictures import a_jpeg
from tests.support.served import free_port, served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def works(sqlite: Database, office: Sample, tmp_path: Path) -> Works:
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url), port=free_port()))
    made.db.dispose()
    made.db = sqlite
    return made


@pytest.fixture
def kitchen(works: Works, office: Sample) -> int:
    pgd = office.units["pgd"]
    tra = a_person(works.db, "tra", "Đỗ Minh Trà", pgd, Role.INSPECTOR)
    thu = a_person(works.db, "thu", "Vũ Anh Thư", pgd, Role.INSPECTOR)
    return a_visit(works.db, office.units["hoa-sen"], [(tra, pgd), (thu, pgd)])


@pytest.fixture
def site(works: Works, moment: Moment, kitchen: int) -> Iterator[str]:
    with served(create_app(works, moment), works.settings.port) as address:
        yield address


@pytest.fixture
def a_phone(browser: "Browser", site: str, tmp_path: Path) -> Iterator[Callable[[str], Phone]]:
    """A phone of that name; at the end no script of any may have failed."""
    phones: list[Phone] = []

    def made(name: str) -> Phone:
        phones.append(Phone(browser, tmp_path / name, site))
        return phones[-1]

    yield made
    for phone in phones:
        phone.off()
    assert [phone.errors for phone in phones] == [[] for _ in phones]


def answers_everything(phone: Phone) -> list[bytes]:
    """All 25 items, among them a bad answer with everything it must bring; the three photos as they were taken."""
    photos = [a_jpeg(n, (2400, 1800), exif=True) for n in (1, 2, 3)]
    phone.answers("A01", "Không")
    phone.card("A01").get_by_label("Ghi chú (bắt buộc)").fill("Thịt sống để cạnh rau chín")
    phone.card("A01").get_by_label("Biện pháp khắc phục (bắt buộc)").fill("Ngăn riêng hai khu")
    phone.takes_photo("A01", "mot.jpg", photos[0])
    phone.answers("A02", "Có")
    phone.card("A03").get_by_label("Số đo").fill("4,5")
    phone.answers("A04", "Có, hợp lệ")
    phone.answers("A05", "Một chiều")
    phone.card("A06").get_by_role("button", name="Thêm dòng").click()
    phone.card("A06").get_by_label("Món").fill("Cơm")
    phone.card("A06").get_by_label("Khối lượng (g)").fill("150")
    phone.takes_photo("A07", "hai.jpg", photos[1])
    for number in range(8, 26):
        phone.answers(f"A{number:02}", "Có" if number != 25 else "Không áp dụng")
    phone.takes_photo("A09", "ba.jpg", photos[2])
    phone.page.get_by_text("25/25").wait_for()
    return photos


def hashes_on(phone: Phone) -> list[str]:
    """Of the photos the phone keeps, computed from their bytes."""
    return sorted(
        phone.page.evaluate(
            """async () => {
              const { openDb } = await import("/static/inspector/db.js");
              const { sha256 } = await import("/static/inspector/photos.js");
              const kept = await openDb().bytes.toArray();
              return Promise.all(kept.map((one) => sha256(one.bytes)));
            }"""
        )
    )


def is_whole(works: Works, visit_id: int, photos: list[str]) -> None:
    """One answer to each item, and every photo, byte for byte, without what the camera wrote into it."""
    with works.db.read() as session:
        answers = session.exec(select(AnswerRow).where(AnswerRow.visit_id == visit_id)).all()
        kept = session.exec(select(PhotoRow).where(PhotoRow.visit_id == visit_id)).all()
        pack = visit_pack(session, visit_id)
    assert sorted(answer.item for answer in answers) == [f"A{n:02}" for n in range(1, 26)]
    assert {a.item: a.value for a in answers if a.item in ("A01", "A03", "A06", "A25")} == {
        "A01": "no", "A03": "4,5", "A06": [{"mon": "Cơm", "gam": "150"}], "A25": None,
    }  # fmt: skip
    assert sorted(photo.sha256 for photo in kept) == photos
    assert sorted(photo.stored for photo in kept) == photos
    for photo in kept:
        data = works.evidence.get(photo.stored)
        assert b"Exif" not in data
        assert max(Image.open(BytesIO(data)).size) == 1600
    assert pack is not None
    assert (len(pack.answers), pack.conflicts, pack.missing_photos) == (25, (), ())


def test_days_without_network_a_reload_and_a_closed_browser_lose_nothing_and_double_nothing(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int
) -> None:
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    phone.installed()
    assert accessibility_faults(phone.page) == []
    phone.network(False)
    answers_everything(phone)
    photos = hashes_on(phone)
    assert len(photos) == 3
    phone.page.reload()
    phone.page.get_by_text("25/25").wait_for()
    phone.off()
    phone.on(offline=True).goto(f"{phone.site}/kiem-tra/{kitchen}")
    phone.page.get_by_text("25/25").wait_for()
    phone.says("Đã giữ trên máy: 25 mục, 3 ảnh")
    assert phone.card("A01").get_by_label("Biện pháp khắc phục (bắt buộc)").input_value() == "Ngăn riêng hai khu"
    assert accessibility_faults(phone.page) == []
    phone.network(True)
    phone.says("Đã giữ trên máy: 25 mục, 3 ảnh. Đăng nhập để gửi")  # closing the browser ended the session
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    is_whole(works, kitchen, photos)
    assert phone.waiting() == {"events": 0, "photos": 0}


@pytest.mark.parametrize(("moment_of_death", "request_number"), [("before", 2), ("after", 2), ("before", 4), ("after", 4)])
def test_a_server_killed_while_syncing_has_everything_once_when_it_is_back(
    browser: "Browser", works: Works, kitchen: int, tmp_path: Path, moment_of_death: str, request_number: int
) -> None:
    """Before: the request is lost. After: what it brought is kept, and the phone never hears of it. The second
    request is a photo, the fourth the batch."""
    site = f"http://127.0.0.1:{works.settings.port}"
    with running(works.settings, moment_of_death, request_number) as doomed:
        phone = Phone(browser, tmp_path / "tra", site)
        phone.signs_in("tra", f"/kiem-tra/{kitchen}")
        phone.says("Mọi thứ đã gửi xong")
        phone.installed()
        phone.network(False)
        answers_everything(phone)
        photos = hashes_on(phone)
        phone.network(True)
        phone.until(lambda: doomed.poll() is not None, "the server's death")
        phone.says("Đã giữ trên máy")
    with running(works.settings):
        phone.page.reload()
        phone.says("Mọi thứ đã gửi xong")
        assert phone.waiting() == {"events": 0, "photos": 0}
    phone.off()
    assert phone.errors == []
    is_whole(works, kitchen, photos)


def test_two_phones_that_disagree_show_both_answers_and_a_person_chooses(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int
) -> None:
    tra, thu = a_phone("tra"), a_phone("thu")
    for phone, code in ((tra, "tra"), (thu, "thu")):
        phone.signs_in(code, f"/kiem-tra/{kitchen}")
        phone.says("Mọi thứ đã gửi xong")
        phone.installed()
        phone.network(False)
    tra.answers("A10", "Có")
    thu.answers("A10", "Không")
    thu.takes_photo("A10", "mot.jpg", a_jpeg(4))
    thu.answers("A11", "Có")
    for phone in (tra, thu):
        phone.network(True)
        phone.says("Mọi thứ đã gửi xong")
    tra.page.reload()
    tra.card("A10").get_by_text("Hai máy trả lời khác nhau").wait_for()
    assert accessibility_faults(tra.page) == []
    tra.network(False)
    tra.card("A10").get_by_role("button", name="Chọn câu này").nth(1).click()
    tra.card("A10").get_by_text("Hai máy trả lời khác nhau").wait_for(state="hidden")
    tra.network(True)
    tra.says("Mọi thứ đã gửi xong")
    with works.db.read() as session:
        pack = visit_pack(session, kitchen)
    assert pack is not None
    assert pack.conflicts == ()
    assert {a.item: (a.value, len(a.photos)) for a in pack.answers} == {"A10": ("no", 1), "A11": ("yes", 0)}
    assert tra.card("A11").get_by_label("Có", exact=True).is_checked(), "the other phone's answer is shown"


def test_look(a_phone: Callable[[str], Phone], kitchen: int) -> None:
    phone = a_phone("tra")
    phone.signs_in("tra")
    phone.says("Mọi thứ đã gửi xong")
    phone.page.screenshot(path="/tmp/shots/list.png", full_page=True)
    phone.page.get_by_role("link", name="Hoa Sen").click()
    phone.says("Mọi thứ đã gửi xong")
    phone.page.screenshot(path="/tmp/shots/visit0.png")
    answers_everything(phone)
    phone.page.screenshot(path="/tmp/shots/visit1.png", full_page=True)
    print(accessibility_faults(phone.page))
