"""The audit trail: who did what, when and why, one line for every change, each chained to the one before.

The chain shows an edit in place. It does not stop whoever owns the machine from rewriting the whole tail:
publish the head (it stands in the monthly report) to make that visible too.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from domain.fields import canonical, document, instant, iso, string

START = "0" * 64


class AuditEntry(SQLModel):
    at: datetime = instant()
    actor: str = string()
    action: str = string()
    subject: str = string()
    cause: str = string(default="")
    data: dict[str, Any] = document(dict)


def chained(previous: str, entry: AuditEntry) -> str:
    """SHA-256 over the previous hash and the entry's canonical form."""
    body = canonical([iso(entry.at), entry.actor, entry.action, entry.subject, entry.cause, entry.data])
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def first_break(rows: Iterable[tuple[AuditEntry, str]], previous: str = START) -> int | None:
    """Position of the first entry whose hash does not follow, or None when the chain holds."""
    for position, (entry, stored) in enumerate(rows):
        previous = chained(previous, entry)
        if previous != stored:
            return position
    return None
