"""A condition is read aloud without its codes."""

import pytest

from rules.functions import ARGUMENTS
from rules.in_words import FUNCTIONS, in_words
from rules.meaning import Meaning
from rules.tree import Kind

VOCABULARY = {
    "report.cashless": Meaning(Kind.NUMBER, None, "số nộp không tiền mặt"),
    "report.parents": Meaning(Kind.NUMBER, None, "số cha mẹ"),
    "unit.level": Meaning(Kind.TEXT, None, "cấp học"),
    "submission.on_time": Meaning(Kind.BOOLEAN, None, "nộp đúng hạn"),
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("report.cashless / report.parents >= 80%", "số nộp không tiền mặt / số cha mẹ ít nhất 80%"),
        ("unit.level in ['mam_non', 'thcs']", "cấp học là một trong “mầm non”, “thcs”"),
        (
            "report.parents between 1 and 2.5 and submission.on_time",
            "số cha mẹ từ 1 đến 2,5 và nộp đúng hạn",
        ),
        (
            "missing(report.parents) or (report.parents == 0)",
            "chưa có (số cha mẹ) hoặc (số cha mẹ = 0)",
        ),
        ("", ""),
    ],
)
def test_a_condition_is_said_in_words(text: str, said: str) -> None:
    assert in_words(text, VOCABULARY, lambda word: {"mam_non": "mầm non"}.get(word, word)) == said


def test_every_function_of_the_language_has_its_words() -> None:
    assert set(FUNCTIONS) == set(ARGUMENTS)
