"""The inspector's phone in a real browser: days without network, a reload, a dead battery, a server that dies."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from sqlmodel import select

from domain.checklist import AnswerType, Item
from domain.checklist_answer import Given, lacking, mark
from domain.inspection import VisitState
from domain.unit import Role
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from store.inspection_tables import AnswerRow, PhotoRow, VisitRow
from store.questions.visits import visit_pack
from tests.support.browser import PATIENCE, accessibility_faults, expect
from tests.support.kitchens import a_checklist, a_visit
from tests.support.makers import PASSWORD, Sample, a_person
from tests.support.mortal_server import running
from tests.support.phone import Phone
from tests.support.pictures import a_jpeg
from tests.support.served import served
from tests.support.visits import Moment
from web import inspector_phone
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
    phone.card("A06").get_by_role("button", name="Thêm dòng").click()
    phone.answers("A05", "Một chiều")
    phone.page.get_by_text("5/25").wait_for()  # drawn anew, and the row that is still empty has stayed
    phone.card("A06").get_by_label("Món").fill("Cơm")
    phone.card("A06").get_by_label("Khối lượng (g)").fill("150")
    phone.takes_photo("A07", "hai.jpg", photos[1])
    phone.answers("A25", "Không áp dụng")
    phone.page.evaluate(  # the rest as fast as fingers never are
        """() => {
          for (let n = 8; n < 25; n++) document.querySelector(`#muc-A${String(n).padStart(2, "0")} input`).click();
        }"""
    )
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
    assert (
        phone.card("A01").get_by_label("Biện pháp khắc phục (bắt buộc)").input_value() == "Ngăn riêng hai khu"
    )
    assert accessibility_faults(phone.page) == []
    phone.network(True)
    phone.says("Đã giữ trên máy: 25 mục, 3 ảnh. Đăng nhập để gửi")  # closing the browser ended the session
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    is_whole(works, kitchen, photos)
    assert phone.waiting() == {"events": 0, "photos": 0}


def test_a_server_killed_again_and_again_while_syncing_has_everything_once(
    browser: "Browser", works: Works, kitchen: int, tmp_path: Path
) -> None:
    """It dies with a photo that is kept, whose acknowledgement is lost; with the batch before it is looked at; and
    with the batch kept and the receipt lost."""
    phone: Phone | None = None
    photos: list[str] = []
    for when, number in (("after", 2), ("before", 3), ("after", 1)):
        with running(works.settings, when, number) as doomed:
            if phone is None:
                phone = Phone(browser, tmp_path / "tra", f"http://127.0.0.1:{works.settings.port}")
                phone.signs_in("tra", f"/kiem-tra/{kitchen}")
                phone.says("Mọi thứ đã gửi xong")
                phone.installed()
                phone.network(False)
                answers_everything(phone)
                photos = hashes_on(phone)
                phone.network(True)
            else:
                phone.page.reload()
            phone.until(lambda: doomed.poll() is not None, f"the server's death {when} request {number}")
            phone.says("Đã giữ trên máy")
    assert phone is not None
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
    for phone, held in ((tra, "1 mục"), (thu, "2 mục, 1 ảnh")):
        phone.says(f"Đã giữ trên máy: {held}")
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
    expect(tra.card("A11").get_by_label("Có", exact=True)).to_be_checked()  # the other phone's answer


def test_a_full_phone_says_what_was_not_kept_and_loses_nothing_it_had(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int
) -> None:
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    phone.installed()
    phone.network(False)
    phone.answers("A10", "Có")
    phone.says("Đã giữ trên máy: 1 mục")
    phone.page.evaluate(
        """() => {
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...row) {
            if (this.name === "answers") throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, row);
          };
        }"""
    )
    phone.answers("A11", "Có")
    phone.page.get_by_text("Máy đã đầy: A11 CHƯA được lưu").wait_for()
    phone.page.reload()
    phone.says("Đã giữ trên máy: 1 mục")
    expect(phone.card("A10").get_by_label("Có", exact=True)).to_be_checked()
    phone.network(True)
    phone.says("Mọi thứ đã gửi xong")
    assert answered(works, kitchen) == {"A10": "yes"}


def test_what_one_person_recorded_is_unseen_by_the_next_and_sent_when_they_come_back(
    a_phone: Callable[[str], Phone], works: Works, office: Sample, kitchen: int
) -> None:
    a_person(works.db, "lan", "Hồ Thị Lan", office.units["pgd"], Role.INSPECTOR)
    phone = a_phone("chung")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    phone.installed()
    phone.network(False)
    phone.answers("A10", "Không")
    phone.says("Đã giữ trên máy: 1 mục")
    phone.page.get_by_role("button", name="Đăng xuất").click()
    phone.page.get_by_text("Bạn đã đăng xuất trên máy này").wait_for()
    assert "Hoa Sen" not in phone.page.content()
    phone.network(True)
    phone.signs_in("lan")
    phone.says("Mọi thứ đã gửi xong")
    phone.page.goto(f"{phone.site}/kiem-tra/{kitchen}")
    phone.page.get_by_text("không phải của bạn").wait_for()
    assert "Hoa Sen" not in phone.page.content()
    assert answered(works, kitchen) == {}
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    phone.until(lambda: answered(works, kitchen) == {"A10": "no"}, "the answer kept for its author")


def test_what_the_server_refuses_stays_on_the_phone_with_the_reason(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int
) -> None:
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    phone.network(False)
    phone.answers("A10", "Có")
    phone.says("Đã giữ trên máy: 1 mục")
    with works.db.transaction() as session:
        session.get_one(VisitRow, kitchen).state = VisitState.CLOSED
    phone.network(True)
    phone.says("Cuộc kiểm tra đã kết thúc nên không nhận thêm nội dung")
    assert phone.waiting() == {"events": 1, "photos": 0}
    assert answered(works, kitchen) == {}


def test_a_new_version_of_the_app_takes_over_and_what_was_recorded_stays(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    phone.installed()
    phone.page.reload()
    with works.db.transaction() as session:
        session.get_one(VisitRow, kitchen).state = VisitState.CLOSED  # so that the answer cannot leave
    phone.answers("A12", "Có")
    phone.says("Cuộc kiểm tra đã kết thúc")
    hashed = inspector_phone._hash
    monkeypatch.setattr(inspector_phone, "_hash", lambda data: hashed(b"another version" + data))
    phone.page.evaluate(
        """async () => {
          const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
          await (await navigator.serviceWorker.getRegistration()).update();
          await taken;
        }"""
    )
    phone.network(False)
    phone.page.reload()
    phone.page.get_by_role("heading", name="Trường Tiểu học Hoa Sen").wait_for()
    expect(phone.card("A12").get_by_label("Có", exact=True)).to_be_checked()
    assert phone.waiting() == {"events": 1, "photos": 0}


def test_two_tabs_of_one_phone_show_the_same_and_send_it_once(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int
) -> None:
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    other = phone.context.new_page()
    other.goto(f"{phone.site}/kiem-tra/{kitchen}")
    phone.network(False)
    phone.answers("A10", "Có")
    other.locator("#muc-A10").get_by_label("Có", exact=True).and_(other.locator(":checked")).wait_for()
    other.locator("#muc-A11").get_by_label("Không", exact=True).check()
    phone.network(True)
    phone.until(lambda: answered(works, kitchen) == {"A10": "yes", "A11": "no"}, "both tabs' answers")
    with works.db.read() as session:
        assert len(session.exec(select(AnswerRow)).all()) == 2


def test_signatures_of_both_sides_and_the_end_reach_the_server(
    a_phone: Callable[[str], Phone], works: Works, kitchen: int
) -> None:
    """One draws with the finger, the other cannot and types the name."""
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    team, unit = (phone.page.get_by_role("group", name=name) for name in ("Đại diện đoàn", "Đại diện đơn vị"))
    team.get_by_role("button", name="Xác nhận chữ ký").click()
    team.get_by_text("Hãy ghi họ tên người ký").wait_for()
    team.get_by_label("Họ và tên").fill("Đỗ Minh Trà")
    unit.get_by_label("Họ và tên").fill("Nguyễn Văn Bình")  # and stays while the other side signs
    team.locator("canvas").evaluate("pad => pad.scrollIntoView({ block: 'center' })")
    box = team.locator("canvas").bounding_box()
    assert box is not None
    phone.page.mouse.move(box["x"] + 20, box["y"] + 30)
    phone.page.mouse.down()
    phone.page.mouse.move(box["x"] + 150, box["y"] + 60, steps=5)
    phone.page.mouse.up()
    team.get_by_role("button", name="Xác nhận chữ ký").click()
    team.get_by_text("Đã ký: Đỗ Minh Trà").wait_for()
    unit.get_by_label("Không ký tay được").check()
    unit.get_by_role("button", name="Xác nhận chữ ký").click()
    unit.get_by_text("Đã ký: Nguyễn Văn Bình").wait_for()
    assert accessibility_faults(phone.page) == []
    phone.page.get_by_role("button", name="Kết thúc cuộc kiểm tra").click()
    phone.page.get_by_text("Đã kết thúc lúc").wait_for()
    phone.says("Mọi thứ đã gửi xong")
    with works.db.read() as session:
        pack = visit_pack(session, kitchen)
    assert pack is not None
    assert pack.visit.finished_at is not None
    assert pack.missing_photos == ()
    assert [(s.side.value, s.name, bool(s.sha256)) for s in pack.signatures] == [
        ("team", "Đỗ Minh Trà", True), ("unit", "Nguyễn Văn Bình", False),
    ]  # fmt: skip


def test_without_scripts_the_checklist_is_a_form(
    browser: "Browser", site: str, works: Works, kitchen: int
) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    plain.set_default_timeout(PATIENCE)
    page = plain.new_page()
    page.goto(f"{site}/dang-nhap?next=/kiem-tra")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill("tra")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("link", name="Hoa Sen").click()
    page.locator("#muc-A10").get_by_label("Không", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Ghi lại").click()
    expect(page.locator("#muc-A10").get_by_label("Không", exact=True)).to_be_checked()
    assert answered(works, kitchen) == {"A10": "no"}
    plain.close()


def test_what_the_phone_shows_of_an_answer_is_what_the_office_decides(
    a_phone: Callable[[str], Phone], kitchen: int
) -> None:
    phone = a_phone("tra")
    checklist = a_checklist()
    values = [
        "yes",
        "no",
        "valid",
        "missing",
        "mot",
        "hai",
        "4,5",
        "4.5",
        "9",
        "-1",
        "1/2",
        "1/0",
        "ba",
        "",
        None,
    ]
    values += [
        "8",
        "8,0001",
        "1e3",
        " 5 ",
        [],
        [{"mon": "Cơm", "gam": "150"}],
        [{"mon": "Cơm", "gam": "99"}],
        [{}],
    ]
    cases = [
        (
            item.model_dump(mode="json"),
            {"value": value, "note": note, "not_applicable": away, "photos": photos},
        )
        for item in checklist.items[:8]
        for value in values
        if (item.answer == AnswerType.TABLE) == isinstance(value, list) or value is None
        for note, away, photos in (("", False, []), (" ", False, ["a" * 64]), ("ghi", True, []))
    ]
    expected = [
        [
            mark(Item.model_validate(item), Given.model_validate(given)),
            lacking(Item.model_validate(item), Given.model_validate(given)),
        ]
        for item, given in cases
    ]
    phone.page.goto(f"{phone.site}/dang-nhap")
    shown = phone.page.evaluate(
        """async (cases) => {
          const { mark, lacking } = await import("/static/inspector/checklist.js");
          return cases.map(([item, given]) => [mark(item, given), lacking(item, given)]);
        }""",
        cases,
    )
    wrong = [
        (c, s, e)
        for c, s, e in zip(cases, shown, expected, strict=True)
        if s != [e[0].value, [d.value for d in e[1]]]
    ]
    assert wrong == []


def test_what_is_written_while_a_photo_is_being_made_small_stays(
    a_phone: Callable[[str], Phone], works: Works
) -> None:
    """A phone takes a second over a photo of twelve megapixels; people go on typing."""
    phone = a_phone("tra")
    phone.page.goto(f"{phone.site}/dang-nhap")
    kept = phone.page.evaluate(
        """async (item) => {
          const { itemCard } = await import("/static/inspector/item.js");
          const kept = [];
          let small;
          const shrinking = new Promise((done) => (small = done));
          const { card } = itemCard(item, { self: null, findings: [] }, {
            answer: async (given) => kept.push(given),
            shrink: () => shrinking,
            addPhoto: async (photo, given) => kept.push(given),
          });
          document.body.append(card);
          const chosen = new DataTransfer();
          chosen.items.add(new File(["x"], "a.jpg"));
          const file = card.querySelector("input[type=file]");
          file.files = chosen.files;
          file.dispatchEvent(new Event("change"));
          const note = card.querySelector("textarea");
          note.value = "viết tiếp";
          note.dispatchEvent(new Event("change"));
          small({ sha256: "a" });
          await new Promise((later) => setTimeout(later));
          return kept.map(({ note, photos }) => [note, photos]);
        }""",
        a_checklist().items[9].model_dump(mode="json"),
    )
    assert kept == [["viết tiếp", []], ["viết tiếp", ["a"]]]


def test_an_answer_changed_again_before_the_pack_showed_it_still_tells_what_its_author_had_seen(
    a_phone: Callable[[str], Phone], kitchen: int
) -> None:
    """Another phone's answer came with a pack, but this phone's own was on the screen: it was not seen."""
    phone = a_phone("tra")
    phone.signs_in("tra", f"/kiem-tra/{kitchen}")
    phone.says("Mọi thứ đã gửi xong")
    bases = phone.page.evaluate(
        """async (visit) => {
          const kept = await import("/static/inspector/db.js");
          const db = kept.openDb("rieng");
          const pack = await (await fetch(`/kiem-tra/${visit}/goi`)).json();
          const theirs = { item: "A10", value: "no", note: "", action: "", not_applicable: false, photos: [] };
          const answer = { ...theirs, value: "yes", answered_at: "2023-02-01T02:00:00Z" };
          const bases = async () => (await db.outbox.toArray()).map((event) => event.body.base_version);
          await kept.keepPack(db, 1, pack, "0");
          await kept.keepAnswer(db, 1, visit, { ...answer, base_version: 0 });
          const later = { ...pack, visit: { ...pack.visit, version: 5 }, answers: [theirs] };
          await kept.keepPack(db, 1, later, "5");
          await kept.keepAnswer(db, 1, visit, { ...answer, note: "thêm", base_version: 5 });
          const unseen = await bases();
          await kept.acknowledge(db, 1, visit, await kept.takeBatch(db, 1, visit), {
            accepted: [1, 2], refused: [], missing_photos: [],
          });
          await kept.keepPack(db, 1, { ...later, visit: { ...later.visit, version: 6 } }, "6");
          await kept.keepAnswer(db, 1, visit, { ...answer, base_version: 6 });
          return [unseen, await bases()];
        }""",
        kitchen,
    )
    assert bases == [[0], [6]]


def answered(works: Works, visit_id: int) -> dict[str, Any]:
    with works.db.read() as session:
        pack = visit_pack(session, visit_id)
    assert pack is not None
    return {answer.item: answer.value for answer in pack.answers}
