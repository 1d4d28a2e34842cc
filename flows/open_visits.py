"""Scheduled job `open_visits`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="open-visits")
def open_visits(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("open_visits", at)
