"""The office's tree and what people have taught about names, as the directory that reads names.

Both are read once and kept for the next reader, for as long as nothing in them changes: in a large office they are by
far the most that a page would read.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from domain.directory import Directory, Tree
from domain.office import Office
from domain.unit import Unit
from store.tables import UnitAliasRow, UnitRow, UnitSuccessionRow

MOST_KEPT = 4
ONE_DAY = timedelta(days=1)


class TreeNumberRow(SQLModel, table=True):
    """One row: counts the changes of units, of their succession, and of what people taught (`store.triggers`)."""

    __tablename__ = "tree_number"

    id: int = Field(primary_key=True)
    number: int


@dataclass(frozen=True)
class Names:
    """All that names are read from, as it was at a number of the tree. `units`: ended ones among them, in the order of
    the office's file; `parents`: unit code → code above; `heirs`: code of an ended unit → codes of those after it;
    `aliases`: folded wording → codes."""

    number: int
    units: Sequence[Unit]
    parents: Mapping[str, str]
    heirs: Mapping[str, Sequence[str]]
    aliases: Mapping[str, Sequence[str]]
    _made: dict[tuple[Any, ...], Directory] = field(default_factory=dict, compare=False)

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        return {unit.code: unit.name for unit in self.units}

    @cached_property
    def _turns(self) -> Sequence[date]:
        """Days from which on other units are valid than before."""
        begun = {unit.valid_from for unit in self.units if unit.valid_from}
        return sorted(begun | {unit.valid_to + ONE_DAY for unit in self.units if unit.valid_to})

    def directory(self, office: Office, named_on: date, given_on: date) -> Directory:
        """Made once for all days on which the same units and groups are valid."""
        same = (
            bisect_right(self._turns, named_on),
            tuple(group for group in office.groups if group.valid_on(named_on)),
            office.unit,
            office.place,
        )
        made = self._made.get(same)  # not looked up twice: another thread may throw it away meanwhile
        if made is None:
            for oldest in list(self._made)[: 1 - MOST_KEPT]:
                self._made.pop(oldest, None)
            tree = Tree(self.units, self.parents, self.heirs, office.unit, office.place)
            made = self._made[same] = Directory(tree, office.groups, self.aliases, named_on=named_on)
        return made.on(named_on, given_on)


def names(session: Session) -> Names:
    """As of now: a change that is committed, or made in this session, is seen. Only readers keep what they read
    (`Database.read`): what a writer sees may never come to be."""
    number = session.scalar(select(TreeNumberRow.number)) or 0
    kept: Any = session.info.get("kept", {})
    known: Names | None = kept.get("names")
    if known is None or known.number != number:
        known = _read(session, number)
        if isinstance(kept, dict):
            kept["names"] = known
    return known


def load_directory(session: Session, office: Office, *, named_on: date, given_on: date) -> Directory:
    """Names as of the document's date; work to the units there are on `given_on`."""
    return names(session).directory(office, named_on, given_on)


def _read(session: Session, number: int) -> Names:
    """Plain values: they are read by others when this session is over. The units last: each question may see more than
    the one before it, and what names a unit must find it."""
    after = session.exec(select(UnitSuccessionRow).order_by(col(UnitSuccessionRow.id))).all()
    lessons = session.exec(select(UnitAliasRow).order_by(col(UnitAliasRow.id))).all()
    columns = [getattr(UnitRow, name) for name in Unit.model_fields]
    rows = session.execute(
        select(col(UnitRow.id), col(UnitRow.parent_id), *columns).order_by(col(UnitRow.id))
    ).all()
    codes = {row.id: row.code for row in rows}
    heirs: dict[str, list[str]] = defaultdict(list)
    for one in after:
        heirs[codes[one.unit_id]].append(codes[one.successor_id])
    aliases: dict[str, list[str]] = defaultdict(list)
    for taught in lessons:
        aliases[taught.folded].append(codes[taught.unit_id])
    units = [Unit.model_construct(**dict(zip(Unit.model_fields, row[2:], strict=True))) for row in rows]
    parents = {row.code: codes[row.parent_id] for row in rows if row.parent_id is not None}
    return Names(number, units, parents, dict(heirs), dict(aliases))
