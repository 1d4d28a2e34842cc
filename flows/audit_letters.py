"""Scheduled job `audit_letters`, as a Prefect flow."""

from datetime import datetime

from prefect import flow

from flows.under_prefect import run_under_prefect


@flow(name="audit-letters")
def audit_letters(at: datetime | None = None) -> dict[str, int]:
    return run_under_prefect("audit_letters", at)
