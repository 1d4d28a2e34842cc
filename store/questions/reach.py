"""How people are reached: what each of them chose, and which addresses refuse mail."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.reach import Pace, Preference, Via
from store.tables import PreferenceRow, RefusedAddressRow

CHUNK = 10_000
"""Ids a question carries; PostgreSQL takes no more than 65,535."""


@dataclass(frozen=True)
class Reach:
    channels: tuple[Via, ...] = (Via.EMAIL,)
    digest: Pace = Pace.DAILY


DEFAULT = Reach()


def reach_of(session: Session, person_ids: Collection[int]) -> Mapping[int, Reach]:
    """Of those among them who chose anything; everybody else is `DEFAULT`."""
    wanted = sorted(person_ids)
    found: dict[int, Reach] = {}
    for start in range(0, len(wanted), CHUNK):
        ids = wanted[start : start + CHUNK]
        for row in session.exec(select(PreferenceRow).where(col(PreferenceRow.person_id).in_(ids))):
            found[row.person_id] = Reach(tuple(map(Via, row.channels)), row.digest)
    return found


def preference(session: Session, person_id: int) -> Preference:
    """What one person chose, or the default."""
    return session.get(PreferenceRow, person_id) or Preference()


def refused_addresses(session: Session) -> Mapping[str, RefusedAddressRow]:
    """Addresses (lower case) that refuse mail: few, and each of them somebody's to mend."""
    rows = session.exec(select(RefusedAddressRow).order_by(col(RefusedAddressRow.address)))
    return {row.address: row for row in rows}
