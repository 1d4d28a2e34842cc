"""The office's tree and what people have taught about names, as the directory that reads names."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlmodel import Field, Session, SQLModel, col, select

from domain.directory import Directory, Tree
from domain.office import Office
from store.tables import UnitAliasRow, UnitRow, UnitSuccessionRow


class TreeNumberRow(SQLModel, table=True):
    """One row: counts the changes of units, of their succession, and of what people taught (`store.triggers`)."""

    __tablename__ = "tree_number"

    id: int = Field(primary_key=True)
    number: int


def all_units(session: Session) -> Sequence[UnitRow]:
    """Ended ones among them, in the order of the office's file."""
    return session.exec(select(UnitRow).order_by(col(UnitRow.id))).all()


def load_directory(
    session: Session,
    office: Office,
    *,
    named_on: date,
    given_on: date,
    units: Sequence[UnitRow] | None = None,
) -> Directory:
    """Names as of the document's date; work to the units there are on `given_on`. `units`: all of them, where
    they have been read already."""
    rows = all_units(session) if units is None else units
    codes = {row.id: row.code for row in rows}
    heirs: dict[str, list[str]] = defaultdict(list)
    for one in session.exec(select(UnitSuccessionRow).order_by(col(UnitSuccessionRow.id))).all():
        heirs[codes[one.unit_id]].append(codes[one.successor_id])
    aliases: dict[str, list[str]] = defaultdict(list)
    for taught in session.exec(select(UnitAliasRow).order_by(col(UnitAliasRow.id))).all():
        aliases[taught.folded].append(codes[taught.unit_id])
    tree = Tree(
        units=rows,
        parents={row.code: codes[row.parent_id] for row in rows if row.parent_id is not None},
        successors=heirs,
        root=office.unit,
        place=office.place,
    )
    return Directory(tree, office.groups, aliases, named_on=named_on, given_on=given_on)
