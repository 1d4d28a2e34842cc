"""A person splits a draft into two orders, or merges two drafts into one. The drafts as read stay, marked."""

from sqlmodel import Session

from actions.add_draft import add_draft
from actions.changes import By, record
from actions.decide_draft import undecided
from actions.errors import Refused
from domain.draft import DutyDraft
from domain.duty import DraftStatus
from domain.proposal import Proposer
from domain.recast import CannotRecast, merge, split
from store.tables import DirectiveRow, DraftRow


def split_draft(
    session: Session, draft_id: int, by: By, *, at: int, propose: Proposer, version: int | None = None
) -> tuple[DraftRow, DraftRow]:
    """Cut at character offset `at` of the directive's text; each part is proposed anew."""
    row = undecided(session, draft_id, version)
    directive = session.get_one(DirectiveRow, row.directive_id)
    try:
        parts = split(DutyDraft.model_validate(row.reading), directive.text, at, directive.issued_on)
    except CannotRecast as error:
        raise Refused(str(error)) from None
    first, second = (
        add_draft(session, directive.id, part, propose(part), came_from=[row.id]) for part in parts
    )
    _recast(row, by, "Đã tách thành hai nội dung.")
    record(session, by, "draft_split", f"draft:{row.id}", at=at, into=[first.id, second.id])
    return first, second


def merge_drafts(
    session: Session,
    draft_id: int,
    other_id: int,
    by: By,
    *,
    propose: Proposer,
    version: int | None = None,
) -> DraftRow:
    row, other = undecided(session, draft_id, version), undecided(session, other_id, None)
    if row.id == other.id or row.directive_id != other.directive_id:
        raise Refused("Chỉ gộp được hai nội dung khác nhau của cùng một văn bản.")
    directive = session.get_one(DirectiveRow, row.directive_id)
    try:
        whole = merge(
            DutyDraft.model_validate(row.reading), DutyDraft.model_validate(other.reading), directive.text
        )
    except CannotRecast as error:
        raise Refused(str(error)) from None
    merged = add_draft(session, directive.id, whole, propose(whole), came_from=[row.id, other.id])
    for part in (row, other):
        _recast(part, by, "Đã gộp với nội dung khác.")
    record(session, by, "draft_merge", f"draft:{merged.id}", of=[row.id, other.id])
    return merged


def _recast(row: DraftRow, by: By, reason: str) -> None:
    row.status, row.reason, row.decided_at = DraftStatus.RECAST, reason, by.at
    row.version += 1
