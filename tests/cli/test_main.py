"""The command's own words: a list without loading what it names, and Vietnamese for what it does not know."""

import subprocess
import sys
from importlib import import_module

import pytest

from cli.main import COMMANDS, main


def dondoc(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "cli.main", *words], capture_output=True, text=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_named_in_the_list_has_its_file(name: str) -> None:
    plain = name.replace("-", "_")
    assert hasattr(import_module(f"cli.{plain}"), plain)


def test_help_names_every_command() -> None:
    said = dondoc("--help").stdout
    assert all(f"  {name} " in said for name in COMMANDS)


def test_an_unknown_command_is_answered_with_those_there_are() -> None:
    answer = dondoc("bay")
    assert answer.returncode == 2
    assert "không có lệnh “bay”" in answer.stderr
    assert "replay" in answer.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["read"], "dondoc: thiếu “TỆP”."),
        (["read", "x.txt", "--nope"], "dondoc: không có tùy chọn “--nope”."),
        (["review", "split", "x", "y"], "giá trị ghi cho “SỐ” không đúng kiểu"),
        (["review", "nope"], "không có lệnh này. Các lệnh: missing, split, merge, teach, check."),
        (["review", "split", "--help"], "<số> "),
        (["review", "split", "--help"], "Cách dùng: dondoc review split [TÙY CHỌN]"),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_vietnamese(
    line: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(line, prog_name="dondoc")
    shown = capsys.readouterr()
    assert said in shown.err + shown.out
    assert "Usage" not in shown.err + shown.out
