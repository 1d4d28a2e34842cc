"""One more draft of a directive, with what the office's policy makes of it."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from domain.draft import DutyDraft
from domain.proposal import Proposal
from store.tables import DraftRow


def add_draft(
    session: Session,
    directive_id: int,
    draft: DutyDraft,
    proposal: Proposal,
    *,
    ordinal: int | None = None,
    came_from: Sequence[int] = (),
) -> DraftRow:
    """Without an `ordinal` it is numbered after all others: no number is used twice."""
    row = DraftRow(
        directive_id=directive_id,
        ordinal=ordinal or _next_ordinal(session, directive_id),
        clause=draft.clause,
        quote=draft.quote,
        start=draft.start,
        end=draft.end,
        kind=draft.kind,
        reading=draft.model_dump(mode="json"),
        came_from=list(came_from),
    )
    put_proposal(row, proposal)
    session.add(row)
    session.flush()
    return row


def _next_ordinal(session: Session, directive_id: int) -> int:
    last = select(func.max(DraftRow.ordinal)).where(col(DraftRow.directive_id) == directive_id)
    return (session.exec(last).one() or 0) + 1


def put_proposal(row: DraftRow, proposal: Proposal) -> bool:
    """Whether it changed anything."""
    before = (row.terms, row.missing, row.added, row.notes)
    row.terms = proposal.terms.model_dump(mode="json") if proposal.terms else None
    row.missing, row.added, row.notes = list(proposal.missing), list(proposal.added), list(proposal.notes)
    return before != (row.terms, row.missing, row.added, row.notes)
