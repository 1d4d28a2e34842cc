"""The pages start by themselves, at once, and without what only the clock needs."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from runtime.tree import free_port
from store.database import Database
from tests.support.makers import an_office
from tests.support.tree import ROOT


def test_the_pages_never_load_prefect() -> None:
    code = "import sys, web.app; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_python_m_web_serves_the_sign_in_page(sqlite: Database, tmp_path: Path) -> None:
    an_office(sqlite)
    port = free_port()
    environment = {
        **os.environ,
        "DONDOC_HOME": str(tmp_path),
        "DONDOC_DATABASE_URL": str(sqlite.url),
        "DONDOC_PORT": str(port),
    }
    process = subprocess.Popen([sys.executable, "-m", "web"], cwd=ROOT, env=environment)
    try:
        page = _wait_for(f"http://127.0.0.1:{port}/dang-nhap")
    finally:
        process.terminate()
        process.wait(60)
    assert "Đăng nhập" in page


def _wait_for(address: str, seconds: float = 120) -> str:
    """The page, as soon as the process that was just started answers."""
    until = time.perf_counter() + seconds
    while True:
        try:
            with urlopen(address) as answer:
                return str(answer.read().decode())
        except URLError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.1)
