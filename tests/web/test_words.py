"""The pages in English for whoever asks; Vietnamese for everybody else."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from domain.sentence import Sentence, joined
from tests.support.visits import Visit
from tools.words import PLACED, ROOMS, ROOT, WORDED, gathered, untranslated
from web.words import CATALOGUES, _language, asked, say


@pytest.mark.parametrize(
    ("cookies", "language"),
    [
        ("dondoc-language=en", "en"),
        ("a=b; dondoc-language=en", "en"),
        ("dondoc-language=vi", "vi"),
        ("dondoc-language=klingon", "vi"),
        ("", "vi"),
        ("\x00=;;;", "vi"),
    ],
)
def test_the_cookie_says_the_language_and_vietnamese_is_said_otherwise(cookies: str, language: str) -> None:
    assert asked(cookies) == language


def test_a_reader_chooses_english_and_returns_to_vietnamese_on_the_same_page(visit: Visit) -> None:
    browser = visit("mai")
    vietnamese = browser.get("/van-phong").text
    assert '<html lang="vi"' in vietnamese
    assert "Bảng theo dõi" in vietnamese
    answer = browser.post("/ngon-ngu", data={"language": "en", "back": "/van-phong"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/van-phong")
    english = browser.get("/van-phong").text
    assert '<html lang="en"' in english
    assert "Follow-up board" in english
    browser.post("/ngon-ngu", data={"language": "vi", "back": "/van-phong"})
    assert "Bảng theo dõi" in browser.get("/van-phong").text


def test_a_choice_never_leads_to_another_site(visit: Visit) -> None:
    answer = visit("").post(
        "/ngon-ngu", data={"language": "en", "back": "//evil.example"}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


def test_every_word_of_the_pages_has_its_english() -> None:
    with (CATALOGUES / "en.po").open("rb") as source:
        known = read_po(source, locale="en")
    assert untranslated(gathered(known)) == [], "python -m tools.words, then write the English"


def test_the_english_of_a_sentence_has_its_blanks() -> None:
    with (CATALOGUES / "en.po").open("rb") as source:
        known = read_po(source, locale="en")
    said = [one for one in known if one.string and "python-brace-format" in one.flags]
    assert said
    assert [one.id for one in said if blanks(str(one.string)) != blanks(str(one.id))] == []


def test_no_sentence_is_put_together_before_it_is_said() -> None:
    """An f-string has no words to look up: its English could never be found."""
    first, second = "|".join(WORDED), "|".join(PLACED)
    joined_before = re.compile(rf"\b(?:(?:{first})\(|(?:{second})\([^\n]+?,)\s*r?f[\"']")
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    assert files
    assert [str(path) for path in files if joined_before.search(path.read_text())] == []


def blanks(sentence: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence)} - {None}


def test_a_sentence_made_below_is_said_in_the_readers_language(english: None) -> None:
    refused = Sentence(
        "Số liệu chưa khớp: {faults}.", faults=joined("; ", [Sentence("còn thiếu giá trị"), "An"])
    )
    assert say(refused) == "The figures do not agree: a value is missing; An."
    assert say("còn thiếu giá trị") == "còn thiếu giá trị"


@pytest.fixture
def english() -> Iterator[None]:
    token = _language.set("en")
    yield
    _language.reset(token)
