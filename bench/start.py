"""Starting: from `dondoc run` in a prepared home to the first page, and the memory of the whole process tree.

`pages_over_libraries`: until a page answers, over a Python that only imports the libraries the pages stand on.
`memory_of_limit`: the tree's memory once the clock runs its flows under Prefect, over 600 MB. Memory is PSS: pages
shared by several processes are counted once (Linux).
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from sqlmodel import select

from bench import _spine as spine
from runtime.installing import prepare
from runtime.settings import Settings
from runtime.tree import free_port
from runtime.works import Works
from store.tables import HeartbeatRow

LIMIT_MB = 600
STARTS = 3
PATIENCE = 180  # seconds
LIBRARIES = "import fastapi, jinja2, sqlmodel, uvicorn"


def start(home: Path, log: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A running product and the address of its pages; the mail catcher and the pages on free ports."""
    port = free_port()
    ports = {"DONDOC_PORT": str(port), "DONDOC_SMTP_PORT": str(free_port())}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "run"],
            env={**os.environ, **ports, "DONDOC_HOME": str(home)},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return process, f"http://127.0.0.1:{port}/"


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)


def answers(url: str) -> bool:
    with suppress(URLError, OSError), urlopen(url, timeout=5) as answer:  # noqa: S310 (our own address)
        return bool(answer.status == 200)
    return False


def wait_for(true: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, log.read_text()  # noqa: S101
        time.sleep(0.05)


def until_page(home: Path, log: Path) -> float:
    def first_page() -> None:
        process, url = start(home, log)
        running.append(process)
        wait_for(lambda: answers(url), log)

    running: list[subprocess.Popen[bytes]] = []
    spent = spine.seconds(first_page)
    stop(running[0])
    return spent


def tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            found += map(int, path.read_text().split())
    return found


def memory(pid: int) -> tuple[str, float]:
    """What the process is, and its PSS in MB."""
    line = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    pss = re.search(r"^Pss: +(\d+)", rollup, re.MULTILINE)
    return b" ".join(line[2:4]).decode(), int(pss[1]) / 1024 if pss else 0


def settled_memory(home: Path, log: Path) -> dict[str, float]:
    """MB of each process after the clock has run its flows under Prefect."""
    works = Works.of(Settings(home=home))

    def under_prefect() -> bool:
        with works.db.read() as session:
            beat = session.exec(select(HeartbeatRow).where(HeartbeatRow.name == "clock")).first()
        return beat is not None and beat.state == "ready"

    process, _ = start(home, log)
    wait_for(under_prefect, log)
    found = dict(memory(pid) for pid in tree(process.pid))
    stop(process)
    works.db.dispose()
    return found


def measure(_chosen: argparse.Namespace) -> dict[str, Any]:
    with TemporaryDirectory(prefix="dondoc-bench-") as folder:
        home, log = Path(folder) / "home", Path(folder) / "log"
        prepare(Works.of(Settings(home=home)))
        pages = [until_page(home, log) for _ in range(STARTS)]
        libraries = [sys.executable, "-c", LIBRARIES]
        bare = [spine.seconds(lambda: subprocess.run(libraries, check=True)) for _ in range(STARTS)]
        found = settled_memory(home, log)
    total = sum(found.values())
    return {
        "pages_over_libraries": spine.ratio(pages, bare),
        "memory_of_limit": round(total / LIMIT_MB, 2),
        "seconds_to_first_page": round(median(pages), 1),
        "memory_mb": round(total),
        "memory_mb_by_process": {name: round(mb) for name, mb in found.items()},
    }


def main() -> None:
    spine.show(measure, argparse.ArgumentParser(description=__doc__))


if __name__ == "__main__":
    main()
