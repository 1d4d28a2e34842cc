"""A leader demands an explanation (yêu cầu giải trình), and the unit gives it."""

from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from actions.assignments import locked, touched
from actions.changes import By, record
from actions.errors import NotFound, Refused
from actions.post import Envelope, post_all
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
    head = _asked(row, staff, local_day(by.at, office.tz))
    post_all(session, _letters(demand, "asked", head, office, by.at))
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
    asker = _asker(demand, staff, local_day(by.at, office.tz))
    post_all(session, _letters(demand, "answered", asker, office, by.at))
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
    demand.remind_at, letters = reminders(demand, row, by.at, office=office, calendar=calendar, staff=staff)
    written = post_all(session, letters)
    record(
        session, by, "remind_to_explain", f"assignment:{row.id}",
        number=demand.number, told=[letter["holders"][0].person.code for letter in letters],
    )  # fmt: skip
    return len(written)


def reminders(
    demand: ExplanationRow,
    row: AssignmentRow,
    at: datetime,
    *,
    office: Office,
    calendar: Calendar,
    staff: Staff,
) -> tuple[datetime | None, list[Envelope]]:
    """When the unit is reminded again after `at`, and the letters written then, some of which may be written already
    (by key). Reads and writes nothing, so that the preview foretells by it."""
    if row.state in OUT:
        return None, []
    today = local_day(at, office.tz)
    to_come = [day for day in days_of(demand.answer_by, calendar.for_unit(row.unit_id)) if day > today]
    again = at_clock(to_come[0], office.ladder.at, office.tz) if to_come else None
    asked = _asked(row, staff, today)
    if today < demand.answer_by:
        return again, _letters(
            demand, f"asked:{row.version}", asked, office, at
        )  # the work has moved to them
    if today == demand.answer_by:
        return again, _letters(demand, "due", asked, office, at)
    asker = _asker(demand, staff, today)
    return again, [
        *_letters(demand, "late", asked, office, at),
        *_letters(demand, "silent", asker, office, at),
    ]


def _asked(row: AssignmentRow, staff: Staff, today: date) -> tuple[Holder, ...]:
    """The head answers for the unit; where there is none, its officer."""
    return staff.find(row.unit_id, Role.HEAD, today) or staff.find(row.unit_id, Role.OFFICER, today)


def _asker(demand: ExplanationRow, staff: Staff, today: date) -> tuple[Holder, ...]:
    return staff.person(demand.demanded_by, today) if demand.demanded_by else ()


def _letters(
    demand: ExplanationRow, stage: str, people: tuple[Holder, ...], office: Office, at: datetime
) -> list[Envelope]:
    """`stage` may name a version of the work: another unit it moves to may have the same head."""
    return [
        Envelope(
            key=f"explanation:{demand.id}:{stage}:{holder.person_id}",
            kind=LetterKind.EXPLANATION,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=at,
            explanation_id=demand.id,
            facts={"stage": stage.partition(":")[0]},
        )
        for holder in people
    ]


def _said(text: str, what: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= MOST:
        raise Refused("Hãy ghi {what} bằng lời, nhiều nhất {most} ký tự.", what=what, most=MOST)
    return said
