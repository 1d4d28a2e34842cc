"""Remind a unit of ours that others wait for it: its own clock has run while the holder's stood still."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.post import Envelope, post_all
from domain.escalation import TO_UNIT, Climb, climb
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Staff
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
    if interval.remind_at is None or interval.remind_at > by.at:
        return 0
    climbed, letters = prompts(interval, interval.step, by.at, office=office, calendar=calendar, staff=staff)
    interval.step, interval.remind_at = climbed.step, climbed.next_action_at
    post_all(session, letters)
    record(
        session, by, "remind_awaited", f"waiting:{interval.id}", unit=interval.unit_id,
        steps=[taken.step for taken in climbed.taken],
        told=[letter["holders"][0].person.code for letter in letters],
    )  # fmt: skip
    return len(letters)


def prompts(
    interval: WaitingRow, step: int, at: datetime, *, office: Office, calendar: Calendar, staff: Staff
) -> tuple[Climb, list[Envelope]]:
    """What a reminder at `at` takes from `step` on, and its letters: one to each person. Reads and writes nothing, so
    that the preview foretells by it."""
    started, today = local_day(interval.started_at, office.tz), local_day(at, office.tz)
    climbed = climb(
        office.awaited, step, at,
        lambda rung: office.awaited.moment(rung, started, calendar, office.tz),
    )  # fmt: skip
    if (unit_id := interval.unit_id) is None:
        return climbed, []
    told: dict[int, Envelope] = {}
    for taken in climbed.taken:
        for role in taken.tell:
            for holder in staff.find(unit_id, asked(interval.kind, role), today):
                letter = Envelope(
                    key=f"awaited:{interval.id}:{taken.step}:{holder.person_id}",
                    kind=LetterKind.AWAITED,
                    holders=[holder],
                    mail_domain=office.mail_domain,
                    at=at,
                    waiting_id=interval.id,
                    facts={"above": role not in TO_UNIT},
                )
                told.setdefault(holder.person_id, letter)
    return climbed, [told[person_id] for person_id in sorted(told)]
