"""Verdicts of the shipped monthly pack: outcome, reason, figures, clause."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.verdict import Consequence, Outcome, Verdict
from rules.judge import judge
from rules.pack import load_pack

PACK = load_pack(Path(__file__).resolve().parents[2] / "rules" / "packs" / "bao-cao-thang.yaml")

GOOD: dict[str, Any] = {
    "unit": {"code": "thcs-01", "name": "THCS Hoà Bình", "kind": "trường", "level": "thcs", "ownership": "cong_lap"},
    "period": {"key": "2026-02"},
    "report": {
        "pupils": 560, "boys": 290, "girls": 270, "classes": 14, "full_day": 300, "left": 0, "teachers": 30,
        "qualified": 29, "parents": 560, "cashless": 480, "incidents": 1, "incidents_closed": 1,
    },
    "previous": {"report": {"pupils": 558}},
    "submission": {
        "handed_in_on": date(2026, 2, 13), "due_on": date(2026, 2, 13), "on_time": True, "round": 1, "files": 0,
    },
}  # fmt: skip


def verdicts(**changed: Any) -> dict[str, Verdict]:
    """Verdicts by rule; `report__cashless=412` changes one figure of a good report."""
    case = deepcopy(GOOD)
    for name, value in changed.items():
        group, _, figure = name.partition("__")
        case[group][figure] = value
    return {verdict.rule_id: verdict for verdict in judge(PACK, case)}


def test_a_good_report_meets_every_rule() -> None:
    assert {verdict.outcome for verdict in verdicts().values()} == {Outcome.MET}


@pytest.mark.parametrize(
    ("changed", "rule", "reason"),
    [
        ({"report__girls": None}, "so-lieu-bat-buoc", "thiếu Học sinh nữ"),
        ({"report__classes": 900}, "so-lieu-trong-khoang", "Số lớp = 900 > 150"),
        (
            {"report__girls": 271},
            "tong-pupils",
            "Tổng số học sinh = 560 ≠ Học sinh nam + Học sinh nữ = 290 + 271 = 561",
        ),
        (
            {"report__qualified": 31},
            "dat-chuan-khong-vuot-tong",
            "Giáo viên đạt chuẩn trình độ = 31 > Tổng số giáo viên = 30",
        ),
        (
            {"report__cashless": 412},
            "thu-khong-tien-mat-cong-lap",
            (
                "Số cha mẹ nộp không dùng tiền mặt / Số cha mẹ học sinh phải nộp học phí = 412 / 560 = 73,6 % < 80 %, "
                "vì loại hình = 'công lập'"
            ),
        ),
        ({"submission__on_time": False}, "nop-dung-han", "nộp đúng hạn: không"),
        (
            {"report__pupils": 800},
            "si-so-khong-doi-dot-ngot",
            "abs(change(Tổng số học sinh, Tổng số học sinh kỳ trước)) = abs(change(800, 558)) = 43,4 % > 20 %",
        ),
    ],
)
def test_a_broken_rule_says_why_with_the_figures(changed: dict[str, Any], rule: str, reason: str) -> None:
    verdict = verdicts(**changed)[rule]
    assert verdict.outcome is Outcome.NOT_MET
    assert reason in verdict.why


def test_the_reason_ends_with_the_clause_and_the_document() -> None:
    verdict = verdicts(report__left=2)["khong-bo-hoc"]
    assert verdict.why.startswith("Không để học sinh bỏ học: Học sinh bỏ học trong tháng = 2 ≠ 0 (")
    assert verdict.clause in verdict.why
    assert verdict.document in verdict.why


def test_a_missing_figure_is_unknown_and_named_never_a_pass_or_a_fail() -> None:
    verdict = verdicts(report__parents=None)["thu-khong-tien-mat-cong-lap"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert "thiếu Số cha mẹ học sinh phải nộp học phí" in verdict.why


def test_a_figure_of_the_wrong_kind_is_unknown_and_named() -> None:
    verdict = verdicts(report__parents="nhiều")["thu-khong-tien-mat-cong-lap"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert "Số cha mẹ học sinh phải nộp học phí không phải là số" in verdict.why


def test_a_rule_says_nothing_of_a_unit_outside_its_scope() -> None:
    assert "thu-khong-tien-mat-cong-lap" not in verdicts(unit__ownership="tu_thuc", report__cashless=1)


def test_a_scope_that_cannot_be_told_leaves_the_rule_open() -> None:
    verdict = verdicts(unit__ownership=None)["thu-khong-tien-mat-cong-lap"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert "thiếu loại hình" in verdict.why


def test_the_figures_are_plain_and_complete() -> None:
    verdict = verdicts(report__cashless="412.5")["thu-khong-tien-mat-cong-lap"]
    assert verdict.figures == {
        "unit.ownership": "cong_lap",
        "report.parents": 560,
        "report.cashless": "412.5",
    }
    assert verdict.model_dump(mode="json")["figures"] == verdict.figures


def test_a_verdict_carries_the_rule_it_came_from() -> None:
    verdict = verdicts()["tong-pupils"]
    rule = next(rule for rule in PACK.rules if rule.id == "tong-pupils")
    assert (verdict.rule_version, verdict.then) == (rule.version, Consequence.RETURN)


def test_an_empty_case_gives_no_pass() -> None:
    outcomes = {verdict.rule_id: verdict.outcome for verdict in judge(PACK, {})}
    assert outcomes.pop("so-lieu-bat-buoc") is Outcome.NOT_MET
    assert outcomes.pop("si-so-khong-doi-dot-ngot") is Outcome.MET  # nothing to compare with
    assert set(outcomes.values()) == {Outcome.UNKNOWN}
