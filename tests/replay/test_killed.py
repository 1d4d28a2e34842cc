"""Killed at any moment and continued, a replay sends the letters an undisturbed one sends."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import Literal

from sqlmodel import col, select

from domain.instants import end_of
from flows.schedule import TABLE
from runtime.mail_sink import mail_sink
from runtime.replay import DESK, MARK, replay
from store import audit
from store.questions.tally import tally
from store.tables import OutboxRow, SubmissionRow, WatermarkRow
from tests.support.replaying import Death, killed_in, letters_in, play_in, sample, works_in

UNTIL = date(2026, 11, 30)
KILLS = 10
KINDS: tuple[Literal["letter", "commit", "fault"], ...] = ("letter", "commit", "fault")


def test_ten_kills_lose_no_letter_and_add_none(tmp_path: Path) -> None:
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    play = sample(UNTIL)
    _, points = play_in(undisturbed, play)
    assert len(letters_in(undisturbed)) > KILLS

    chance = Random("kills")
    for n in range(KILLS):
        kind = KINDS[n % len(KINDS)]
        # Near enough that ten lives do not reach the end.
        assert killed_in(killed, play, Death(kind, chance.randint(1, points[kind] // KILLS))) == -SIGKILL
    play_in(killed, play)

    assert letters_in(killed) == letters_in(undisturbed)
    assert _outcome(killed) == _outcome(undisturbed)


class Stopped(BaseException):
    """Not an Exception: a job counts those and goes on."""


def test_stopped_every_evening_it_misses_nothing_that_people_do_later_that_day(tmp_path: Path) -> None:
    """The clerk's desk is the clock's last time of a day, and not the last moment in which somebody acts."""
    until = date(2026, 11, 16)
    play = sample(until)
    play_in(tmp_path / "undisturbed", play)

    stopped_at: set[datetime] = set()
    with mail_sink(tmp_path / "stopped" / "mail") as sink:
        works = works_in(tmp_path / "stopped", play, sink.port)

        def stop_at_the_desk(name: str) -> None:
            if name == "begun":
                with works.db.read() as session:
                    at = session.get_one(WatermarkRow, MARK).through
                if at.astimezone(play.folder.office.tz).time() == DESK and at not in stopped_at:
                    stopped_at.add(at)
                    raise Stopped

        while True:
            try:
                replay(works, TABLE, play, fault=stop_at_the_desk)
                break
            except Stopped:
                continue
        works.db.dispose()

    assert len(stopped_at) == len(list(play.days()))
    assert _after_the_desk(tmp_path / "undisturbed") > 0
    assert _outcome(tmp_path / "stopped") == _outcome(tmp_path / "undisturbed")


def _after_the_desk(home: Path) -> int:
    """How many rounds were handed in after the clerk had gone home."""
    play = sample(UNTIL)
    works = works_in(home, play, 0)
    with works.db.read() as session:
        moments = session.exec(select(SubmissionRow.handed_in_at)).all()
    works.db.dispose()
    return sum(at.astimezone(play.folder.office.tz).time() > DESK for at in moments)


def _outcome(home: Path) -> tuple[object, ...]:
    """Every letter with what became of it and when, on the virtual clock, and everything counted but the
    trail's head: a letter that may have left twice has one more line there."""
    works = works_in(home, sample(UNTIL), 0)
    with works.db.read() as session:
        assert audit.verify(session) is None
        found = tally(session, end_of(UNTIL, sample(UNTIL).folder.office.tz))
        letters = session.exec(select(OutboxRow).order_by(col(OutboxRow.key))).all()
        sent = [(letter.message_id, letter.state, letter.sent_at) for letter in letters]
    works.db.dispose()
    return sent, replace(found, audit_head="")
