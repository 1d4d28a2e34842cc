"""Ask once: what units were asked for already, and how much a week asks of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from domain.duty import Duty
from store.tables import AssignmentRow, DutyRow, OccurrenceRow


@dataclass(frozen=True)
class Asked:
    """A figure of the new form that so many of the units were asked for already, last on that day."""

    figure: str
    duty: str
    units: int
    last_on: date


def already_asked(
    session: Session,
    figures: Mapping[str, Collection[str]],
    wanted: Collection[str],
    unit_ids: Sequence[int],
    since: date,
) -> list[Asked]:
    """`figures`: what each pack asks for, `wanted`: what the new request would ask, both by the name that is the
    same everywhere (label or code). Only what was opened from `since` on; in the order of `wanted`."""
    rows = session.exec(
        select(
            DutyRow,
            func.count(func.distinct(col(AssignmentRow.unit_id))),
            func.max(col(OccurrenceRow.opens_on)),
        )
        .join(OccurrenceRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(AssignmentRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(
            col(DutyRow.pack) != "",
            col(AssignmentRow.unit_id).in_(unit_ids),
            col(OccurrenceRow.opens_on) >= since,
        )
        .group_by(col(DutyRow.id))
        .order_by(col(DutyRow.id))
    ).all()
    return [
        Asked(figure, duty.title, units, last_on)
        for figure in wanted
        for duty, units, last_on in rows
        if figure in _asks(duty, figures)
    ]


def _asks(duty: Duty, figures: Mapping[str, Collection[str]]) -> Collection[str]:
    return figures.get(duty.pack, ())


def weekly_load(session: Session, unit_ids: Sequence[int], day: date) -> dict[int, int]:
    """How many pieces of work fall due for each unit in the week (Monday to Sunday) of the day; 0 is said too."""
    monday = day - timedelta(days=day.weekday())
    rows = session.exec(
        select(AssignmentRow.unit_id, func.count())
        .where(
            col(AssignmentRow.unit_id).in_(unit_ids),
            col(AssignmentRow.due_on).between(monday, monday + timedelta(days=6)),
        )
        .group_by(col(AssignmentRow.unit_id))
    ).all()
    return dict.fromkeys(unit_ids, 0) | dict(rows)


def over_budget(load: Mapping[int, int], new: int, budget: int) -> dict[int, int]:
    """Units that `new` requests more in that week would put above the budget, with their load then."""
    return {unit_id: count + new for unit_id, count in load.items() if count + new > budget}
