"""`dondoc judge` as people and scripts call it."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli.judge import judge

APP = typer.Typer()
APP.command()(judge)


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(APP, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def answer(*arguments: str) -> tuple[int, dict[str, Any]]:
    code, printed, _ = run("--json", *arguments)
    found: dict[str, Any] = json.loads(printed)
    return code, found


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(
        '{"unit": {"ownership": "public"}, "report": {"cashless": 412, "parents": 560, "x": 0.1}}'
    )
    return path


def test_a_judgement_is_one_json_object(case: Path) -> None:
    condition = "unit.ownership != 'public' or report.cashless / report.parents >= 0.8"
    assert answer("--case", str(case), "--", condition) == (
        0,
        {
            "outcome": "not_met",
            "why": "report.cashless / report.parents = 412 / 560 = 73,6 % < 80 %, vì unit.ownership = 'public'",
        },
    )


def test_decimals_of_the_file_are_exact_and_a_leading_minus_is_no_option(case: Path) -> None:
    assert answer("--case", str(case), "--", "-report.x - 0.2 == -0.3")[1]["outcome"] == "met"


def test_without_a_case_every_path_is_unknown() -> None:
    assert answer("--", "report.x > 1") == (
        0,
        {"outcome": "unknown", "why": "chưa đủ số liệu: thiếu report.x"},
    )


def test_an_error_has_line_and_column_and_exit_code_2() -> None:
    code, found = answer("--", "1 <\n 2 +")
    assert code == 2
    assert found == {"error": {"line": 2, "column": 5, "message": "điều kiện viết dở: còn thiếu một giá trị"}}


def test_people_get_words() -> None:
    assert run("--", "1 < 2")[:2] == (0, "Đạt: 1 < 2\n")
    assert run("--", "1 <")[2] == "Lỗi: dòng 1, cột 4: điều kiện viết dở: còn thiếu một giá trị\n"


def test_working_days_use_the_shipped_calendar() -> None:
    assert answer("--", "workdays('2026-02-13', '2026-02-23') == 1")[1]["outcome"] == "met"  # Tết 16-20/02


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": 1,}', "không phải là JSON"),
        (b"[1]", "một đối tượng JSON"),
        (b'{"a": NaN}', "NaN không phải là một số"),
        (b'{"a": 1e999999999}', "số quá lớn"),
        (b'{"a": 1, "a": 2}', "khóa 'a' viết hai lần"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "lồng quá sâu"),
    ],
)
def test_a_case_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    code, found = answer("--case", str(path), "--", "a == 1")
    assert code == 2
    assert message in found["error"]["message"]


def test_a_missing_case_file_is_named(tmp_path: Path) -> None:
    code, found = answer("--case", str(tmp_path / "không-có.json"), "--", "a == 1")
    assert code == 2
    assert "không-có.json" in found["error"]["message"]
