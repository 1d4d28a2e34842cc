"""A person says which units a wording means; every draft that waits is then proposed again with it."""

from collections.abc import Callable, Sequence

from sqlmodel import Session, col, delete, select

from actions.add_draft import put_proposal
from actions.changes import By, record
from actions.errors import Refused
from domain.draft import DutyDraft
from domain.duty import DraftStatus
from domain.folding import fold
from domain.proposal import Proposer
from store.tables import DirectiveRow, DraftRow, UnitAliasRow, UnitRow
from store.writing import insert_new


def teach_alias(session: Session, wording: str, codes: Sequence[str], by: By) -> None:
    """Remember the units (by code) a wording means, in place of what was taught before."""
    folded = fold(wording)
    if not folded or not codes:
        raise Refused("Hãy ghi cách gọi và chọn đơn vị mà cách gọi ấy chỉ.")
    ids = {unit.code: unit.id for unit in session.exec(select(UnitRow).where(col(UnitRow.code).in_(codes)))}
    if unknown := [code for code in codes if code not in ids]:
        raise Refused("Không có đơn vị với mã: {unknown}.", unknown=", ".join(unknown))
    session.exec(delete(UnitAliasRow).where(col(UnitAliasRow.folded) == folded))
    insert_new(session, UnitAliasRow, [{"folded": folded, "unit_id": ids[code]} for code in codes])
    record(session, by, "teach_alias", f"alias:{folded}", wording=wording, units=list(codes))


def propose_again(session: Session, proposer_for: Callable[[DirectiveRow], Proposer], by: By) -> int:
    """Propose every undecided draft of every directive anew. Returns how many came out differently; whoever
    is just deciding one of these is told that it changed."""
    changed = 0
    rows = session.exec(
        select(DraftRow)
        .where(col(DraftRow.status) == DraftStatus.PROPOSED)
        .order_by(col(DraftRow.directive_id), col(DraftRow.ordinal))
        .with_for_update()
    ).all()
    proposers: dict[int, Proposer] = {}
    for row in rows:
        if row.directive_id not in proposers:
            proposers[row.directive_id] = proposer_for(session.get_one(DirectiveRow, row.directive_id))
        if put_proposal(row, proposers[row.directive_id](DutyDraft.model_validate(row.reading))):
            row.version += 1
            changed += 1
            record(session, by, "propose_again", f"draft:{row.id}", missing=row.missing)
    return changed
