"""A leader demands an explanation (yêu cầu giải trình), and the unit gives it."""

from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.assignments import locked, touched
from actions.changes import By, record
from actions.errors import NotFound, Refused
from actions.post import post
from domain.assignment import LABELS, OUT
from domain.explanation import MOST, days_of, last_day
from domain.instants import at_clock, local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Holder, Staff
from domain.unit import Role
from domain.workdays import Calendar
from store.tables import AssignmentRow, ExplanationRow

FEWEST, MOST_DAYS = 1, 30


def demand_explanation(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    question: str,
    office: Office,
    calendar: Calendar,
    staff: Staff,
    person_id: int | None = None,
    days: int | None = None,
) -> ExplanationRow:
    """Ask the head of the unit, who is written to at once. `person_id`: who asks, and is told of the answer;
    `days`: working days for it, by default the office's. Raises `Refused` without a question, while an earlier
    demand waits for its answer, and for work that was waived or withdrawn."""
    row = locked(session, assignment_id)
    if row.state in OUT:
        raise Refused("Việc {state} nên không yêu cầu giải trình được.", state=LABELS[row.state])
    if days is not None and not FEWEST <= days <= MOST_DAYS:
        raise Refused(
            "Thời hạn giải trình từ {fewest} đến {most} ngày làm việc.", fewest=FEWEST, most=MOST_DAYS
        )
    asked = session.exec(
        select(ExplanationRow).where(col(ExplanationRow.assignment_id) == assignment_id)
    ).all()
    if any(one.answered_at is None for one in asked):
        raise Refused("Việc này đã có một yêu cầu giải trình đang chờ trả lời.")
    answer_by = last_day(office, calendar.for_unit(row.unit_id), by.at, days)
    demand = ExplanationRow(
        assignment_id=assignment_id,
        demanded_by=person_id,
        number=len(asked) + 1,
        question=_said(question, "điều cần giải trình"),
        asked_at=by.at,
        asked_by=by.actor,
        answer_by=answer_by,
        remind_at=at_clock(answer_by, office.ladder.at, office.tz),
    )
    session.add(demand)
    session.flush()
    touched(row, by.at)
    record(
        session, by, "demand_explanation", f"assignment:{assignment_id}",
        number=demand.number, question=demand.question, answer_by=answer_by,
    )  # fmt: skip
    _write_to(session, demand, "asked", _asked(row, office.tz, staff, by), office, by)
    return demand


def explain(
    session: Session, explanation_id: int, by: By, *, answer: str, office: Office, staff: Staff
) -> ExplanationRow:
    """The unit's answer, once. It stands on the work, in the leader's next digest, and is sent to whoever asked.
    An answer after its day is taken too: the record says when. Raises `Refused` for an empty or overlong one and
    for a demand answered already."""
    demand = session.get(ExplanationRow, explanation_id, with_for_update=True)
    if demand is None:
        raise NotFound("Không có yêu cầu giải trình này.")
    if demand.answered_at is not None:
        raise Refused("Yêu cầu giải trình này đã được trả lời rồi.")
    row = locked(session, demand.assignment_id)
    demand.answer = _said(answer, "nội dung giải trình")
    demand.answered_at, demand.answered_by, demand.remind_at = by.at, by.actor, None
    touched(row, by.at)
    record(
        session, by, "explain", f"assignment:{row.id}",
        number=demand.number, answer=demand.answer, answer_by=demand.answer_by,
    )  # fmt: skip
    _write_to(session, demand, "answered", _asker(demand, office, staff, by), office, by)
    return demand


def ask_anew(session: Session, row: AssignmentRow, by: By) -> None:
    """The work is another unit's now: whoever answers there hears of an open demand with the next tick, not only on
    its last day."""
    session.execute(
        update(ExplanationRow)
        .where(col(ExplanationRow.assignment_id) == row.id, col(ExplanationRow.answered_at).is_(None))
        .values(remind_at=by.at)
    )


def remind_to_explain(
    session: Session, explanation_id: int, by: By, *, office: Office, calendar: Calendar, staff: Staff
) -> int:
    """Remind the unit of a demand it has not answered: on the last day, and once more after it, when whoever asked
    is told too. A unit to which the work has moved since is asked first. Returns the number of new letters. Work that
    ended meanwhile without the unit is not asked about any more."""
    demand = session.get_one(ExplanationRow, explanation_id, with_for_update=True)
    if demand.remind_at is None or demand.remind_at > by.at:
        return 0
    row = session.get_one(AssignmentRow, demand.assignment_id)
    today = local_day(by.at, office.tz)
    to_come = [day for day in days_of(demand.answer_by, calendar.for_unit(row.unit_id)) if day > today]
    over = not to_come or row.state in OUT
    demand.remind_at = None if over else at_clock(to_come[0], office.ladder.at, office.tz)
    stage = "asked" if today < demand.answer_by else "due" if today == demand.answer_by else "late"
    told = _asked(row, office.tz, staff, by)
    written = _write_to(
        session, demand, stage, told, office, by, moved=row.version if stage == "asked" else 0
    )
    if stage == "late":
        written += _write_to(session, demand, "silent", _asker(demand, office, staff, by), office, by)
    record(
        session, by, "remind_to_explain", f"assignment:{row.id}",
        number=demand.number, told=[holder.person.code for holder in told],
    )  # fmt: skip
    return written


def _asked(row: AssignmentRow, zone: ZoneInfo, staff: Staff, by: By) -> tuple[Holder, ...]:
    """The head answers for the unit; where there is none, its officer."""
    today = local_day(by.at, zone)
    return staff.find(row.unit_id, Role.HEAD, today) or staff.find(row.unit_id, Role.OFFICER, today)


def _asker(demand: ExplanationRow, office: Office, staff: Staff, by: By) -> tuple[Holder, ...]:
    return staff.person(demand.demanded_by, local_day(by.at, office.tz)) if demand.demanded_by else ()


def _write_to(
    session: Session,
    demand: ExplanationRow,
    stage: str,
    people: tuple[Holder, ...],
    office: Office,
    by: By,
    *,
    moved: int = 0,
) -> int:
    """`moved`: the version of the work that moved to another unit, which may have the same head."""
    stages = f"{stage}:{moved}" if moved else stage
    letters = [
        post(
            session,
            key=f"explanation:{demand.id}:{stages}:{holder.person_id}",
            kind=LetterKind.EXPLANATION,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=by.at,
            explanation_id=demand.id,
            facts={"stage": stage},
        )
        for holder in people
    ]
    return sum(letter is not None for letter in letters)


def _said(text: str, what: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= MOST:
        raise Refused("Hãy ghi {what} bằng lời, nhiều nhất {most} ký tự.", what=what, most=MOST)
    return said
