"""A person says with which period an approved duty begins, when its first ones are over before it is issued."""

from datetime import date

from sqlmodel import Session

from actions.changes import By, record
from actions.errors import Refused
from actions.reconsider_draft import decided
from domain.duty import DraftStatus, DutyTerms, Kind


def start_later(session: Session, draft_id: int, by: By, *, first: date, version: int | None = None) -> None:
    """Nothing stated before `first` is opened; it stays marked as added by the office. Raises `Refused` for a
    duty that does not come round, and for a day before the one it begins on."""
    row = decided(session, draft_id, version, DraftStatus.APPROVED)
    terms = DutyTerms.model_validate(row.terms)
    if terms.kind is not Kind.RECURRING:
        raise Refused("Chỉ việc định kỳ mới chọn được kỳ đầu tiên.")
    if first < terms.schedule.first:
        raise Refused("Kỳ đầu tiên không thể sớm hơn ngày của văn bản.")
    before = terms.schedule.first
    terms = terms.model_copy(
        update={
            "schedule": terms.schedule.model_copy(update={"first": first}),
            "added": tuple(dict.fromkeys((*terms.added, "since"))),
        }
    )
    row.terms, row.added = terms.model_dump(mode="json"), list(terms.added)
    row.version += 1
    record(
        session,
        by,
        "draft_starts_later",
        f"draft:{row.id}",
        before=before.isoformat(),
        first=first.isoformat(),
    )
