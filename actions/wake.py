"""A dormant duty wakes (việc chờ sự kiện): its event has come, and its term runs from that day.

Until then nothing is open, so nothing is counted, reminded or late. It may wake again, once for a day.
"""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from actions.open_occurrences import Opened, open_one
from domain.duty import Kind
from domain.instants import local_day
from domain.recurrence import Due, occurrences
from domain.sentence import Sentence
from domain.wording import say_day
from domain.workdays import Calendar
from store.tables import DutyRow, OccurrenceRow


def wake(
    session: Session,
    duty_id: int,
    by: By,
    *,
    on: date,
    cause: str,
    calendar: Calendar,
    zone: ZoneInfo,
    due_on: date | None = None,
) -> Opened:
    """Open the duty for its units. `on`: the day of the event (request received, plan approved), from which the
    stated term runs; `cause`: what happened, kept with the work; `due_on`: the deadline a person gives where
    the text states no term.

    Raises `NotFound`, and `Refused` in words: not dormant, asleep by its situation, no deadline, an event
    that has not come, a day it was woken for already.
    """
    duty = session.get(DutyRow, duty_id, with_for_update=True)
    if duty is None:
        raise NotFound("Không có việc này.")
    reason = given(cause)
    _check(session, duty, on, local_day(by.at, zone))
    due = _due(duty, on, due_on, calendar)
    because = Sentence("kích hoạt ngày {day}: {reason}", day=say_day(on), reason=reason)
    opened = open_one(
        session, duty, due, calendar=calendar, zone=zone, by=By(by.actor, by.at, reason), note=because
    )
    record(session, by, "wake", f"duty:{duty_id}", on=on, due_on=due.due_on, reason=reason)
    return opened


def _check(session: Session, duty: DutyRow, on: date, today: date) -> None:
    if duty.kind is not Kind.DORMANT:
        raise Refused("Việc này không phải việc chờ sự kiện nên không cần kích hoạt.")
    if duty.asleep:
        raise Refused(
            "Việc này chỉ thực hiện khi {situation}: {state}.",
            situation=duty.situation,
            state=duty.situation_state,
        )
    if on > today:
        raise Refused("Sự kiện ngày {day} chưa đến nên chưa kích hoạt được.", day=say_day(on))
    woken = select(OccurrenceRow.id).where(
        OccurrenceRow.duty_id == duty.id, OccurrenceRow.period == on.isoformat()
    )
    if session.exec(woken.order_by(col(OccurrenceRow.id))).first():
        raise Refused("Việc này đã được kích hoạt cho sự kiện ngày {day}.", day=say_day(on))


def _due(duty: DutyRow, on: date, due_on: date | None, calendar: Calendar) -> Due:
    if due_on is not None:
        if due_on < on:
            raise Refused(
                "Thời hạn {day} ở trước ngày sự kiện {event_day}.", day=say_day(due_on), event_day=say_day(on)
            )
        return Due(on.isoformat(), on, due_on, due_on)
    terms = duty.terms_of_time().model_copy(update={"first": on})
    found = occurrences(terms, calendar, since=on, until=date.max)
    if not found:
        raise Refused("Văn bản không nêu thời hạn kể từ sự kiện; hãy cho biết thời hạn.")
    return Due(on.isoformat(), on, found[0].stated_on, found[0].due_on, found[0].why)
