"""`dondoc when` as it is typed."""

import json

import pytest
import typer
from typer.testing import CliRunner

from cli.when import when

APP = typer.Typer()
APP.command()(when)


def run(*words: str) -> tuple[int, dict[str, object]]:
    result = CliRunner().invoke(APP, [*words, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_it_answers_with_the_day_said_the_day_due_and_the_rule() -> None:
    code, found = run("trong 10 ngày kể từ ngày nhận", "--received", "2026-11-14")
    assert (code, found["stated"], found["due"]) == (0, "2026-11-24", "2026-11-25")
    assert any("Điều 148 khoản 5" in why for why in found["why"])  # type: ignore[attr-defined]
    assert any("Ngày Văn hóa Việt Nam" in why for why in found["why"])  # type: ignore[attr-defined]


def test_the_answer_has_these_keys_whatever_was_asked() -> None:
    for phrase in ("trước ngày 15/12/2026", "thường xuyên", "31 tháng 11", ""):
        _, found = run(phrase)
        assert list(found) == ["stated", "due", "why", "op", "value", "recurrence", "others"]


def test_it_lists_the_other_days_of_the_period() -> None:
    _, found = run("trước ngày 01/6 và 15/11 hằng năm", "--period", "2026")
    assert found["stated"] == "2026-05-31"
    assert found["others"] == [{"stated": "2026-11-14", "due": "2026-11-14"}]


def test_a_text_without_a_time_is_an_answer_and_no_error() -> None:
    code, found = run("báo cáo kết quả")
    assert (code, found["stated"], found["due"]) == (0, None, None)
    assert found["why"] == ["Văn bản không nêu thời hạn."]


def test_holidays_of_a_year_without_a_notice_are_called_expected() -> None:
    _, found = run("trong 5 ngày làm việc kể từ ngày nhận", "--received", "2027-02-01")
    assert found["due"] == "2027-02-15"
    assert any("dự kiến" in why for why in found["why"])  # type: ignore[attr-defined]


def test_a_school_year_names_the_decision_it_rests_on_or_is_expected() -> None:
    _, decided = run("hết học kỳ I", "--document-date", "2025-10-01")
    _, expected = run("hết học kỳ I", "--document-date", "2027-10-01")
    assert "Quyết định 2269/QĐ-BGDĐT" in str(decided["why"])
    assert "dự kiến" in str(expected["why"])


def test_an_hour_of_receipt_in_another_zone_is_turned_to_the_local_one() -> None:
    _, found = run("trong 2 ngày kể từ ngày nhận", "--received", "2026-02-02T20:00Z")
    assert found["due"] == "2026-02-05"  # 03:00 of the third in Hà Nội


def test_the_holidays_passed_over_are_named() -> None:
    _, found = run("trong 05 ngày làm việc kể từ ngày nhận", "--received", "2026-11-20")
    assert "24/11/2026 (Ngày Văn hóa Việt Nam)" in str(found["why"])


def test_the_holidays_passed_over_are_named_where_the_term_runs_from_a_named_period() -> None:
    _, found = run("chậm nhất 5 ngày làm việc sau khi kết thúc tháng 8", "--period", "2026")
    assert "01/09/2026 (Quốc khánh), 02/09/2026 (Quốc khánh)" in str(found["why"])


@pytest.mark.parametrize(
    "options",
    [
        ("--document-date", "2026-02-30"),
        ("--received", "hôm qua"),
        ("--period", "2026-13"),
        ("--period", "2026-Q5"),
        ("--shift", "sideways"),
        ("--calendar", "XX"),
    ],
)
def test_a_bad_option_is_refused_with_code_2_and_a_reason(options: tuple[str, str]) -> None:
    code, found = run("hết quý II", *options)
    assert code == 2
    assert options[1] in found["error"]["message"]  # type: ignore[index]


def test_for_people_it_says_the_day_in_vietnamese() -> None:
    result = CliRunner().invoke(APP, ["trước ngày 15/12/2026"])
    assert result.stdout.splitlines()[0] == "Đến hạn: 14/12/2026"
