"""Scheduled job `remind_to_explain`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="remind-to-explain")
def remind_to_explain(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("remind_to_explain", at)
