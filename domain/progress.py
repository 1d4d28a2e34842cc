"""Progress (tiến độ): what a unit says of its work between receiving it and handing in."""

from datetime import datetime

from sqlmodel import SQLModel

from domain.fields import instant, string


class Progress(SQLModel):
    """`percent` is the unit's own estimate, 0–100; None where it gives none."""

    at: datetime = instant()
    text: str = string()
    percent: int | None = None
