"""Names in a text → units of the office on a day. What is not known stays unknown, for a person to decide.

A wording is looked for as a name, a code, a wording a person has taught; as an abbreviation of a name; as a
group ("các trường THCS", "UBND 14 phường"); then as a list of these. What only resembles a name is suggested
with the reason and never taken. Work for a unit that has ended goes to its successors.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date

from domain.folding import fold
from domain.naming import place_words
from domain.unit import Unit, UnitGroup
from domain.unit_names import MOST_SUGGESTED, Suggestion, UnitNames, names_of
from domain.unit_words import (
    MOST_JOINED,
    every_unit,
    goes_on,
    is_list,
    listed,
    many,
    shared_beginnings,
    without_belonging,
    without_post,
)
from domain.wording import say_day


@dataclass(frozen=True)
class Tree:
    """The office's units in the order of its file, ended ones among them. `parents`: unit code → code above;
    `successors`: code of an ended unit → codes of those that followed it; `root`: the office's own unit."""

    units: Sequence[Unit]
    parents: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    root: str = ""
    place: str = ""


@dataclass(frozen=True)
class Resolution:
    """`codes` is empty when any part is unknown: half an answer is no answer. `notes` are Vietnamese sentences
    a person should see beside the answer: counts that differ, units that have ended."""

    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class _Found:
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: "_Found") -> "_Found":
        return _Found(_once((*self.codes, *other.codes)), _once((*self.notes, *other.notes)))


class Directory:
    """Names are read as of `named_on` (the document's date); work goes to the units there are on `given_on`.

    Without a day every unit counts. `aliases`: folded wordings that a person once matched, with the codes.
    """

    def __init__(
        self,
        tree: Tree,
        groups: Sequence[UnitGroup] = (),
        aliases: Mapping[str, Sequence[str]] | None = None,
        *,
        named_on: date | None = None,
        given_on: date | None = None,
    ) -> None:
        self._tree = tree
        self._given_on = given_on
        self._named_on = named_on
        self._units = {unit.code: unit for unit in tree.units}
        self._named = [unit for unit in tree.units if named_on is None or unit.valid_on(named_on)]
        here = {unit.code for unit in self._named}
        others = [unit for unit in tree.units if unit.code not in here]
        root = self._units.get(tree.root)
        self._names = UnitNames(self._named, others, place_words(root.name if root else "", tree.place))
        self._exact: dict[str, tuple[str, ...]] = {}
        for unit in (*self._named, *others):
            for name in (unit.code, *names_of(unit)):
                self._exact.setdefault(fold(name), (unit.code,))
        for group in groups:
            if not group.valid_on(named_on):
                continue
            for name in (group.code, *group.names):
                self._exact[fold(name)] = self.members(group)
        for wording, codes in (aliases or {}).items():
            self._exact[wording] = tuple(codes)

    def on(self, named_on: date, given_on: date) -> "Directory":
        """The same names on other days, when the same units and groups are valid on `named_on`."""
        other = copy(self)
        other._named_on, other._given_on = named_on, given_on
        return other

    def _that_day(self) -> str:
        return f" vào ngày {say_day(self._named_on)}" if self._named_on else ""

    def members(self, group: UnitGroup) -> tuple[str, ...]:
        return tuple(unit.code for unit in self._named if group.holds(unit))

    def name(self, code: str) -> str:
        return self._units[code].name

    def current(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The units there are now for these: themselves, their successors, or nobody."""
        return _once(heir for code in codes if code in self._units for heir in self._heirs(code))

    def mentioned(self, text: str) -> tuple[str, ...]:
        """Codes of the units a running text names, the longest name first."""
        return self._names.mentioned(text)

    def find(self, wording: str) -> tuple[str, ...]:
        """Codes of the units a wording means, in its order; empty when any part of it is not known."""
        return self.resolve(wording).codes

    def resolve(self, wording: str) -> Resolution:
        """Every unit the wording means, or what of it is unknown, with units that may be meant."""
        said = " ".join(wording.split())
        found, unknown = self._list(said)
        if not unknown:
            found, unknown = self._now(found)
        if unknown:
            suggested = {s.code: s for w in _once((said, *unknown))[::-1] for s in self._names.suggest(w)}
            return Resolution((), found.notes, unknown, tuple(suggested.values())[:MOST_SUGGESTED])
        return Resolution(found.codes, found.notes)

    def _one(self, said: str) -> _Found | None:
        """A name, a taught wording or a group; with a post before it, or with whom it belongs to after it."""
        plain = without_post(said)
        for wording in _once((said, plain, without_belonging(plain))):
            if codes := self._exact.get(fold(wording)):
                return _Found(codes)
            if len(codes := self._names.agreeing(wording)) == 1:
                return _Found(codes)
            if group := self._group(wording):
                return group
        return None

    def _group(self, wording: str) -> _Found | None:
        if every_unit(wording):
            below = [u.code for u in self._named if self._tree.parents.get(u.code) == self._tree.root]
            return _Found(tuple(below)) if below else None
        group = None if is_list(wording) else many(wording)
        codes = self._names.beginning_with(group.beginning) if group else ()
        codes = tuple(code for code in codes if code != self._tree.root)
        if not group or not codes:
            return None
        if group.named in (None, len(codes)):
            return _Found(codes)
        note = f"Văn bản nêu “{wording}”; cơ quan có {len(codes)} đơn vị như vậy{self._that_day()}."
        return _Found(codes, (note,))

    def _list(self, said: str) -> tuple[_Found, tuple[str, ...]]:
        """The parts of a list, the longest known joins first, since names may hold commas and 'và'. A part may
        leave out what it shares with the one before: 'Chuyên môn TH, THCS'."""
        if known := self._one(said):
            return known, ()
        head, text, spans = listed(without_post(said))
        found, unknown, before, at = _Found(), list[str](), head and f"{head} {text}", 0
        while at < len(spans):
            last = min(len(spans), at + MOST_JOINED)
            joins = [(end, text[spans[at][0] : spans[end - 1][1]]) for end in range(last, at, -1)]
            hits = ((end, *hit) for end, part in joins if (hit := self._part(part, head, before)))
            if longest := next(hits, None):
                at, before, known = longest
                found += known
                continue
            part = joins[-1][1]
            if whole := self._nobody(part, before):
                before = whole
                found += _Found((), (f"Cơ quan không có đơn vị nào là “{whole}”{self._that_day()}.",))
            elif unknown and goes_on(unknown[-1], part):
                unknown[-1] += f", {part}"
            else:
                unknown.append(part)
            at += 1
        return found, _once(unknown) or (() if found.codes else (said,))

    def _part(self, part: str, head: str, before: str) -> tuple[str, _Found] | None:
        shared = (f"{beginning} {part}" for beginning in shared_beginnings(before))
        for whole in (*([f"{head} {part}"] if head else []), part, *shared):
            if known := self._one(whole):
                return whole, known
        return None

    def _nobody(self, part: str, before: str) -> str:
        """The group a part of a list words, when the office has such units but none of this sort: in "UBND các
        xã, phường" of a city without a xã the phường are meant, and the difference is said."""
        for beginning in (*shared_beginnings(part), *shared_beginnings(before)):
            whole = part if part.startswith(beginning) else f"{beginning} {part}"
            group = many(f"{beginning} …")
            if group and self._names.beginning_with(group.beginning):
                return whole
        return ""

    def _now(self, found: _Found) -> tuple[_Found, tuple[str, ...]]:
        """Units that have ended give place to their successors; without one they are unknown."""
        now, unknown = _Found((), found.notes), list[str]()
        for code in found.codes:
            heirs = self._heirs(code)
            now += _Found(heirs)
            if heirs == (code,):
                continue
            ended = self._units[code]
            said = f"“{ended.name}” đã kết thúc ngày {say_day(ended.valid_to)}" if ended.valid_to else ""
            if heirs:
                names = ", ".join(map(self.name, heirs))
                now += _Found((), (f"{said}; việc mới giao cho đơn vị kế thừa: {names}.",))
            else:
                now += _Found((), (f"{said}; chưa ghi đơn vị kế thừa.",))
                unknown.append(ended.name)
        return now, tuple(unknown)

    def _heirs(self, code: str) -> tuple[str, ...]:
        """The unit itself while it lasts, else those that followed it and last."""
        heirs: list[str] = []
        waiting, seen = [code], set[str]()
        while waiting:
            now = waiting.pop(0)
            if now in seen:
                continue
            seen.add(now)
            end = self._units[now].valid_to
            if self._given_on is None or end is None or self._given_on <= end:
                heirs.append(now)
            else:
                waiting += self._tree.successors.get(now, ())
        return _once(heirs)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
