"""Six short stories, each about one moment at which the clock and a person touch the same work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from actions.change_calendar import change_calendar
from actions.changes import By
from actions.extend import ask_extension, grant_extension
from actions.hand_in import hand_in
from actions.hand_over import Succession, hand_over_unit
from domain.instants import at_clock
from domain.workdays import CalendarDay
from runtime.sim.office import OFFICE
from runtime.sim.people import Deed
from store.office import load_calendar
from store.tables import AssignmentRow, ExtensionRow, UnitRow

MONDAY = date(2027, 4, 5)
"""The office's first day. What is owed “before the 8th” is due on Wednesday, its leader is told on Friday."""


def moment(days: int, hour: int, minute: int = 0) -> datetime:
    """`days` after the Monday, on the office's clock."""
    return at_clock(MONDAY + timedelta(days=days), time(hour, minute), OFFICE.tz)


@dataclass(frozen=True)
class Scenario:
    """`before`: ticks that lead there, and what people did between them. `tick`: the one that is looked at.
    `deed`: what a person does while it runs, when it first comes to the point `at`."""

    name: str
    before: tuple[datetime | Deed, ...]
    tick: datetime
    deed: Deed | None = None
    at: str = ""


def _to_wednesday() -> tuple[datetime | Deed, ...]:
    return (moment(0, 0, 10), moment(0, 8), moment(0, 8, 5), moment(1, 8), moment(2, 7, 55))


def _work(session: Session) -> int:
    """The first piece of work due on Wednesday."""
    due = select(AssignmentRow.id).where(col(AssignmentRow.due_on) == MONDAY + timedelta(days=2))
    return session.exec(due.order_by(col(AssignmentRow.id))).first() or 0


def _hand_in(s: Session, by: By) -> object:
    return hand_in(s, _work(s), figures={}, by=by, key="mau-1")


def _ask(s: Session, by: By) -> object:
    return ask_extension(
        s, _work(s), by, wished_on=MONDAY + timedelta(days=4), reason="mưa lũ",
        office=OFFICE, calendar=load_calendar(s, OFFICE.calendar),
    )  # fmt: skip


def _grant(s: Session, by: By) -> None:
    asked = s.exec(select(ExtensionRow.id)).one()
    grant_extension(s, asked, by, calendar=load_calendar(s, OFFICE.calendar), zone=OFFICE.tz)


def close_friday(s: Session, by: By) -> object:
    day = CalendarDay(MONDAY + timedelta(days=4), "off", "nghỉ bão", "Công điện mô phỏng")
    return change_calendar(s, [day], By(by.actor, by.at, day.source), office=OFFICE)


def _merge(s: Session, by: By) -> object:
    ids = {unit.code: unit.id for unit in s.exec(select(UnitRow))}
    since = MONDAY + timedelta(days=2)
    return hand_over_unit(s, Succession(ids["dong-1"], (ids["dong-2"],), since), by, office=OFFICE)


def _on_wednesday(who: str, do: Callable[[Session, By], object], key: str = "") -> Deed:
    return Deed(moment(2, 8), who, do, key)


SCENARIOS = (
    Scenario("open the month", (), moment(0, 0, 10)),
    Scenario(
        "hand in during the sweep", _to_wednesday(), moment(2, 8),
        _on_wednesday("unit:dong-1", _hand_in, "mau-1"), "begin",
    ),
    Scenario("escalate and send", (*_to_wednesday(), moment(2, 8), moment(3, 8), moment(4, 7, 55)), moment(4, 8)),
    Scenario(
        "extend while a letter is claimed",
        (moment(0, 0, 10), moment(0, 8), Deed(moment(1, 10), "unit:dong-1", _ask), moment(2, 7, 55)),
        moment(2, 8), _on_wednesday("thuy", _grant), "hand over",
    ),
    Scenario("a day off is announced", _to_wednesday(), moment(2, 8), _on_wednesday("thuy", close_friday), "commit"),
    Scenario("a unit is merged", _to_wednesday(), moment(2, 8), _on_wednesday("thuy", _merge), "hand over"),
)  # fmt: skip
AFTERWARDS = (
    timedelta(minutes=30),
    timedelta(minutes=50),
    timedelta(hours=2),
    timedelta(days=1),
    timedelta(days=5),
    timedelta(days=5, minutes=10),
)
"""Ticks after it, with nobody doing anything: by the last one every letter has left."""
