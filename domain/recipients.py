"""Who receives a letter: by position, on the day it is sent, never by name in a setting.

Officer and head are looked for at the unit itself; if it has no officer, its head is told instead. Leader
and chair are looked for upwards, at the unit and then at each of its superiors, so the leader nearest to
the work hears first. Nobody found is an answer, with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.unit import Person, Position, Role

UPWARD = frozenset({Role.LEADER, Role.CHAIR, Role.CLERK})
INSTEAD = {Role.OFFICER: Role.HEAD, Role.LEADER: Role.CHAIR}


@dataclass(frozen=True)
class Holder:
    person_id: int
    person: Person
    unit_id: int
    position: Position


@dataclass(frozen=True)
class Staff:
    """Positions of all units and the tree's upward edges (unit id → parent id)."""

    holders: Mapping[int, Sequence[Holder]]
    parents: Mapping[int, int | None]

    def find(self, unit_id: int, role: Role, day: date) -> tuple[Holder, ...]:
        """People who are to be told, in order of person id; empty when the position is vacant."""
        wanted: Role | None = role
        while wanted:
            at: int | None = unit_id
            while at is not None:
                if found := self._at(at, wanted, day):
                    return found
                at = self.parents.get(at) if wanted in UPWARD else None
            wanted = INSTEAD.get(wanted)
        return ()

    def _at(self, unit_id: int, role: Role, day: date) -> tuple[Holder, ...]:
        here = (
            h
            for h in self.holders.get(unit_id, ())
            if h.position.role is role and h.position.held_on(day) and h.person.active
        )
        return tuple(sorted(here, key=lambda h: h.person_id))
