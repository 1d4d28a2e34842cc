"""The machine's clock is not believed: say so, and take a person's word for it."""

from datetime import datetime

from sqlalchemy import delete, exists, or_, update
from sqlmodel import Session, col

from actions.alarm import alarm
from actions.changes import By, record
from actions.send import LEASE
from domain.letter import MailState
from domain.office import Office
from domain.recipients import Staff
from store.tables import DeliveryRow, OutboxRow, WatermarkRow


def report_doubt(session: Session, through: datetime, *, office: Office, staff: Staff, by: By) -> int:
    """Letters written at `by.at`, when the jobs have come to `through`: none where this is reported already."""
    now, mark = by.at.astimezone(office.tz), through.astimezone(office.tz)
    line = (
        f"Giờ của máy chủ là {now:%H:%M ngày %d/%m/%Y}, còn việc định kỳ đã chạy đến {mark:%H:%M ngày %d/%m/%Y}. "
        "Giờ máy đang sai, đã từng sai, hoặc máy đã tắt rất lâu; chưa có người xác nhận thì không thư nào được soạn và "
        "gửi. Hãy xem lại giờ của máy chủ; nếu giờ đang đúng, chạy: dondoc tick --believe."
    )
    written = alarm(
        session, key=f"clock:{through.isoformat()}", lines=[line], office=office, staff=staff, by=by
    )
    if written:
        record(session, by, "doubt_clock", "clock", through=through, letters=written)
    return written


def believe(session: Session, by: By) -> None:
    """A person says that it is `by.at`: what a wrong clock has marked as done beyond that is done again in its time,
    and what it has put off, or was sending when it was set right, is tried now. What it has opened and told stays,
    and is not told twice."""
    ahead = session.execute(delete(WatermarkRow).where(col(WatermarkRow.through) > by.at))
    o, d = OutboxRow, DeliveryRow
    by_that_clock = or_(
        col(o.created_at) > by.at, exists().where(col(d.outbox_id) == col(o.id), col(d.at) > by.at)
    )
    put_off = session.execute(
        update(o)
        .where(col(o.state) == MailState.PENDING, col(o.not_before) > by.at, by_that_clock)
        .values(not_before=by.at)
    )
    session.execute(
        update(o)
        .where(col(o.state) == MailState.SENDING, col(o.lease_until) > by.at + LEASE)
        .values(lease_until=by.at + LEASE)
    )
    record(
        session, by, "believe_clock", "clock",
        taken_back=ahead.rowcount, letters=put_off.rowcount,  # type: ignore[attr-defined]
    )  # fmt: skip
