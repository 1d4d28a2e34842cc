"""A reader of a binary format in a process of its own, with little memory and time: `python -m intake.child docx`.

Bytes come in on standard input; one JSON object goes out: {"text", "warnings"} or {"refused": "Locked" | "Broken"}.
A hostile file can kill this process and nothing else.
"""

import json
import resource
import subprocess
import sys
from importlib import import_module
from pathlib import Path

MOST_MEMORY = 1_000_000_000  # bytes of address space, most of it libraries
MOST_SECONDS = 20

ROOT = Path(__file__).resolve().parents[1]


class Unread(Exception):
    """Why the file was not read: "Locked", "Broken" or "Limits"."""


def read_apart(name: str, data: bytes) -> tuple[str, list[str]]:
    """What the reader of that name makes of the bytes, read in a limited process. Raises Unread."""
    command = [sys.executable, "-m", "intake.child", name]
    try:
        run = subprocess.run(  # noqa: S603  our own module, nothing of the file on the command line
            command, input=data, capture_output=True, cwd=ROOT, timeout=2 * MOST_SECONDS, check=True
        )
        answer = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unread("Limits") from error
    if "refused" in answer:
        raise Unread(answer["refused"])
    return answer["text"], answer["warnings"]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def main() -> None:
    data = sys.stdin.buffer.read()
    _limit()
    reader = import_module(f"intake.readers.{sys.argv[1]}")
    known = tuple(getattr(reader, kind) for kind in ("Locked", "Broken") if hasattr(reader, kind))
    try:
        text, warnings = reader.read(data)
        answer = {"text": text, "warnings": warnings}
    except known as why:
        answer = {"refused": type(why).__name__}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode())


if __name__ == "__main__":
    main()
