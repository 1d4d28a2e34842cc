"""One command, one process tree: pages, clock, Prefect's API and the mail catcher, started, watched, stopped.

A child that dies is started again, at most every few seconds. Children die with the supervisor, also when it
is killed (Linux: parent-death signal), so nothing is left behind.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

log = logging.getLogger("dondoc.run")

PATIENCE = 20  # seconds for a child to finish what it is doing
BACK_OFF = (0, 2, 5, 15, 30)  # seconds before the n-th restart
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """`argv` is run with this Python; `env` is added to the environment; its output goes to `log_file`.
    `nice`: how far it steps back where processors are few (0 not at all, 19 most)."""

    name: str
    argv: Sequence[str]
    log_file: Path
    env: Mapping[str, str] = field(default_factory=dict)
    nice: int = 0
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    patience: float = PATIENCE

    def start(self) -> None:
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 (our own modules)
                [sys.executable, *self.argv],
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=partial(_as_child, self.nice),
            )

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            log.warning("%s did not stop in %s s: killed", self.name, self.patience)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    """Children are started in order and stopped in reverse."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)
        self._stop = threading.Event()

    def start(self) -> None:
        for child in self.children:
            child.start()

    def watch(self) -> None:
        """Returns when asked to stop (SIGINT, SIGTERM or `ask_to_stop`), with every child stopped."""
        before = {
            sign: signal.signal(sign, lambda *_: self._stop.set()) for sign in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            while not self._stop.wait(1):
                for child in self.children:
                    self._revive(child)
        finally:
            for child in reversed(self.children):
                child.stop()
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def ask_to_stop(self) -> None:
        self._stop.set()

    def _revive(self, child: Child) -> None:
        if child.process is None or child.process.poll() is None:
            return
        wait = BACK_OFF[min(child.restarts, len(BACK_OFF) - 1)]
        log.warning(
            "%s ended (%s), starting again in %s s, see %s",
            child.name,
            child.process.returncode,
            wait,
            child.log_file,
        )
        if not self._stop.wait(wait):
            child.restarts += 1
            child.start()


def _as_child(nice: int) -> None:
    os.nice(nice)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
