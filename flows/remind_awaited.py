"""Scheduled job `remind_awaited`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="remind-awaited")
def remind_awaited(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("remind_awaited", at)
