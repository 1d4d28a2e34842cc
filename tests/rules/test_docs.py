"""docs/rules.md tells the truth: its examples are run, its tables name what exists."""

import json
import re
from pathlib import Path

from domain.verdict import Consequence, Severity
from rules.form import FieldType
from rules.functions import ARGUMENTS
from rules.judge import judge
from rules.pack import load_pack_text
from rules.rule import STANDARD
from rules.trial import judge_text, outcome_of

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
SAID = {"đạt": "met", "không đạt": "not_met", "chưa kết luận được": "unknown"}


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1]


def test_every_example_comes_out_as_the_page_says() -> None:
    case = json.loads(block("case"))
    lines = [line.split("#") for line in block("rules").splitlines()]
    assert len(lines) > 10
    said = {condition.strip(): SAID[outcome.strip()] for condition, outcome in lines}
    assert {text: outcome_of(judge_text(text, case)) for text in said} == said


def test_the_pack_on_the_page_loads_and_judges() -> None:
    pack = load_pack_text(block("yaml"), "docs/rules.md")
    assert [
        verdict.rule_id for verdict in judge(pack, {"unit": {"ownership": "private"}, "submission": {}})
    ] == [
        "so-lieu-bat-buoc",
        "so-lieu-trong-khoang",
    ]


def test_every_function_word_and_standing_fact_is_on_the_page() -> None:
    words = [
        *(f"{name}(" for name in ARGUMENTS),
        *(f"`{word}`" for word in (*Severity, *Consequence, *FieldType)),
    ]
    facts = [name.partition(".")[2] for name in STANDARD]
    assert [word for word in (*words, *facts) if word not in TEXT] == []
