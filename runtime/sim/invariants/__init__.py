"""What must hold after every virtual day and at the end; the numbers are those of `docs/simulation.md`."""

from collections.abc import Callable, Iterator

from runtime.sim.invariants import delivery, life, state, time
from runtime.sim.seen import Seen

Invariant = Callable[[Seen], Iterator[str]]

ALL: dict[str, Invariant] = {
    name.partition("_")[0].upper().replace("I0", "I"): check
    for room in (delivery, state, time, life)
    for name, check in sorted(vars(room).items())
    if name[0] == "i" and name[1:3].isdigit()
}


class Violation(Exception):
    """An invariant does not hold."""

    def __init__(self, number: str, said: str) -> None:
        super().__init__(f"{number}: {said}")
        self.number = number


def check(seen: Seen) -> None:
    """Raises `Violation` for the first that does not hold."""
    for number, invariant in ALL.items():
        for said in invariant(seen):
            raise Violation(number, said)
