"""Scheduled job `write_letters`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="write-letters")
def write_letters(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("write_letters", at)
