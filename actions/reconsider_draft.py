"""A person takes back a decision about a draft before it is issued: it waits again, as the text was read."""

from sqlmodel import Session, col, select

from actions.add_draft import put_proposal
from actions.changes import By, record
from actions.drop_directive import brought_back
from actions.errors import NotFound, Refused, Stale
from domain.draft import DutyDraft
from domain.duty import DraftStatus
from domain.proposal import Proposer
from store.tables import DirectiveRow, DraftRow, DutyRow


def reconsider_draft(
    session: Session, draft_id: int, by: By, *, propose: Proposer, version: int | None = None
) -> None:
    """An approved or discarded draft waits again. Raises `Refused` once it is a duty, and for a directive that
    another text has replaced."""
    row = decided(session, draft_id, version, DraftStatus.APPROVED, DraftStatus.DISCARDED)
    directive = session.get_one(DirectiveRow, row.directive_id)
    if directive.replaced_by is not None:
        raise Refused("Văn bản này đã được thay bằng văn bản khác nên không quyết định lại.")
    brought_back(directive)
    before, row.status = row.status, DraftStatus.PROPOSED
    row.reason, row.decided_at = "", None
    row.version += 1
    put_proposal(row, propose(DutyDraft.model_validate(row.reading)))
    record(session, by, "draft_reconsidered", f"draft:{row.id}", before=before)


def decided(session: Session, draft_id: int, version: int | None, *states: DraftStatus) -> DraftRow:
    """The draft in one of these states and not issued, held until the transaction ends. Raises `NotFound`,
    `Stale`, `Refused`."""
    row = session.get(DraftRow, draft_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có nội dung này.")
    if version is not None and row.version != version:
        raise Stale
    if session.exec(select(DutyRow.id).where(col(DutyRow.draft_id) == draft_id)).first() is not None:
        raise Refused("Nội dung này đã được giao thành việc; hãy thu hồi hoặc sửa trên việc đã giao.")
    if row.status not in states:
        raise Refused("Nội dung này chưa được quyết định.")
    return row
