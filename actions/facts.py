"""What a rule may speak of: the facts around reports, for one or for thousands with the same questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from domain.assignment import State
from domain.instants import local_day
from domain.period import BadPeriod, period
from store.questions.findings import counts_of
from store.questions.instalments import linked
from store.questions.wanted import wanted_of
from store.tables import AssignmentRow, DutyRow, EvidenceRow, OccurrenceRow, SubmissionRow, UnitRow


@dataclass(frozen=True)
class Owed:
    """One unit's part of one turn of a duty."""

    unit: UnitRow
    assignment: AssignmentRow
    occurrence: OccurrenceRow
    duty: DutyRow


@dataclass(frozen=True)
class Handed:
    """One round as the judge sees it, before it is handed in or after. `at`: receipt."""

    figures: Mapping[str, Any]
    at: datetime
    round: int
    files: int


Facts = dict[str, Any]


def facts_of(session: Session, reports: Sequence[tuple[SubmissionRow, Owed]], zone: ZoneInfo) -> list[Facts]:
    """The facts of rounds that were handed in."""
    counted = session.exec(
        select(EvidenceRow.submission_id, func.count())
        .where(col(EvidenceRow.submission_id).in_([submission.id for submission, _ in reports]))
        .group_by(col(EvidenceRow.submission_id))
    )
    files = dict(counted.all())
    handed = [Handed(one.figures, one.handed_in_at, one.round, files.get(one.id, 0)) for one, _ in reports]
    return cases(session, list(zip(handed, (owed for _, owed in reports), strict=True)), zone)


def cases(session: Session, reports: Sequence[tuple[Handed, Owed]], zone: ZoneInfo) -> list[Facts]:
    """The facts as nested names (see docs/rules.md). The questions grow with the duties, not with the reports,
    while the caller holds the units above (`units_above`)."""
    owed = [one for _, one in reports]
    days = [local_day(handed.at, zone) for handed, _ in reports]
    spans = [_period(one.occurrence) for one in owed]
    targets = wanted_of(session, [(one.unit, span["end"]) for one, span in zip(owed, spans, strict=True)])
    findings = counts_of(session, [(one.unit.id, day) for one, day in zip(owed, days, strict=True)])
    previous = _previous(session, owed)
    return [
        {
            "unit": one.unit.facts(),
            "period": span,
            "report": dict(handed.figures),
            "previous": {"report": previous.get(one.assignment.id, {})},
            "submission": {
                "handed_in_on": day,
                "due_on": one.assignment.due_on,
                "on_time": handed.at < one.assignment.due_at,
                "round": handed.round,
                "files": handed.files,
            },
            "targets": wanted,
            "findings": _known(counts),
        }
        for (handed, one), span, day, wanted, counts in zip(
            reports, spans, days, targets, findings, strict=True
        )
    ]


def _known(findings: Mapping[str, int]) -> Mapping[str, int]:
    """Unknown, not zero, while nobody has inspected the unit: silence is no clean record."""
    return findings if any(findings.values()) else {}


def _period(occurrence: OccurrenceRow) -> dict[str, Any]:
    """Key, first and last day; of work that is done once, from its opening to its deadline."""
    facts = {"key": occurrence.period, "due_on": occurrence.due_on}
    try:
        span = period(occurrence.period)
    except BadPeriod:
        return {**facts, "start": occurrence.opens_on, "end": occurrence.due_on}
    return {**facts, "start": span.first, "end": span.last}


def _previous(session: Session, owed: Sequence[Owed]) -> dict[int, dict[str, Any]]:
    """By assignment, the figures of the unit's last accepted report before it, of the same duty or of the instalment
    before; absent where there is none."""
    found: dict[int, dict[str, Any]] = {}
    for duty in {one.duty.id: one.duty for one in owed}.values():
        asked = [one.assignment.id for one in owed if one.duty is duty]
        now, before = aliased(AssignmentRow), aliased(AssignmentRow)
        latest = (col(before.due_on).desc(), col(SubmissionRow.round).desc())
        ranked = (
            select(
                col(now.id).label("owed"),
                col(SubmissionRow.id).label("submission_id"),
                func.row_number().over(partition_by=col(now.id), order_by=latest).label("nth"),
            )
            .join(before, (col(before.unit_id) == col(now.unit_id)) & (col(before.due_on) < col(now.due_on)))
            .join(OccurrenceRow, col(OccurrenceRow.id) == col(before.occurrence_id))
            .join(SubmissionRow, col(SubmissionRow.assignment_id) == col(before.id))
            .where(
                col(now.id).in_(asked),
                col(before.state) == State.ACCEPTED,
                col(OccurrenceRow.duty_id).in_(linked(session, duty)),
            )
            .subquery()
        )
        rows = session.execute(
            select(ranked.c.owed, col(SubmissionRow.figures))
            .join(ranked, ranked.c.submission_id == col(SubmissionRow.id))
            .where(ranked.c.nth == 1)
        )
        found |= {assignment_id: dict(figures or {}) for assignment_id, figures in rows}
    return found


def units_above(session: Session, units: Sequence[UnitRow]) -> list[UnitRow]:
    """Every unit above these, one question a storey. A session forgets what nobody holds."""
    found: list[UnitRow] = []
    known = {unit.id for unit in units}
    storey: Sequence[UnitRow] = units
    while above := {unit.parent_id for unit in storey if unit.parent_id is not None} - known:
        storey = session.exec(select(UnitRow).where(col(UnitRow.id).in_(above))).all()
        known |= above
        found.extend(storey)
    return found
