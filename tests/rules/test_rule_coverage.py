"""docs/rule-coverage.md: every condition is one, can be met, can be broken, and says nothing without figures."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.verdict import Consequence, Severity
from rules.check import check
from rules.conflicts import conflicts
from rules.meaning import vocabulary_of
from rules.parser import parse
from rules.rule import Rule
from rules.trial import judge_text
from tests.support.shared import shared

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rule-coverage.md").read_text(encoding="utf-8")


def said() -> Iterator[tuple[str, str, str]]:
    """(document, phrase, condition) of each row."""
    for section in PAGE.split("\n## ")[1:]:
        document = section.splitlines()[0]
        for phrase, condition in re.findall(r"^\| (.+?) \| `(.+)` \|$", section, re.MULTILINE):
            yield document, phrase, condition


def unsaid() -> list[tuple[str, str, str]]:
    last = PAGE.split("\n## ")[-1]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", last, re.MULTILINE)
    return [row for row in rows if row[0] != "văn bản"]


ROWS = list(said())


@pytest.mark.parametrize("condition", [condition for _, _, condition in ROWS])
def test_a_condition_is_one_and_knows_nothing_without_figures(condition: str) -> None:
    assert judge_text(condition, {}).value is None


@pytest.mark.parametrize("condition", [condition for _, _, condition in ROWS])
def test_a_condition_can_be_met_and_can_be_broken(condition: str) -> None:
    tree = parse(condition)
    checked = check(tree, vocabulary_of(tree, {}))
    rule = Rule("x", "x", "", "", Severity.MINOR, Consequence.NOTE, checked, condition, None, "", "", "")
    assert conflicts(rule, []) == []


def test_the_share_on_the_page_is_the_share_of_the_table_and_at_least_what_we_aim_at() -> None:
    found = re.search(r"(\d+) câu, (\d+) câu viết được \((\d+,\d) %\)", PAGE)
    assert found is not None
    everything, sayable = len(ROWS) + len(unsaid()), len(ROWS)
    assert (int(found[1]), int(found[2])) == (everything, sayable)
    assert found[3] == f"{100 * sayable / everything:.1f}".replace(".", ",")
    assert sayable / everything >= 0.95


def test_every_phrase_stands_in_its_document() -> None:
    folder = shared("directives")
    texts = {path.stem: squeezed(path.read_text(encoding="utf-8")) for path in folder.glob("*.txt")}
    rows = [(document, phrase) for document, phrase, _ in [*ROWS, *unsaid()]]
    assert [row for row in rows if squeezed(row[1]) not in texts[row[0]]] == []
    assert {document for document, _ in rows} == set(texts), "a document without any row"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("*", ""))
