"""Notice that the clock stands still in office hours, and say so once for each silence."""

from datetime import datetime, time, timedelta

from sqlmodel import Session

from actions.alarm import alarm
from actions.changes import By, record
from domain.office import Office
from domain.recipients import Staff
from domain.workdays import Calendar

SILENT = timedelta(minutes=15)
"""The clock ticks every minute."""
CLOSES = time(17, 0)


def report_silence(
    session: Session,
    last_tick: datetime | None,
    *,
    office: Office,
    calendar: Calendar,
    staff: Staff,
    by: By,
) -> int:
    """Letters written: none while the clock ticks, out of hours, where it never ticked, or when this silence is
    reported already."""
    if last_tick is None or by.at - last_tick <= SILENT:
        return 0
    if not office.writes_letters(by.at, calendar) or by.at.astimezone(office.tz).time() >= CLOSES:
        return 0
    since = last_tick.astimezone(office.tz)
    line = (
        f"Đồng hồ ngừng từ {since:%H:%M ngày %d/%m/%Y}: không có thư nhắc nào được soạn và gửi. "
        "Hãy kiểm tra máy chủ, chạy dondoc doctor, rồi khởi động lại bằng dondoc run."
    )
    written = alarm(
        session, key=f"silence:{last_tick.isoformat()}", lines=[line], office=office, staff=staff, by=by
    )
    if written:
        record(session, by, "report_silence", "clock", since=last_tick, letters=written)
    return written
