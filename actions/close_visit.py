"""Close a visit: its bad answers become findings, and each finding work that is followed to its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from sqlmodel import Session

from actions.changes import By, record
from actions.errors import Refused
from actions.issue_corrective import issue_corrective
from actions.propose_guidance import propose_guidance
from actions.reinspect import reinspect
from actions.tell_leader import tell_leader
from actions.visits import held, known_record, of_the_team
from domain.corrective import after_visit
from domain.finding import due_on, is_widespread
from domain.inspection import TeamPart, VisitKind, VisitState
from domain.inspection_record import RecordLine, VisitRecord
from domain.instants import local_day
from domain.office import Office
from domain.sentence import joined
from domain.verdict import Severity
from domain.workdays import Calendar
from store.inspection_tables import FindingRow, PlanRow, VisitRow
from store.questions.findings import Before, found_before, units_with, visited_units
from store.tables import UnitRow


@dataclass(frozen=True)
class Outcome:
    """What closing a visit came to. `repeated`: of the findings, those known from before; `guidance`: items that so
    many units share that guidance is proposed for them; `again_id`: the re-inspection."""

    findings: int
    repeated: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    again_id: int | None = None


def close_visit(
    session: Session, visit_id: int, by: By, *, office: Office, calendar: Calendar, reason: str = ""
) -> Outcome:
    """By the head of the team, once: closed already, nothing happens. `reason`: why it is closed though something is
    lacking.

    Raises `NotFound` for who is not of the team, `Refused` for who is not its head, where answers contradict one
    another, and without a reason naming what is lacking.
    """
    visit = held(session, visit_id)
    if of_the_team(session, visit, by).part is not TeamPart.HEAD:
        raise Refused("Chỉ trưởng đoàn kết thúc được cuộc kiểm tra.")
    if visit.state is VisitState.CLOSED:
        return Outcome(0)
    _whole(session, visit, reason)
    visit.state, visit.closed_at = VisitState.CLOSED, by.at
    visit.finished_at = visit.finished_at or by.at
    visit.reservation = reason.strip()
    session.flush()
    closed = known_record(session, visit_id)
    visit.record_hash = closed.hash
    record(
        session, by, "close_visit", f"visit:{visit_id}",
        hash=closed.hash, bad=[line.id for line in closed.bad], reason=visit.reservation,
    )  # fmt: skip
    if visit.kind is VisitKind.SELF or not closed.bad:
        return Outcome(0)
    return _follow_up(session, visit, closed, office, calendar, by)


def _whole(session: Session, visit: VisitRow, reason: str) -> None:
    stands = known_record(session, visit.id)
    if stands.contested:
        raise Refused(
            "Nội dung {contested} có hai câu trả lời khác nhau. Hãy chọn một rồi kết thúc.",
            contested=", ".join(stands.contested),
        )
    if (gaps := stands.gaps()) and not reason.strip():
        raise Refused("Chưa kết thúc được: {gaps}. Hãy bổ sung, hoặc ghi lý do.", gaps=joined("; ", gaps))


def _follow_up(
    session: Session, visit: VisitRow, closed: VisitRecord, office: Office, calendar: Calendar, by: By
) -> Outcome:
    today = local_day(by.at, office.tz)
    since = today - relativedelta(months=office.inspection.repeat_months)
    items = [line.id for line in closed.bad]
    before = found_before(session, visit.unit_id, visit.theme, items, since=since, but=visit.id)
    due = {line.id: due_on(line.severity, today, office.inspection, calendar) for line in closed.bad}
    new = [(line, due[line.id]) for line in closed.bad if not _still_open(before.get(line.id))]
    works: Mapping[str, int] = {}
    if new:
        unit = session.get_one(UnitRow, visit.unit_id).code
        notice, works = issue_corrective(
            session, after_visit(closed, new), unit=unit, office=office, calendar=calendar, by=by
        )
        visit.directive_id = notice.id
    for line in closed.bad:
        known = before.get(line.id)
        session.add(
            FindingRow(
                **line.model_dump(
                    include={"text", "clause", "severity", "answer", "note", "guidance", "action"}
                ),
                item=line.id,
                photos=list(line.photos),
                found_on=visit.day,
                due_on=due[line.id],
                found_at=by.at,
                visit_id=visit.id,
                unit_id=visit.unit_id,
                theme=visit.theme,
                assignment_id=works.get(line.id) or (known.assignment_id if known else None),
                repeats_id=known.finding_id if known else None,
            )
        )
    session.flush()
    if any(line.severity is Severity.CRITICAL for line in closed.bad):
        tell_leader(session, visit, "critical", by)
    guidance = _guide(session, visit, closed.bad, office, by)
    repeated = tuple(item for item in items if item in before)
    again = None
    if repeated:
        tell_leader(session, visit, "repeated", by)
        failed = [item for item in items if item not in guidance]
        after = max(due.values()) + timedelta(days=1)
        again = reinspect(session, visit, failed, after=after, calendar=calendar, zone=office.tz, by=by)
    return Outcome(len(items), repeated, guidance, again.id if again else None)


def _still_open(known: Before | None) -> bool:
    """Its corrective work is under way: the unit owes it once, however often it is found."""
    return known is not None and known.assignment_id is not None


def _guide(
    session: Session, visit: VisitRow, bad: Sequence[RecordLine], office: Office, by: By
) -> tuple[str, ...]:
    """Items that too many units of the plan share; each proposed once."""
    visited = visited_units(session, visit.plan_id)
    having = units_with(session, visit.plan_id, [line.id for line in bad])
    plan = session.get_one(PlanRow, visit.plan_id)
    shared = [line for line in bad if is_widespread(having[line.id], visited, office.inspection)]
    for line in shared:
        propose_guidance(
            session, plan, line, found=len(having[line.id]), visited=len(visited), office=office, by=by
        )
    return tuple(line.id for line in shared)
