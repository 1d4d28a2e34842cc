"""Judge what was handed in, by the rules of the duty's pack, and act on the outcome.

A broken rule has what it asks for: the work goes back with the reason, or stands and `actions.follow_verdicts` goes
on. Unknown waits for a person: a missing figure never passes and never fails silently. Judging twice under one version
writes nothing new.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, func, select

from actions.changes import By, record
from actions.follow import accept
from actions.follow_verdicts import broken, order_corrective, tell_head
from actions.keep_watch import keep_watch
from actions.return_work import return_work
from domain.assignment import State
from domain.duty import Review
from domain.instants import local_day
from domain.office import Office
from domain.period import BadPeriod, period
from domain.recipients import Staff
from domain.sentence import Sentence
from domain.verdict import Consequence, Outcome, Severity, Verdict
from domain.workdays import Calendar
from rules.judge import judge as judge_case
from rules.pack import Pack
from store.questions.findings import counts_for_unit
from store.questions.instalments import linked
from store.questions.wanted import wanted_of
from store.tables import (
    AssignmentRow,
    DutyRow,
    EvidenceRow,
    OccurrenceRow,
    SubmissionRow,
    UnitRow,
    VerdictRow,
)


@dataclass(frozen=True)
class Bench:
    """What judging needs besides the submission: packs by id, calendar, office, and `staff`, which is asked only
    when somebody must be told."""

    packs: Mapping[str, Pack]
    calendar: Calendar
    office: Office
    staff: Callable[[], Staff]


def unjudged(session: Session, limit: int = 1000) -> list[int]:
    """Ids of submissions that no judge has seen, oldest first."""
    found = session.exec(
        select(SubmissionRow.id)
        .where(col(SubmissionRow.judged_at).is_(None))
        .order_by(col(SubmissionRow.id))
        .limit(limit)
    )
    return list(found.all())


def at_hand(session: Session, submission_ids: Sequence[int]) -> Sequence[object]:
    """All that stands around these submissions, read at once. A session forgets what nobody holds: for as long as the
    caller holds it, `judge` finds it there instead of asking for each."""
    around = session.exec(
        select(SubmissionRow, AssignmentRow, OccurrenceRow, DutyRow)
        .join(AssignmentRow, col(AssignmentRow.id) == col(SubmissionRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(SubmissionRow.id).in_(submission_ids))
    ).all()
    units = {assignment.unit_id for _, assignment, *_ in around}
    own = session.exec(select(UnitRow).where(col(UnitRow.id).in_(units))).all()
    above = {unit.parent_id for unit in own} - units
    return [*around, *own, *session.exec(select(UnitRow).where(col(UnitRow.id).in_(above))).all()]


def judge(session: Session, submission_id: int, bench: Bench, by: By) -> list[Verdict]:
    """Record the verdicts of one submission and move its assignment. A submission already judged, or no
    longer the last word of an assignment that waits for judgement, gives no verdict."""
    submission = session.get_one(SubmissionRow, submission_id)
    assignment = session.get_one(AssignmentRow, submission.assignment_id)
    if submission.judged_at is not None:
        return []
    submission.judged_at = by.at
    if assignment.state is not State.HANDED_IN:
        return []
    occurrence = session.get_one(OccurrenceRow, assignment.occurrence_id)
    duty = session.get_one(DutyRow, occurrence.duty_id)
    verdicts = []
    if duty.pack and duty.asks_figures_of(assignment.part):
        pack = bench.packs.get(duty.pack)
        handed = handed_in(session, submission)
        facts = case(session, handed, assignment, occurrence, duty, bench)
        verdicts = judge_case(pack, facts, bench.calendar) if pack else [no_pack(duty)]
        if pack and not broken(verdicts, Consequence.RETURN):
            today = local_day(by.at, bench.office.tz)
            keep_watch(session, assignment.unit_id, pack, facts, verdicts, bench.calendar, today, by)
    if verdicts:
        session.execute(insert(VerdictRow), [_row(submission_id, verdict, by) for verdict in verdicts])
    counts = {outcome.value: sum(v.outcome is outcome for v in verdicts) for outcome in Outcome}
    record(session, by, "judge", f"submission:{submission_id}", **counts)
    _act(session, assignment, duty, submission, verdicts, bench, by)
    return verdicts


def _row(submission_id: int, verdict: Verdict, by: By) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "rule_id": verdict.rule_id,
        "rule_version": verdict.rule_version,
        "outcome": verdict.outcome,
        "verdict": verdict.model_dump(mode="json"),
        "judged_at": by.at,
    }


def no_pack(duty: DutyRow) -> Verdict:
    """The duty asks for rules that are not there: nobody is passed or failed, a person has to look."""
    return Verdict(
        rule_id=duty.pack,
        rule_version="",
        title=Sentence("Bộ quy tắc của việc này"),
        clause=duty.clause,
        document="",
        outcome=Outcome.UNKNOWN,
        why=Sentence("không tìm thấy bộ quy tắc “{pack}” nên chưa thẩm định được", pack=duty.pack),
        figures={},
        severity=Severity.MAJOR,
        then=Consequence.NOTE,
    )


@dataclass(frozen=True)
class Handed:
    """One round as the judge sees it, before it is handed in or after. `at`: receipt."""

    figures: Mapping[str, Any]
    at: datetime
    round: int
    files: int


def handed_in(session: Session, submission: SubmissionRow) -> Handed:
    files = session.exec(select(func.count()).where(col(EvidenceRow.submission_id) == submission.id)).one()
    return Handed(submission.figures, submission.handed_in_at, submission.round, files)


def case(
    session: Session,
    handed: Handed,
    assignment: AssignmentRow,
    occurrence: OccurrenceRow,
    duty: DutyRow,
    bench: Bench,
) -> dict[str, Any]:
    """The facts a rule may speak of, as nested names (see docs/rules.md)."""
    unit = session.get_one(UnitRow, assignment.unit_id)
    today = local_day(handed.at, bench.office.tz)
    span = _period(occurrence)
    return {
        "unit": unit.model_dump(include={"code", "name", "kind", "level", "ownership"}),
        "period": span,
        "report": dict(handed.figures),
        "previous": {"report": _previous(session, assignment, duty)},
        "submission": {
            "handed_in_on": today,
            "due_on": assignment.due_on,
            "on_time": handed.at < assignment.due_at,
            "round": handed.round,
            "files": handed.files,
        },
        "targets": wanted_of(session, unit, span["end"]),
        "findings": _findings(session, unit, today),
    }


def _findings(session: Session, unit: UnitRow, today: date) -> dict[str, int]:
    """Unknown, not zero, while nobody has inspected the unit: silence is no clean record."""
    counts = counts_for_unit(session, unit.id, today)
    return counts if any(counts.values()) else {}


def _period(occurrence: OccurrenceRow) -> dict[str, Any]:
    """Key, first and last day; of work that is done once, from its opening to its deadline."""
    facts = {"key": occurrence.period, "due_on": occurrence.due_on}
    try:
        span = period(occurrence.period)
    except BadPeriod:
        return {**facts, "start": occurrence.opens_on, "end": occurrence.due_on}
    return {**facts, "start": span.first, "end": span.last}


def _previous(session: Session, assignment: AssignmentRow, duty: DutyRow) -> dict[str, Any]:
    """Figures of the unit's last accepted report of the same duty, or of the instalment before; empty when
    there is none."""
    figures = session.exec(
        select(SubmissionRow.figures)
        .join(AssignmentRow, col(SubmissionRow.assignment_id) == col(AssignmentRow.id))
        .join(OccurrenceRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(
            col(OccurrenceRow.duty_id).in_(linked(session, duty)),
            col(AssignmentRow.unit_id) == assignment.unit_id,
            col(AssignmentRow.state) == State.ACCEPTED,
            col(AssignmentRow.due_on) < assignment.due_on,
        )
        .order_by(col(AssignmentRow.due_on).desc(), col(SubmissionRow.round).desc())
        .limit(1)
    ).first()
    return dict(figures or {})


def _act(
    session: Session,
    assignment: AssignmentRow,
    duty: DutyRow,
    submission: SubmissionRow,
    verdicts: Sequence[Verdict],
    bench: Bench,
    by: By,
) -> None:
    """A report that goes back has no other consequence: what it says is about to change."""
    office = bench.office
    if wrong := broken(verdicts, Consequence.RETURN):
        return_work(
            session, assignment.id, by, findings=[v.why for v in wrong],
            calendar=bench.calendar, zone=office.tz, staff=bench.staff(), mail_domain=office.mail_domain,
        )  # fmt: skip
        return
    if amiss := broken(verdicts, Consequence.CORRECTIVE):
        rows = session.exec(select(VerdictRow).where(col(VerdictRow.submission_id) == submission.id)).all()
        by_rule = {row.rule_id: row for row in rows}
        order_corrective(session, submission, by_rule, amiss, office=office, calendar=bench.calendar, by=by)
    if told := broken(verdicts, Consequence.MAIL):
        tell_head(session, submission, told, staff=bench.staff(), office=office, by=by)
    if duty.for_superior:
        return  # only a person knows that it was put before the superior
    if duty.review is Review.RULES and all(v.outcome is not Outcome.UNKNOWN for v in verdicts):
        accept(session, assignment.id, by)
