"""Every table as a file (xuất bảng): `/xuat/<table>.xlsx` and `.csv`, what the reader's page shows and no more.

A new table is one line of TABLES.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

from fastapi import APIRouter
from fastapi.responses import Response
from sqlmodel import Session

from actions.errors import NotFound
from domain.assignment import LABELS, STANDING_LABELS, Part
from domain.checklist import SEVERITY_LABELS
from domain.inspection import KIND_LABELS, STATE_LABELS
from domain.letter import MailState
from domain.target_standing import standing
from domain.wording import say_clause, say_period
from reports.spreadsheet import Cell, csv_text, xlsx
from store.questions.board import Line
from store.questions.inspection_counts import standings
from store.questions.inspection_rooms import found_lines, visit_lines
from store.questions.leader import late_units
from store.questions.ledger import ledger
from store.questions.listed import assignments, letters
from store.questions.work import lately_done, owed
from web.desk import NOT_YOURS, AtDesk, Desk
from web.office_board import AsAsked, Asked
from web.policy import Act
from web.render import LETTER_KINDS, MAIL_STATES

log = logging.getLogger("dondoc.web")
router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 50_000
BATCH = 1000
MORE = f"Chỉ xuất {MOST} dòng đầu. Hãy lọc bớt rồi xuất lại."

Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class Table:
    title: str
    act: Act
    columns: tuple[str, ...]
    rows: Callable[[Desk, Session, Asked], Rows]


def _board(at: Desk, session: Session, asked: Asked) -> Rows:
    pick = asked.pick(at, session)
    scope, after = at.scope(Act.SEE_BOARD), None
    while True:
        lines = assignments(session, scope, at.now, at.soon, pick, after=after, limit=BATCH)
        yield from map(_work, lines)
        if len(lines) < BATCH:
            return
        after = (lines[-1].due_on, lines[-1].id)


def _own(at: Desk, session: Session, _asked: Asked) -> Rows:
    scope = at.scope(Act.DO_WORK)
    lines = chain(owed(session, scope, at.now, at.soon), lately_done(session, scope, at.now, at.soon))
    return map(_work, lines)


def _work(line: Line) -> Sequence[Cell]:
    return (
        line.unit, line.title, say_clause(line.clause), say_period(line.period), line.due_on,
        STANDING_LABELS[line.standing], LABELS[line.state], "phối hợp" if line.part is Part.COORDINATOR else "",
    )  # fmt: skip


def _mail(at: Desk, session: Session, asked: Asked) -> Rows:
    state = MailState(asked.loc) if asked.loc in set(MailState) else None
    before = None
    while True:
        found = letters(session, state, before=before, limit=BATCH)
        for one in found:
            x = one.letter
            yield (
                _local(at, x.created_at), x.to_name, x.to_address, LETTER_KINDS[x.kind], x.subject,
                MAIL_STATES[x.state], x.reason, _local(at, x.sent_at),
            )  # fmt: skip
        if len(found) < BATCH:
            return
        before = found[-1].id


def _late(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in late_units(session, at.scope(Act.LEAD), at.now):
        yield one.unit, one.late, one.oldest


def _targets(at: Desk, session: Session, _asked: Asked) -> Rows:
    for line in ledger(session, at.scope(Act.SEE_BOARD)):
        found = standing(line.target.terms(line.measure.unit), line.counts, at.today, line.others)
        yield line.measure.name, line.target.code, found.why, line.target.first, line.target.last


def _plans(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in standings(session, date(2000, 1, 1), date(2100, 12, 31), at.office.unit, at.now):
        yield (
            one.title, KIND_LABELS[one.kind], one.first, one.last, one.to_visit, one.visited, one.covered, one.lessons,
            sum(one.findings.values()), one.open_findings, one.late_findings,
        )  # fmt: skip


def _visits(at: Desk, session: Session, _asked: Asked) -> Rows:
    scope, sealed = at.scope(Act.SEE_BOARD), at.may(Act.DECIDE)
    for one in visit_lines(session, scope, sealed=sealed, limit=MOST + 1):
        yield one.unit, one.plan, KIND_LABELS[one.kind], one.day, STATE_LABELS[one.state], one.findings


def _found(at: Desk, session: Session, _asked: Asked) -> Rows:
    for one in found_lines(session, at.scope(Act.SEE_BOARD), at.now, limit=MOST + 1):
        yield (
            one.unit, one.theme, one.item, one.text, one.clause, SEVERITY_LABELS[one.severity],
            "lặp lại" if one.repeated else "", one.found_on, one.due_on,
            "quá hạn" if one.late else "đang khắc phục" if one.open else "đã đóng",
        )  # fmt: skip


WORK = ("Đơn vị", "Việc", "Mục", "Kỳ", "Hạn", "Tình trạng", "Trạng thái", "Vai trò")
TABLES: Mapping[str, Table] = {
    "bang-theo-doi": Table("Bảng theo dõi", Act.SEE_BOARD, WORK, _board),
    "viec": Table("Việc của đơn vị", Act.DO_WORK, WORK, _own),
    "thu": Table(
        "Thư gửi đi",
        Act.SEE_MAIL,
        ("Lúc soạn", "Người nhận", "Địa chỉ", "Loại", "Tiêu đề", "Tình trạng", "Lý do", "Lúc gửi"),
        _mail,
    ),
    "don-vi-qua-han": Table("Đơn vị quá hạn", Act.LEAD, ("Đơn vị", "Số việc quá hạn", "Hạn sớm nhất"), _late),
    "chi-tieu": Table(
        "Chỉ tiêu", Act.SEE_BOARD, ("Chỉ tiêu", "Mã", "Tình hình", "Từ ngày", "Đến ngày"), _targets
    ),
    "kiem-tra": Table(
        "Kế hoạch kiểm tra",
        Act.SEE_BOARD,
        (
            "Kế hoạch",
            "Hình thức",
            "Từ ngày",
            "Đến ngày",
            "Số đơn vị",
            "Đã kiểm tra",
            "Độ phủ (%)",
            "Tiết dự giờ",
            "Chưa đạt",
            "Đang khắc phục",
            "Quá hạn khắc phục",
        ),
        _plans,
    ),
    "cuoc-kiem-tra": Table(
        "Cuộc kiểm tra",
        Act.SEE_BOARD,
        ("Đơn vị", "Kế hoạch", "Hình thức", "Ngày", "Tình trạng", "Nội dung chưa đạt"),
        _visits,
    ),
    "ton-tai": Table(
        "Nội dung chưa đạt",
        Act.SEE_BOARD,
        (
            "Đơn vị",
            "Chuyên đề",
            "Mã",
            "Yêu cầu chưa đạt",
            "Căn cứ",
            "Mức độ",
            "Lặp lại",
            "Phát hiện",
            "Hạn khắc phục",
            "Tình trạng",
        ),
        _found,
    ),
}


@router.get("/xuat/{table}.xlsx")
def as_xlsx(at: AtDesk, table: str, asked: AsAsked) -> Response:
    chosen = _table(at, table)
    with at.works.db.read() as session:
        rows = _bounded(chosen, chosen.rows(at, session, asked))
        data = xlsx(chosen.title, chosen.columns, rows, _wall(at, at.now))
    return _file(at, table, "xlsx", XLSX, data)


@router.get("/xuat/{table}.csv")
def as_csv(at: AtDesk, table: str, asked: AsAsked) -> Response:
    chosen = _table(at, table)
    with at.works.db.read() as session:
        data = csv_text(chosen.columns, _bounded(chosen, chosen.rows(at, session, asked)))
    return _file(at, table, "csv", "text/csv; charset=utf-8", data)


def _table(at: Desk, name: str) -> Table:
    """Raises NotFound for a table that is none, and for one that is not the reader's, alike."""
    table = TABLES.get(name)
    if table is None or not at.may(table.act):
        raise NotFound(NOT_YOURS)
    return table


def _bounded(table: Table, rows: Rows) -> Rows:
    yield from islice(rows, MOST)
    if next(rows, None) is not None:
        yield (MORE, *[""] * (len(table.columns) - 1))


def _file(at: Desk, table: str, ending: str, kind: str, data: bytes) -> Response:
    log.info("%s took the table %s.%s, %d bytes", at.viewer.code, table, ending, len(data))
    name = f"{table}-{at.today.isoformat()}.{ending}"
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _local(at: Desk, instant: datetime | None) -> datetime | None:
    return None if instant is None else _wall(at, instant)


def _wall(at: Desk, instant: datetime) -> datetime:
    return instant.astimezone(at.office.tz).replace(tzinfo=None)
