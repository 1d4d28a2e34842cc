"""A leader follows a case (theo dõi một việc), to be shown what changes in it until they have seen it."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from store.tables import FollowedRow


def follow_case(session: Session, assignment_id: int, person_id: int, at: datetime) -> None:
    """From `at` on (UTC); for a case that is followed already: what happened until then was seen. Not in the trail:
    looking on changes nothing about the work. The caller has asked whether the person may see it."""
    row = session.get(FollowedRow, (person_id, assignment_id))
    if row is None:
        session.add(FollowedRow(person_id=person_id, assignment_id=assignment_id, seen_at=at))
    else:
        row.seen_at = at


def seen(session: Session, person_id: int, at: datetime, assignment_id: int | None = None) -> None:
    """What happened until `at` (UTC) in this case, or in any, was seen by the person, if they follow it."""
    theirs = update(FollowedRow).where(col(FollowedRow.person_id) == person_id)
    if assignment_id is not None:
        theirs = theirs.where(col(FollowedRow.assignment_id) == assignment_id)
    session.execute(theirs.values(seen_at=at))


def leave_case(session: Session, assignment_id: int, person_id: int) -> None:
    """Leaving one that is not followed changes nothing."""
    if row := session.get(FollowedRow, (person_id, assignment_id)):
        session.delete(row)
