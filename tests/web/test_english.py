"""Whoever reads English meets Vietnamese only where the office wrote it: names, texts and sentences it stored."""

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from holidays import country_holidays
from ruamel.yaml import YAML
from sqlmodel import SQLModel, select

from domain.sentence import Sentence
from runtime.works import Works
from tests.support.packs import PACK
from tests.support.visits import Visit
from tests.web.test_faults import WRONG
from tests.web.test_rights import MATRIX, Things, asked, things  # noqa: F401  the fixture
from web.checklists import NEW
from web.terms import EXAMPLES
from web.words import COOKIE

PACKS = Path(__file__).resolve().parents[2] / "rules" / "packs"
READERS = ("mai", "binh", "tra")
"""Between them they see every page."""
TELLS = ("title", "placeholder", "aria-label", "alt", "label")
"""Attributes that are read or heard."""
TYPED = (
    "Tiếng Việt",
    "Tết",
    "80%, 1.234, có, 14/02/2026",
    "Thông báo 5/TB-UBND ngày 10/01/2026",
    *EXAMPLES.split("; "),
)
"""What is typed in Vietnamese, as the office writes, or has no other name."""


class Page(HTMLParser):
    """The texts of a page that somebody reads or hears."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.skipped = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped = tag in ("script", "style", "textarea")
        self.texts += [value or "" for name, value in attrs if name in TELLS]

    def handle_endtag(self, tag: str) -> None:
        self.skipped = False

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.texts.append(data)


def vietnamese(text: str) -> bool:
    return bool(re.search("[đĐ\u0300-\u036f]", unicodedata.normalize("NFD", text)))


def strings(value: Any) -> Iterator[str]:
    """Every text and every line of a text within a stored value."""
    match value:
        case Sentence():  # put together by us, of what the office wrote
            yield from strings(value.values)
        case [str(), dict() as blanks]:  # the same, kept as JSON
            yield from strings(blanks)
        case str():
            yield from (" ".join(part.split()) for part in (value, *value.splitlines()))
        case dict():
            yield from (text for one in value.values() for text in strings(one))
        case list() | tuple():
            yield from (text for one in value for text in strings(one))


@pytest.fixture
def written(works: Works, things: Things) -> list[str]:  # noqa: F811
    """What the office wrote, and the law: the longest first, so that no part of a name is taken for the whole."""
    yaml = YAML(typ="safe", pure=True)
    files = [yaml.load(path) for path in PACKS.glob("*.yaml")]
    days_off = list(country_holidays("VN", years=2023, language="vi").values())
    with works.db.read() as session:
        rows = [
            tuple(row) for table in SQLModel.metadata.sorted_tables for row in session.execute(select(table))
        ]
    found = {
        text
        for text in strings([rows, files, days_off, yaml.load(NEW), works.settings.oidc_name, TYPED])
        if vietnamese(text)
    }
    return sorted(found, key=len, reverse=True)


def left_over(text: str, written: list[str]) -> str:
    """What is still Vietnamese without what the office wrote, and without “examples”; a passage is shown in parts."""
    if not vietnamese(text):
        return ""
    text = re.sub("“[^”]*”", "", " ".join(text.split()))
    for one in written:
        text = text.replace(one, "")
    part = len(text.split()) > 3 and any(text.strip() in one for one in written)
    return text if vietnamese(text) and not part else ""


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_of_english_meets_vietnamese_only_as_the_office_wrote_it(
    visit: Visit,
    things: Things,  # noqa: F811
    written: list[str],
    reader: str,
) -> None:
    browser = visit(reader)
    browser.cookies.set(COOKIE, "en")
    met: dict[str, str] = {}
    for route in MATRIX:
        if route.startswith("GET /") and "/xuat/" not in route and "/api/" not in route:
            answer = asked(browser, route, things)
            if answer.headers.get("content-type", "").startswith("text/html"):
                met |= {left: route for text in Page(answer.text).texts if (left := left_over(text, written))}
    assert met == {}


def test_what_a_form_is_refused_with_is_said_in_english(
    visit: Visit,
    things: Things,  # noqa: F811
    written: list[str],
    works: Works,
) -> None:
    folder = works.settings.home / "packs"
    folder.mkdir()
    (folder / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    browser = visit("mai")
    browser.cookies.set(COOKIE, "en")
    office = [*written, *strings(YAML(typ="safe", pure=True).load(PACK))]
    met: dict[str, str] = {}
    for page, typed in WRONG.items():
        known = sorted([*office, *typed.values()], key=len, reverse=True)
        answer = browser.post(page.removesuffix("#"), data={**typed, "loai": typed.get("loai", "task")})
        assert answer.status_code == 422, page
        met |= {left: page for text in Page(answer.text).texts if (left := left_over(text, known))}
    assert met == {}


REASONS = {
    "trong 5 ngày làm việc kể từ ngày nhận": "Article 147.2–3: the first day is not counted",
    "trước ngày 15 hằng tháng": "at the latest",
    "kịp thời": "fixes no day",
}


def test_why_a_deadline_is_the_day_it_is_is_said_in_english(visit: Visit, written: list[str]) -> None:
    browser = visit("mai")
    browser.cookies.set(COOKIE, "en")
    for words, said in REASONS.items():
        given = {"cum-tu": words, "ngay-nhan": "10/02/2023", "ky": "2023-02"}
        answer = browser.get("/tra-thoi-han", params=given)
        assert said in answer.text
        assert [
            left for text in Page(answer.text).texts if (left := left_over(text, [*written, words]))
        ] == []
