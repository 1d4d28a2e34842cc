"""Return work for correction and tell the unit why: by the rules, or by a person who looked at it."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from actions.changes import By
from actions.follow import give_back
from actions.post import post
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Staff
from domain.unit import Role
from domain.workdays import Calendar
from store.tables import AssignmentRow, SubmissionRow


def return_work(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    findings: Sequence[str],
    office: Office,
    calendar: Calendar,
    staff: Staff,
) -> None:
    """`findings`: what is wrong, a sentence each; the letter to whoever is in charge at the unit says them.
    Raises `domain.assignment.NotAllowed` where nothing was handed in."""
    give_back(session, assignment_id, by, reason="; ".join(findings), office=office, calendar=calendar)
    row = session.get_one(AssignmentRow, assignment_id)
    last = session.exec(
        select(func.max(SubmissionRow.round)).where(col(SubmissionRow.assignment_id) == assignment_id)
    ).one()
    today = local_day(by.at, office.tz)
    for holder in staff.find(row.unit_id, Role.OFFICER, today, named=row.person_id):
        post(
            session,
            key=f"returned:{assignment_id}:{row.version}:{holder.person_id}",
            kind=LetterKind.RETURNED,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=by.at,
            assignment_id=assignment_id,
            facts={"findings": list(findings), "round": last or 0},
        )
