"""The only reader of the system clock. Entry points read it once and hand the instant down."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, UTC."""
    return datetime.now(UTC)
