"""Every table as a file (xuất bảng): `/xuat/<table>.xlsx` and `.csv`, what the reader's page shows and no more.

A new table is one line of `tables_work.WORK` or `tables_held.HELD` and `exports("name")` on its page.
"""

import logging
from collections.abc import Mapping
from itertools import islice

from fastapi import APIRouter
from fastapi.responses import Response

from actions.errors import NotFound
from reports.spreadsheet import csv_text, xlsx
from web.desk import NOT_YOURS, AtDesk, Desk
from web.office_board import AsAsked
from web.tables import MOST, Rows, Table, wall
from web.tables_held import HELD
from web.tables_work import WORK

log = logging.getLogger("dondoc.web")
router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MORE = f"Chỉ xuất {MOST} dòng đầu. Hãy lọc bớt rồi xuất lại."
TABLES: Mapping[str, Table] = {**WORK, **HELD}


@router.get("/xuat/{table}.xlsx")
def as_xlsx(at: AtDesk, table: str, asked: AsAsked) -> Response:
    chosen = table_of(at, table)
    with at.works.db.read() as session:
        rows = bounded(chosen, chosen.rows(at, session, asked))
        data = xlsx(chosen.title, chosen.columns, rows, wall(at, at.now))
    return _file(at, table, "xlsx", XLSX, data)


@router.get("/xuat/{table}.csv")
def as_csv(at: AtDesk, table: str, asked: AsAsked) -> Response:
    chosen = table_of(at, table)
    with at.works.db.read() as session:
        data = csv_text(chosen.columns, bounded(chosen, chosen.rows(at, session, asked)))
    return _file(at, table, "csv", "text/csv; charset=utf-8", data)


def table_of(at: Desk, name: str) -> Table:
    """Raises NotFound for a table that is none, and for one that is not the reader's, alike."""
    table = TABLES.get(name)
    if table is None or not at.may(table.act):
        raise NotFound(NOT_YOURS)
    return table


def bounded(table: Table, rows: Rows) -> Rows:
    yield from islice(rows, MOST)
    if next(rows, None) is not None:
        yield (MORE, *[""] * (len(table.columns) - 1))


def _file(at: Desk, table: str, ending: str, kind: str, data: bytes) -> Response:
    log.info("%s took the table %s.%s, %d bytes", at.viewer.code, table, ending, len(data))
    name = f"{table}-{at.today.isoformat()}.{ending}"
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
