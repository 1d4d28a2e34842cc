"""`dondoc tick [--at INSTANT]`: one tick, then exit. For a machine whose clock is cron.

A tick of now shows that the clock lives, one of another moment does not.
"""

from contextlib import ExitStack
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
from runtime.jobs import Counts
from runtime.settings import Settings
from runtime.works import Works


def tick(
    at: Annotated[datetime | None, typer.Option(help="Thời điểm, mặc định là bây giờ (UTC)")] = None,
    believe: Annotated[
        bool, typer.Option("--believe", help="Xác nhận giờ này đúng, dù xa lần chạy trước")
    ] = False,
) -> None:
    """Chạy một lượt đồng hồ rồi thoát."""
    with told(), ExitStack() as stack:
        now = clock.now() if at is None else at.replace(tzinfo=at.tzinfo or clock.now().tzinfo)
        works = Works.of(Settings())
        stack.callback(works.db.dispose)
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
        if at is None:
            ticking.beat(works, now)
    for job in TABLE:
        if job.name in done:
            print(f"{job.title}: {say(done[job.name])}")


COUNTED = {
    "occurrences": "kỳ mở", "assignments": "việc giao", "switched": "tình huống đã chuyển",
    "met": "đạt", "not_met": "chưa đạt", "unknown": "chưa đủ số liệu",
    "notices": "lượt nhắc", "letters": "thư soạn", "held": "thư giữ lại chờ người duyệt",
    "told": "lượt nhắc đã vào thư", "cancelled": "lượt nhắc hủy", "silenced": "lượt nhắc nằm trong vụ việc chung",
    "skipped": "lượt nhắc bỏ qua", "waiting": "lượt nhắc để ngày sau",
    "sent": "thư gửi", "again": "thư sẽ gửi lại", "failed": "thư không gửi được",
    "bounces": "thư bị trả lại", "strange": "thư đến không nhận ra", "visits": "cuộc kiểm tra mở",
    "reports": "báo cáo lập", "incidents": "sự cố mới", "poison": "phần hỏng, sẽ chạy lại",
}  # fmt: skip
"""What the jobs count, in the words of whoever runs the clock by hand."""


def say(counts: Counts) -> str:
    said = [f"{n} {COUNTED.get(name, name)}" for name, n in counts.items() if n]
    return ", ".join(said) or "không có gì đến hạn"


def _said(moment: datetime) -> str:
    return f"{moment:%H:%M %d/%m/%Y} (UTC)"
