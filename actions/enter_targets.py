"""The figures a directive sets enter the ledger when its duties are issued."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from actions.changes import By
from actions.define_measure import define_measure
from actions.set_target import set_target
from domain.draft import DutyDraft
from domain.draft import Target as Read
from domain.folding import fold
from domain.target import Aim, Target
from domain.target_words import aim_of, bounds_of, measure_of, span_of
from store.compliance_tables import MeasureRow, TargetRow
from store.tables import DirectiveRow, DraftRow, DutyRow


def enter_targets(session: Session, directive_id: int, unit_id: int, by: By) -> list[TargetRow]:
    """Set every target read in an issued draft of the directive, for the office (`unit_id`) as a whole. Twice is
    once. A measure the office has defined keeps its definition."""
    directive = session.get_one(DirectiveRow, directive_id)
    entered = []
    for draft, read, target in _read(session, directive, by):
        measure = _measure(session, read, target.code, by)
        entered.append(set_target(session, measure, unit_id, target, by, draft_id=draft.id))
    return entered


def _read(session: Session, directive: DirectiveRow, by: By) -> Iterator[tuple[DraftRow, Read, Target]]:
    drafts = session.exec(
        select(DraftRow)
        .join(DutyRow, col(DutyRow.draft_id) == col(DraftRow.id))
        .where(col(DraftRow.directive_id) == directive.id)
        .order_by(col(DraftRow.ordinal))
    ).all()
    for draft in drafts:
        reading = DutyDraft.model_validate(draft.reading)
        for number, read in enumerate(reading.targets, start=1):
            code = f"{directive.id}.{draft.ordinal}.{number}"
            yield draft, read, _target(code, _dated(directive), reading, read, by)
        yield from _directed(directive, draft, reading, by)


def _directed(
    directive: DirectiveRow, draft: DraftRow, reading: DutyDraft, by: By
) -> Iterator[tuple[DraftRow, Read, Target]]:
    """More or less than the year before: judged once two years' figures are reported. Whom else an aim compares
    with, or which rank was held, no directive says: those are for a person to enter."""
    directed = [aim for aim in reading.aims if aim.aim == "direction"]
    for number, aim in enumerate(directed, start=len(reading.targets) + 1):
        code = f"{directive.id}.{draft.ordinal}.{number}"
        rate = fold(aim.metric).startswith(("ty le", "ti le"))
        read = Read(
            text=aim.text, metric=aim.metric, comparator=aim.comparator, value="", unit="%" if rate else ""
        )
        target = _target(code, _dated(directive), reading, read, by)
        yield draft, read, target.model_copy(update={"aim": Aim.DIRECTION})


def _measure(session: Session, read: Read, fallback: str, by: By) -> MeasureRow:
    wanted = measure_of(read, fallback)
    known = session.exec(select(MeasureRow).where(col(MeasureRow.code) == wanted.code)).first()
    return known or define_measure(session, wanted, by)


def _target(code: str, dated: date, reading: DutyDraft, read: Read, by: By) -> Target:
    comparator, value, upper = bounds_of(read)
    until = read.deadline_latest or reading.deadline_latest
    latest = date.fromisoformat(until) if until else None
    first, last = span_of(read, dated, latest)
    return Target(
        code=code, clause=reading.clause, quote=read.text, aim=aim_of(read, reading.quote), comparator=comparator,
        value=value, upper=upper, first=first, last=last, set_at=by.at, set_by=by.actor,
    )  # fmt: skip


def _dated(directive: DirectiveRow) -> date:
    """The directive's own day; of a blank day the month's first; of none, the day it was received."""
    written = str(directive.facts.get("date") or "")
    if len(written) == 7:
        written += "-01"
    return date.fromisoformat(written) if written else directive.received_at.date()
