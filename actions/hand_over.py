"""Succession of units (đơn vị kế thừa): open work moves to the successor with a receipt, closed work stays.

The unit ends the day before `since`; what it finished stays readable under its name, later periods are
asked of the successor. A successor that had the smaller part of the same work has the greater one from then on:
nothing is left without a lead. Doing it again finds nothing left to move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select

from actions.assignments import duty_of, moved, reschedule
from actions.changes import By, record
from actions.demand_explanation import ask_anew
from actions.errors import NotFound, Refused
from actions.withdraw_letters import withdraw_answers, withdraw_letters
from domain.assignment import LABELS, OUT, OWING, UNFINISHED, Event, Part, covers
from domain.duty import Kind
from domain.instants import local_day
from domain.office import Office
from domain.wording import say_day
from domain.workdays import Calendar
from store.office import load_calendar
from store.tables import (
    AssignmentRow,
    DutyRow,
    DutyUnitRow,
    HandoverRow,
    OccurrenceRow,
    UnitRow,
    UnitSuccessionRow,
    WaitingRow,
)
from store.writing import insert_new


@dataclass
class Moved:
    """`merged`: assignments that ended because the successor owed the same work already. `duties`: routed
    anew for later periods. `awaited`: work of others that waited for the unit, and waits for the successor now."""

    handed_over: int = 0
    merged: int = 0
    duties: int = 0
    awaited: int = 0


@dataclass(frozen=True)
class Succession:
    """`successors`: ids of units. `routes`: duty id → successor; not needed where there is only one."""

    unit_id: int
    successors: Sequence[int]
    since: date
    routes: Mapping[int, int] = field(default_factory=dict)

    def of(self, duty_id: int) -> int:
        return self.successors[0] if len(self.successors) == 1 else self.routes[duty_id]

    def knows(self, duty_id: int) -> bool:
        return len(self.successors) == 1 or self.routes.get(duty_id) in self.successors


@dataclass(frozen=True)
class Why:
    """What is said of work that moved, and of work that ended because the other unit owed it; `said`: a person's
    own reason, for the trail."""

    moved: str
    merged: str
    said: str = ""


SUCCESSION = Why("việc đã bàn giao cho đơn vị kế thừa", "đơn vị kế thừa đã được giao cùng việc này")
GREATER = "đơn vị đã nhận phần lớn hơn của cùng việc này"


def hand_over_unit(session: Session, plan: Succession, by: By, *, office: Office) -> Moved:
    """Carry out the succession. Raises `Refused` in words: no successor, one that is not valid on the day, a
    day that has not come, or a duty for which none of several successors was chosen."""
    unit = session.get(UnitRow, plan.unit_id, with_for_update=True)
    if unit is None:
        raise NotFound("Không có đơn vị này.")
    open_work = _open_work(session, plan.unit_id)
    later = later_duties(session, plan.unit_id, plan.since)
    _check(session, plan, unit, duties_to_route(session, plan.unit_id, plan.since), by, office)
    unit.valid_to = min(unit.valid_to or date.max, plan.since - timedelta(days=1))
    new = insert_new(
        session,
        UnitSuccessionRow,
        [{"unit_id": unit.id, "successor_id": s, "since": plan.since} for s in plan.successors],
    )
    done, calendar = Moved(), load_calendar(session, office.calendar)
    for assignment, duty in open_work:
        to = plan.of(duty.id)
        if hand_over(
            session, assignment, to, plan.since, by, why=SUCCESSION, office=office, calendar=calendar
        ):
            done.merged += 1
        else:
            done.handed_over += 1
    done.duties = _route(session, plan, later)
    done.awaited = _await_successors(session, plan, by)
    if new or vars(Moved()) != vars(done):
        record(
            session, by, "hand_over_unit", f"unit:{unit.code}",
            since=plan.since, successors=list(plan.successors), **vars(done),
        )  # fmt: skip
    return done


def confirm_handover(session: Session, row: AssignmentRow, by: By) -> None:
    """The successor has received what was handed over to it (biên nhận); once, and nothing where nothing was."""
    receipt = session.exec(
        select(HandoverRow).where(
            col(HandoverRow.assignment_id) == row.id,
            col(HandoverRow.to_unit_id) == row.unit_id,
            col(HandoverRow.received_at).is_(None),
        )
    ).first()
    if receipt is not None:
        receipt.received_at = by.at
        record(session, by, "confirm_handover", f"handover:{receipt.id}")


def _open_work(session: Session, unit_id: int) -> Sequence[tuple[AssignmentRow, DutyRow]]:
    return session.exec(
        select(AssignmentRow, DutyRow)
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .join(DutyRow, col(DutyRow.id) == col(OccurrenceRow.duty_id))
        .where(col(AssignmentRow.unit_id) == unit_id, col(AssignmentRow.state).in_(UNFINISHED))
        .order_by(col(AssignmentRow.id))
        .with_for_update(of=AssignmentRow)
    ).all()


def later_duties(session: Session, unit_id: int, since: date) -> list[DutyRow]:
    """Duties of the unit that may still ask something of it from `since` on."""
    rows = session.exec(
        select(DutyRow, exists().where(col(OccurrenceRow.duty_id) == col(DutyRow.id)))
        .join(DutyUnitRow, col(DutyUnitRow.duty_id) == col(DutyRow.id))
        .where(col(DutyUnitRow.unit_id) == unit_id, col(DutyUnitRow.until).is_(None))
        .order_by(col(DutyRow.id))
    ).all()
    return [duty for duty, opened in rows if _asks_later(duty, opened, since)]


def duties_to_route(session: Session, unit_id: int, since: date) -> dict[int, str]:
    """Titles, by id, of the duties of which one of several successors is chosen."""
    open_now = session.exec(
        select(DutyRow.id, DutyRow.title)
        .join(OccurrenceRow, col(OccurrenceRow.duty_id) == col(DutyRow.id))
        .join(AssignmentRow, col(AssignmentRow.occurrence_id) == col(OccurrenceRow.id))
        .where(col(AssignmentRow.unit_id) == unit_id, col(AssignmentRow.state).in_(UNFINISHED))
    )
    later = ((duty.id, duty.title) for duty in later_duties(session, unit_id, since))
    return dict(sorted({*open_now, *later}))


def _asks_later(duty: DutyRow, opened: bool, since: date) -> bool:
    last = duty.terms_of_time().last
    return (last is None or last >= since) and not (duty.kind in (Kind.ONE_OFF, Kind.CORRECTIVE) and opened)


def _check(
    session: Session, plan: Succession, unit: UnitRow, duties: Mapping[int, str], by: By, office: Office
) -> None:
    if plan.since > local_day(by.at, office.tz):
        raise Refused(
            "Ngày bàn giao {day} chưa đến; hãy thực hiện khi đơn vị kế thừa hoạt động.",
            day=say_day(plan.since),
        )
    if not plan.successors or unit.id in plan.successors:
        raise Refused("Hãy chọn đơn vị kế thừa của {name}, khác chính đơn vị này.", name=unit.name)
    for successor_id in plan.successors:
        successor = session.get(UnitRow, successor_id)
        if successor is None or not successor.valid_on(plan.since):
            name = successor.name if successor else "được chọn"
            raise Refused("Đơn vị {name} không hoạt động vào ngày {day}.", name=name, day=say_day(plan.since))
    unrouted = [title for duty_id, title in duties.items() if not plan.knows(duty_id)]
    if unrouted:
        raise Refused(
            "{name} có {count} đơn vị kế thừa; hãy chọn đơn vị nhận cho từng việc: {unrouted}.",
            name=unit.name,
            count=len(plan.successors),
            unrouted="; ".join(unrouted),
        )


def hand_over(
    session: Session,
    row: AssignmentRow,
    to: int,
    since: date,
    by: By,
    *,
    why: Why,
    office: Office,
    calendar: Calendar,
) -> bool:
    """One piece of open work goes to another unit with its receipt; what was to be told and has not been sent is
    withdrawn. The deadline stays, its reminders follow the days that unit works. Returns whether that unit owed as
    much of the same work already, so that this assignment ends. What it owed of a smaller part ends instead. Raises
    `Refused` where the same part of it was taken from that unit: nobody would do it."""
    theirs = session.exec(
        select(AssignmentRow)
        .where(col(AssignmentRow.occurrence_id) == row.occurrence_id, col(AssignmentRow.unit_id) == to)
        .order_by(col(AssignmentRow.id))
        .with_for_update()
    ).all()
    merged = any(covers(one.part, row.part) and one.state not in OUT for one in theirs)
    same = next((one for one in theirs if one.part is row.part), None)
    if same is not None and not merged:
        raise Refused(
            "{name} không nhận thay được việc “{title}” ({state}); hãy chuyển việc này cho đơn vị khác, hoặc miễn, "
            "thu hồi trước.",
            name=session.get_one(UnitRow, to).name,
            title=duty_of(session, row).title,
            state=LABELS[same.state],
        )
    session.add(
        HandoverRow(
            assignment_id=row.id, from_unit_id=row.unit_id, to_unit_id=to, since=since,
            state=row.state, merged=merged, at=by.at, by=by.actor,
        )
    )  # fmt: skip
    if merged:
        _end(session, row, by, reason=why.merged, said=why.said, successor=to)
        return True
    for one in theirs:
        if one.state in OWING:
            _end(session, one, by, reason=GREATER)
    moved(session, row, Event.HAND_OVER, by, before=row.unit_id, successor=to, reason=why.said)
    row.unit_id, row.person_id, row.given_at, row.taken_up_at = to, None, None, None
    reschedule(session, row, row.due_on, by.at, calendar=calendar, zone=office.tz)
    _nothing_unsent(session, row, by, why.moved)
    ask_anew(session, row, by)
    return False


def _end(
    session: Session, row: AssignmentRow, by: By, *, reason: str, said: str = "", **more: object
) -> None:
    moved(session, row, Event.WITHDRAW, by, reason=f"{reason}: {said}" if said else reason, **more)
    _nothing_unsent(session, row, by, reason)


def _nothing_unsent(session: Session, row: AssignmentRow, by: By, reason: str) -> None:
    withdraw_letters(session, row.id, by, reason=reason)
    withdraw_answers(session, row.id, by, reason=reason)


def _route(session: Session, plan: Succession, later: Sequence[DutyRow]) -> int:
    """The successor's part begins with `since`; the old unit's row stays and ends with the unit itself."""
    parts = session.exec(
        select(DutyUnitRow)
        .where(col(DutyUnitRow.unit_id) == plan.unit_id, col(DutyUnitRow.duty_id).in_([d.id for d in later]))
        .order_by(col(DutyUnitRow.id))
    ).all()
    return sum(owes_from(session, part, plan.of(part.duty_id), plan.since) for part in parts)


def _await_successors(session: Session, plan: Succession, by: By) -> int:
    """Nobody is left waiting for a unit that is no more. Where several succeed and none was chosen for the duty the
    first is waited for; a successor that waited for the unit itself is left to go on by itself."""
    rows = session.exec(
        select(WaitingRow, AssignmentRow.unit_id, OccurrenceRow.duty_id)
        .join(AssignmentRow, col(AssignmentRow.id) == col(WaitingRow.assignment_id))
        .join(OccurrenceRow, col(OccurrenceRow.id) == col(AssignmentRow.occurrence_id))
        .where(col(WaitingRow.unit_id) == plan.unit_id, col(WaitingRow.ended_at).is_(None))
        .order_by(col(WaitingRow.id))
        .with_for_update(of=WaitingRow)
    ).all()
    changed = 0
    for wait, holder, duty_id in rows:
        heir = plan.of(duty_id) if plan.knows(duty_id) else plan.successors[0]
        if heir != holder:
            wait.unit_id, wait.who = heir, session.get_one(UnitRow, heir).name
            record(session, by, "hand_over_wait", f"waiting:{wait.id}", before=plan.unit_id, successor=heir)
            changed += 1
    return changed


def owes_from(session: Session, part: DutyUnitRow, to: int, since: date) -> bool:
    """What the duty opens from `since` on is asked of another unit for this part of it. Returns whether that unit was
    not asked for as much already."""
    first = max(since, part.since or since)
    theirs = session.exec(
        select(DutyUnitRow)
        .where(col(DutyUnitRow.duty_id) == part.duty_id, col(DutyUnitRow.unit_id) == to)
        .with_for_update()
    ).first()
    if theirs is None:
        row = {"duty_id": part.duty_id, "unit_id": to, "part": part.part, "since": first}
        return insert_new(session, DutyUnitRow, [row]) > 0
    if theirs.until is None and covers(Part(theirs.part), Part(part.part)):
        return False
    theirs.until = None
    if not covers(Part(theirs.part), Part(part.part)):
        theirs.part = part.part
    return True
