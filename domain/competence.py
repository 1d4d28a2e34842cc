"""Who has done what before, learned from the duties that were issued: a table of words, no model, no chance.

Vietnamese writes a word as several syllables, so pairs of neighbouring syllables are counted, not syllables.
What every order says ("triển khai", "thực hiện") tells nothing: a pair in many duties is left out.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

ALIKE = Fraction(1, 2)
"""Duties that share at least half of all their pairs are the same duty in other years."""
FEWEST_PAIRS = 2
COMMON_PART = 10
FEWEST_COMMON = 3
"""A pair is common when more than a tenth of the duties have it, and more than three."""
MOST_LEADS = 3
SHOWN = 3

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Earlier:
    """An issued duty: `leads` are codes of those in charge or, without one, of all who carry it out; `deadline`
    is worded as its document worded it; `source` is the document's symbol."""

    title: str
    leads: tuple[str, ...]
    deadline: str = ""
    recurrence: str = "none"
    product: str = ""
    pack: str = ""
    source: str = ""


@dataclass(frozen=True)
class Candidate:
    unit: str
    words: tuple[str, ...]
    duties: int


def pairs(text: str) -> tuple[str, ...]:
    """'Kiểm định chất lượng, tự đánh giá' → kiểm định, định chất, chất lượng, tự đánh, đánh giá."""
    found: dict[str, None] = {}
    for clause in re.split(r"[,;:.()]", unicodedata.normalize("NFC", text.casefold())):
        words = _WORD.findall(clause)
        found |= dict.fromkeys(f"{a} {b}" for a, b in pairwise(words))
    return tuple(found)


class Competence:
    """A pair of words tells who is competent when few duties have it; a duty of many units tells nothing."""

    def __init__(self, earlier: Sequence[Earlier]) -> None:
        """`earlier` in the order of issuing."""
        self.earlier = earlier
        self._pairs = [(duty, frozenset(pairs(duty.title))) for duty in earlier]
        counted = Counter(pair for _, had in self._pairs for pair in had)
        common = max(FEWEST_COMMON, len(earlier) // COMMON_PART)
        self._rare = {pair: times for pair, times in counted.items() if times <= common}
        self._units: dict[str, Counter[str]] = defaultdict(Counter)
        for duty, had in self._pairs:
            for unit in duty.leads if len(duty.leads) <= MOST_LEADS else ():
                self._units[unit].update(pair for pair in had if pair in self._rare)

    def leads_for(self, text: str) -> list[Candidate]:
        """Units whose earlier duties share telling words with the text, the fittest first; nobody on one pair."""
        asked = sorted((pair for pair in pairs(text) if pair in self._rare), key=self._rare.__getitem__)
        shared = {unit: [p for p in asked if p in had] for unit, had in self._units.items()}
        weight = {
            unit: sum((Fraction(self._units[unit][p], self._rare[p] ** 2) for p in words), Fraction())
            for unit, words in shared.items()
            if len(words) >= FEWEST_PAIRS
        }
        order = sorted(weight, key=lambda unit: (-weight[unit], unit))
        return [Candidate(u, tuple(shared[u][:SHOWN]), self._duties(u, shared[u])) for u in order]

    def _duties(self, unit: str, words: Sequence[str]) -> int:
        wanted = set(words)
        return sum(unit in duty.leads and bool(had & wanted) for duty, had in self._pairs)

    def alike(self, text: str) -> Iterator[Earlier]:
        """Earlier duties that say nearly the same, the latest first."""
        asked = frozenset(pairs(text))
        for duty, had in reversed(self._pairs):
            if asked and Fraction(len(asked & had), len(asked | had)) >= ALIKE:
                yield duty
