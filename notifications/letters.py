"""What each letter says, as data. A letter is a class here and a folder of templates of the same name.

Nothing in a letter carries authority: links open a page that asks who you are (ASVS 5.0, 6.5 and 7.6).
"""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict


class Item(BaseModel):
    """One piece of work in a letter. `late` counts working days after the deadline, negative before it;
    `lacking`: units that still owe the lead their part; `explanation`: where a demand for one stands, in words;
    `remark`: what is to be known about the deadline. `request`: it is asked for (đề nghị), not ordered."""

    model_config = ConfigDict(frozen=True)

    title: str
    clause: str
    directive: str
    unit: str
    period: str
    due_on: date
    late: int
    url: str
    request: bool = False
    lacking: tuple[str, ...] = ()
    explanation: str = ""
    remark: str = ""


def alike(items: Sequence[Item]) -> list[list[Item]]:
    """The same work of several units, equally late, is read once; in the order of its first unit. What there is to
    say of one of them stands apart."""
    together: dict[object, list[Item]] = {}
    for item in items:
        apart = item.url if item.lacking or item.explanation else ""
        together.setdefault(
            (item.title, item.directive, item.period, item.due_on, item.late, apart), []
        ).append(item)
    return list(together.values())


class Earlier(BaseModel):
    """Overdue work that former letters told this reader of and that is not done: how much, and the working days since
    the oldest deadline."""

    model_config = ConfigDict(frozen=True)

    count: int
    late: int


class Letter(BaseModel):
    model_config = ConfigDict(frozen=True)

    office: str
    to_name: str
    today: date
    home_url: str


class Reminder(Letter):
    """Nhắc việc: to the unit, before the deadline and on its day."""

    items: tuple[Item, ...]


class Overdue(Letter):
    """Đôn đốc: to the head of a unit whose work is overdue, or to whom it was given."""

    items: tuple[Item, ...]
    earlier: Earlier | None = None


class Digest(Letter):
    """Báo cáo việc quá hạn: one a day for a leader, worst first. `items`: what is told today."""

    items: tuple[Item, ...]
    earlier: Earlier | None = None


class Returned(Letter):
    """Trả lại: what the rules found in a report, with the figures, and what to do."""

    item: Item
    findings: tuple[str, ...]
    round: int


class NotMet(Letter):
    """Chưa đạt quy tắc: to the unit's head, what the rules found in a report that stands, a sentence each."""

    item: Item
    findings: tuple[str, ...]
    round: int


class Alarm(Letter):
    """Hệ thống cần người xem: what is wrong with the machinery, a sentence each."""

    lines: tuple[str, ...]


class Awaited(Letter):
    """Đơn vị khác đang chờ: to whoever is waited for. `item` is the work of the unit that waits; `who` names
    the unit that is waited for, `since` is the first day of the wait; `above`: the reader leads that unit;
    `superior`: the work is done, and the superior's answer is waited for. `url` opens what the reader may see."""

    item: Item
    since: date
    who: str
    reason: str
    url: str
    above: bool = False
    superior: bool = False


class Explanation(Letter):
    """Yêu cầu giải trình: to the unit's head; with `answer`, or where it is `silent` past its day, to whoever asked.
    `asked_by` is a name."""

    item: Item
    question: str
    asked_by: str
    asked_on: date
    answer_by: date
    answer: str = ""
    answered_on: date | None = None
    silent: bool = False


class SignInLink(Letter):
    """Đường dẫn đăng nhập một lần: asked for by its reader, never kept in the outbox. It opens a page with a
    button, for the browser that asked and no other."""

    link: str
    minutes: int


class VisitOpened(Letter):
    """Cuộc kiểm tra đã mở: to each member of a team, not before. `kind`, `part` and `mates` are in words."""

    unit: str
    title: str
    kind: str
    day: date
    place: str
    part: str
    mates: tuple[str, ...]
    url: str


class FindingLine(BaseModel):
    """`before`: when the same was found there the last time."""

    model_config = ConfigDict(frozen=True)

    text: str
    clause: str
    severity: str
    note: str
    before: date | None = None


class Findings(Letter):
    """Tồn tại nghiêm trọng hoặc tái phạm: to the leader, at once. `again_on`: the day of the re-inspection, where one
    is planned."""

    unit: str
    title: str
    day: date
    repeated: bool
    lines: tuple[FindingLine, ...]
    again_on: date | None
    url: str
