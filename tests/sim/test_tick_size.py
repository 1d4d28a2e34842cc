"""However often the clock strikes, the same letters leave on the same days (I17)."""

import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, col, select

from actions.changes import By
from actions.errors import Refused
from actions.extend import ask_extension, grant_extension
from actions.follow import waive
from domain.assignment import NotAllowed
from domain.escalation import Ladder
from flows.schedule import TABLE
from runtime.sim import faults
from runtime.sim.engine import Engine, inline_threads
from runtime.sim.office import OFFICE
from runtime.sim.play import template
from runtime.sim.scenarios import moment
from runtime.sim.wire import Server
from store.office import load_calendar
from store.tables import AssignmentRow

LONG = "DONDOC_SIM_LONG" in os.environ
CALM = faults.Plan(faults.Rates(), calm=True, leased=False)
DAYS = 5


def ticks(size: timedelta, days: int) -> Iterator[datetime]:
    """From eight on the first morning: a clock that strikes once a day strikes at the ladder's hour."""
    at = moment(0, 8)
    while at < moment(days, 8):
        yield at
        at += size


def acts(chance: Random, days: int) -> list[tuple[datetime, str, int]]:
    """What people do in the afternoons, when no rung falls: ask for time and get it, be let off."""
    found = [
        (
            moment(chance.randrange(days), 14, chance.randrange(60)),
            chance.choice(("extend", "waive")),
            chance.randrange(40),
        )
        for _ in range(6)
    ]
    return sorted(found)


def act(session: Session, at: datetime, what: str, which: int) -> None:
    work = session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))).all()
    one, by = work[which % len(work)], By("thuy", at)
    if what == "waive":
        waive(session, one.id, by, reason="trường sửa chữa")
        return
    calendar = load_calendar(session, OFFICE.calendar)
    wished = calendar.add(one.due_on, 6)
    asked = ask_extension(
        session, one.id, by, wished_on=wished, reason="mưa lũ", office=OFFICE, calendar=calendar
    )
    grant_extension(session, asked.id, by, calendar=calendar, zone=OFFICE.tz)


def letters(
    home: Path, size: timedelta, seed: int, days: int
) -> frozenset[tuple[int | None, str, date, frozenset[object]]]:
    """Who was told what kind of letter on which day, and of which rungs."""
    file = home / f"{size.total_seconds():.0f}.sqlite3"
    shutil.copyfile(template(), file)
    now = moment(0, 8)
    server = Server(CALM, Random(0))
    engine = Engine(
        "A", file, TABLE, server, now=lambda: now, true_now=lambda: now, point=lambda *_: None,
        wait=lambda _seconds: None, stall=lambda: None, leased=False,
    )  # fmt: skip
    to_do = acts(Random(seed), days)
    for now in ticks(size, days):
        while to_do and to_do[0][0] < now:
            with engine.works.db.transaction() as session:
                try:
                    act(session, *to_do.pop(0))
                except (Refused, NotAllowed):
                    session.rollback()
        engine.tick()
    engine.close()
    return frozenset(
        (told.person_id, told.kind, told.at.astimezone(OFFICE.tz).date(),
         frozenset((item.assignment_id, item.step, item.role, item.told_due_on) for item in told.items))
        for told in server.log
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6) if LONG else range(1))
def test_minutes_hours_and_days_tell_the_same(seed: int, tmp_path: Path) -> None:
    with inline_threads():
        hours = letters(tmp_path, timedelta(hours=1), seed, DAYS)
        days = letters(tmp_path, timedelta(days=1), seed, DAYS)
        minutes = letters(tmp_path, timedelta(minutes=1), seed, DAYS) if LONG else hours
    assert len(hours) > 5
    assert sorted(map(str, hours ^ days)) == sorted(map(str, hours ^ minutes)) == []


@pytest.mark.skipif(not LONG, reason="takes ten seconds: `make sim` looks for this bug")
def test_a_rung_that_falls_between_two_ticks_of_a_day_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = Ladder.moment

    def an_hour_late(self: Ladder, *given: Any, **more: Any) -> datetime | None:
        falls = moment(self, *given, **more)
        return falls and falls + timedelta(hours=1)

    monkeypatch.setattr(Ladder, "moment", an_hour_late)
    with inline_threads():
        hours = letters(tmp_path, timedelta(hours=1), 0, DAYS)
        days = letters(tmp_path, timedelta(days=1), 0, DAYS)
    assert hours ^ days
