"""The duties issued before, as examples for what a new text leaves open."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from domain.assignment import Part
from domain.competence import Earlier
from store.tables import DirectiveRow, DraftRow, DutyRow, DutyUnitRow, PassageRow, UnitRow

MOST = 5000
"""The latest duties are example enough."""


def earlier_duties(session: Session) -> list[Earlier]:
    """In the order of issuing. A duty without a lead counts as done by all who carry it out."""
    rows = session.exec(
        select(DutyRow, DraftRow, DirectiveRow)
        .join(DraftRow, col(DraftRow.id) == col(DutyRow.draft_id))
        .join(DirectiveRow, col(DirectiveRow.id) == col(DutyRow.directive_id))
        .order_by(col(DutyRow.id).desc())
        .limit(MOST)
    ).all()
    units = _units(session)
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


def _units(session: Session) -> dict[int, tuple[str, ...]]:
    parts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = session.exec(
        select(DutyUnitRow.duty_id, DutyUnitRow.part, UnitRow.code)
        .join(UnitRow, col(UnitRow.id) == col(DutyUnitRow.unit_id))
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
