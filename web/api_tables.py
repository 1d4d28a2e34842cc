"""The API of tables: what a page shows as a table, row by row, for whoever may read the page."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel

from reports.spreadsheet import Cell
from web.api import AtDesk, api_router
from web.exports import TABLES, bounded, table_of
from web.office_board import AsAsked

router = api_router("tables")


class Named(BaseModel):
    name: str
    title: str
    columns: tuple[str, ...]


class Rows(Named):
    """A table without end is cut where its file is, and says so in its last row."""

    rows: list[list[Cell]]


@router.get("/tables")
def listed(at: AtDesk) -> list[Named]:
    """Những bảng người hỏi được xem."""
    return [
        Named(name=name, title=one.title, columns=one.columns)
        for name, one in TABLES.items()
        if at.may(one.act)
    ]


@router.get("/tables/{table}")
def rows(at: AtDesk, table: Annotated[str, Path(max_length=50)], asked: AsAsked) -> Rows:
    """Một bảng như trên trang của nó, với cùng bộ lọc ở địa chỉ."""
    chosen = table_of(at, table)
    with at.works.db.read() as session:
        found = [list(row) for row in bounded(chosen, chosen.rows(at, session, asked))]
    return Rows(name=table, title=chosen.title, columns=chosen.columns, rows=found)
