"""Scheduled job `remind_and_escalate`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="remind-and-escalate")
def remind_and_escalate(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("remind_and_escalate", at)
