"""A person says what a passage is, or that an order stands in it which nobody had read there."""

from typing import get_args

from sqlmodel import Session, col, select

from actions.add_draft import add_draft
from actions.changes import By, record
from actions.drop_directive import brought_back
from actions.errors import NotFound, Refused, Stale
from domain.draft import DutyDraft, PassageKind
from domain.duty import DraftStatus
from domain.proposal import Proposer
from domain.recast import quoted, times_in, trimmed
from intake.reading import read_text
from store.tables import DirectiveRow, DraftRow, PassageRow

ORDERS = frozenset({"task", "standing", "target", "prohibition", "condition"})
"""Kinds of passage a draft may stand in."""


def classify_passage(
    session: Session, passage_id: int, by: By, *, kind: str, version: int | None = None
) -> None:
    """Raises `Refused` for a word that is no kind, and while a draft still stands in what would be no order."""
    row = _passage(session, passage_id, version)
    if kind not in get_args(PassageKind):
        raise Refused("“{kind}” không phải một loại đoạn văn.", kind=kind)
    if kind not in ORDERS and (draft := _draft_in(session, row)):
        raise Refused(
            "Trong đoạn này còn nội dung “{quote}”. Hãy bỏ nội dung đó trước, có lý do.",
            quote=draft.quote[:80],
        )
    _set_kind(session, row, kind, by)


def draft_from_passage(
    session: Session, passage_id: int, by: By, *, propose: Proposer, version: int | None = None
) -> DraftRow:
    """A draft of a passage that was read as something else: read again by itself, and with what it then says."""
    row = _passage(session, passage_id, version)
    if draft := _draft_in(session, row):
        raise Refused("Đoạn này đã có nội dung “{quote}”.", quote=draft.quote[:80])
    directive = session.get_one(DirectiveRow, row.directive_id)
    brought_back(directive)
    draft_read = read_alone(directive, row)
    added = add_draft(session, directive.id, draft_read, propose(draft_read))
    _set_kind(session, row, "task", by)
    record(session, by, "draft_from_passage", f"draft:{added.id}", passage=row.id)
    return added


def read_alone(directive: DirectiveRow, passage: PassageRow) -> DutyDraft:
    """What the grammar reads in the passage by itself, and its times by the date of its document. The words a
    field was read from are not kept: a person chose the passage."""
    start, end = trimmed(directive.text, passage.start, passage.end)
    words = quoted(directive.text, start, end)
    found = next(iter(read_text(directive.text[start:end]).tasks), None)
    place = {"id": f"p{passage.id}", "clause": "", "quote": words, "start": start, "end": end, "why": {}}
    alone = found.model_copy(update=place) if found else DutyDraft.model_validate(place)
    return alone.model_copy(update=times_in(directive.text, start, end, directive.issued_on))


def _passage(session: Session, passage_id: int, version: int | None) -> PassageRow:
    row = session.get(PassageRow, passage_id, with_for_update=True)
    if row is None:
        raise NotFound("Không có đoạn văn này.")
    if version is not None and row.version != version:
        raise Stale
    return row


def _draft_in(session: Session, passage: PassageRow) -> DraftRow | None:
    return session.exec(
        select(DraftRow)
        .where(
            col(DraftRow.directive_id) == passage.directive_id,
            col(DraftRow.start) < passage.end,
            col(DraftRow.end) > passage.start,
            col(DraftRow.status).in_([DraftStatus.PROPOSED, DraftStatus.APPROVED]),
        )
        .order_by(col(DraftRow.ordinal))
    ).first()


def _set_kind(session: Session, row: PassageRow, kind: str, by: By) -> None:
    before, row.kind = row.kind, kind
    row.version += 1
    record(session, by, "classify", f"passage:{row.id}", before=before, kind=kind)
