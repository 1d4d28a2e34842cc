"""Scheduled job `switch_situations`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="switch-situations")
def switch_situations(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("switch_situations", at)
