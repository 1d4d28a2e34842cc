"""The bundled sample office, replayed over a few weeks: undisturbed, or killed at a chosen point."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

from sqlalchemy import event

from flows.schedule import TABLE
from intake.office_folder import load_office_folder
from notifications.channel import Channel, Sent, Tell
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


def works_in(home: Path, play: Play, smtp_port: int, url: str = "") -> Works:
    """`url`: of the database; empty for a file in `home`."""
    return Works(
        settings=Settings(home=home),
        db=Database(url or f"sqlite:///{home / 'replay.sqlite3'}", durable=False),
        evidence=EvidenceStore(home / "evidence"),
        channel=EmailChannel(host="127.0.0.1", port=smtp_port),
        extra_packs=tuple(play.folder.packs),
    )


@dataclass(frozen=True)
class Death:
    """The process kills itself the `n`-th time it passes a point of this kind: one of the replay's own fault
    points, a commit about to happen, or a letter the mail server has taken and nobody has noted (RFC 1047)."""

    kind: Literal["fault", "commit", "letter"]
    n: int


def play_in(home: Path, play: Play, death: Death | None = None, url: str = "") -> tuple[Counts, Counter[str]]:
    """Play, or continue, in `home`. Returns what was done and how many points of each kind were passed."""
    passed: Counter[str] = Counter()

    def pass_point(kind: str, *_: object) -> None:
        passed[kind] += 1
        if death and death.kind == kind and death.n == passed[kind]:
            os.kill(os.getpid(), signal.SIGKILL)

    with mail_sink(home / "mail") as sink:
        works = works_in(home, play, sink.port, url)
        works.channel = _Watched(works.channel, partial(pass_point, "letter"))
        event.listen(works.db.engine, "commit", partial(pass_point, "commit"))
        try:
            done = replay(works, TABLE, play, fault=partial(pass_point, "fault"))
        finally:
            works.db.dispose()
    return done, passed


def killed_in(home: Path, play: Play, death: Death) -> int:
    """The same in a process of its own. Returns its exit code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=play_in, args=(home, play, death))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def letters_in(home: Path) -> set[str]:
    """Message-IDs of the letters that reached the mail server."""
    return {path.stem for path in (home / "mail").glob("*.eml")}


@dataclass
class _Watched:
    """A channel that passes a point after each yes of the server, before anybody has noted it."""

    inner: Channel
    point: Callable[[], None]

    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        def pass_and_tell(sent: Sent) -> None:
            self.point()
            tell(sent)

        await self.inner.send(mails, pass_and_tell)
