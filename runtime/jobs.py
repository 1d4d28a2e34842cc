"""A job: what the clock does again and again. Plan names the chunks of work; do carries out one of them.

Each chunk is a transaction of its own, so a poison row never undoes the others and a crash loses only the
chunk under way, which the next run finds again. Prefect, where it runs, makes each chunk a task; without
it the same functions are called in a loop.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError

from domain.sentence import Sentence
from runtime.works import Works

log = logging.getLogger("dondoc.jobs")

Counts = Counter[str]
Chunk = Any
"""Something small that names a piece of work and survives JSON: a list of ids, a period, a group."""


class Cadence(Protocol):
    def last(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The latest scheduled instant that is not after `now`."""


@dataclass(frozen=True)
class Every:
    """Every `minutes` minutes, counted from the office's midnight."""

    minutes: int

    def last(self, now: datetime, zone: ZoneInfo) -> datetime:
        local = now.astimezone(zone)
        passed = local.hour * 60 + local.minute
        return local.replace(minute=0, hour=0, second=0, microsecond=0) + timedelta(
            minutes=passed - passed % self.minutes
        )


@dataclass(frozen=True)
class Daily:
    """Once a day at a time of the office's clock."""

    at: time

    def last(self, now: datetime, zone: ZoneInfo) -> datetime:
        local = now.astimezone(zone)
        today = datetime.combine(local.date(), self.at, zone)
        return today if today <= local else today - timedelta(days=1)


TITLES = {
    "switch_situations": Sentence("Đánh thức, tạm nghỉ việc theo tình huống"),
    "open_occurrences": Sentence("Mở kỳ và giao việc"),
    "judge": Sentence("Thẩm định báo cáo đã nộp"),
    "remind_and_escalate": Sentence("Nhắc việc và đôn đốc"),
    "remind_awaited": Sentence("Nhắc đơn vị đang được chờ"),
    "remind_to_explain": Sentence("Nhắc đơn vị chưa giải trình"),
    "open_visits": Sentence("Mở cuộc kiểm tra"),
    "write_letters": Sentence("Soạn thư"),
    "send_outbox": Sentence("Gửi thư"),
    "read_bounces": Sentence("Đọc thư bị trả lại"),
    "audit_letters": Sentence("Soát lại các lượt nhắc"),
    "compile_report": Sentence("Lập báo cáo tổng hợp"),
}
"""What people call the jobs, by name."""


@dataclass(frozen=True)
class Job:
    """`flow` is the module path of its Prefect flow."""

    name: str
    every: Cadence
    plan: Callable[[Works, datetime], Sequence[Chunk]]
    do: Callable[[Works, datetime, Chunk], Counts]

    @property
    def title(self) -> Sentence:
        return TITLES[self.name]

    @property
    def flow(self) -> str:
        return f"flows.{self.name}:{self.name}"


Each = Callable[[Job, Works, datetime, Chunk], Counts]


def run_job(job: Job, works: Works, at: datetime, each: Each | None = None) -> Counts:
    """Do everything the job has to do by `at`. Returns what was done; "poison" counts what failed."""
    try:
        planned = job.plan(works, at)
    except Exception:
        log.exception("job %s could not be planned", job.name)
        return Counter(poison=1)
    total: Counts = Counter()
    for chunk in planned:
        total += (each or carry_out)(job, works, at, chunk)
    return total


def carry_out(job: Job, works: Works, at: datetime, chunk: Chunk) -> Counts:
    """One chunk. Of a list that failed each member is tried alone, unless it was the database that was busy or
    away; what fails alone is logged with a traceback and counted, and the others are done."""
    try:
        return job.do(works, at, chunk)
    except Exception as error:
        log.exception("job %s: chunk %r failed", job.name, chunk)
        if not isinstance(chunk, list) or len(chunk) < 2 or isinstance(error, OperationalError):
            return Counter(poison=1)
    return sum((carry_out(job, works, at, [one]) for one in chunk), Counter())


def chunks_of(ids: Iterable[int], size: int) -> list[list[int]]:
    found = list(ids)
    return [found[i : i + size] for i in range(0, len(found), size)]
