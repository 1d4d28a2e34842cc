"""How somebody gets in: their open sessions, their mandates, and whose key it is that a program shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain.access import SESSION_IDLE, Opens
from domain.mandate import Mandate
from store.access_tables import AccessKeyRow, SessionRow
from store.questions.people import SignedIn, viewer
from store.tables import MandateRow, PersonRow


def open_sessions(session: Session, person_id: int, now: datetime) -> Sequence[SessionRow]:
    """Last used first."""
    return session.exec(
        select(SessionRow)
        .where(
            col(SessionRow.person_id) == person_id,
            col(SessionRow.expires_at) > now,
            col(SessionRow.seen_at) > now - SESSION_IDLE,
        )
        .order_by(col(SessionRow.seen_at).desc(), col(SessionRow.id).desc())
    ).all()


@dataclass(frozen=True)
class Holder:
    """`opens`: what the key lets its bearer do."""

    viewer: SignedIn
    opens: Opens


def key_holder(
    session: Session, key_hash: str, opens: Collection[Opens], *, now: datetime, today: date, office_unit: str
) -> Holder | None:
    """Whose key it is, and what they may do today. None for a key that is unknown, revoked, over, of another
    kind, or of somebody disabled."""
    found = session.exec(
        select(AccessKeyRow).where(col(AccessKeyRow.key_hash) == key_hash, col(AccessKeyRow.opens).in_(opens))
    ).first()
    if found is None or not found.valid_at(now):
        return None
    who = viewer(session, [found.person_id], today, office_unit)
    return Holder(who, found.opens) if who else None


@dataclass(frozen=True)
class Given:
    """A mandate with the name of the other side."""

    id: int
    mandate: Mandate
    other: str


def mandates(session: Session, person_id: int, today: date) -> tuple[Sequence[Given], Sequence[Given]]:
    """Mandates the person gave and mandates the person holds, those not over yet, earliest first."""
    m, p = MandateRow, PersonRow
    last, first = col(m.valid_to), col(m.valid_from)
    still = last.is_(None) | ((last >= today) & (last >= first))  # one called off ends before it begins

    def found(mine: str, theirs: str) -> Sequence[Given]:
        rows = session.exec(
            select(m, p.name)
            .join(p, col(p.id) == getattr(m, theirs))
            .where(getattr(m, mine) == person_id, still)
            .order_by(col(m.valid_from), col(m.id))
        ).all()
        return [Given(mandate.id, mandate, name) for mandate, name in rows]

    return found("person_id", "substitute_id"), found("substitute_id", "person_id")
