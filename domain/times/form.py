"""What a form of words is: a pattern with a maker, and what the maker says of a match."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.times.dates import read_time
from domain.times.words import compiled


@dataclass(frozen=True)
class Said:
    value: str | None = None
    op: str | None = None
    recurrence: str = "none"
    pattern: str = ""
    loose: bool = False  # too common in running text; counts only where the whole text is a time phrase
    reach: int = 0  # characters after the match that belong to it
    anchor: str | None = None  # event a term runs from: received, document, period, cut-off, event


Maker = Callable[[re.Match[str]], Said | None]
Form = tuple[str, re.Pattern[str], Maker]


class Forms(list[Form]):
    """The forms of one subject. A maker returns None where the words turn out to mean something else."""

    def form(self, name: str, pattern: str) -> Callable[[Maker], Maker]:
        """A blank in the pattern stands for any white space."""

        def keep(make: Maker) -> Maker:
            self.append((name, compiled(pattern), make))
            return make

        return keep


def dated(value: str, time: str | None) -> str:
    if not time:
        return value
    hour, minute = read_time(time)
    return f"{value}T{hour:02d}:{minute:02d}"
