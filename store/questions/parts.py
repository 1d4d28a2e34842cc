"""Parts by coordinators (phần việc phối hợp): what the lead of a duty has from the others, and what not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from domain.assignment import DELIVERED, OUT, OWING, Part, Standing
from store.questions.standing import standing_of
from store.questions.work import Round, last_rounds
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, UnitRow


@dataclass(frozen=True)
class Given:
    """One coordinator's part. `due_on` is the unit's own deadline, earlier than the lead's where the duty has a
    chain; `handed_in_at` None: not delivered. `round`: what was delivered last, without its verdicts."""

    assignment_id: int
    unit: str
    due_on: date
    handed_in_at: datetime | None
    standing: Standing
    round: Round | None = None


def parts(session: Session, assignment_id: int, now: datetime, soon: timedelta) -> Sequence[Given]:
    """For the lead's assignment: every coordinator of the same period, what is lacking first. Three questions."""
    occurrence_id = select(AssignmentRow.occurrence_id).where(AssignmentRow.id == assignment_id)
    rows = session.exec(
        select(AssignmentRow, UnitRow.name, standing_of(now, soon))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(
            col(AssignmentRow.occurrence_id).in_(occurrence_id),
            AssignmentRow.part == Part.COORDINATOR,
            AssignmentRow.id != assignment_id,
        )
        .order_by(col(AssignmentRow.id))
    ).all()
    done = {row.id for row, *_ in rows if row.state in DELIVERED}
    last = last_rounds(session, done)
    found = [
        Given(row.id, unit, row.due_on, row.handed_in_at if row.id in done else None, how, last.get(row.id))
        for row, unit, how in rows
    ]
    return sorted(found, key=lambda one: one.handed_in_at is not None)


def led_by(session: Session, assignment_id: int) -> Sequence[str]:
    """For a coordinator's assignment: names of the units that lead the same period."""
    occurrence_id = select(AssignmentRow.occurrence_id).where(AssignmentRow.id == assignment_id)
    return session.exec(
        select(UnitRow.name)
        .join(AssignmentRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
        .where(
            col(AssignmentRow.occurrence_id).in_(occurrence_id),
            AssignmentRow.part == Part.LEAD,
            col(AssignmentRow.state).not_in(OUT),
        )
        .order_by(col(AssignmentRow.id))
    ).all()


def delivered(session: Session, occurrence_ids: Collection[int]) -> Collection[int]:
    """Of these the ones whose leads have all delivered the whole."""
    a = AssignmentRow
    led = (
        select(a.occurrence_id)
        .where(col(a.occurrence_id).in_(occurrence_ids), a.part == Part.LEAD, col(a.state).not_in(OUT))
        .group_by(col(a.occurrence_id))
        .having(func.count() == func.count().filter(col(a.state).in_(DELIVERED)))
    )
    return set(session.exec(led)) if occurrence_ids else ()


def is_delivered(session: Session, assignment_id: int) -> bool:
    """Whether the whole, of which the assignment is a part, has been delivered."""
    matter = select(AssignmentRow.occurrence_id).where(AssignmentRow.id == assignment_id)
    return bool(delivered(session, session.exec(matter).all()))


def lacking(session: Session, occurrence_id: int) -> list[str]:
    """Names of the coordinators who still owe their part, in order of assignment."""
    return lacking_in(session, [occurrence_id])[occurrence_id]


def lacking_in(session: Session, occurrence_ids: Collection[int]) -> Mapping[int, list[str]]:
    """The same for each of the occurrences."""
    return _named(session, occurrence_ids, Part.COORDINATOR, col(AssignmentRow.state).in_(OWING))


def leads_in(session: Session, occurrence_ids: Collection[int]) -> Mapping[int, list[str]]:
    """Names of the units that lead each of the occurrences."""
    return _named(session, occurrence_ids, Part.LEAD, col(AssignmentRow.state).not_in(OUT))


def _named(
    session: Session, occurrence_ids: Collection[int], part: Part, state: ColumnElement[bool]
) -> Mapping[int, list[str]]:
    rows = session.exec(
        select(AssignmentRow.occurrence_id, UnitRow.name)
        .join(AssignmentRow, col(AssignmentRow.unit_id) == col(UnitRow.id))
        .where(col(AssignmentRow.occurrence_id).in_(occurrence_ids), AssignmentRow.part == part, state)
        .order_by(col(AssignmentRow.id))
    )
    names: dict[int, list[str]] = {occurrence_id: [] for occurrence_id in occurrence_ids}
    for occurrence_id, name in rows:
        names[occurrence_id].append(name)
    return names
