"""A server in a process of its own, that can die in the middle: `python -m tests.support.mortal_server HOME URL PORT
[before|after N]` kills itself at the N-th photo or batch, before it is looked at or after it is kept."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.settings import Settings
from runtime.works import Works
from tests.support.makers import BEGAN
from web.app import create_app

ROOT = Path(__file__).resolve().parents[2]


class Mortal:
    """Passes requests on until its hour has come."""

    def __init__(self, app: ASGIApp, moment: str, number: int) -> None:
        self.app, self.moment, self.left = app, moment, number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].rpartition("/")[0].startswith("/kiem-tra/"):
            await self.app(scope, receive, send)
            return
        self.left -= scope["method"] in ("POST", "PUT")
        dies = self.left == 0 and scope["method"] in ("POST", "PUT")

        async def lost(message: Message) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        if dies and self.moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        await self.app(scope, receive, lost if dies else send)


@contextmanager
def running(settings: Settings, moment: str = "", number: int = 0) -> Iterator["subprocess.Popen[bytes]"]:
    """The server, answering; whatever is left of it at the end is killed."""
    command = [sys.executable, "-m", "tests.support.mortal_server", str(settings.home), settings.database_url]
    process = subprocess.Popen([*command, str(settings.port), moment or "never", str(number)], cwd=ROOT)
    try:
        _answers(f"http://127.0.0.1:{settings.port}/kiem-tra/tho.js", process)
        yield process
    finally:
        process.kill()
        process.wait()


def _answers(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        assert process.poll() is None, "the server did not start"
        try:
            urllib.request.urlopen(address, timeout=30).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def main(home: str, url: str, port: str, moment: str, number: str) -> None:
    settings = Settings(home=Path(home), database_url=url, port=int(port))
    app = create_app(Works.of(settings), lambda: BEGAN)
    uvicorn.run(Mortal(app, moment, int(number)), port=settings.port, log_level="warning", ws="none")


if __name__ == "__main__":
    main(*sys.argv[1:])
