"""`dondoc preview [--days 30]`: what will be sent to whom, if nobody does anything."""

from itertools import groupby
from typing import Annotated

import typer

from actions.preview_letters import Preview
from actions.preview_letters import preview as foretell
from cli.sentences import told
from domain.wording import say_day, say_period
from runtime import clock
from runtime.settings import Settings
from runtime.works import Works

KINDS = {
    "reminder": "nhắc việc", "overdue": "đôn đốc", "digest": "báo cáo lãnh đạo", "awaited": "đơn vị khác đang chờ",
    "explanation": "giải trình",
}  # fmt: skip
MOST_DAYS = 366


def preview(
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="Xem trước bao nhiêu ngày")] = 30,
) -> None:
    """Xem trước thư sẽ gửi: ngày nào, cho ai, về việc gì, nếu không ai làm gì thêm."""
    with told():
        works = Works.of(Settings())
        with works.db.read() as session:
            c = works.circumstances(session)
            letters = foretell(
                session, office=c.office, calendar=c.calendar, staff=c.staff, at=clock.now(), days=days
            )
    for day, of_day in groupby(letters, key=lambda one: one.day):
        print(say_day(day))
        for letter in of_day:
            print_letter(letter)
    print(f"{len(letters)} thư trong {days} ngày tới, nếu không ai làm gì thêm.")


def print_letter(letter: Preview) -> None:
    address = letter.to_address or "chưa có địa chỉ thư"
    print(f"  {KINDS[letter.kind]}: {letter.to_name} <{address}>")
    if letter.held:
        print(f"    sẽ giữ lại: {letter.held}")
    for about in letter.about:
        period = f", {said}" if (said := say_period(about.period)) else ""
        print(f"    - {about.unit}: {about.title}{period} (hạn {say_day(about.due_on)})")
