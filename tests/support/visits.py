"""Visiting the pages in a test: where they are, what time it is, and who looks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from tests.support.makers import BEGAN

SITE = "http://127.0.0.1:8765"

Visit = Callable[..., TestClient]
"""`visit("mai")`: a browser in which that person is signed in; `visit()`: nobody is."""

Program = Callable[..., TestClient]
"""`program("mai")`: a program with that person's key; it sends no Origin and has no cookie."""


@dataclass
class Moment:
    """What time it is for the pages."""

    now: datetime = field(default=BEGAN)

    def __call__(self) -> datetime:
        return self.now

    def is_on(self, day: int, hour: int = 8, month: int = 2) -> None:
        """A day of 2023 and an hour in the office."""
        self.now = datetime(2023, month, day, hour - 7, tzinfo=UTC)
