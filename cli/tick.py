"""`dondoc tick [--at INSTANT]`: one tick, then exit. For a machine whose clock is cron."""

from datetime import datetime
from typing import Annotated

import typer

from cli.sentences import told
from flows.schedule import TABLE
from runtime import clock
from runtime import tick as ticking
from runtime.settings import Settings
from runtime.works import Works


def tick(
    at: Annotated[datetime | None, typer.Option(help="Thời điểm, mặc định là bây giờ (UTC)")] = None,
) -> None:
    """Chạy một lượt đồng hồ rồi thoát."""
    with told():
        now = clock.now() if at is None else at.replace(tzinfo=at.tzinfo or clock.now().tzinfo)
        done = ticking.tick(Works.of(Settings()), TABLE, now)
    for job in TABLE:
        if job.name in done:
            print(f"{job.title}: {dict(done[job.name]) or 'không có gì đến hạn'}")
