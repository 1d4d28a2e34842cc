"""The table of benchmarks says what was measured and how to measure it again."""

from pathlib import Path

import pytest

from bench import __main__ as table
from bench.__main__ import benchmarks, section


def test_a_section_names_the_command_and_every_figure() -> None:
    text = section("read", {"ten_times": 10.4, "seconds": 1.2})
    assert "`python -m bench.read`" in text
    assert text.splitlines()[-2:] == ["| ten_times | 10.4 |", "| seconds | 1.2 |"]


def test_what_benchmarks_share_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bench"
    folder.mkdir()
    for name in ("read.py", "_office.py", "__main__.py"):
        (folder / name).touch()
    monkeypatch.setattr(table, "ROOT", folder.parent)

    assert benchmarks() == ["read"]
