"""Scheduled job `open_occurrences`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="open-occurrences")
def open_occurrences(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("open_occurrences", at)
