"""How units behave in a replay: a seeded script, the same for the same seed, unit, duty and period.

A unit hands in on time, late or never; some send wrong figures or leave one out, and correct them once the
report comes back. What it sends is drawn from the office folder's `replay.yaml` and the rule pack's form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, model_validator

from domain.instants import at_clock, local_day
from domain.workdays import Calendar
from intake.office_folder import FolderError, read_model
from rules.form import Field, FieldType, Form
from runtime.inspection_script import InspectionScript
from store.questions.open_work import OpenWork

EARLIEST = 10  # working days before the deadline
LATEST = 8  # working days after it
CORRECTION = 3  # working days after a report came back
ROUNDS = 4
"""After so many rounds a unit gives up; a script that never satisfies its own pack ends, and is seen."""


class Habit(StrEnum):
    ON_TIME = "on_time"
    LATE = "late"
    SILENT = "silent"
    WRONG = "wrong"  # a part greater than its whole
    MISSING = "missing"  # a required figure left out


class Drawn(BaseModel):
    """Either a number between two, steady for a unit; or a share, in percent, of a figure named before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    between: tuple[int, int] = (0, 0)
    of: str = ""
    shares: tuple[int, ...] = (100,)


class UnitScript(BaseModel):
    """`shares`: how often each habit occurs, as weights. `figures`: by the form's field codes, in its order.
    `inspections`: how the office's own teams go about; none: nobody is inspected."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shares: dict[Habit, int] = {Habit.ON_TIME: 1}
    figures: dict[str, Drawn] = {}
    inspections: InspectionScript | None = None

    @model_validator(mode="after")
    def _someone_acts(self) -> Self:
        if min(self.shares.values(), default=0) < 0 or not sum(self.shares.values()):
            raise ValueError("“shares” cần ít nhất một số dương và không có số âm")
        return self


def load_script(folder: Path) -> UnitScript:
    """The folder's `replay.yaml`; without one, every unit hands in on time. Raises `FolderError`."""
    problems: list[str] = []
    script = read_model(folder / "replay.yaml", UnitScript, problems, required=False)
    if problems:
        raise FolderError(folder, problems)
    return script or UnitScript()


@dataclass(frozen=True)
class Act:
    """A round a unit hands in: when, with which figures, under which form id."""

    at: datetime
    work: OpenWork
    figures: dict[str, Any]

    def key(self, seed: int) -> str:
        return f"replay:{seed}:{self.work.assignment_id}:{self.work.rounds + 1}"


def next_act(
    script: UnitScript, work: OpenWork, form: Form | None, *, seed: int, calendar: Calendar, zone: ZoneInfo
) -> Act | None:
    """What the unit does next about this assignment; None when it keeps silent."""
    habit = _habit(script, _chance(seed, work, "habit"))
    if habit is Habit.SILENT or work.rounds >= ROUNDS:
        return None
    moment = _chance(seed, work, f"moment {work.rounds}")
    day = _day(work, habit, moment, calendar, zone)
    at = at_clock(day, time(8 + moment.randrange(9), moment.randrange(60)), zone)
    if form is None:
        return Act(at, work, {})
    right = right_figures(script, form, work.unit, seed, _chance(seed, work, "figures"))
    if work.rounds == 0 and habit is Habit.WRONG:
        return Act(at, work, spoil(script, form, right, _chance(seed, work, "spoil")))
    if work.rounds == 0 and habit is Habit.MISSING:
        return Act(at, work, leave_out(form, right, _chance(seed, work, "spoil")))
    return Act(at, work, right)


def right_figures(script: UnitScript, form: Form, unit: str, seed: int, chance: Random) -> dict[str, Any]:
    """Figures as a careful unit gives them: steady from month to month, parts within their wholes."""
    given: dict[str, Any] = {}
    for field in form.fields:
        if not field.total_of:
            given[field.code] = _figure(script, field, given, Random(f"{seed}|{unit}|{field.code}"), chance)
    for field in form.fields:
        if field.total_of:
            given[field.code] = sum(given[code] for code in field.total_of)
    return given


def spoil(script: UnitScript, form: Form, right: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    """One part made greater than its whole; without such a pair, a required figure is left out."""
    parts = [code for code, drawn in script.figures.items() if drawn.of and code in right]
    if not parts:
        return leave_out(form, right, chance)
    part = chance.choice(parts)
    return {**right, part: right[script.figures[part].of] + chance.randint(1, 20)}


def leave_out(form: Form, right: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    required = [field.code for field in form.fields if field.required]
    gone = chance.choice(required) if required else ""
    return {code: value for code, value in right.items() if code != gone}


def _habit(script: UnitScript, chance: Random) -> Habit:
    return chance.choices(list(script.shares), list(script.shares.values()))[0]


def _chance(seed: int, work: OpenWork, about: str) -> Random:
    return Random(f"{seed}|{work.duty}|{work.period}|{work.unit}|{about}")


def _day(work: OpenWork, habit: Habit, chance: Random, calendar: Calendar, zone: ZoneInfo) -> date:
    """A working day: before the deadline, after it, or soon after the report came back."""
    if work.judged_at is not None:
        return calendar.add(local_day(work.judged_at, zone), chance.randint(1, CORRECTION))
    if habit is Habit.LATE:
        return calendar.add(work.due_on, chance.randint(1, LATEST))
    latest = calendar.previous_working(work.due_on)
    room = max(0, min(EARLIEST, calendar.count(work.opens_on, latest)))
    return max(calendar.add(latest, -chance.randint(0, room)), work.opens_on)


def _figure(
    script: UnitScript, field: Field, given: Mapping[str, Any], steady: Random, chance: Random
) -> Any:
    drawn = script.figures.get(field.code)
    if drawn and drawn.of:
        return given[drawn.of] * chance.choice(drawn.shares) // 100
    if drawn:
        return steady.randint(*drawn.between)
    if field.type is FieldType.BOOLEAN:
        return True
    if field.type is FieldType.TEXT:
        return "Đã thực hiện"
    return steady.randint(int(field.low or 0), int(field.high or 100))


def on_the_tick(at: datetime, minutes: int) -> datetime:
    """The first tick not before `at`."""
    step = timedelta(minutes=minutes)
    past = timedelta(minutes=at.minute % minutes, seconds=at.second, microseconds=at.microsecond)
    return at if not past else at - past + step
