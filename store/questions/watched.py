"""Who is on which watch list and why: for the office all, for a unit its own."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from store.compliance_tables import WatchEntryRow, WatchListRow
from store.questions.scope import Scope, within
from store.tables import UnitRow

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
