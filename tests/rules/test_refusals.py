"""What the language refuses, and the line and column it points at."""

from typing import Any

import pytest

from rules.errors import RuleError
from rules.trial import judge_text

CASE: dict[str, Any] = {
    "unit": {"name": "A"},
    "report": {"a": 1, "t": "x", "yes": True, "list": [1], "mixed": [1, "x"]},
}

REFUSED = [
    # --- unfinished and surplus
    ("", (1, 1), "viết dở"),
    ("   ", (1, 4), "viết dở"),
    ("1 +", (1, 4), "viết dở"),
    ("1 <", (1, 4), "viết dở"),
    ("(1 < 2", (1, 7), "cần '\\)'"),
    ("1 < 2)", (1, 6), "thừa"),
    ("1 2", (1, 3), "thừa"),
    ("1 < 2 3", (1, 7), "thừa"),
    ("and 1 < 2", (1, 1), "cần một giá trị"),
    ("1 < 2 and", (1, 10), "viết dở"),
    ("1 < * 2", (1, 5), "cần một giá trị"),
    ("[1, 2", (1, 6), "cần ','"),
    ("1 in [1 2]", (1, 9), "cần ','"),
    ("5 between 1", (1, 12), "cần 'and'"),
    ("1 == 1\nand\n  2 ==", (3, 7), "viết dở"),
    ("0,8 < 1", (1, 2), "dấu chấm"),
    # --- not in the language
    ("1 = 1", (1, 3), "=="),
    ("true && true", (1, 6), "and"),
    ("true || true", (1, 6), "or"),
    ("!true", (1, 1), "not"),
    ("1 <> 2", (1, 3), "!="),
    ("1 === 1", (1, 3), "viết là =="),
    ("report..a == 1", (1, 8), "phải là một tên"),
    ("report. == 1", (1, 8), "phải là một tên"),
    ("'a'.b == 1", (1, 4), "phải là một tên"),
    ("1 ≥ 2", (1, 3), ">="),
    ("true AND true", (1, 6), "viết thường"),
    ("“a” == 'a'", (1, 1), "nháy thẳng"),
    ("1\u00a0< 2", (1, 2), "dấu cách"),
    ("1\u200b< 2", (1, 2), "U\\+200B"),
    ("1 # 2", (1, 3), "không dùng được"),
    ("report.a == null", (1, 13), "present"),
    ("1e5 > 2", (1, 1), "số viết không đúng"),
    ("1.2.3 > 1", (1, 1), "số viết không đúng"),
    ("1. > 1", (1, 1), "số viết không đúng"),
    ("٣ == 3", (1, 1), "số viết không đúng"),
    ("7 % 2 == 1", (1, 5), "thừa"),
    ("7 // 2 == 3", (1, 3), "chia lấy phần nguyên"),
    ("'abc", (1, 1), "dấu nháy đóng"),
    ("'a\nb' == 'x'", (1, 1), "dấu nháy đóng"),
    (r"'a\q' == 'x'", (1, 3), "không hiểu"),
    ("1 == not true", (1, 6), "ngoặc"),
    ("1 in [1] == true", (1, 10), "ngoặc"),
    # --- kinds
    ("1 + 2", (1, 1), "đúng/sai"),
    ("'a'", (1, 1), "đúng/sai"),
    ("[1]", (1, 1), "đúng/sai"),
    ("report.a", (1, 1), "đúng/sai"),
    ("'a' < 1", (1, 5), "so sánh"),
    ("'5' == 5", (1, 5), "so sánh"),
    ("report.t > 3", (1, 10), "so sánh"),
    ("true == 1", (1, 6), "so sánh"),
    ("true < false", (1, 6), "=="),
    ("true + 1 == 2", (1, 6), "cần số"),
    ("report.yes * 2 == 2", (1, 12), "cần số"),
    ("'a' + 'b' == 'ab'", (1, 5), "cần số"),
    ("-'a' == 1", (1, 1), "cần số"),
    ("1 and true", (1, 1), "đúng/sai"),
    ("true and 1", (1, 10), "đúng/sai"),
    ("true or (1 < 2\n  and report.a)", (2, 7), "đúng/sai"),
    ("not 5", (1, 5), "đúng/sai"),
    ("1 in 'abc'", (1, 3), "danh sách"),
    ("1 in report.a", (1, 3), "danh sách"),
    ("1 in ['a']", (1, 3), "so sánh"),
    ("report.list == 1", (1, 13), "so sánh"),
    ("sum(report.mixed) == 1", (1, 5), "cần số"),
    ("report > 1", (1, 8), "nhóm"),
    ("[] == 1", (1, 4), "so sánh"),
    ("2026-02-14 > 5", (1, 12), "so sánh"),
    ("2026-02-14 + 2026-02-15 > 2026-01-01", (1, 12), "cần số"),
    ("2026-02-30 > 2026-01-01", (1, 1), "không có ngày"),
    ("date('2026-02-30') > 2026-01-01", (1, 6), "không có ngày"),
    ("date('hôm nay') > 2026-01-01", (1, 6), "không có ngày"),
    # --- functions
    ("summ(1) == 1", (1, 1), "có phải ý bạn là 'sum'"),
    ("sum() == 0", (1, 1), "cần 1"),
    ("abs(1, 2) == 1", (1, 1), "cần 1 giá trị"),
    ("abs('a') == 1", (1, 5), "cần số"),
    ("sum > 1", (1, 1), "là một hàm"),
    ("round(1.5, report.a) == 2", (1, 12), "số nguyên"),
    ("round(1.5, 99) == 2", (1, 12), "số nguyên"),
    # --- attempts on the machine (reliability, bad input 76)
    ("__import__('os').system('id')", (1, 1), "gạch dưới"),
    ("().__class__.__mro__", (1, 3), "dấu chấm"),
    ("report.__class__ == 1", (1, 8), "dấu chấm"),
    ("9**9**9 > 1", (1, 2), "lũy thừa"),
    ("'a'*10**9 == 'a'", (1, 7), "lũy thừa"),
    ("[x for x in range(10)]", (1, 4), "cần ','"),
    ("lambda: 1", (1, 7), "không dùng được"),
    ("f'{1}' == '1'", (1, 2), "thừa"),
    ("report['a'] == 1", (1, 7), "thừa"),
    ("eval('1') == 1", (1, 1), "không có hàm"),
    ("1 if true else 2", (1, 3), "thừa"),
    ("matches(unit.name, '^(a+)+$')", (1, 1), "không có hàm"),
    ("a := 1", (1, 3), "không dùng được"),
    ("1; 2", (1, 2), "không dùng được"),
]


@pytest.mark.parametrize(("condition", "place", "message"), REFUSED)
def test_a_condition_is_refused_where_it_goes_wrong(
    condition: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(RuleError, match=message) as refused:
        judge_text(condition, CASE)
    assert refused.value.place == place


def test_a_case_nested_without_end_is_a_group_and_not_a_crash() -> None:
    case: dict[str, Any] = {}
    for _ in range(10_000):
        case = {"a": case}
    with pytest.raises(RuleError, match="nhóm"):
        judge_text("a > 1", case)


@pytest.mark.parametrize(
    "condition",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "not " * 5_000 + "true",
        "-" * 10_000 + "1 == 1",
        "[" * 5_000,
        "abs(" * 5_000 + "1",
        "(" * 60 + "1 == 1" + " == true)" * 60 + " or true",
        "1 == 1 and " * 10_000 + "true",
    ],
    ids=["brackets", "not", "signs", "lists", "calls", "nested comparisons", "length"],
)
def test_a_bomb_is_refused_and_does_not_crash(condition: str) -> None:
    with pytest.raises(RuleError):
        judge_text(condition, {})
