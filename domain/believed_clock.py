"""When the machine's clock is believed: what it says is compared with how far the office's work has come.

A clock a year ahead would open, overdue and escalate a year's work, and nothing would run until that year has
passed; one far behind would run nothing, in silence. A machine switched off over the longest holidays is believed.
"""

from datetime import datetime, timedelta

LONGEST_REST = timedelta(days=15)
"""Longer than any Tết with its weekends and swapped days."""
BEHIND = timedelta(days=1)


def is_believed(now: datetime, through: datetime | None) -> bool:
    """`through`: the latest instant that any job has done; None if none ever ran."""
    return through is None or -BEHIND <= now - through <= LONGEST_REST
