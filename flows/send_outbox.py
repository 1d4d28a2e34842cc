"""Scheduled job `send_outbox`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="send-outbox")
def send_outbox(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("send_outbox", at)
