"""`dondoc run`, as a person starts it: pages within seconds, mail caught on the machine, gone after Ctrl-C."""

import os
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from runtime.tree import free_port


class Running:
    """The process tree in a home of its own, without Prefect (its own tests start it)."""

    def __init__(self, home: Path) -> None:
        self.web, self.smtp, self.home = free_port(), free_port(), home
        env = os.environ | {
            "DONDOC_HOME": str(home),
            "DONDOC_PORT": str(self.web),
            "DONDOC_SMTP_PORT": str(self.smtp),
            "DONDOC_PREFECT": "false",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "run"], env=env, stdout=subprocess.PIPE, text=True
        )

    def page(self, path: str, seconds: float = 120) -> str:
        limit = time.monotonic() + seconds
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.web}{path}", timeout=30) as answer:
                    return str(answer.read().decode())
            except (URLError, OSError):
                assert time.monotonic() < limit, "no page answered"
                time.sleep(0.1)

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=120)
        return said


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path)
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.communicate()


def test_one_command_serves_the_sample_office_and_stops_cleanly(running: Running) -> None:
    assert "Đăng nhập" in running.page("/dang-nhap")

    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@x.example", "b@x.example", "thử"
    limit = time.monotonic() + 120
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", running.smtp, timeout=30) as server:
                server.send_message(letter)
            break
        except OSError:
            assert time.monotonic() < limit, "the mail catcher does not answer"
            time.sleep(0.1)
    assert len(list((running.home / "mail" / "new").iterdir())) == 1

    said = running.stop()
    assert running.process.returncode == 0
    assert f"http://127.0.0.1:{running.web}" in said
    assert "van-thu" in said
    assert "Đã dừng." in said
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://127.0.0.1:{running.web}/", timeout=2)


def test_started_again_it_finds_its_office_and_says_nothing_of_a_sample(
    running: Running, tmp_path: Path
) -> None:
    running.page("/dang-nhap")
    assert "Đã cài văn phòng mẫu" in running.stop()
    again = Running(tmp_path)
    again.page("/dang-nhap")
    assert "Đã cài văn phòng mẫu" not in again.stop()
