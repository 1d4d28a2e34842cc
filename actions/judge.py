"""Judge what was handed in, by the rules of the duty's pack, and act on the outcome.

A broken rule has what it asks for: the work goes back with the reason, or stands and `actions.follow_verdicts` goes
on. Unknown waits for a person: a missing figure never passes and never fails silently. Judging twice under one version
writes nothing new.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.facts import Owed, facts_of, units_above
from actions.follow import accept
from actions.follow_verdicts import broken, order_corrective, tell_head
from actions.keep_watch import keep_watch
from actions.return_work import return_work
from domain.assignment import State
from domain.duty import Review
from domain.instants import local_day
from domain.office import Office
from domain.recipients import Staff
from domain.sentence import Sentence
from domain.verdict import Consequence, Outcome, Severity, Verdict
from domain.workdays import Calendar
from rules.judge import judge as judge_case
from rules.pack import Pack
from store.tables import (
    AssignmentRow,
    DutyRow,
    OccurrenceRow,
    SubmissionRow,
    UnitRow,
    VerdictRow,
)

MOST_UNJUDGED = 1000
"""In one tick; the next one goes on."""


@dataclass(frozen=True)
class Bench:
    """What judging needs besides the submission: packs by id, calendar, office, and `staff`, which is asked only
    when somebody must be told."""

    packs: Mapping[str, Pack]
    calendar: Calendar
    office: Office
    staff: Callable[[], Staff]


def unjudged(session: Session) -> list[int]:
    """Ids of submissions that no judge has seen, oldest first."""
    found = session.exec(
        select(SubmissionRow.id)
        .where(col(SubmissionRow.judged_at).is_(None))
        .order_by(col(SubmissionRow.id))
        .limit(MOST_UNJUDGED)
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
    return [*around, *own, *units_above(session, own)]


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
        unit = session.get_one(UnitRow, assignment.unit_id)
        [facts] = facts_of(session, [(submission, Owed(unit, assignment, occurrence, duty))], bench.office.tz)
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
            office=office, calendar=bench.calendar, staff=bench.staff(),
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
