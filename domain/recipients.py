"""Who receives a letter: by position, on the day it is sent, never by name in a setting.

Officer and head are looked for at the unit itself; if it has no officer, its head is told instead. Leader
and chair are looked for upwards, at the unit and then at each of its superiors, so the leader nearest to
the work hears first. Whoever is absent under a mandate is told through the substitute. Nobody found is an
answer, with its reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.mandate import Mandate
from domain.unit import Person, Position, Role

UPWARD = frozenset({Role.LEADER, Role.CHAIR, Role.CLERK})
INSTEAD = {Role.OFFICER: Role.HEAD, Role.LEADER: Role.CHAIR}


@dataclass(frozen=True)
class Holder:
    """`instead_of`: the name of the absent holder of the position, empty when the holder acts in person."""

    person_id: int
    person: Person
    unit_id: int
    position: Position
    instead_of: str = ""


@dataclass(frozen=True)
class Substitute:
    """Who acts for the person the mandate is listed under (người làm thay)."""

    person_id: int
    person: Person
    mandate: Mandate


@dataclass(frozen=True)
class Staff:
    """Positions of all units, the tree's upward edges (unit id → parent id), and substitutes by the id of the
    absent person."""

    holders: Mapping[int, Sequence[Holder]]
    parents: Mapping[int, int | None]
    substitutes: Mapping[int, Sequence[Substitute]] = field(default_factory=dict)

    def find(self, unit_id: int, role: Role, day: date, *, named: int | None = None) -> tuple[Holder, ...]:
        """People who are to be told, in order of person id; empty when the position is vacant. `named`: the
        person of the unit the work was given to, told in the officer's place while they belong to it."""
        found = self._named(unit_id, named, day) if role is Role.OFFICER else ()
        return self._present(found or self._by_position(unit_id, role, day), day)

    def person(self, person_id: int, day: date) -> tuple[Holder, ...]:
        """Somebody who is written to by name because they asked, while they hold any position; else nobody."""
        here = (h for unit_id in sorted(self.holders) for h in self._at(unit_id, day))
        return self._present([h for h in here if h.person_id == person_id][:1], day)

    def belongs(self, person_id: int, unit_id: int, day: date) -> bool:
        """Whether the person holds any position at the unit itself that day."""
        return bool(self._named(unit_id, person_id, day))

    def _named(self, unit_id: int, person_id: int | None, day: date) -> tuple[Holder, ...]:
        here = (h for h in self._at(unit_id, day) if h.person_id == person_id)
        return tuple(here)[:1]

    def _by_position(self, unit_id: int, role: Role, day: date) -> tuple[Holder, ...]:
        wanted: Role | None = role
        while wanted:
            at: int | None = unit_id
            while at is not None:
                if found := tuple(h for h in self._at(at, day) if h.position.role is wanted):
                    return found
                at = self.parents.get(at) if wanted in UPWARD else None
            wanted = INSTEAD.get(wanted)
        return ()

    def _at(self, unit_id: int, day: date) -> Sequence[Holder]:
        here = (h for h in self.holders.get(unit_id, ()) if h.position.held_on(day) and h.person.active)
        return sorted(here, key=lambda h: h.person_id)

    def _present(self, found: Iterable[Holder], day: date) -> tuple[Holder, ...]:
        """Each absent holder's substitute; somebody who is told in person is not told again for another."""
        told: dict[int, Holder] = {}
        for holder in sorted((self._stand_in(h, day) for h in found), key=lambda h: bool(h.instead_of)):
            told.setdefault(holder.person_id, holder)
        return tuple(sorted(told.values(), key=lambda h: h.person_id))

    def _stand_in(self, holder: Holder, day: date) -> Holder:
        """Follow the mandates to somebody who is there; a circle of mandates leaves the holder."""
        asked = {holder.person_id}
        now = holder
        while substitute := self._substitute(now.person_id, day):
            if substitute.person_id in asked:
                return holder
            asked.add(substitute.person_id)
            now = replace(
                holder,
                person_id=substitute.person_id,
                person=substitute.person,
                instead_of=holder.person.name,
            )
        return now

    def _substitute(self, person_id: int, day: date) -> Substitute | None:
        valid = (s for s in self.substitutes.get(person_id, ()) if s.mandate.held_on(day) and s.person.active)
        return next(valid, None)


def addressed(holders: Sequence[Holder]) -> str:
    """The name on a letter to one person: "Lê Thu Hà", "Lê Thu Hà (thay Trần Thị Mai)" when all of it comes to
    them for somebody else, "Lê Thu Hà (và thay Trần Thị Mai)" when part of it does."""
    name = holders[0].person.name
    absent = list(dict.fromkeys(h.instead_of for h in holders if h.instead_of))
    if not absent:
        return name
    also = "" if all(h.instead_of for h in holders) else "và "
    return f"{name} ({also}thay {', '.join(absent)})"
