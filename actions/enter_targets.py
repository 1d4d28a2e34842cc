"""The figures a directive sets enter the ledger when its duties are issued."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By
from actions.define_measure import define_measure
from actions.set_target import set_target
from domain.draft import DutyDraft
from domain.draft import Target as Read
from domain.target import Target
from domain.target_words import aim_of, bounds_of, measure_of, span_of
from store.compliance_tables import MeasureRow, TargetRow
from store.tables import DirectiveRow, DraftRow, DutyRow


def enter_targets(session: Session, directive_id: int, unit_id: int, by: By) -> list[TargetRow]:
    """Set every target read in an issued draft of the directive, for the office (`unit_id`) as a whole. Twice is
    once. A measure the office has defined keeps its definition."""
    directive = session.get_one(DirectiveRow, directive_id)
    return [
        set_target(
            session, _measure(session, read, by), unit_id, _target(directive, draft, reading, number, read, by), by,
            draft_id=draft.id,
        )
        for draft, reading, number, read in _read(session, directive_id)
    ]  # fmt: skip


def _read(session: Session, directive_id: int) -> Iterator[tuple[DraftRow, DutyDraft, int, Read]]:
    drafts = session.exec(
        select(DraftRow)
        .join(DutyRow, col(DutyRow.draft_id) == col(DraftRow.id))
        .where(col(DraftRow.directive_id) == directive_id)
        .order_by(col(DraftRow.ordinal))
    ).all()
    for draft in drafts:
        reading = DutyDraft.model_validate(draft.reading)
        for number, read in enumerate(reading.targets, start=1):
            yield draft, reading, number, read


def _measure(session: Session, read: Read, by: By) -> MeasureRow:
    wanted = measure_of(read)
    known = session.exec(select(MeasureRow).where(col(MeasureRow.code) == wanted.code)).first()
    return known or define_measure(session, wanted, by)


def _target(
    directive: DirectiveRow, draft: DraftRow, reading: DutyDraft, number: int, read: Read, by: By
) -> Target:
    comparator, value, upper = bounds_of(read)
    latest = date.fromisoformat(reading.deadline_latest) if reading.deadline_latest else None
    first, last = span_of(read, _dated(directive), latest)
    return Target(
        code=f"{directive.id}.{draft.ordinal}.{number}", clause=draft.clause, quote=read.text, aim=aim_of(read),
        comparator=comparator, value=value, upper=upper, first=first, last=last, set_at=by.at, set_by=by.actor,
    )  # fmt: skip


def _dated(directive: DirectiveRow) -> date:
    """The directive's own day; of a blank day the month's first; of none, the day it was received."""
    written = str(directive.facts.get("date") or "")
    if len(written) == 7:
        written += "-01"
    return date.fromisoformat(written) if written else directive.received_at.date()
