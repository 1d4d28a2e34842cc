"""A job as a Prefect flow: one run of one job, each chunk a task, nothing decided here.

Task results are not cached: Prefect's input cache collides across tasks, and our keys say "only once".
A chunk that fails twice is counted by the job, not raised: the next tick finds its work again.
"""

from datetime import datetime
from functools import cache

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.schedule import TABLE
from runtime import clock
from runtime.jobs import Chunk, Counts, Job, carry_out, run_job
from runtime.settings import Settings
from runtime.works import Works

JOBS = {job.name: job for job in TABLE}


@cache
def works() -> Works:
    """What this process works with; a worker process builds it once from its environment."""
    made = Works.of(Settings())
    made.now = clock.now
    return made


@task(cache_policy=NO_CACHE, task_run_name="{job_name}")
def chunk_task(job_name: str, at: datetime, chunk: Chunk) -> Counts:
    return carry_out(JOBS[job_name], works(), at, chunk)


def _as_task(job: Job, _works: Works, at: datetime, chunk: Chunk) -> Counts:
    return chunk_task(job.name, at, chunk)


def run_under_prefect(name: str, at: datetime | None) -> dict[str, int]:
    """`at`: the scheduled instant; None means now. Any run can be replayed "as of"."""
    return dict(run_job(JOBS[name], works(), at or clock.now(), each=_as_task))
