"""What can be wrong with this installation, found before it hurts. Each finding says what to do."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import text
from sqlmodel import col, select

from runtime.works import Works
from store import audit, schema
from store.office import NoOffice, load_office
from store.tables import EvidenceRow, IncidentRow

WAL_RESET_FIXED = (3, 51, 3)


@dataclass(frozen=True)
class Finding:
    """`level`: "ok", "note" (works, worth knowing) or "fault" (mend it)."""

    level: Literal["ok", "note", "fault"]
    what: str
    remedy: str = ""


def examine(works: Works) -> list[Finding]:
    return [
        *(_sqlite(works) if works.db.is_sqlite else _postgresql(works)),
        *_schema(works),
    ]


def sqlite_faults(version: tuple[int, ...]) -> list[Finding]:
    """Known faults of an SQLite library (sqlite.org/wal.html#walresetbug: 3.7.0–3.51.2)."""
    name = ".".join(map(str, version))
    if (3, 7, 0) <= version < WAL_RESET_FIXED:
        return [
            Finding(
                "note",
                f"SQLite {name}: có lỗi “WAL-reset” (sửa ở 3.51.3)",
                "dondoc tránh lỗi này bằng khóa ghi riêng; đừng mở tệp dữ liệu bằng chương trình khác khi đang chạy",
            )
        ]
    return [Finding("ok", f"SQLite {name}")]


def _sqlite(works: Works) -> list[Finding]:
    found = sqlite_faults(sqlite3.sqlite_version_info)
    with works.db.read() as session:
        broken = [row[0] for row in session.execute(text("PRAGMA integrity_check")).all() if row[0] != "ok"]
        orphans = session.execute(text("PRAGMA foreign_key_check")).all()
        mode = session.execute(text("PRAGMA journal_mode")).scalar_one()
    found.append(Finding("ok" if mode == "wal" else "fault", f"chế độ nhật ký: {mode}"))
    if broken or orphans:
        what = f"tệp dữ liệu hỏng: {'; '.join(broken[:3])} {len(orphans)} tham chiếu treo"
        found.append(Finding("fault", what, "dừng dondoc và khôi phục bản sao lưu gần nhất"))
    else:
        found.append(Finding("ok", "tệp dữ liệu nguyên vẹn"))
    return found


def _postgresql(works: Works) -> list[Finding]:
    with works.db.read() as session:
        version = session.execute(text("SHOW server_version")).scalar_one()
    return [Finding("ok", f"PostgreSQL {version}")]


def _schema(works: Works) -> list[Finding]:
    has, wants = schema.current(works.db), schema.newest()
    if has != wants:
        return [
            Finding(
                "fault",
                f"lược đồ ở bản {has or 'trống'}, cần {wants}",
                "chạy: dondoc install THƯ_MỤC hoặc dondoc run",
            )
        ]
    with works.db.read() as session:
        try:
            found = [Finding("ok", f"cơ quan: {load_office(session).name}")]
        except NoOffice as missing:
            found = [Finding("fault", str(missing))]
        broken = audit.verify(session)
        found.append(
            Finding("fault", broken, "đối chiếu với bản sao lưu")
            if broken
            else Finding("ok", "nhật ký nguyên vẹn")
        )
        hashes = set(session.exec(select(EvidenceRow.sha256)).all())
        incidents = session.exec(
            select(IncidentRow).where(col(IncidentRow.closed_at).is_(None)).order_by(col(IncidentRow.id))
        ).all()
        found += [
            Finding("fault", f"{row.detail} ({row.subject})", "xem thư và nhật ký của việc này")
            for row in incidents
        ]
    lost = sorted(digest for digest in hashes if not works.evidence.path(digest).exists())
    if lost:
        found.append(
            Finding(
                "fault",
                f"mất {len(lost)} tệp minh chứng, ví dụ {lost[0][:12]}…",
                "khôi phục thư mục evidence",
            )
        )
    return found
