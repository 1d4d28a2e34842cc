"""How people prove who they are: browser sessions, one-time links by mail, keys for programs and calendars.

Of every secret only a hash is kept, so a stolen copy of the tables opens nothing. The lengths of time are the
office's answer to ASVS 5.0, 6.5.5, 7.3.1 and 7.3.2: a working day with its pauses, and never a night.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import SQLModel

from domain.fields import instant, string, word

SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=4)
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is known when a session was last used: looking at pages writes no more often."""
LINK_LASTS = timedelta(minutes=15)
KEY_LASTS = timedelta(days=366)
"""A school year: a key that nobody renews ends."""


class How(StrEnum):
    """How somebody signed in."""

    PASSWORD = "password"  # noqa: S105 (mật khẩu)
    LINK = "link"  # đường dẫn qua thư
    SSO = "sso"  # tài khoản của cơ quan


class Opens(StrEnum):
    """What a key opens."""

    READ = "read"  # đọc qua API
    WRITE = "write"  # đọc và ghi qua API
    CALENDAR = "calendar"  # lịch hạn việc, chỉ đọc


class BrowserSession(SQLModel):
    """`device` is what the browser says of itself: shown to its owner, believed by nobody."""

    how: How = word(How, default=How.PASSWORD)
    device: str = string(default="")
    created_at: datetime = instant()
    seen_at: datetime = instant()
    expires_at: datetime = instant()


class AccessKey(SQLModel):
    """Khóa truy cập: stands for its owner towards a program, within what it opens."""

    name: str = string()
    opens: Opens = word(Opens)
    created_at: datetime = instant()
    expires_at: datetime = instant()
    revoked_at: datetime | None = instant(default=None)

    def valid_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
