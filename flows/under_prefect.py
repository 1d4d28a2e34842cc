"""A job as a Prefect flow: one run of one job, a few chunks a task, nothing decided here.

Task results are not cached: Prefect's input cache collides across tasks, and our keys say "only once".
What fails is counted by the job, not raised: the next run finds its work again.
"""

from collections import Counter
from datetime import datetime
from functools import cache

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.schedule import TABLE
from runtime import clock
from runtime.jobs import Chunk, Counts, carry_out
from runtime.settings import Settings
from runtime.works import Works

CHUNKS_A_TASK = 10
"""A task costs Prefect as long as some thousand reminders take us, and its server records twenty a second."""
JOBS = {job.name: job for job in TABLE}


@cache
def works() -> Works:
    """What this process works with; a worker process builds it once from its environment."""
    made = Works.of(Settings())
    made.now = clock.now
    return made


@task(cache_policy=NO_CACHE, task_run_name="{job_name}")
def carry_out_all(job_name: str, at: datetime, chunks: list[Chunk]) -> Counts:
    return sum((carry_out(JOBS[job_name], works(), at, chunk) for chunk in chunks), Counter())


def run_under_prefect(name: str, at: datetime | None) -> dict[str, int]:
    """`at`: the scheduled instant; None means now. Any run can be replayed "as of"."""
    at = at or clock.now()
    planned = list(JOBS[name].plan(works(), at))
    tasks = (planned[i : i + CHUNKS_A_TASK] for i in range(0, len(planned), CHUNKS_A_TASK))
    return dict(sum((carry_out_all(name, at, chunks) for chunks in tasks), Counter()))
