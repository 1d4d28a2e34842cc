"""Appending to the audit trail, in the transaction of the change it tells of."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from domain.audit import START, AuditEntry, chained, first_break
from store.tables import AuditHeadRow, AuditRow

# Put together once, past the mapper: every action comes by here.
_LINE = AuditRow.__table__  # type: ignore[attr-defined]
_LAST = AuditHeadRow.__table__  # type: ignore[attr-defined]
_HELD = select(_LAST.c.hash).where(_LAST.c.id == 1).with_for_update()
_ADDED = insert(_LINE)
_MOVED = update(_LAST).where(_LAST.c.id == 1).values(hash=bindparam("now"))


def append(session: Session, entries: Sequence[AuditEntry]) -> None:
    """Chain the entries behind the last one. The head row is locked until the commit: two writers can
    never continue the same hash."""
    if not entries:
        return
    head = session.execute(_HELD).scalar_one_or_none()
    if head is None:
        session.execute(insert(AuditHeadRow).values(id=1, hash=START))
        head = START
    rows = []
    for entry in entries:
        head = chained(head, entry)
        rows.append({**entry.model_dump(), "hash": head})
    session.execute(_ADDED, rows)
    session.execute(_MOVED, {"now": head})


def head(session: Session) -> str:
    return session.execute(select(col(AuditHeadRow.hash))).scalar_one_or_none() or START


def verify(session: Session, last: int | None = None) -> str | None:
    """None when the trail is whole; otherwise one sentence saying what is broken (Vietnamese). `last`: look only
    at so many lines from the end, what is added in a night, not at the whole trail."""
    newest = select(AuditRow).order_by(col(AuditRow.id).desc())
    rows = session.execute(newest.limit(last + 1) if last else newest).scalars().all()[::-1]
    before = START
    if last and len(rows) > last:
        before, rows = rows[0].hash, rows[1:]
    broken = first_break([(row, row.hash) for row in rows], before)
    if broken is not None:
        return f"Nhật ký bị sửa ở dòng {rows[broken].id}: mã kiểm không khớp với dòng trước."
    if head(session) != (rows[-1].hash if rows else START):
        return "Nhật ký bị cắt: dòng cuối không khớp với mã kiểm đã lưu."
    return None
