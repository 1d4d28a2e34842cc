"""The duties in force: a list, and one with its periods and units."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.assignment import UNFINISHED, Part
from domain.duty import Kind
from store.questions.turn import Turn, turned
from store.search import Thing, seek
from store.tables import AssignmentRow, DirectiveRow, DutyRow, DutyUnitRow, OccurrenceRow, UnitRow

PAGE = 100
UNITS_SHOWN = 300


@dataclass(frozen=True)
class DutyLine:
    duty: DutyRow
    symbol: str
    units: int

    @property
    def id(self) -> int:
        return self.duty.id


def duties(session: Session, kind: Kind | None, words: Sequence[str], turn: Turn) -> Sequence[DutyLine]:
    """Newest first."""
    units = (
        select(func.count())  # of rows, not of a column: off the index
        .where(col(DutyUnitRow.duty_id) == col(DutyRow.id))
        .scalar_subquery()
    )
    question = select(DutyRow, col(DirectiveRow.symbol), units).join(
        DirectiveRow, col(DirectiveRow.id) == col(DutyRow.directive_id)
    )
    if kind is not None:
        question = question.where(col(DutyRow.kind) == kind)
    for one in seek(session, words):
        question = question.where(col(DutyRow.id).in_(one.among(Thing.DUTY)))
    found = turned(session, question, [col(DutyRow.id)], turn, falling=True)
    return [DutyLine(duty, symbol or "", number) for duty, symbol, number in found]


def duty_counts(session: Session) -> dict[Kind, int]:
    rows = session.execute(select(col(DutyRow.kind), func.count()).group_by(col(DutyRow.kind)))
    return dict(rows.all())


@dataclass(frozen=True)
class PeriodLine:
    occurrence: OccurrenceRow
    units: int
    unfinished: int


@dataclass(frozen=True)
class DutyPage:
    """`units`: (id, name, part), the first `UNITS_SHOWN`."""

    duty: DutyRow
    directive: DirectiveRow
    periods: Sequence[PeriodLine]
    units: Sequence[tuple[int, str, Part]]


def duty_page(session: Session, duty_id: int) -> DutyPage | None:
    duty = session.get(DutyRow, duty_id)
    if duty is None:
        return None
    a = AssignmentRow
    periods = session.execute(
        select(OccurrenceRow, func.count(), func.count().filter(col(a.state).in_(UNFINISHED)))
        .join(a, col(a.occurrence_id) == col(OccurrenceRow.id))
        .where(col(OccurrenceRow.duty_id) == duty_id)
        .group_by(col(OccurrenceRow.id))
        .order_by(col(OccurrenceRow.due_on).desc())
    )
    units = session.execute(
        select(col(UnitRow.id), col(UnitRow.name), col(DutyUnitRow.part))
        .join(DutyUnitRow, col(DutyUnitRow.unit_id) == col(UnitRow.id))
        .where(col(DutyUnitRow.duty_id) == duty_id)
        .order_by(col(DutyUnitRow.part) != Part.LEAD, col(UnitRow.id))
        .limit(UNITS_SHOWN)
    )
    return DutyPage(
        duty,
        session.get_one(DirectiveRow, duty.directive_id),
        [PeriodLine(*row) for row in periods],
        [(unit_id, name, Part(part)) for unit_id, name, part in units],
    )
