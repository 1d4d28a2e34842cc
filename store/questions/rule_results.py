"""What rules said: of the newest period of each form, and of one rule through the periods. Only the last round of an
assignment counts; earlier rounds were corrected by it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col, func

from domain.sentence import again
from domain.verdict import Outcome
from store.tables import AssignmentRow, DutyRow, OccurrenceRow, SubmissionRow, UnitRow, VerdictRow

PERIODS_SHOWN = 12
UNITS_SHOWN = 50


def _last_rounds(*columns: Any) -> Select[Any]:
    last = (
        select(col(SubmissionRow.assignment_id), func.max(SubmissionRow.round).label("round"))
        .group_by(col(SubmissionRow.assignment_id))
        .subquery()
    )
    return (
        select(*columns)
        .select_from(SubmissionRow)
        .join(
            last,
            (last.c.assignment_id == col(SubmissionRow.assignment_id))
            & (last.c.round == col(SubmissionRow.round)),
        )
        .join(AssignmentRow, col(AssignmentRow.id) == col(SubmissionRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
    )


def reported_periods(session: Session, pack: str) -> Sequence[str]:
    """Keys of the periods in which something was handed in under the pack, newest first."""
    rows = session.execute(
        select(col(OccurrenceRow.period), func.max(OccurrenceRow.due_on))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .join(AssignmentRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(col(DutyRow.pack) == pack, col(AssignmentRow.handed_in_at).is_not(None))
        .group_by(col(OccurrenceRow.period))
        .order_by(func.max(OccurrenceRow.due_on).desc())
        .limit(PERIODS_SHOWN)
    ).all()
    return [period for period, _due in rows]


def outcomes(session: Session, pack: str, period: str) -> Mapping[str, Counter[Outcome]]:
    """How many units each rule found how in one period, by rule id."""
    rows = session.execute(
        _last_rounds(col(VerdictRow.rule_id), col(VerdictRow.outcome), func.count())
        .join(VerdictRow, col(VerdictRow.submission_id) == col(SubmissionRow.id))
        .where(col(DutyRow.pack) == pack, col(OccurrenceRow.period) == period)
        .group_by(col(VerdictRow.rule_id), col(VerdictRow.outcome))
    )
    found: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for rule_id, outcome, count in rows:
        found[rule_id][outcome] = count
    return found


@dataclass(frozen=True)
class Judged:
    """One period under one version of the rule."""

    period: str
    version: str
    counts: Mapping[Outcome, int]


def judged_periods(session: Session, pack: str, rule_id: str) -> list[Judged]:
    """Newest first; a rule changed within a period has a line for each version."""
    rows = session.execute(
        _last_rounds(
            col(OccurrenceRow.period), col(VerdictRow.rule_version), col(VerdictRow.outcome), func.count(),
            func.max(OccurrenceRow.due_on), func.max(VerdictRow.judged_at),
        )
        .join(VerdictRow, col(VerdictRow.submission_id) == col(SubmissionRow.id))
        .where(col(DutyRow.pack) == pack, col(VerdictRow.rule_id) == rule_id)
        .group_by(col(OccurrenceRow.period), col(VerdictRow.rule_version), col(VerdictRow.outcome))
        .order_by(func.max(OccurrenceRow.due_on).desc(), func.max(VerdictRow.judged_at).desc())
        .limit(PERIODS_SHOWN * len(Outcome))
    )  # fmt: skip
    found: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    for period, version, outcome, count, _due, _at in rows:
        found[period, version][outcome] = count
    return [Judged(period, version, counts) for (period, version), counts in found.items()]


def not_met(session: Session, pack: str, rule_id: str, period: str) -> list[tuple[int, str, str]]:
    """(assignment, unit, why) of those who did not meet the rule in a period, by name."""
    rows = session.execute(
        _last_rounds(col(AssignmentRow.id), col(UnitRow.name), col(VerdictRow.verdict))
        .join(VerdictRow, col(VerdictRow.submission_id) == col(SubmissionRow.id))
        .join(UnitRow, col(UnitRow.id) == col(AssignmentRow.unit_id))
        .where(
            col(DutyRow.pack) == pack, col(VerdictRow.rule_id) == rule_id, col(OccurrenceRow.period) == period,
            col(VerdictRow.outcome) == Outcome.NOT_MET,
        )
        .order_by(col(UnitRow.name), col(AssignmentRow.id))
        .limit(UNITS_SHOWN)
    )  # fmt: skip
    return [(assignment, unit, again(verdict["why"])) for assignment, unit, verdict in rows]


def unit_words(session: Session) -> Mapping[str, Sequence[str]]:
    """The office's own words for kind, level and ownership of its units, as a rule would write them."""
    columns = {
        "unit.kind": UnitRow.kind, "unit.level": UnitRow.level, "unit.ownership": UnitRow.ownership,
    }  # fmt: skip
    return {
        path: [word for word in session.scalars(select(col(column)).distinct().order_by(col(column))) if word]
        for path, column in columns.items()
    }
