"""Questions about drafts that wait for a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.duty import DraftStatus
from store.tables import DirectiveRow, DraftRow


@dataclass(frozen=True)
class DraftLine:
    id: int
    directive_id: int
    clause: str
    quote: str
    deadline: str
    missing: tuple[str, ...]


def draft_lines(session: Session) -> Sequence[DraftLine]:
    """Every draft nobody has decided yet, in the order of the documents."""
    rows = session.exec(
        select(DraftRow)
        .where(col(DraftRow.status) == DraftStatus.PROPOSED)
        .order_by(col(DraftRow.directive_id), col(DraftRow.ordinal))
    ).all()
    return [
        DraftLine(
            row.id,
            row.directive_id,
            row.clause,
            row.quote,
            row.reading.get("deadline") or "",
            tuple(row.missing),
        )
        for row in rows
    ]


def draft_directive(session: Session, draft_id: int) -> int:
    return session.exec(select(DraftRow.directive_id).where(col(DraftRow.id) == draft_id)).one()


def place_in(session: Session, draft_id: int, words: str) -> int:
    """Where words of a draft stand in its directive's text; the draft's own start when they are not in it."""
    draft, text = session.exec(
        select(DraftRow, DirectiveRow.text)
        .join(DirectiveRow, col(DirectiveRow.id) == col(DraftRow.directive_id))
        .where(col(DraftRow.id) == draft_id)
    ).one()
    return max(text.find(words, draft.start, draft.end), draft.start)
