"""The laws of the house hold here, and break where they are broken."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tree import ROOT

BIN = Path(sys.executable).parent


def test_the_import_law_holds() -> None:
    result = subprocess.run([BIN / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[result.stdout.find("Broken contracts") :]


def clock_faults(*arguments: str, text: str | None = None) -> str:
    command = [
        BIN / "ruff",
        "check",
        "--select",
        "TID251",
        "--output-format",
        "concise",
        "--quiet",
        *arguments,
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=text).stdout


def test_only_the_clock_reads_the_clock_and_chance_comes_in_as_an_argument() -> None:
    assert clock_faults(".") == ""


@pytest.mark.parametrize(
    ("expression", "room", "lawful"),
    [
        ("datetime.datetime.now(datetime.UTC)", "domain/x.py", False),
        ("datetime.date.today()", "rules/x.py", False),
        ("time.time()", "actions/x.py", False),
        ("uuid.uuid4()", "store/x.py", False),
        ("random.shuffle([])", "flows/x.py", False),
        ("datetime.datetime.now(datetime.UTC)", "tests/domain/test_x.py", False),
        ("random.Random(7)", "runtime/x.py", True),
        ("datetime.datetime.now(datetime.UTC)", "runtime/clock.py", True),
    ],
)
def test_the_clock_law_bites(expression: str, room: str, lawful: bool) -> None:
    code = f"import {expression.split('.')[0]}\n{expression}\n"
    assert (clock_faults("--stdin-filename", room, "-", text=code) == "") is lawful


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_deciding_needs_no_database_session() -> None:
    sessions = ("sqlalchemy.orm", "sqlalchemy.ext.asyncio", "sqlmodel.Session", "sqlmodel.create_engine")
    decisive = [path for room in ("domain", "rules") for path in (ROOT / room).rglob("*.py")]
    found = [f"{path.relative_to(ROOT)}: {name}" for path in decisive for name in imports(path)]
    assert [line for line in found if line.split(": ")[1].startswith(sessions)] == []
