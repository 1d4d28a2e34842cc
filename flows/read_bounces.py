"""Scheduled job `read_bounces`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="read-bounces")
def read_bounces(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("read_bounces", at)
