"""What a unit hands in: figures, a note and files. Files are known by the hash of their bytes."""

import hashlib
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel

from domain.fields import document, instant, string


class Submission(SQLModel):
    """One round of handing in. `handed_in_at` is the moment the server received it and alone decides
    lateness; `key` is the form's own id, so a double click or a replayed post is one submission. `lacking`
    names the coordinators who had not delivered their parts when the lead handed in. `attested`: what the unit says of
    its standing duties (`domain.attesting.Attested`)."""

    round: int = 1
    key: str = string()
    figures: dict[str, Any] = document(dict)
    note: str = string(default="")
    lacking: list[str] = document(list)
    attested: list[dict[str, str]] = document(list)
    handed_in_at: datetime = instant()
    judged_at: datetime | None = instant(default=None)


class Evidence(SQLModel):
    """A file of a submission: `sha256` names the stored bytes, `file_name` is only what people see."""

    sha256: str = string()
    file_name: str = string()
    media_type: str = string(default="application/octet-stream")
    size: int = 0


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
