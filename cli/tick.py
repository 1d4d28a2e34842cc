"""`dondoc tick [--at INSTANT]`: one tick, then exit. For a machine whose clock is cron."""

from datetime import datetime
from typing import Annotated

import typer

from actions import doubt_clock
from actions.changes import By
from actions.errors import Refused
from cli.sentences import told
from flows.schedule import TABLE
from runtime import clock
from runtime import tick as ticking
from runtime.settings import Settings
from runtime.works import Works


def tick(
    at: Annotated[datetime | None, typer.Option(help="Thời điểm, mặc định là bây giờ (UTC)")] = None,
    believe: Annotated[
        bool, typer.Option("--believe", help="Xác nhận giờ này đúng, dù xa lần chạy trước")
    ] = False,
) -> None:
    """Chạy một lượt đồng hồ rồi thoát."""
    with told():
        now = clock.now() if at is None else at.replace(tzinfo=at.tzinfo or clock.now().tzinfo)
        works = Works.of(Settings())
        if believe:
            with works.db.transaction() as session:
                doubt_clock.believe(session, By("cli", now))
        try:
            done = ticking.tick(works, TABLE, now, believed=believe)
        except ticking.ClockDoubted as doubt:
            raise Refused(
                "Đồng hồ máy chỉ {now}, nhưng việc tự động đã chạy đến {furthest}. Nếu giờ đúng, thêm --believe.",
                now=_said(doubt.now), furthest=_said(doubt.furthest),
            ) from None  # fmt: skip
    for job in TABLE:
        if job.name in done:
            print(f"{job.title}: {dict(done[job.name]) or 'không có gì đến hạn'}")


def _said(moment: datetime) -> str:
    return f"{moment:%H:%M %d/%m/%Y} (UTC)"
