"""A leader declares a situation (công bố tình huống): duties of its state wake, those of other states sleep.

Sleeping work leaves the sweep, and its clock stands still like that of any work that waits; the declarations
are only added to, so that anybody can see later what was in force when.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from actions.assignments import moved, open_waiting
from actions.changes import By, record
from actions.errors import Refused, given
from actions.wait import go_on
from domain.assignment import OWING, Event, State
from domain.instants import at_clock, local_day
from domain.office import Office
from domain.waiting import Awaited
from domain.workdays import Calendar
from store.questions.situations import scenarios
from store.tables import AssignmentRow, DeclarationRow, DutyRow, OccurrenceRow, WaitingRow

ONE_DAY = timedelta(days=1)


def declare(
    session: Session,
    name: str,
    state: str,
    by: By,
    *,
    since: date,
    reason: str,
    office: Office,
    calendar: Calendar,
) -> DeclarationRow:
    """`since`: the office's day from which it holds. A day to come waits for the clock (`apply_declaration`); a
    day that has passed counts from then: nobody is late for what slept. Raises `Refused` without a reason, and
    while a plan (kịch bản) for that state is not approved."""
    name, state = name.strip(), state.strip()
    if not name or not state:
        raise Refused("Hãy ghi tên tình huống và mức được công bố.")
    _planned(session, name, state)
    row = DeclarationRow(
        name=name,
        state=state,
        since=since,
        reason=given(reason),
        declared_by=by.actor,
        declared_at=by.at,
    )
    session.add(row)
    session.flush()
    record(
        session, by, "declare", f"declaration:{row.id}",
        name=row.name, state=row.state, since=since, reason=row.reason,
    )  # fmt: skip
    if since <= local_day(by.at, office.tz):
        apply_declaration(session, row.id, by, office=office, calendar=calendar)
    return row


def _planned(session: Session, name: str, state: str) -> None:
    lacking = [one for one in scenarios(session) if (one.name, one.state) == (name, state) and one.lacking]
    if lacking:
        raise Refused(
            "Chưa công bố được “{name}: {state}”: kịch bản “{title}” chưa được duyệt ở {units}.",
            name=name, state=state, title=lacking[0].title, units=", ".join(lacking[0].lacking),
        )  # fmt: skip


def declarations_to_apply(session: Session, today: date) -> Sequence[int]:
    """Ids of declarations whose day has come, in order of their days."""
    d = DeclarationRow
    return session.exec(
        select(d.id)
        .where(col(d.applied_at).is_(None), col(d.since) <= today)
        .order_by(col(d.since), col(d.id))
    ).all()


def apply_declaration(
    session: Session, declaration_id: int, by: By, *, office: Office, calendar: Calendar
) -> int:
    """Switch every duty bound to the situation. Returns how many woke or fell asleep; applied twice is once."""
    declared = session.get_one(DeclarationRow, declaration_id, with_for_update=True)
    if declared.applied_at is not None:
        return 0
    declared.applied_at = by.at
    duties = session.exec(
        select(DutyRow).where(DutyRow.situation == declared.name).order_by(col(DutyRow.id)).with_for_update()
    ).all()
    switched = [duty for duty in duties if duty.asleep is (duty.situation_state == declared.state)]
    for duty in switched:
        if duty.asleep:
            count = _wake(session, duty, declared, by, office, calendar)
        else:
            count = _put_to_sleep(session, duty, declared, by, office, calendar)
        record(
            session, by, "fall_asleep" if duty.asleep else "awaken", f"duty:{duty.id}",
            declaration=declared.id, situation=declared.name, state=declared.state, assignments=count,
        )  # fmt: skip
    return len(switched)


def _put_to_sleep(
    session: Session, duty: DutyRow, declared: DeclarationRow, by: By, office: Office, calendar: Calendar
) -> int:
    """What is handed in already stays with its reviewer."""
    duty.asleep = True
    owed = _of(session, duty, OWING)
    for row, occurrence in owed:
        start = _start(max(declared.since, occurrence.opens_on), by.at, office)
        if row.state is State.WAITING:
            interval = open_waiting(session, row.id)
            go_on(session, row, interval, by, calendar=calendar, zone=office.tz, outcome=declared.state)
            start = by.at
        interval = WaitingRow(
            assignment_id=row.id,
            kind=Awaited.SITUATION,
            who=f"{declared.name}: {declared.state}",
            reason=declared.reason,
            started_at=start,
        )
        moved(session, row, Event.WAIT, by, kind=interval.kind, who=interval.who, reason=interval.reason)
        row.waiting_since = start
        session.add(interval)
    return len(owed)


def _wake(
    session: Session, duty: DutyRow, declared: DeclarationRow, by: By, office: Office, calendar: Calendar
) -> int:
    """Periods whose deadline fell while it slept, or falls on the very day on which that is declared, are not opened
    afterwards."""
    known = local_day(declared.declared_at, office.tz) + ONE_DAY
    duty.asleep, duty.awake_since, duty.opened_through = False, max(declared.since, known), None
    woken = 0
    for row, _ in _of(session, duty, (State.WAITING,)):
        interval = open_waiting(session, row.id)
        if interval.kind is Awaited.SITUATION:
            go_on(session, row, interval, by, calendar=calendar, zone=office.tz, outcome=declared.state)
            woken += 1
    return woken


def _start(day: date, at: datetime, office: Office) -> datetime:
    return min(at, at_clock(day, time(), office.tz))


def _of(
    session: Session, duty: DutyRow, states: Sequence[State]
) -> Sequence[tuple[AssignmentRow, OccurrenceRow]]:
    return session.exec(
        select(AssignmentRow, OccurrenceRow)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .where(OccurrenceRow.duty_id == duty.id, col(AssignmentRow.state).in_(states))
        .order_by(col(AssignmentRow.id))
        .with_for_update(of=AssignmentRow)
    ).all()
