"""The duties issued before, as examples for what a new text leaves open."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from domain.assignment import Part
from domain.competence import Earlier
from store.tables import DirectiveRow, DraftRow, DutyRow, DutyUnitRow, PassageRow, UnitRow

MOST = 5000
"""The latest duties are example enough."""
MOST_UNITS = 50


def earlier_duties(session: Session) -> list[Earlier]:
    """In the order of issuing. A duty without a lead counts as done by all who carry it out."""
    rows = session.exec(
        select(DutyRow, DraftRow, DirectiveRow)
        .join(DraftRow, col(DraftRow.id) == col(DutyRow.draft_id))
        .join(DirectiveRow, col(DirectiveRow.id) == col(DutyRow.directive_id))
        .order_by(col(DutyRow.id).desc())
        .limit(MOST)
    ).all()
    units = _units(session, [duty.id for duty, _, _ in rows])
    return [
        Earlier(
            title=duty.title,
            leads=units[duty.id],
            deadline=" ".join((draft.reading.get("deadline_text") or "").split()),
            recurrence=duty.terms_of_time().repeat,
            product=duty.product,
            pack=duty.pack,
            source=directive.symbol or "",
        )
        for duty, draft, directive in reversed(rows)
    ]


def _units(session: Session, duties: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Of a duty that many units carry out nobody is competent more than the others: it has none."""
    if not duties:
        return defaultdict(tuple)
    parts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    several = (
        select(col(DutyUnitRow.id)).where(col(DutyUnitRow.duty_id) == col(DutyRow.id)).limit(MOST_UNITS + 1)
    ).correlate(DutyRow)
    few = select(func.count()).select_from(several.subquery()).scalar_subquery() <= MOST_UNITS
    rows = session.exec(
        select(DutyUnitRow.duty_id, DutyUnitRow.part, UnitRow.code)
        .join(DutyRow, col(DutyRow.id) == col(DutyUnitRow.duty_id))
        .join(UnitRow, col(UnitRow.id) == col(DutyUnitRow.unit_id))
        .where(col(DutyRow.id) >= min(duties), few)
        .order_by(col(DutyUnitRow.id))
    ).all()
    for duty_id, part, code in rows:
        parts[duty_id][part].append(code)
    return defaultdict(tuple, {duty: tuple(by[Part.LEAD] or by[Part.EXECUTOR]) for duty, by in parts.items()})


def headings(session: Session, directive: DirectiveRow) -> Sequence[tuple[int, str]]:
    """Start and text of the directive's headings, in their order."""
    rows = session.exec(
        select(PassageRow)
        .where(col(PassageRow.directive_id) == directive.id, col(PassageRow.kind) == "heading")
        .order_by(col(PassageRow.start))
    ).all()
    return [(row.start, directive.text[row.start : row.end]) for row in rows]
