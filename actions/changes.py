"""One change: who, what, to what, why. Every action hands its changes to the audit trail as it makes them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.audit import AuditEntry
from store import audit


@dataclass(frozen=True)
class By:
    """Who acts and when. `at` is the instant that counts (receipt, scheduled time), UTC or aware."""

    actor: str
    at: datetime
    cause: str = ""


CLOCK = "clock"
"""The actor of everything the schedule does by itself."""


def record(session: Session, by: By, action: str, subject: str, **data: Any) -> None:
    """Append one audit line in the transaction of the change itself."""
    audit.append(session, [line(by, action, subject, **data)])


def line(by: By, action: str, subject: str, **data: Any) -> AuditEntry:
    """The audit line of one change, for whoever appends many at once."""
    return AuditEntry(at=by.at, actor=by.actor, action=action, subject=subject, cause=by.cause, data=data)
