"""Killed at any moment and continued, a replay sends the letters an undisturbed one sends."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import Literal

from sqlmodel import col, select

from domain.instants import end_of
from store import audit
from store.questions.tally import tally
from store.tables import OutboxRow
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
