"""Publish a version of a checklist; visits that have begun keep theirs. Those that ship are published the same way."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Stale
from domain.fields import canonical
from rules.checklist_reader import read_checklist
from store.inspection_tables import ChecklistRow
from store.writing import insert_new


def publish_checklist(session: Session, text: str, by: By, *, after: int = 0) -> ChecklistRow:
    """`after`: the version the writer saw (0: none). The same meaning again is no new version. Raises `PackError` with
    line and column where the text is no checklist, `Stale` when another version came in between."""
    checklist = read_checklist(text)
    body = checklist.model_dump(mode="json")
    last = last_version(session, checklist.theme)
    if last and canonical(last.body) == canonical(body):
        return last
    if (last.version if last else 0) != after:
        raise Stale
    row = {
        "theme": checklist.theme, "version": after + 1, "title": checklist.title, "text": text, "body": body,
        "published_at": by.at, "published_by": by.actor,
    }  # fmt: skip
    if not insert_new(session, ChecklistRow, [row]):
        raise Stale
    record(
        session, by, "publish_checklist", f"checklist:{checklist.theme}",
        version=after + 1, items=len(checklist.items),
    )  # fmt: skip
    return in_force(session, checklist.theme)


def publish_shipped(session: Session, texts: Iterable[str], by: By) -> int:
    """The checklists of a theme that has none yet; what the office has changed stays. Returns how many were new."""
    new = [text for text in texts if last_version(session, read_checklist(text).theme) is None]
    for text in new:
        publish_checklist(session, text, by)
    return len(new)


def last_version(session: Session, theme: str) -> ChecklistRow | None:
    return session.exec(
        select(ChecklistRow)
        .where(col(ChecklistRow.theme) == theme)
        .order_by(col(ChecklistRow.version).desc())
        .limit(1)
    ).one_or_none()


def in_force(session: Session, theme: str) -> ChecklistRow:
    """The version a visit planned now begins with. Raises `NotFound`."""
    row = last_version(session, theme)
    if row is None:
        raise NotFound("Chưa có phiếu kiểm tra cho chuyên đề “{theme}”.", theme=theme)
    return row
