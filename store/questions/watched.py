"""Who is on which watch list and why: for the office all, for a unit its own."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from store.compliance_tables import WatchEntryRow, WatchListRow
from store.questions.scope import Scope, within
from store.tables import DutyRow, UnitRow

ALL = Scope(everything=True)


@dataclass(frozen=True)
class Watched:
    """`to_go`: good reports in a row that still take the unit off the list."""

    title: str
    clause: str
    unit: str
    entered_on: date
    why: str
    to_go: int


def watched(session: Session, scope: Scope = ALL) -> list[Watched]:
    """Units of the scope that are on a list now, by list and by name."""
    question = (
        select(WatchListRow, WatchEntryRow, UnitRow)
        .where(
            col(WatchEntryRow.watch_list_id) == col(WatchListRow.id),
            col(WatchEntryRow.unit_id) == col(UnitRow.id),
            col(WatchEntryRow.left_on).is_(None),
            within(scope, UnitRow.id),
        )
        .order_by(col(WatchListRow.id), col(UnitRow.name))
    )
    return [
        Watched(one.title, one.clause, unit.name, entry.entered_on, entry.why, one.leave_after - entry.clear)
        for one, entry, unit in session.exec(question).all()
    ]


def lists_of(session: Session, pack: str) -> list[tuple[str, str]]:
    """(code, title) of the lists that reports of the pack move units on and off."""
    rows = session.exec(
        select(WatchListRow.code, WatchListRow.title)
        .where(col(WatchListRow.pack) == pack)
        .order_by(col(WatchListRow.id))
    )
    return list(rows.all())


def duties_with_rhythm(session: Session) -> list[tuple[int, str]]:
    """(id, title) of recurring duties that a list may add to what its members owe, by title."""
    rows = session.exec(
        select(DutyRow.id, DutyRow.title, DutyRow.schedule)
        .where(col(DutyRow.asleep).is_(False))
        .order_by(col(DutyRow.title), col(DutyRow.id))
    )
    return [(number, title) for number, title, schedule in rows if schedule["repeat"] != "none"]
