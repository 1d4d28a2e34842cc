"""The names of an office's units and what agrees with them: abbreviations, shorter forms, beginnings, likeness."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process

from domain.folding import fold
from domain.naming import Items, agree, beginnings, begins, key, spelled, without_place
from domain.unit import Unit
from domain.unit_words import is_list

CLOSE = 85
"""Names at least this alike (rapidfuzz token_sort_ratio, 0 to 100) are suggested."""
MOST_SUGGESTED = 3

AREAS = frozenset({"quan", "huyen", "tinh", "xa", "phuong", "pho", "tran"})
"""What an area is, or ends with: quận, thị xã, thành phố."""

CUTS = WRITTEN, PLACELESS, HEADLESS = range(3)
Rank = dict[str, list[tuple[Items, str]]]


@dataclass(frozen=True)
class Suggestion:
    """A unit that may be meant by a part of a wording, and why (Vietnamese)."""

    wording: str
    code: str
    name: str
    reason: str


class UnitNames:
    """`named`: the units of the day, looked at before all `others`; `place`: words for the office's own area."""

    def __init__(self, named: Sequence[Unit], others: Sequence[Unit], place: frozenset[str]) -> None:
        self._place = place
        self._full = {unit.code: unit.name for unit in (*named, *others)}
        self._ranks = [(cut, self._rank(units, cut)) for units in (named, others) for cut in CUTS]
        self._beginnings = [(start, unit.code) for unit in named for start in beginnings(unit.name)]
        self._folded = {(unit.code, name): fold(name) for unit in named for name in names_of(unit)}

    def agreeing(self, wording: str) -> tuple[str, ...]:
        """Codes of the units with a name that agrees; more than one is for a person to decide. Letters alone
        ("TH") do not stand for a name without its first word: they stand for too many."""
        items = spelled(wording)
        return self._agreeing(items, {HEADLESS} if all(map(str.isupper, items)) else set())

    def _agreeing(self, items: Items, skipped: Collection[int] = ()) -> tuple[str, ...]:
        for cut, rank in self._ranks if items else ():
            for form in dict.fromkeys((items, without_place(items, self._place))):
                codes = [code for name, code in rank.get(key(form), ()) if agree(name, form)]
                if codes and cut not in skipped:
                    return tuple(dict.fromkeys(codes))
        return ()

    def beginning_with(self, wording: str) -> tuple[str, ...]:
        start = spelled(wording)
        codes = [code for name, code in self._beginnings if start and begins(name, start)]
        return tuple(dict.fromkeys(codes))

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Codes of the units whose name or short name (two words at least) stands in a text, longest first."""
        hay = f" {fold(text)} "
        hits = [
            (-len(name), code)
            for (code, _), name in self._folded.items()
            if " " in name and f" {name} " in hay
        ]
        return tuple(dict.fromkeys(code for _, code in sorted(hits)))

    def suggest(self, wording: str) -> list[Suggestion]:
        """Units that may be meant: several that the wording fits, names it begins, names that look alike; else
        names with the same beginning."""
        fitting = [
            self._suggestion(wording, code, f"“{wording}” có thể là “{self._full[code]}”")
            for code in self._agreeing(spelled(wording))
        ]
        begun = [
            self._suggestion(wording, code, f"tên “{self._full[code]}” bắt đầu bằng “{wording}”")
            for code in self.beginning_with(wording)
        ]
        close = process.extract(
            fold(wording),
            self._folded,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=CLOSE,
            limit=MOST_SUGGESTED,
        )
        found = (
            fitting[:MOST_SUGGESTED]
            + begun[:MOST_SUGGESTED]
            + [
                self._suggestion(wording, code, f"“{wording}” gần giống “{name}” ({score:.0f}/100)")
                for _, score, (code, name) in close
            ]
        )
        return found or self._same_beginning(wording)

    def _same_beginning(self, wording: str) -> list[Suggestion]:
        """Units of another place or sort that share the most of the name's beginning, two items at least: in
        a phường "UBND quận" may be meant for its own "Ủy ban nhân dân phường". "UBND quận Ba Đình" is not: it says
        which place it means."""
        words = [] if is_list(wording) or self._is_elsewhere(wording.split()) else wording.split()
        for end in range(len(words) - 1, 0, -1):
            shared = " ".join(words[:end])
            if len(spelled(shared)) > 1 and (codes := self.beginning_with(shared)):
                return [
                    self._suggestion(wording, code, f"tên “{self._full[code]}” cũng bắt đầu bằng “{shared}”")
                    for code in codes[:MOST_SUGGESTED]
                ]
        return []

    def _is_elsewhere(self, words: Sequence[str]) -> bool:
        """Whether a place is named that is not the office's own."""
        return any(
            fold(sort) in AREAS and (name[0].isupper() or name[0].isdigit()) and fold(name) not in self._place
            for sort, name in pairwise(words)
        )

    def _suggestion(self, wording: str, code: str, reason: str) -> Suggestion:
        return Suggestion(wording, code, self._full[code], reason)

    def _rank(self, units: Sequence[Unit], cut: int) -> Rank:
        """Names as written, without the office's own place, also without their first word ('Nội vụ').
        A shorter form counts only where no longer one agrees."""
        rank: Rank = defaultdict(list)
        for unit in units:
            for name in names_of(unit):
                items = spelled(name)
                items = without_place(items, self._place) if cut else items
                items = items[1:] if cut == HEADLESS and len(items) > 2 else items
                rank[key(items)].append((items, unit.code))
        return rank


def names_of(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.short_names)
