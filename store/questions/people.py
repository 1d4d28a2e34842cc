"""Who signs in, who is signed in, and by which positions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select

from domain.access import SESSION_IDLE
from domain.unit import Role
from store.access_tables import SessionRow
from store.tables import MandateRow, PersonRow, PositionRow, UnitRow


@dataclass(frozen=True)
class Credentials:
    person_id: int
    code: str
    password_hash: str


@dataclass(frozen=True)
class Post:
    """A position held today. `at_office`: its unit is the office's own; `instead_of`: the name of whoever holds it
    and has given a mandate, empty for one's own; `mandate`: what that mandate rests on."""

    role: Role
    unit_id: int
    unit: str
    at_office: bool
    instead_of: str = ""
    mandate: str = ""


@dataclass(frozen=True)
class SignedIn:
    """`posts`: one's own, then those one acts in under a mandate; `substitute`: there is, was or will be one."""

    person_id: int
    code: str
    name: str
    posts: tuple[Post, ...]
    email: str = ""
    substitute: bool = False

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of those this person acts for today."""
        return tuple(dict.fromkeys(post.instead_of for post in self.posts if post.instead_of))


def credentials(session: Session, name: str) -> Credentials | None:
    """By person code or mail address; None for somebody unknown, disabled, or without a password."""
    row = session.exec(
        select(PersonRow)
        .where(
            or_(col(PersonRow.code) == name, func.lower(col(PersonRow.email)) == name.lower()),
            col(PersonRow.active),
            col(PersonRow.password_hash).is_not(None),
        )
        .order_by(col(PersonRow.id))
    ).first()
    return Credentials(row.id, row.code, row.password_hash or "") if row else None


@dataclass(frozen=True)
class Addressee:
    person_id: int
    code: str
    name: str
    email: str


def addressee(session: Session, name: str) -> Addressee | None:
    """Who is written to when somebody asks for a sign-in link under this code or mail address; None for
    somebody unknown, disabled, or without an address."""
    row = session.exec(
        select(PersonRow)
        .where(
            or_(col(PersonRow.code) == name, func.lower(col(PersonRow.email)) == name.lower()),
            col(PersonRow.active),
            col(PersonRow.email).is_not(None),
        )
        .order_by(col(PersonRow.id))
    ).first()
    return Addressee(row.id, row.code, row.name, row.email or "") if row else None


def signed_in(
    session: Session, token_hash: str, *, now: datetime, today: date, office_unit: str
) -> SignedIn | None:
    """The person behind a browser session that is neither over nor left alone for too long, with what they may do
    for others under a mandate. A key carries none of that: it was given for its owner's own work."""
    known = select(SessionRow.person_id).where(
        col(SessionRow.token_hash) == token_hash,
        col(SessionRow.expires_at) > now,
        col(SessionRow.seen_at) > now - SESSION_IDLE,
    )
    who = viewer(session, known, today, office_unit)
    if who is None or not who.substitute:
        return who
    return replace(who, posts=who.posts + _in_place_of(session, who.person_id, today, office_unit))


def viewer(session: Session, person_id: Any, today: date, office_unit: str) -> SignedIn | None:
    """The person with this id (a question for one will do) and the positions they hold today; read at every
    request, so what is taken from somebody is gone at once. None for somebody disabled."""
    substitute = exists(select(MandateRow.id).where(col(MandateRow.substitute_id) == col(PersonRow.id)))
    # A person without any position comes as one row with nothing beside it, which the types do not tell.
    rows: Sequence[Any] = session.exec(
        select(PersonRow, PositionRow, UnitRow, substitute)
        .outerjoin(PositionRow, col(PositionRow.person_id) == col(PersonRow.id))
        .outerjoin(UnitRow, col(UnitRow.id) == col(PositionRow.unit_id))
        .where(col(PersonRow.id).in_(person_id), col(PersonRow.active))
        .order_by(col(PositionRow.id))
    ).all()
    if not rows:
        return None
    person = rows[0][0]
    posts = tuple(
        Post(position.role, unit.id, unit.name, unit.code == office_unit)
        for _, position, unit, _ in rows
        if position is not None and position.held_on(today)
    )
    return SignedIn(person.id, person.code, person.name, posts, person.email or "", rows[0][3])


def _in_place_of(session: Session, person_id: int, today: date, office_unit: str) -> tuple[Post, ...]:
    """Positions of people who gave this person a mandate for today. Who holds one cannot pass it on, so nothing
    comes through a second person (a substitute's own substitute acts for the substitute alone)."""
    rows = session.exec(
        select(MandateRow, PersonRow.name, PositionRow, UnitRow)
        .join(PersonRow, col(PersonRow.id) == col(MandateRow.person_id))
        .join(PositionRow, col(PositionRow.person_id) == col(MandateRow.person_id))
        .join(UnitRow, col(UnitRow.id) == col(PositionRow.unit_id))
        .where(col(MandateRow.substitute_id) == person_id, col(PersonRow.active))
        .order_by(col(MandateRow.id), col(PositionRow.id))
    ).all()
    return tuple(
        Post(position.role, unit.id, unit.name, unit.code == office_unit, name, mandate.text)
        for mandate, name, position, unit in rows
        if mandate.held_on(today) and position.held_on(today)
    )


def officers(session: Session, unit_ids: list[int], day: date) -> dict[int, str]:
    """Who does the work at each of these units: the officer, or the head where there is none."""
    rows = session.exec(
        select(PositionRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
        .where(
            col(PositionRow.unit_id).in_(unit_ids),
            col(PositionRow.role).in_((Role.OFFICER, Role.HEAD)),
            col(PersonRow.active),
        )
        .order_by(col(PositionRow.id).desc())
    ).all()
    held = [(position, name) for position, name in rows if position.held_on(day)]
    held.sort(key=lambda one: one[0].role is Role.OFFICER)  # the officer is written last and wins
    return {position.unit_id: name for position, name in held}


def colleagues(session: Session, unit_ids: Collection[int], day: date) -> Sequence[tuple[int, str]]:
    """(id, name) of everybody who holds a position at the units themselves that day, by name."""
    rows = session.exec(
        select(PositionRow, PersonRow.name)
        .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
        .where(col(PositionRow.unit_id).in_(unit_ids), col(PersonRow.active))
    ).all()
    here = {position.person_id: name for position, name in rows if position.held_on(day)}
    return sorted(here.items(), key=lambda one: (one[1], one[0]))
