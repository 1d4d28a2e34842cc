"""The bundled sample office, replayed over a few weeks: undisturbed, or killed at a chosen point."""

import multiprocessing
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import event

from flows.schedule import TABLE
from intake.office_folder import load_office_folder
from notifications.channel import Channel, Sent
from notifications.channels.email import EmailChannel
from notifications.message import Mail
from runtime.jobs import Counts
from runtime.mail_sink import mail_sink
from runtime.replay import Play, replay
from runtime.settings import Settings
from runtime.unit_script import load_script
from runtime.works import Works
from store.database import Database
from store.evidence import EvidenceStore
from tests.support.tree import ROOT

SAMPLE = ROOT / "examples" / "van-phong-mau"
SINCE = date(2026, 11, 2)
"""The day of the sample directive, a Monday."""


def sample(until: date, seed: int = 7) -> Play:
    directive = SAMPLE / "directive.txt"
    return Play(
        folder=load_office_folder(SAMPLE),
        script=load_script(SAMPLE),
        text=directive.read_text(encoding="utf-8"),
        file_name=directive.name,
        since=SINCE,
        until=until,
        seed=seed,
    )


def works_in(home: Path, play: Play, smtp_port: int) -> Works:
    return Works(
        settings=Settings(home=home),
        db=Database(f"sqlite:///{home / 'replay.sqlite3'}", durable=False),
        evidence=EvidenceStore(home / "evidence"),
        channel=EmailChannel(host="127.0.0.1", port=smtp_port),
        extra_packs=tuple(play.folder.packs),
    )


def play_in(home: Path, play: Play, die_at: int = 0) -> tuple[Counts, int]:
    """Play, or continue, in `home`. Every fault point, every commit about to happen and every letter the mail
    server has taken is a point; at point `die_at` the process kills itself. Returns counts and points passed."""
    passed = 0

    def point(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with mail_sink(home / "mail") as sink:
        works = works_in(home, play, sink.port)
        works.channel = _Watched(works.channel, point)
        event.listen(works.db.engine, "commit", point)
        try:
            done = replay(works, TABLE, play, fault=point)
        finally:
            works.db.dispose()
    return done, passed


def killed_in(home: Path, play: Play, die_at: int) -> int:
    """The same in a process of its own. Returns its exit code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=play_in, args=(home, play, die_at))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def letters_in(home: Path) -> set[str]:
    """Message-IDs of the letters that reached the mail server."""
    return {path.stem for path in (home / "mail").glob("*.eml")}


@dataclass
class _Watched:
    """A channel that passes a point after each yes of the server, before anybody has noted it (RFC 1047)."""

    inner: Channel
    point: Callable[[], None]

    async def send(self, mails: Sequence[Mail]) -> AsyncIterator[Sent]:
        async for sent in self.inner.send(mails):
            self.point()
            yield sent
