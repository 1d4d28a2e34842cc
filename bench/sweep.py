"""The sweep: reminders that are due now among very many open assignments.

`sqlite`, `postgresql`: our whole sweep (plan, decide, write notices, move on, audit, commit) over the bare SQL
that writes the same notices and moves the same rows with every answer known beforehand: one INSERT … SELECT and
one UPDATE in one transaction. `flat`: our sweep among most over our sweep among fewest, the same number due.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import literal, select, text
from sqlmodel import col

from bench import _spine as spine
from domain.assignment import Part, State
from domain.fields import UtcDateTime, one_of
from flows.schedule import TABLE
from runtime.jobs import run_job
from store.database import Database
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, UnitRow
from store.writing import insert_selected

JOB = next(job for job in TABLE if job.name == "remind_and_escalate")
UNITS = 1_000
ROUNDS = 5
A_TRANSACTION = 200  # occurrences; keeps the log short while filling
REMINDED = datetime(2023, 2, 9, 1, 0, tzinfo=UTC)
SOON, MUCH_LATER = date(2023, 2, 14), date(2024, 2, 14)
NEXT = datetime(2023, 2, 14, 1, 0, tzinfo=UTC)
COLUMNS = (
    "occurrence_id",
    "unit_id",
    "part",
    "state",
    "due_on",
    "due_at",
    "step",
    "next_action_at",
    "version",
)


def moment(window: int) -> datetime:
    """Each window is due at a minute of its own, by the ladder of its own duty."""
    return REMINDED + timedelta(minutes=window)


@dataclass
class World:
    """Open assignments in a database, in occurrences of `units` each: `windows` times as many as are due at one
    sweep stand among those that are due much later. Every sweep takes the next window."""

    db: Database
    due: int
    units: int = UNITS
    windows: int = 2 * ROUNDS
    swept: int = 0

    def fill(self, open_now: int) -> None:
        soon = [window for window in range(self.windows) for _ in range(self.due // self.units)]
        later = open_now // self.units - len(soon)
        occurrences = list(enumerate([None] * (later // 2) + soon + [None] * (later - later // 2), start=1))
        duties = [spine.a_duty(1), *(spine.a_duty(n + 2, _clock(moment(n))) for n in range(self.windows))]
        spine.add_units(self.db, self.units)
        spine.add_rows(self.db, DutyRow, [duty.model_dump() for duty in duties])
        spine.add_rows(self.db, OccurrenceRow, [_occurrence(*one) for one in occurrences])
        with spine.unindexed(self.db, AssignmentRow):
            for begin, end in pairwise([*range(0, len(occurrences), A_TRANSACTION), len(occurrences)]):
                with spine.filling(self.db) as session:
                    for one in occurrences[begin:end]:
                        insert_selected(session, AssignmentRow, COLUMNS, _assignments(*one))
                self.db.checkpoint()
        spine.settle(self.db)

    def next_window(self) -> datetime:
        self.swept += 1
        return moment(self.swept - 1)

    def sweep(self) -> float:
        at = self.next_window()
        done: dict[str, int] = {}
        spent = spine.seconds(lambda: done.update(run_job(JOB, spine.works(self.db), at)))
        assert done == {"notices": self.due}, done  # noqa: S101
        return spent

    def bare(self) -> float:
        """The same rows written, without a decision, a group, an audit line or an answer to "is it new?"."""
        bound = {"at": spine.bindable(self.db, self.next_window()), "next": spine.bindable(self.db, NEXT)}

        def write() -> None:
            with self.db.transaction() as session:
                session.execute(text(NOTICES), bound)
                session.execute(text(MOVES), bound)

        return spine.seconds(write)


NOTICES = (
    "INSERT INTO notice (assignment_id, step, role, due_on, at, fate, reason, binding)"
    " SELECT id, 0, 'officer', due_on, :at, 'pending', '', true FROM assignment WHERE next_action_at <= :at"
)
MOVES = "UPDATE assignment SET step = 1, next_action_at = :next WHERE next_action_at <= :at"


def _clock(instant: datetime) -> time:
    return instant.astimezone(spine.ZONE).time()


def _occurrence(number: int, window: int | None) -> dict[str, Any]:
    return {
        "id": number, "duty_id": 1 if window is None else window + 2, "period": f"p{number}", "why": "",
        "opens_on": spine.FIRST, "due_on": MUCH_LATER if window is None else SOON,
    }  # fmt: skip


def _assignments(number: int, window: int | None) -> Any:
    due_on = MUCH_LATER if window is None else SOON
    first = NEXT + timedelta(days=300, minutes=number) if window is None else moment(window)
    return select(
        literal(number), col(UnitRow.id), literal(Part.EXECUTOR, one_of(Part)),
        literal(State.ASSIGNED, one_of(State)), literal(due_on), literal(NEXT, UtcDateTime),
        literal(0), literal(first, UtcDateTime), literal(1),
    ).order_by(col(UnitRow.id))  # fmt: skip


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"open": chosen.open, "due": chosen.due}
    for kind in chosen.on:
        found |= measure_on(kind, chosen.open, chosen.due)
    found["flat"] = max(found[f"flat_{kind}"] for kind in chosen.on)
    return found


def measure_on(kind: str, sizes: list[int], due: int) -> dict[str, Any]:
    """Few and many side by side, in alternation, so that busy neighbours weigh on all alike."""
    few, many = f"{kind}-few", f"{kind}-many"
    with spine.databases(few, many) as made:
        worlds = {name: World(db, due) for name, db in made.items()}
        for world, size in zip(worlds.values(), sizes, strict=True):
            world.fill(size)
        ours: dict[str, list[float]] = {few: [], many: []}
        bare: dict[str, list[float]] = {few: [], many: []}
        held: dict[str, list[float]] = {few: [], many: []}
        for _ in range(ROUNDS):
            for name, world in worlds.items():
                with spine.peak_memory() as peak:
                    ours[name].append(world.sweep())
                    held[name].append(peak())
                bare[name].append(world.bare())
    return {
        kind: max(spine.ratio(ours[name], bare[name]) for name in worlds),
        f"flat_{kind}": spine.ratio(ours[many], ours[few]),
        f"memory_flat_{kind}": spine.ratio(held[many], held[few]),
    }


def sizes(words: str) -> list[int]:
    """ "1000000,10000000": few and many."""
    few, many = (int(word) for word in words.split(","))
    return [few, many]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--open", type=sizes, default=[200_000, 2_000_000], help="few and many open")
    options.add_argument("--due", type=int, default=10_000, help="due at each sweep")
    options.add_argument("--on", nargs="+", default=["sqlite", "postgresql"])
    spine.show(measure, options)


if __name__ == "__main__":
    main()
