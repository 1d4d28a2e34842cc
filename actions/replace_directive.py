"""A directive is replaced by another text under the same number: what was not issued from it is dropped."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from domain.directive import Status
from domain.duty import DraftStatus
from store.tables import DirectiveRow, DraftRow, DutyRow


def replace_directive(session: Session, former_id: int, new_id: int, by: By) -> list[str]:
    """Returns the codes of duties already issued from the former text: they go on until a person withdraws
    them, since units may have done the work."""
    former = session.get_one(DirectiveRow, former_id, with_for_update=True)
    issued = {
        duty.draft_id: duty.code
        for duty in session.exec(
            select(DutyRow).where(col(DutyRow.directive_id) == former_id).order_by(col(DutyRow.id))
        )
    }
    drafts = session.exec(
        select(DraftRow)
        .where(
            col(DraftRow.directive_id) == former_id,
            col(DraftRow.status).in_([DraftStatus.PROPOSED, DraftStatus.APPROVED]),
        )
        .order_by(col(DraftRow.ordinal))
    ).all()
    dropped = [draft for draft in drafts if draft.id not in issued]
    for draft in dropped:
        draft.status, draft.decided_at = DraftStatus.DISCARDED, by.at
        draft.reason = f"Văn bản đã được thay bằng văn bản tiếp nhận số {new_id}."
        draft.version += 1
    former.status = Status.ISSUED if issued else Status.REPLACED
    former.replaced_by = new_id
    former.version += 1
    record(
        session, by, "replace", f"directive:{former_id}",
        by_directive=new_id, dropped=[draft.id for draft in dropped], duties=list(issued.values()),
    )  # fmt: skip
    return list(issued.values())
