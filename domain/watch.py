"""Watch lists (danh sách theo dõi): units enter by a rule and leave by a rule, and inside they report more often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import Field
from sqlmodel import SQLModel

from domain.fields import said, string
from domain.sentence import joined
from domain.verdict import Outcome, Verdict


class WatchList(SQLModel):
    """`enter_if` and `leave_if` are conditions on the reports of one pack. Left empty, the rules that name the list
    decide: one that is not met puts a unit on it, a report that meets them all is a good one. A unit leaves after
    `leave_after` good reports in a row. The rhythm inside is a duty of its own, owed by the members only."""

    code: str = string()
    title: str = string()
    clause: str = string(default="")
    pack: str = string()
    enter_if: str = string(default="")
    leave_if: str = string(default="")
    leave_after: int = Field(default=1, ge=1)


class WatchEntry(SQLModel):
    """One stay of a unit on a list, with the sentence that put it there. `clear`: good reports in a row so far."""

    entered_on: date
    why: str = said()
    clear: int = 0
    left_on: date | None = None
    left_why: str = said(default="")


@dataclass(frozen=True)
class Moved:
    """What one report does to a unit: `inside` after it, `clear` counted so far."""

    inside: bool
    clear: int = 0


@dataclass(frozen=True)
class Said:
    """Whether something is so, and the sentence why; None: unknown."""

    value: bool | None
    why: str = ""


def said_by_rules(verdicts: Sequence[Verdict]) -> Said:
    """What the rules of a list make of one report: False where one is not met, True where all are met."""
    for wanted, value in ((Outcome.NOT_MET, False), (Outcome.UNKNOWN, None)):
        if found := [v.why for v in verdicts if v.outcome is wanted]:
            return Said(value, joined("; ", found))
    return Said(True, joined("; ", (v.why for v in verdicts))) if verdicts else Said(None)


def moved(*, inside: bool, clear: int, enters: bool | None, leaves: bool | None, leave_after: int) -> Moved:
    """Unknown figures (None) neither put a unit on the list nor take it off, and break no row of good reports. A
    report that meets both conditions keeps the unit where the stricter one puts it: on the list."""
    if not inside:
        return Moved(enters is True)
    if enters is True or leaves is False:
        return Moved(True, 0)
    if leaves is None:
        return Moved(True, clear)
    return Moved(clear + 1 < leave_after, clear + 1)
