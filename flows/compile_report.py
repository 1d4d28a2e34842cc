"""Scheduled job `compile_report`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="compile-report")
def compile_report(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("compile_report", at)
