"""Which units' work a reader may see, and the one filter that keeps every question inside it.

What lies outside the scope is not refused but not found: a list leaves it out, a page answers as for a
number that was never given.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlmodel import Session, col

from store.tables import UnitRow


@dataclass(frozen=True)
class Scope:
    """`units`: exactly these; `roots`: these and all units below them in the tree."""

    everything: bool = False
    units: tuple[int, ...] = ()
    roots: tuple[int, ...] = ()


def within(scope: Scope, unit_id: Any) -> ColumnElement[bool]:
    """The condition that a unit id column lies in the scope; an empty scope holds nothing."""
    if scope.everything:
        return true()
    inside: list[ColumnElement[bool]] = []
    if scope.units:
        inside.append(col(unit_id).in_(scope.units))
    if scope.roots:
        inside.append(col(unit_id).in_(_subtree(scope.roots)))
    return or_(*inside) if inside else false()


def widest(session: Session, scope: Scope) -> Scope:
    """The same scope, said shorter for whoever stands above all: a large office's tree is then not walked again
    by every question of a page."""
    if scope.everything or not scope.roots:
        return scope
    tops = select(col(UnitRow.id)).where(col(UnitRow.parent_id).is_(None)).limit(len(scope.roots) + 1)
    found = set(session.scalars(tops))
    return Scope(everything=True) if found and found <= set(scope.roots) else scope


def _subtree(roots: tuple[int, ...]) -> Select[tuple[int]]:
    """UNION, not UNION ALL: a circle in the tree ends instead of running for ever. It has no name: one question may
    hold two of them."""
    tree = select(col(UnitRow.id)).where(col(UnitRow.id).in_(roots)).cte(recursive=True)
    below = select(col(UnitRow.id)).join(tree, col(UnitRow.parent_id) == tree.c.id)
    return select(tree.union(below).c.id)
