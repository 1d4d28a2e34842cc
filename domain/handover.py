"""Succession of units (đơn vị kế thừa): one receipt for each assignment that moved."""

from datetime import date, datetime

from sqlmodel import SQLModel

from domain.assignment import State
from domain.fields import instant, string, word


class Handover(SQLModel):
    """`since`: the first day of the successor. `state`: how the work stood. `merged`: the successor owed the
    same work already, so this assignment ended with its unit. `received_at` is None until the successor
    confirms (biên nhận bàn giao)."""

    since: date
    state: State = word(State)
    merged: bool = False
    at: datetime = instant()
    by: str = string()
    received_at: datetime | None = instant(default=None)
