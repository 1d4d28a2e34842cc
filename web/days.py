"""A day as people type or pick it."""

from datetime import date, datetime

from actions.errors import Refused

FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
"""What people write, and what programs do."""


def day_of(typed: str) -> date:
    """Raises `Refused` in words for anything that is no day."""
    for form in FORMS:
        try:
            return datetime.strptime(typed.strip(), form).date()
        except ValueError:
            continue
    raise Refused("Hãy viết ngày như 14/02/2026.")
