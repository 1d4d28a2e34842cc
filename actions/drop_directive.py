"""A directive taken in by mistake, or that orders nothing here, is put away (bỏ văn bản): nobody is asked about it."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused
from domain.directive import Status
from domain.duty import DraftStatus
from store.tables import DirectiveRow, DraftRow, DutyRow

OPEN = (DraftStatus.PROPOSED, DraftStatus.APPROVED)


def brought_back(directive: DirectiveRow) -> None:
    if directive.status is Status.DROPPED:
        directive.status = Status.DRAFT


def drop_directive(session: Session, directive_id: int, by: By, *, reason: str) -> None:
    """Its drafts are discarded with the reason; a draft taken up again, or made of a passage, brings the directive
    back. Raises `NotFound`, and `Refused` once a duty was issued from it, and for one replaced or put away."""
    directive = session.get(DirectiveRow, directive_id, with_for_update=True)
    if directive is None:
        raise NotFound("Không có văn bản này.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do bỏ văn bản; lý do được lưu trong nhật ký.")
    if directive.status in (Status.REPLACED, Status.DROPPED):
        raise Refused("Văn bản này đã bỏ, hoặc đã được thay bằng văn bản khác.")
    if session.exec(select(DutyRow.id).where(col(DutyRow.directive_id) == directive_id)).first() is not None:
        raise Refused("Văn bản này đã giao việc. Muốn dừng, hãy thu hồi từng nhiệm vụ đã giao.")
    drafts = session.exec(
        select(DraftRow)
        .where(col(DraftRow.directive_id) == directive_id, col(DraftRow.status).in_(OPEN))
        .with_for_update()
    ).all()
    for draft in drafts:
        draft.status, draft.reason, draft.decided_at = DraftStatus.DISCARDED, reason.strip(), by.at
        draft.version += 1
    directive.status = Status.DROPPED
    directive.version += 1
    record(
        session, by, "drop_directive", f"directive:{directive_id}",
        reason=reason.strip(), drafts=len(drafts),
    )  # fmt: skip
