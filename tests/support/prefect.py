"""A real Prefect server, as a process of its own, for the few tests that are about Prefect."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from runtime.tree import free_port, quiet

READY_WITHIN = 120


class PrefectServer:
    """`database`: SQLAlchemy URL for the server's own tables. `env` is what its clients and workers need."""

    def __init__(self, home: Path, database: str = "") -> None:
        self.port = free_port()
        self.api = f"http://127.0.0.1:{self.port}/api"
        self.home = home
        home.mkdir(parents=True, exist_ok=True)
        self.env: Mapping[str, str] = {
            **os.environ,
            **quiet(home),
            "PREFECT_API_URL": self.api,
            **({"PREFECT_API_DATABASE_CONNECTION_URL": database} if database else {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        argv = [
            sys.executable,
            "-m",
            "prefect",
            "server",
            "start",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        self._process = self.spawn(argv, "server.log")
        try:
            self._wait_until_ready(self._process)
        except BaseException:
            self.kill()
            raise

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + READY_WITHIN
        while not self.healthy():
            assert time.monotonic() < until, (self.home / "server.log").read_text()[-2000:]
            assert process.poll() is None, (self.home / "server.log").read_text()[-2000:]
            time.sleep(0.2)
        while not self._writes():
            assert time.monotonic() < until, (self.home / "server.log").read_text()[-2000:]
            time.sleep(0.2)

    def _writes(self) -> bool:
        """Healthy is not yet ready: while it sets up its own tables the server answers a write with 503."""
        body = b'{"name": "warm-up"}'
        ask = Request(f"{self.api}/flows/", data=body, headers={"Content-Type": "application/json"})
        try:
            with urlopen(ask, timeout=30) as answer:
                return bool(answer.status < 300)
        except (URLError, OSError):
            return False

    def spawn(self, argv: list[str], log: str, **env: str) -> subprocess.Popen[bytes]:
        """A process of the installation (server, worker), in a process group of its own."""
        with (self.home / log).open("wb") as out:
            return subprocess.Popen(
                argv, env={**self.env, **env}, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    def healthy(self) -> bool:
        try:
            with urlopen(f"{self.api}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        if self._process is not None:
            kill_tree(self._process)
            self._process = None


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL the process and everything it started, also what has a process group of its own (a worker's
    flow runs do)."""
    tree = [process.pid]
    for pid in tree:
        tree += [
            int(child)
            for path in Path(f"/proc/{pid}/task").glob("*/children")
            for child in path.read_text().split()
        ]
    for pid in tree:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
