"""Writes what a year's replay ends with into the README, between its two markers.

    python -m tools.replay_table FILE

FILE is the plan of Uông Bí (Kế hoạch 95/KH-PGDĐT, 2023), which is not ours to ship.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- replay: begin, written by tools/replay_table.py -->", "<!-- replay: end -->"
YEAR = ("--office", "examples/uong-bi", "--from", "2023-02-01", "--to", "2023-12-31", "--seed", "7")


def main(plan: str) -> None:
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", "replay", plan, *YEAR, "--out", out],
            cwd=README.parent,
            env={"PATH": "/usr/bin:/bin", "COLUMNS": "100"},
            capture_output=True,
            text=True,
            check=True,
        )
    rows = [
        line for line in done.stdout.splitlines() if line.startswith(("┏", "┃", "┡", "│", "└", "Mã nhật ký"))
    ]
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, marker, after = rest.partition(END)
    if not marker:
        raise SystemExit(f"{README.name} lacks the lines {BEGIN!r} and {END!r}")
    told = "\n".join(["```", *rows, "```"])
    README.write_text(f"{before}{BEGIN}\n{told}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
