"""The sentence that explains a judgement: what decided it, with the figures, and nothing else."""

from typing import Any

import pytest

from rules.trial import judge_text
from rules.wording import why

CASE: dict[str, Any] = {
    "unit": {"ownership": "public", "level": "thcs"},
    "report": {
        "cashless": 412,
        "parents": 560,
        "pupils": 1234567,
        "zero": 0,
        "a": 1,
        "b": 2,
        "near": 7996,
        "part": [1, None],
    },
    "submission": {"sent": "2026-02-16"},
}

SENTENCES = [
    (
        "unit.ownership != 'public' or report.cashless / report.parents >= 0.8",
        "report.cashless / report.parents = 412 / 560 = 73,6 % < 80 %, vì unit.ownership = 'public'",
    ),
    ("report.cashless / report.parents <= 45", "report.cashless / report.parents = 412 / 560 = 0,74 ≤ 45"),
    ("report.near / 10000 >= 80%", "report.near / 10.000 = 7.996 / 10.000 = 79,96 % < 80 %"),
    ("report.a > 5 and report.b > 5", "report.a = 1 ≤ 5; report.b = 2 ≤ 5"),
    ("report.a > 5 and report.b < 5", "report.a = 1 ≤ 5"),
    ("report.a > 5 or report.b < 5", "report.b = 2 < 5"),
    ("not (report.a > 5)", "report.a = 1 ≤ 5"),
    ("0 <= report.b <= 1", "report.b = 2 > 1"),
    ("report.b between 3 and 4", "report.b = 2 ngoài khoảng 3 đến 4"),
    ("unit.level in ['th', 'mn']", "unit.level = 'THCS' không thuộc ('th'; 'mn')"),
    ("report.pupils < 1", "report.pupils = 1.234.567 ≥ 1"),
    ("(report.a + report.b) * 2 == 7", "(report.a + report.b) * 2 = (1 + 2) * 2 = 6 ≠ 7"),
    ("sum(report.a, report.b) == 4", "sum(report.a, report.b) = 1 + 2 = 3 ≠ 4"),
    ("submission.sent < 2026-02-14", "submission.sent = 16/02/2026 ≥ 14/02/2026"),
    ("missing(report.a)", "có report.a"),
    ("report.x > 1", "chưa đủ số liệu: thiếu report.x"),
    ("report.x > 1 and report.y > 1 and report.a > 0", "chưa đủ số liệu: thiếu report.x; thiếu report.y"),
    ("report.a / report.zero > 1", "chưa đủ số liệu: không chia được cho report.zero = 0"),
    ("share(report.a, report.zero) > 1", "chưa đủ số liệu: không chia được cho report.zero = 0"),
    ("change(report.a, report.zero) > 1", "chưa đủ số liệu: không chia được cho report.zero = 0"),
    ("share(report.cashless, report.parents) < 0.8",
     "share(report.cashless, report.parents) = share(412, 560) = 73,6 % < 80 %"),
    ("report.flags == true", "chưa đủ số liệu: thiếu report.flags"),
    ("sum(report.part) > 1", "chưa đủ số liệu: thiếu một phần của report.part"),
    ("-report.a * (report.b - 5) > 10", "-report.a * (report.b - 5) = -1 * (2 - 5) = 3 ≤ 10"),
    ("report.a / report.b == 50%", "report.a / report.b = 1 / 2 = 50 %"),
    ("report.a == report.b or unit.level == 'th'", "report.a = 1 ≠ report.b = 2, vì unit.level = 'THCS' ≠ 'th'"),
    ("min([]) > 1", "chưa đủ số liệu: danh sách trống"),
    ("1 < 2", "1 < 2"),
    ("true", "đúng"),
    (" and ".join(f"report.a > {n}" for n in range(1, 9)), ("report.a = 1 ≤ 1; report.a = 1 ≤ 2; report.a = 1 ≤ 3; "
     "report.a = 1 ≤ 4; report.a = 1 ≤ 5; và 3 điều khác")),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "sentence"), SENTENCES)
def test_the_reason_reads(condition: str, sentence: str) -> None:
    assert why(judge_text(condition, CASE)) == sentence


def test_labels_stand_for_paths() -> None:
    labels = {"report.a": "Số vụ", "report.b": "Số vụ đã xử lý"}
    assert why(judge_text("report.a == report.b", CASE), labels) == "Số vụ = 1 ≠ Số vụ đã xử lý = 2"


def test_two_figures_alike_at_first_sight_are_told_apart_by_their_last_digit() -> None:
    near = {"a": 123456789012345678901, "b": 123456789012345678902}
    assert why(judge_text("a == b", near)) == (
        "a = 123.456.789.012.345.678.901 ≠ b = 123.456.789.012.345.678.902"
    )


def test_a_day_half_a_day_later_is_said_to_be_none() -> None:
    assert "số nguyên" in why(judge_text("2026-02-10 + 0.5 == 2026-02-11", {}))


def test_a_huge_figure_is_shortened() -> None:
    assert why(judge_text("1" + "0" * 5000 + " > 1", {})) == "1 x 10^5000 > 1"
