"""Days and instants: a deadline day ends at the office's midnight (Bộ luật Dân sự 2015, Điều 148)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which `day` is over, UTC. What arrives before it is in time: 23:59:59.999 counts."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def at_clock(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
