"""A letter about the machinery itself, to the office's clerk and to the administrators of whatever unit."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from actions.changes import By
from actions.post import post
from domain.instants import local_day
from domain.letter import LetterKind
from domain.office import Office
from domain.recipients import Staff
from domain.unit import Role
from store.tables import UnitRow


def alarm(session: Session, *, key: str, lines: Sequence[str], office: Office, staff: Staff, by: By) -> int:
    """One letter a person for the key, however often it is asked for. Returns how many were new."""
    unit_id = session.exec(select(UnitRow.id).where(col(UnitRow.code) == office.unit)).one()
    today = local_day(by.at, office.tz)
    machinery = (h for unit in sorted(staff.holders) for h in staff.find(unit, Role.ADMIN, today))
    people = {h.person_id: h for h in (*staff.find(unit_id, Role.CLERK, today), *machinery)}
    written = [
        post(
            session,
            key=f"alarm:{key}:{person_id}",
            kind=LetterKind.ALARM,
            holders=[holder],
            mail_domain=office.mail_domain,
            at=by.at,
            facts={"lines": list(lines)},
        )
        for person_id, holder in sorted(people.items())
    ]
    return sum(letter is not None for letter in written)
