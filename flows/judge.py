"""Scheduled job `judge`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="judge")
def judge(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("judge", at)
