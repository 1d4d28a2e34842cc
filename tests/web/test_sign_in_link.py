"""Sign-in by a link in a letter: for the one who asked, and for nobody who merely opens it."""

import mailbox
import re
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from notifications.channels.email import EmailChannel
from runtime.works import Works
from store.access_tables import SessionRow, SignInLinkRow
from store.tables import OutboxRow, PersonRow
from tests.support.smtp import Sink
from tests.support.visits import Moment, Visit


@dataclass
class Post:
    smtp: Sink

    @property
    def link(self) -> str:
        """The path in the last letter."""
        text = self.smtp.received[-1].message.get_body(("plain",))
        assert text is not None
        found = re.search(r"http://127\.0\.0\.1:8765(/dang-nhap/lien-ket/\S+)", text.get_content())
        assert found is not None
        return found[1]


@pytest.fixture
def post(works: Works, smtp: Sink) -> Post:
    works.channel = EmailChannel(host=smtp.host, port=smtp.port)
    return Post(smtp)


def ask(client: TestClient, name: str = "binh") -> str:
    answer = client.post("/dang-nhap/qua-thu", data={"name": name})
    assert answer.status_code == 200
    return answer.text


def test_the_link_in_the_letter_signs_in_the_browser_that_asked(
    visit: Visit, post: Post, works: Works
) -> None:
    browser = visit()
    ask(browser)
    [letter] = post.smtp.received
    assert letter.recipients == ("binh@bensong.example.vn",)
    assert browser.post(post.link).headers["location"] == "/"
    assert browser.get("/viec").status_code == 200
    with works.db.read() as session:
        assert [row.how.value for row in session.exec(select(SessionRow)).all()] == ["link"]


def test_a_scanner_that_opens_the_link_spends_nothing(visit: Visit, post: Post, works: Works) -> None:
    browser, scanner = visit(), visit()
    ask(browser)
    for method in ("HEAD", "GET", "GET"):
        opened = scanner.request(method, post.link)
        assert opened.status_code == (405 if method == "HEAD" else 200)
        assert "set-cookie" not in opened.headers
    assert scanner.post(post.link).status_code == 422, "one that presses buttons is another browser"
    with works.db.read() as session:
        assert session.exec(select(SessionRow)).all() == []
    assert browser.post(post.link).status_code == 303


def test_a_link_is_used_once_and_soon(visit: Visit, post: Post, moment: Moment) -> None:
    browser = visit()
    ask(browser)
    assert browser.post(post.link).status_code == 303
    again = browser.post(post.link)
    assert again.status_code == 422
    assert "đã được dùng hoặc đã quá 15 phút" in again.text
    ask(browser)
    moment.is_on(1, hour=9)
    assert browser.post(post.link).status_code == 422


def test_known_or_not_the_answer_is_the_same(visit: Visit, post: Post, works: Works) -> None:
    with works.db.transaction() as session:
        session.exec(select(PersonRow).where(PersonRow.code == "ha")).one().active = False
    said = {name: ask(visit(), name) for name in ("binh", "khong-co", "ha")}
    assert len(set(said.values())) == 1
    assert len(post.smtp.received) == 1


def test_the_link_stands_nowhere_that_the_office_reads(visit: Visit, post: Post, works: Works) -> None:
    browser = visit()
    ask(browser)
    with works.db.read() as session:
        assert session.exec(select(OutboxRow)).all() == []
        [kept] = session.exec(select(SignInLinkRow)).all()
    assert post.link.rpartition("/")[2] not in kept.model_dump_json()


def test_nobody_is_flooded_with_links(visit: Visit, post: Post) -> None:
    browser = visit()
    answers = [browser.post("/dang-nhap/qua-thu", data={"name": "binh"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert len(post.smtp.received) == 3


def test_a_mail_server_that_is_away_is_no_error_of_the_page(visit: Visit, post: Post, works: Works) -> None:
    works.channel = EmailChannel(host="127.0.0.1", port=1)
    assert "đã được gửi đi" in ask(visit())


def test_in_the_local_catcher_too_a_link_is_seen_by_its_addressee_alone(
    visit: Visit, post: Post, works: Works
) -> None:
    box = mailbox.Maildir(works.settings.caught_mail)
    for name in ("binh", "mai"):
        ask(visit(), name)
        box.add(post.smtp.received[-1].raw)
    shown = visit("mai").get("/hop-thu-thu").text
    assert "Trần Thị Mai" in shown
    assert "Nguyễn Văn Bình" not in shown
