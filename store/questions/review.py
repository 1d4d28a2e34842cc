"""A directive's passages as a person reviews them, and what still keeps it from being published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.directive import Directive
from domain.duty import DraftStatus
from domain.missing import say
from domain.sentence import Sentence, joined
from domain.wording import say_clause
from store.tables import DirectiveRow, DraftRow, PassageRow

OWE_A_DRAFT = frozenset({"task", "standing", "target"})
"""Kinds of passage that order something: each has a draft, or a person has said that it is none."""
SHOWN = 80


@dataclass(frozen=True)
class ReviewedPassage:
    """`settled` is false for an order that no draft, not even a discarded one, stands in."""

    id: int
    start: int
    end: int
    kind: str
    version: int
    settled: bool


def reviewed_passages(session: Session, directive_id: int) -> list[ReviewedPassage]:
    """In the order of the text."""
    within = (
        select(DraftRow.id)
        .where(
            col(DraftRow.directive_id) == directive_id,
            col(DraftRow.start) < col(PassageRow.end),
            col(PassageRow.start) < col(DraftRow.end),
        )
        .exists()
    )
    rows = session.exec(
        select(PassageRow, within)
        .where(col(PassageRow.directive_id) == directive_id)
        .order_by(col(PassageRow.start))
    )
    return [
        ReviewedPassage(
            row.id,
            row.start,
            row.end,
            row.kind,
            row.version,
            row.kind not in OWE_A_DRAFT or drafted,
        )
        for row, drafted in rows
    ]


def reviewed_passage(session: Session, passage_id: int) -> tuple[int, ReviewedPassage] | None:
    """One passage and the id of its directive."""
    row = session.get(PassageRow, passage_id)
    if row is None:
        return None
    found = reviewed_passages(session, row.directive_id)
    return row.directive_id, next(passage for passage in found if passage.id == passage_id)


@dataclass(frozen=True)
class Obstacle:
    """What keeps a directive from being published, in Vietnamese, and where: in a draft or in a passage."""

    said: str
    draft_id: int | None = None
    passage_id: int | None = None


def why_not_publish(session: Session, directive_id: int) -> list[str]:
    return [obstacle.said for obstacle in obstacles(session, directive_id)]


def obstacles(session: Session, directive_id: int) -> list[Obstacle]:
    """In the order of the text; none when the directive may be published.

    Every word must lie in a passage, every order must have been decided, and what binds must have somebody
    to do it and a day, or the office's word that it has none."""
    directive = session.get_one(DirectiveRow, directive_id)
    if directive.replaced_by is not None:
        return [
            Obstacle(
                Sentence(
                    "Văn bản này đã được thay bằng văn bản tiếp nhận số {number}.",
                    number=directive.replaced_by,
                )
            )
        ]
    passages = reviewed_passages(session, directive_id)
    drafts = _drafts(session, directive_id)
    return [*_unclassified(directive, passages), *_undecided(drafts)]


def _unclassified(directive: Directive, passages: Sequence[ReviewedPassage]) -> Iterator[Obstacle]:
    at = 0
    for passage in (*passages, None):
        hole = directive.text[at : passage.start if passage else None]
        if hole.strip():
            yield Obstacle(Sentence("Đoạn “{words}” chưa được phân loại.", words=_shown(hole)))
        if passage and not passage.settled:
            words = directive.text[passage.start : passage.end]
            said = Sentence(
                "Đoạn “{words}” là việc nhưng chưa có nội dung nào: hãy thêm nội dung hoặc phân loại lại.",
                words=_shown(words),
            )
            yield Obstacle(said, passage_id=passage.id)
        at = max(at, passage.end) if passage else at


def _undecided(drafts: Sequence[DraftRow]) -> Iterator[Obstacle]:
    for draft in drafts:
        binding = draft.reading.get("force", "binding") == "binding"
        if draft.status is DraftStatus.PROPOSED and draft.missing and binding:
            place = say_clause(draft.clause)
            lacks = joined(", ", map(say, draft.missing))
            where = joined(" ", filter(None, (place, f"“{_shown(draft.quote)}”")))
            said = Sentence("Nội dung {where} còn thiếu {lacks}.", where=where, lacks=lacks)
            yield Obstacle(said, draft_id=draft.id)


def _drafts(session: Session, directive_id: int) -> Sequence[DraftRow]:
    return session.exec(
        select(DraftRow)
        .where(col(DraftRow.directive_id) == directive_id)
        .order_by(col(DraftRow.start), col(DraftRow.ordinal))
    ).all()


def _shown(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"
