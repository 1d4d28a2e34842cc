"""A unit says how the work is going (tiến độ)."""

from sqlmodel import Session

from actions.assignments import locked, touched
from actions.changes import By, record
from actions.errors import Refused
from domain.assignment import LABELS, OWING
from store.tables import ProgressRow

MOST = 2000


def note_progress(
    session: Session,
    assignment_id: int,
    by: By,
    *,
    text: str,
    percent: int | None = None,
    person_id: int | None = None,
) -> None:
    """Add a note; `percent` is the unit's own estimate, 0–100. Raises `Refused` for an empty or overlong note,
    for a number that is no percentage, and for work on which nothing is owed."""
    row = locked(session, assignment_id)
    said = text.strip()
    if row.state not in OWING:
        raise Refused(
            "Việc đang ở trạng thái “{state}” nên không cập nhật tiến độ được.", state=LABELS[row.state]
        )
    if not 0 < len(said) <= MOST:
        raise Refused("Hãy ghi tiến độ bằng lời, nhiều nhất {most} ký tự.", most=MOST)
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("Tỷ lệ hoàn thành là một số từ 0 đến 100.")
    session.add(ProgressRow(assignment_id=row.id, person_id=person_id, at=by.at, text=said, percent=percent))
    touched(row, by.at)
    record(session, by, "progress", f"assignment:{row.id}", text=said, percent=percent)
