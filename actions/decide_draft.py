"""A person (or the office's policy) decides a draft: approved with terms, or discarded with a reason."""

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import NotFound, Refused, Stale
from domain.draft import DutyDraft
from domain.duty import DraftStatus, DutyTerms
from domain.proposal import added_by_office
from store.tables import DraftRow


def approve_draft(
    session: Session, draft_id: int, by: By, *, terms: DutyTerms, version: int | None = None
) -> None:
    """Freeze what the duty will be; what the text does not say is marked as added by the office.

    `version`: what the decider saw; somebody else's decision since then is not overwritten. Raises `Refused`
    when the duty has nobody to do it."""
    row = undecided(session, draft_id, version)
    if not terms.assignees:
        raise Refused(
            "Việc “{title}” chưa có đơn vị thực hiện. Hãy chọn đơn vị chủ trì trước khi duyệt.",
            title=terms.title,
        )
    terms = terms.model_copy(update={"added": added_by_office(DutyDraft.model_validate(row.reading), terms)})
    row.terms = terms.model_dump(mode="json")
    row.missing = []
    row.added = list(terms.added)
    _decide(session, row, DraftStatus.APPROVED, by, terms=row.terms)


def discard_draft(
    session: Session, draft_id: int, by: By, *, reason: str, version: int | None = None
) -> None:
    row = undecided(session, draft_id, version)
    if not reason.strip():
        raise Refused("Hãy ghi lý do bỏ nội dung này; lý do được lưu cùng văn bản.")
    row.reason = reason.strip()
    _decide(session, row, DraftStatus.DISCARDED, by, reason=row.reason)


def undecided(session: Session, draft_id: int, version: int | None) -> DraftRow:
    """The draft, held until the transaction ends. Raises `NotFound`, `Stale`, `Refused` when it is decided."""
    row = session.get(DraftRow, draft_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có nội dung này.")
    if version is not None and row.version != version:
        raise Stale
    if row.status is not DraftStatus.PROPOSED:
        raise Refused("Nội dung này đã được quyết định rồi.")
    return row


def _decide(session: Session, row: DraftRow, status: DraftStatus, by: By, **data: object) -> None:
    row.status = status
    row.decided_at = by.at
    row.version += 1
    record(session, by, f"draft_{status}", f"draft:{row.id}", **data)
