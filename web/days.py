"""A day as people type or pick it."""

from datetime import date

from actions.errors import Refused
from domain.wording import read_day

FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
"""What people write, and what programs do."""


def day_of(typed: str) -> date:
    """Raises `Refused` in words for anything that is no day."""
    if (day := read_day(typed, FORMS)) is None:
        raise Refused("Hãy viết ngày như 14/02/2026.")
    return day
