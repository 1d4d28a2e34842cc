"""Tell the unit's leader at once what cannot wait: a critical finding, or one that came back."""

from typing import Literal

from sqlmodel import Session

from actions.changes import By
from actions.post import post
from domain.instants import local_day
from domain.letter import LetterKind
from domain.unit import Role
from store.inspection_tables import VisitRow
from store.office import load_office, load_staff

Occasion = Literal["critical", "repeated"]


def tell_leader(session: Session, visit: VisitRow, occasion: Occasion, by: By) -> int:
    """One letter a leader, a visit and an occasion, however often it is asked for; its words are those of the moment
    it leaves. Returns how many were new."""
    office, staff = load_office(session), load_staff(session)
    leaders = staff.find(visit.unit_id, Role.LEADER, local_day(by.at, office.tz))
    written = [
        post(
            session,
            key=f"findings:{visit.id}:{occasion}:{leader.person_id}",
            kind=LetterKind.FINDINGS,
            holders=[leader],
            mail_domain=office.mail_domain,
            at=by.at,
            facts={"visit": visit.id, "occasion": occasion},
        )
        for leader in leaders
    ]
    return sum(letter is not None for letter in written)
