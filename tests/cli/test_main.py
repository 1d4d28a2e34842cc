"""The command's own words: a list without loading what it names, and Vietnamese for what it does not know."""

import subprocess
import sys
from importlib import import_module

import pytest

from cli.main import COMMANDS


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
