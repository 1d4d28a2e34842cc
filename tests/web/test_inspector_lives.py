"""Two hundred random lives of two phones over one visit each, in a real browser against a real server.

The phones are the app's own `db.js` and `sync.js` in workers that are killed at random instants; the network loses
requests, loses answers, cuts them short. Afterwards every answer is accounted for.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.staticfiles import StaticFiles
from sqlmodel import select
from starlette.routing import Mount

from domain.unit import Role
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.database import Database
from store.inspection_tables import AnswerRow, PhotoRow
from store.questions.visits import visit_pack
from tests.support.kitchens import a_checklist, a_visit
from tests.support.makers import PASSWORD, Sample, a_person, an_office
from tests.support.served import served
from tests.support.visits import Moment
from web.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIVES = 200
PHONES = Path(__file__).resolve().parent / "phones"


@pytest.fixture
def works(sqlite_template: Path, tmp_path: Path) -> Iterator[Works]:
    """On a disk that need not survive a power cut: this is about phones."""
    path = tmp_path / "dondoc.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    made = Works.of(Settings(home=tmp_path, database_url=f"sqlite:///{path}", port=free_port()))
    made.db.dispose()
    made.db = Database(f"sqlite:///{path}", durable=False)
    yield made
    made.db.dispose()


@pytest.fixture
def office(works: Works) -> Sample:
    return an_office(works.db)


@pytest.fixture
def site(works: Works) -> Iterator[str]:
    app = create_app(works, Moment())
    app.router.routes.insert(0, Mount("/phones", StaticFiles(directory=PHONES)))
    with served(app, works.settings.port) as address:
        yield address


def test_two_hundred_lives_of_two_phones_lose_nothing_and_double_nothing(
    page: "Page", site: str, works: Works, office: Sample
) -> None:
    pgd = office.units["pgd"]
    tra = a_person(works.db, "tra", "Đỗ Minh Trà", pgd, Role.INSPECTOR)
    small = a_checklist().only(("A09", "A10", "A11"))
    visits = [a_visit(works.db, office.units["hoa-sen"], [(tra, pgd)], checklist=small) for _ in range(LIVES)]
    page.goto(f"{site}/dang-nhap?next=/kiem-tra/vo")
    page.get_by_label("Mã người dùng hoặc thư điện tử").fill("tra")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/vo")
    page.goto(f"{site}/static/icon.svg")
    lives = page.evaluate(
        "async ([lives, person]) => (await import('/phones/sequences.js')).live(lives, person)",
        [list(enumerate(visits, 1)), tra],
    )
    faults = [fault for life in lives for fault in faults_of(works, life)]
    assert len(lives) == LIVES
    assert faults == []
    assert_the_lives_were_hard(works, lives)


def faults_of(works: Works, life: dict[str, Any]) -> Iterator[str]:
    """Everything that was lost, doubled or invented in one life, in words."""
    seed = life["seed"]
    with works.db.read() as session:
        rows = session.exec(select(AnswerRow).where(AnswerRow.visit_id == life["visit"])).all()
        photos = session.exec(select(PhotoRow).where(PhotoRow.visit_id == life["visit"])).all()
        pack = visit_pack(session, life["visit"])
    assert pack is not None
    given = {one["token"]: one for one in life["given"]}
    arrived = [row.note for row in rows]
    if len(arrived) != len(set(arrived)):
        yield f"{seed}: doubled {sorted(arrived)}"
    if unknown := set(arrived) - set(given):
        yield f"{seed}: invented {unknown}"
    for left in life["left"]:
        if left != {"events": 0, "photos": 0, "refused": []}:
            yield f"{seed}: a phone still keeps {left}"
    if pack.missing_photos or any(works.evidence.get(photo.stored) is None for photo in photos):
        yield f"{seed}: photos missing {pack.missing_photos}"
    if named := {sha256 for row in rows for sha256 in row.photos} - {photo.sha256 for photo in photos}:
        yield f"{seed}: photos never came {named}"
    standing = {one.item: {one.note} for one in pack.answers}
    standing |= {one.item: {told.note for told in one.answers} for one in pack.conflicts}
    for item in {one["item"] for one in life["given"]}:
        for device in {one["device"] for one in life["given"]}:
            kept = [o for o in life["given"] if o["item"] == item and o["device"] == device and o["kept"]]
            if kept and kept[-1]["token"] not in overruled_by(standing.get(item, set()), given):
                yield f"{seed}: {item} of {device} was lost: {kept[-1]['token']} not in {standing.get(item)}"


def overruled_by(standing: set[str], given: dict[str, Any]) -> set[str]:
    """The answers that stand, and all that their authors had seen when giving them, and so on back."""
    found, look = set(), set(standing)
    while look:
        token = look.pop()
        found.add(token)
        one = given[token]
        earlier = [
            o["token"] for o in given.values() if o["device"] == one["device"] and o["item"] == one["item"]
        ]
        before = set(earlier[: earlier.index(token)]) | set(one["saw"])
        look |= before - found
    return found


def assert_the_lives_were_hard(works: Works, lives: list[dict[str, Any]]) -> None:
    """A test that nothing happened in would prove nothing."""
    with works.db.read() as session:
        packs = [visit_pack(session, life["visit"]) for life in lives]
        answers = len(session.exec(select(AnswerRow.id)).all())
        photos = len(session.exec(select(PhotoRow.id)).all())
    died = sum(not one["kept"] for life in lives for one in life["given"])
    assert answers > 3 * LIVES
    assert photos > LIVES
    assert died > 10
    assert sum(bool(pack and pack.conflicts) for pack in packs) > 20
