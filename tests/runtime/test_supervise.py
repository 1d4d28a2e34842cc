"""The process tree: what dies is started again, what is stopped is gone, and nothing outlives its supervisor."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from runtime.supervise import Child, Supervisor

FOR_EVER = ["-c", "import time; print('alive', flush=True); time.sleep(600)"]


def until(done: Callable[[], bool], seconds: float = 120) -> None:
    limit = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    child = Child("clock", FOR_EVER, tmp_path / "clock.log")
    supervisor = Supervisor([child])
    supervisor.start()
    assert child.process is not None
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    stopper = threading.Thread(target=lambda: (until(lambda: child.restarts == 1), supervisor.ask_to_stop()))
    stopper.start()
    supervisor.watch()
    stopper.join()
    assert child.process.pid != first
    assert not alive(child.process.pid)


def test_children_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    program = (
        "import time\nfrom pathlib import Path\nfrom runtime.supervise import Child\n"
        f"child = Child('clock', {FOR_EVER!r}, Path({str(log)!r}))\n"
        "child.start()\nprint(child.process.pid, flush=True)\ntime.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    until(lambda: "alive" in log.read_text())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until(lambda: not alive(pid))


def test_a_child_that_does_not_listen_is_killed_with_all_it_started(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    child = Child("clock", ["-c", deaf + FOR_EVER[1]], tmp_path / "clock.log", patience=0.2)
    child.start()
    until(lambda: "alive" in child.log_file.read_text())
    child.stop()
    assert child.process is not None
    assert not alive(child.process.pid)
