"""Open visits when their moment has come: from then on the team knows, and not before."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.draw_lots import reveal_draw
from actions.post import post
from domain.inspection import VisitState
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Holder, Staff
from store.inspection_tables import TeamMemberRow, VisitRow


def visits_to_open(session: Session, at: datetime) -> Sequence[int]:
    return session.exec(
        select(VisitRow.id)
        .where(col(VisitRow.state) == VisitState.SEALED, col(VisitRow.opens_at) <= at)
        .order_by(col(VisitRow.opens_at), col(VisitRow.id))
    ).all()


def open_visits(session: Session, visit_id: int, *, office: Office, staff: Staff, by: By) -> int:
    """Open one visit and write to its team, with the calendar entry and the checklist to print. Opened already, or
    cancelled meanwhile: nothing. Returns the number of letters."""
    visit = session.get_one(VisitRow, visit_id, with_for_update=True)
    if visit.state is not VisitState.SEALED:
        return 0
    visit.state, visit.opened_at = VisitState.OPEN, by.at
    record(session, by, "open_visit", f"visit:{visit_id}")
    session.flush()
    reveal_draw(session, visit.plan_id, by)
    members = session.exec(select(TeamMemberRow).where(col(TeamMemberRow.visit_id) == visit_id)).all()
    holders = [_holder(staff, member) for member in members if member.left_at is None]
    letters = [
        post(
            session,
            key=f"visit:{visit_id}:{holder.person_id}",
            kind=LetterKind.VISIT,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=by.at,
            facts={"visit": visit_id},
        )
        for holder in holders
        if holder
    ]
    return sum(letter is not None for letter in letters)


def _holder(staff: Staff, member: TeamMemberRow) -> Holder | None:
    """The person in any position they hold: a member is written to by name, not by position."""
    held = (h for holders in staff.holders.values() for h in holders if h.person_id == member.person_id)
    return next(held, None)
