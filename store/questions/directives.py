"""A directive beside its drafts, and what issuing it would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from domain.directive import Directive
from domain.duty import Draft, DraftStatus, DutyTerms, Given, given_by
from store.questions.turn import Turn, turned
from store.tables import DirectiveRow, DraftRow, DutyRow


@dataclass(frozen=True)
class ReviewedDraft:
    """`duty_id` is set once the draft is issued."""

    id: int
    draft: Draft
    duty_id: int | None


@dataclass(frozen=True)
class Review:
    id: int
    directive: Directive
    drafts: Sequence[ReviewedDraft]

    @property
    def proposed(self) -> Sequence[ReviewedDraft]:
        return [d for d in self.drafts if d.draft.status is DraftStatus.PROPOSED]

    @property
    def complete(self) -> Sequence[ReviewedDraft]:
        """Proposed, with nothing missing: a person may approve them together."""
        return [d for d in self.proposed if d.draft.terms and not d.draft.missing]

    @property
    def issued(self) -> int:
        return sum(d.duty_id is not None for d in self.drafts)

    @property
    def to_issue(self) -> Sequence[DutyTerms]:
        return [
            DutyTerms.model_validate(d.draft.terms)
            for d in self.drafts
            if d.draft.status is DraftStatus.APPROVED and d.duty_id is None
        ]

    def would_issue(self) -> Given:
        return given_by(self.to_issue)


def review(session: Session, directive_id: int) -> Review | None:
    directive = session.get(DirectiveRow, directive_id)
    if directive is None:
        return None
    rows = session.execute(
        select(DraftRow, col(DutyRow.id))
        .outerjoin(DutyRow, col(DutyRow.draft_id) == col(DraftRow.id))
        .where(col(DraftRow.directive_id) == directive_id, col(DraftRow.status) != DraftStatus.RECAST)
        .order_by(col(DraftRow.start), col(DraftRow.ordinal))
    ).all()
    return Review(directive.id, directive, [ReviewedDraft(draft.id, draft, duty) for draft, duty in rows])


def reviewed_draft(session: Session, draft_id: int) -> tuple[int, ReviewedDraft] | None:
    """One draft and the id of its directive."""
    found = session.execute(
        select(DraftRow, col(DutyRow.id))
        .outerjoin(DutyRow, col(DutyRow.draft_id) == col(DraftRow.id))
        .where(col(DraftRow.id) == draft_id)
    ).one_or_none()
    if found is None:
        return None
    draft, duty_id = found
    return draft.directive_id, ReviewedDraft(draft.id, draft, duty_id)


def directives(session: Session, turn: Turn) -> Sequence[DirectiveRow]:
    """Newest first."""
    found = turned(session, select(DirectiveRow), [col(DirectiveRow.id)], turn, falling=True)
    return [row for (row,) in found]


def texts_with(session: Session, words: str, *, limit: int) -> dict[str, str]:
    """Texts of the latest directives that have the words, by symbol or file name, oldest first."""
    d = DirectiveRow
    rows = session.execute(
        select(col(d.symbol), col(d.file_name), col(d.text))
        .where(col(d.text).contains(words))
        .order_by(col(d.id).desc())
        .limit(limit)
    ).all()
    return {symbol or file_name: text for symbol, file_name, text in reversed(rows)}
