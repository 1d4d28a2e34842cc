"""Grown up: the same table as deployments on a Prefect server, with as many process workers as wanted.

One run of a job at a time; a run that comes while one is under way is cancelled, for the one under way does
everything due anyway. A run that dies with its worker is not taken over: the next one finds its work.
"""

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.types.entrypoint import EntrypointType

from flows.schedule import TABLE
from runtime.jobs import Cadence, Daily, Every, Job

POOL = "dondoc"
CHECKOUT = Path(__file__).resolve().parent.parent


def deploy_all(zone: str) -> dict[str, UUID]:
    """Write the work pool and one deployment a job to the server of `PREFECT_API_URL`. Again is an update.
    `zone`: the office's IANA zone, in which the schedule is meant. Returns deployment ids by job."""
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
    return {job.name: _deployed(job, zone) for job in TABLE}


def _deployed(job: Job, zone: str) -> UUID:
    module, name = job.flow.split(":")
    made = RunnerDeployment.from_flow(
        getattr(import_module(module), name),
        name="dondoc",
        description=job.title,
        schedules=[CronSchedule(cron=cron(job.every), timezone=zone)],
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
        ),
        enforce_parameter_schema=False,
        # A worker runs the flow from the checkout it is installed in; nothing is pulled.
        job_variables={"working_dir": str(CHECKOUT)},
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    written = made.apply(work_pool_name=POOL)
    assert isinstance(written, UUID)  # noqa: S101 (a coroutine only inside an event loop)
    return written


def cron(cadence: Cadence) -> str:
    """Five plain fields, without weekdays: the one part that schedulers read differently."""
    match cadence:
        case Every(minutes=minutes):
            return f"*/{minutes} * * * *"
        case Daily(at=at):
            return f"{at.minute} {at.hour} * * *"
    raise TypeError(f"no cron spelling for {cadence!r}")
