"""Units, people and positions come in from a workbook: what would change is shown first, then all of it or nothing.

Nobody and nothing is deleted by it: what the workbook does not name stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused, Stale
from actions.install_office import put_people, put_units
from domain.fields import canonical
from intake.office_folder import PersonLine, UnitLine
from store.tables import PersonRow, PositionRow, UnitRow


@dataclass(frozen=True)
class Change:
    """One unit, person or position: new, or changed from `before`; the words are (field, before, after)."""

    kind: str
    code: str
    name: str
    new: bool
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Planned:
    changes: tuple[Change, ...]
    same: int
    """Lines that say what is so already."""

    @property
    def seen(self) -> str:
        """What somebody agrees to: other facts in the database give another word."""
        return sha256(canonical([vars(one) for one in self.changes]).encode()).hexdigest()[:16]


def plan_tree(session: Session, units: Sequence[UnitLine], people: Sequence[PersonLine]) -> Planned:
    """What importing these would change. Writes nothing."""
    changes = [*_units(session, units), *_people(session, people)]
    return Planned(
        tuple(one for one in changes if one.new or one.fields), sum(not (o.new or o.fields) for o in changes)
    )


def import_tree(
    session: Session, units: Sequence[UnitLine], people: Sequence[PersonLine], by: By, *, seen: str
) -> Planned:
    """`seen`: the `Planned.seen` somebody agreed to. Raises `Stale` when the office changed meanwhile, and
    `Refused` where nothing would change."""
    planned = plan_tree(session, units, people)
    if not planned.changes:
        raise Refused("Tệp này không có gì khác với dữ liệu đang có.")
    if planned.seen != seen:
        raise Stale
    put_units(session, units)
    ids = {row.code: row.id for row in session.exec(select(UnitRow)).all()}
    put_people(session, people, ids, None)
    record(
        session, by, "import_tree", "office",
        changes=[{"kind": c.kind, "code": c.code, "new": c.new} for c in planned.changes],
    )  # fmt: skip
    return planned


def _units(session: Session, lines: Sequence[UnitLine]) -> list[Change]:
    rows = {row.code: row for row in session.exec(select(UnitRow)).all()}
    codes = {row.id: row.code for row in rows.values()}
    found = []
    for line in lines:
        row = rows.get(line.unit.code)
        before = row.model_dump(include=set(line.unit.model_dump())) if row else {}
        after: dict[str, Any] = line.unit.model_dump()
        if row and line.parent:
            before["parent"], after["parent"] = codes.get(row.parent_id or 0, ""), line.parent
        found.append(Change("unit", line.unit.code, line.unit.name, row is None, _differences(before, after)))
    return found


def _people(session: Session, lines: Sequence[PersonLine]) -> list[Change]:
    people = {row.code: row for row in session.exec(select(PersonRow)).all()}
    held = {
        (person, unit, position.role): position
        for position, person, unit in session.exec(
            select(PositionRow, PersonRow.code, UnitRow.code)
            .join(PersonRow, col(PersonRow.id) == col(PositionRow.person_id))
            .join(UnitRow, col(UnitRow.id) == col(PositionRow.unit_id))
        ).all()
    }
    found: dict[tuple[str, ...], Change] = {}
    for line in lines:
        who = line.person
        row = people.get(who.code)
        before = {"name": row.name, "email": row.email} if row else {}
        changed = _differences(before, {"name": who.name, "email": who.email})
        found["person", who.code] = Change("person", who.code, who.name, row is None, changed)
        position = held.get((who.code, line.unit, line.position.role))
        span = {"valid_from": line.position.valid_from, "valid_to": line.position.valid_to}
        was = {"valid_from": position.valid_from, "valid_to": position.valid_to} if position else {}
        found["position", who.code, line.unit, line.position.role] = Change(
            "position", f"{who.code} · {line.unit}", f"{who.name} – {line.position.role}", position is None,
            _differences(was, span),
        )  # fmt: skip
    return list(found.values())


def _differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    if not before:
        return ()
    return tuple(
        (name, _plain(before[name]), _plain(value)) for name, value in after.items() if before[name] != value
    )


def _plain(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
