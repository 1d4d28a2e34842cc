"""Names in a text → units of the office on a day. What is not known stays unknown, for a person to decide."""

import re
from collections.abc import Iterable, Mapping, Sequence

from domain.folding import fold
from domain.unit import Unit, UnitGroup

_LIST = re.compile(r"\s*(?:,|;|/|\bvà\b)\s*")


class Directory:
    """`units` in the order of the office's tree, all valid on the day of the directive; `aliases` are wordings
    that a person once matched (folded wording → unit code)."""

    def __init__(
        self, units: Iterable[Unit], groups: Sequence[UnitGroup], aliases: Mapping[str, str] | None = None
    ) -> None:
        self._units = list(units)
        self._known: dict[str, tuple[str, ...]] = {}
        for unit in self._units:
            for name in (unit.name, unit.code, *unit.short_names):
                self._known.setdefault(fold(name), (unit.code,))
        for group in groups:
            for name in (group.code, *group.names):
                self._known[fold(name)] = self.members(group)
        self._known.update({wording: (code,) for wording, code in (aliases or {}).items()})

    def members(self, group: UnitGroup) -> tuple[str, ...]:
        return tuple(unit.code for unit in self._units if group.holds(unit))

    def find(self, wording: str) -> tuple[str, ...]:
        """Codes of the units a wording means, in its order; empty when any part of it is not known.

        A list that shares its beginning is understood: "Chuyên môn TH, THCS" means "Chuyên môn TH" and
        "Chuyên môn THCS". Half an answer is no answer: a list with one unknown name gives nothing.
        """
        if known := self._known.get(fold(wording)):
            return known
        parts = [part for part in _LIST.split(wording) if part]
        if len(parts) < 2:
            return ()
        beginning = parts[0].rsplit(" ", 1)[0]
        found: list[str] = []
        for part in parts:
            codes = self._known.get(fold(part)) or self._known.get(fold(f"{beginning} {part}"))
            if not codes:
                return ()
            found += [code for code in codes if code not in found]
        return tuple(found)
