"""What is common is written out as code, not handed to the explaining judge: that is what makes bulk judging fast."""

from fractions import Fraction

import pytest

from rules.check import check
from rules.compile import compile_rules
from rules.meaning import Meaning
from rules.parser import parse
from rules.tree import Kind
from rules.values import number

VOCABULARY = {
    "report.a": Meaning(Kind.NUMBER), "report.b": Meaning(Kind.NUMBER), "unit.level": Meaning(Kind.TEXT),
    "report.day": Meaning(Kind.DATE), "report.open": Meaning(Kind.BOOLEAN), "report.parts": Meaning(Kind.NUMBERS),
}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "borrows"),
    [
        ("report.a / report.b >= 80%", False),
        ("report.a + report.b == 5", False),
        ("report.a between 1 and 5", False),
        ("0 <= report.a <= 5", False),
        ("report.a in [1, 2, 3]", False),
        ("unit.level in ['thcs', 'thpt']", False),
        ("unit.level == 'thcs' and report.a > 1", False),
        ("report.day <= 2026-02-14", False),
        ("not report.open or report.a > 1", False),
        ("present(report.a)", False),
        ("sum(report.parts) == report.a", False),
        ("change(report.a, report.b) >= -20%", False),
        ("round(report.a / report.b, 2) == 0.74", True),  # rare, and left to the explaining judge
        ("report.a in [report.b, 3]", True),
        ("max(report.parts) <= 120", True),
    ],
)
def test_the_common_shapes_do_without_the_explaining_judge(condition: str, borrows: bool) -> None:
    judgement = compile_rules([(None, check(parse(condition), VOCABULARY))])
    assert ("slow" in judgement.__code__.co_names) is borrows  # type: ignore[attr-defined]


def test_a_whole_fraction_is_a_whole_number() -> None:
    assert type(number(Fraction(4, 2))) is int
    assert type(number(Fraction(1, 2))) is Fraction
