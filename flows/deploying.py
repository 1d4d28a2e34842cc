"""Grown up: the same table as deployments on a Prefect server, with as many process workers as wanted.

One run of a job at a time; a run that comes while one is under way is cancelled, for the one under way does
everything due anyway. A run that dies with its worker is not taken over: the next one finds its work.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists

from flows.schedule import TABLE
from runtime.jobs import Cadence, Daily, Every, Job

POOL = "dondoc"
CHECKOUT = Path(__file__).resolve().parent.parent


def deploy_all(zone: str, table: Sequence[Job] = TABLE) -> dict[str, UUID]:
    """Write the work pool and one deployment a job to the server of `PREFECT_API_URL`. Again is an update.
    `zone`: the office's IANA zone, in which the schedule is meant. Returns deployment ids by job."""
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
        except ObjectAlreadyExists:
            pass
    return {job.name: _deployment(job, zone).apply(work_pool_name=POOL) for job in table}


def _deployment(job: Job, zone: str) -> RunnerDeployment:
    module, name = job.flow.split(":")
    made = RunnerDeployment.from_flow(
        getattr(import_module(module), name),
        name="dondoc",
        description=job.title,
        schedules=[CronSchedule(cron=cron(job.every), timezone=zone)],
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    # A worker runs the flow from the checkout it is installed in; nothing is pulled.
    made.pull_steps = [{"prefect.deployments.steps.set_working_directory": {"directory": str(CHECKOUT)}}]
    return made


def cron(cadence: Cadence) -> str:
    """Five plain fields, without weekdays: the one part that schedulers read differently."""
    match cadence:
        case Every(minutes=minutes):
            return f"*/{minutes} * * * *"
        case Daily(at=at):
            return f"{at.minute} {at.hour} * * *"
    raise TypeError(f"no cron spelling for {cadence!r}")
