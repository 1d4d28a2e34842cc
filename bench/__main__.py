"""Run every benchmark of this folder and write their figures to docs/reference/benchmarks.md: `make bench`.

A benchmark is a module here that, called with --json, prints one object of figures by name.
"""

import json
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "reference" / "benchmarks.md"
HEAD = "# Benchmarks\n\nWritten by `make bench`; each ratio comes from one run on one machine.\n"


def benchmarks() -> list[str]:
    """Names of the runnable benchmarks: what they share is named with a leading underscore."""
    return sorted(name for _, name, _ in iter_modules([str(ROOT / "bench")]) if not name.startswith("_"))


def measure(name: str) -> dict[str, object]:
    command = [sys.executable, "-m", f"bench.{name}", "--json"]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, object] = json.loads(run.stdout)
    return figures


def section(name: str, figures: dict[str, object]) -> str:
    rows = "".join(f"| {figure} | {value} |\n" for figure, value in figures.items())
    return f"\n## {name}\n\n`python -m bench.{name}`\n\n| figure | value |\n|---|---|\n{rows}"


def main() -> None:
    sections = [HEAD]
    for name in benchmarks():
        print(name, flush=True)
        sections.append(section(name, measure(name)))
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text("".join(sections), encoding="utf-8")


if __name__ == "__main__":
    main()
