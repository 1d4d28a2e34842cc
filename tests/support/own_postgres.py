"""A server from the machine's own PostgreSQL, for what the embedded one lacks: Prefect needs pg_trgm.

Debian: apt install postgresql. The server runs from a folder of its own, beside whatever cluster there is.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.tree import free_port
from tests.support.missing import missing
from tests.support.postgres import Postgres


def _binaries() -> Path | None:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    trigrams = any(Path("/usr/share/postgresql").glob("*/extension/pg_trgm.control"))
    return homes[-1].parent if homes and trigrams else None


def _as_postgres(argv: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *argv] if os.geteuid() == 0 else argv


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[Postgres]:
    binaries = _binaries()
    if binaries is None:
        missing("postgres", "the machine has no PostgreSQL with pg_trgm (Debian: apt install postgresql)")
    with tempfile.TemporaryDirectory(prefix="dondoc-own-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data, port = folder / "data", free_port()
        run = {"check": True, "capture_output": True, "cwd": folder}
        subprocess.run(
            _as_postgres(
                [f"{binaries}/initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
            ),
            **run,  # type: ignore[call-overload]
        )
        control = [f"{binaries}/pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log")]
        options = f"-F -h 127.0.0.1 -p {port} -k {folder}"
        subprocess.run(
            _as_postgres([*control, "-o", options, "start"]),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            yield Postgres(f"postgresql://postgres@127.0.0.1:{port}/postgres")
        finally:
            subprocess.run(_as_postgres([*control, "-m", "immediate", "stop"]), **run)  # type: ignore[call-overload]
