"""Remind a unit of ours that others wait for it: its own clock has run while the holder's stood still."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.post import post
from domain.escalation import TO_UNIT, climb
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Holder, Staff
from domain.waiting import asked
from domain.workdays import Calendar
from store.tables import WaitingRow


def awaited_to_remind(session: Session, at: datetime) -> Sequence[int]:
    """Ids of the intervals whose reminder is due. Reads an index of nothing else."""
    w = WaitingRow
    return session.exec(select(w.id).where(col(w.remind_at) <= at).order_by(col(w.id))).all()


def remind_awaited(
    session: Session, waiting_id: int, *, office: Office, calendar: Calendar, staff: Staff, by: By
) -> int:
    """Take the rungs of the wait whose moment has come: whoever answers for the unit that is waited for, then its
    leader. Returns the number of letters; nobody found is on record in the trail."""
    interval = session.get_one(WaitingRow, waiting_id, with_for_update=True)
    if interval.remind_at is None or interval.remind_at > by.at or interval.unit_id is None:
        return 0
    started = local_day(interval.started_at, office.tz)
    climbed = climb(
        office.awaited, interval.step, by.at,
        lambda step: office.awaited.moment(step, started, calendar, office.tz),
    )  # fmt: skip
    interval.step, interval.remind_at = climbed.step, climbed.next_action_at
    today, told = local_day(by.at, office.tz), dict[int, tuple[Holder, bool, int]]()
    for taken in climbed.taken:
        for role in taken.tell:
            for holder in staff.find(interval.unit_id, asked(interval.kind, role), today):
                told.setdefault(holder.person_id, (holder, role not in TO_UNIT, taken.step))
    for person_id, (holder, above, step) in sorted(told.items()):
        post(
            session,
            key=f"awaited:{interval.id}:{step}:{person_id}",
            kind=LetterKind.AWAITED,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=by.at,
            waiting_id=interval.id,
            facts={"above": above},
        )
    record(
        session, by, "remind_awaited", f"waiting:{interval.id}", unit=interval.unit_id,
        steps=[taken.step for taken in climbed.taken],
        told=[holder.person.code for _, (holder, *_) in sorted(told.items())],
    )  # fmt: skip
    return len(told)
