"""Letters: a notice is one rung taken for one assignment; a letter joins a person's notices of a day.

The key of a letter says "only once"; its Message-ID is derived from the key, so that a second copy (the
mail server said yes and the machine died before noting it, RFC 1047) is recognisably the same letter.
"""

import hashlib
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel

from domain.escalation import Fate
from domain.fields import document, instant, string, word
from domain.reach import Via
from domain.unit import Role


class LetterKind(StrEnum):
    REMINDER = "reminder"  # nhắc việc: to the unit, before and on the day
    OVERDUE = "overdue"  # đôn đốc: to the unit, after the day
    DIGEST = "digest"  # báo cáo việc quá hạn: one a day for a leader
    RETURNED = "returned"  # trả lại: what the rules found
    NOT_MET = "not_met"  # không đạt quy tắc: to the unit's head, to know
    AWAITED = "awaited"  # đơn vị khác đang chờ: to whoever is waited for
    EXPLANATION = "explanation"  # yêu cầu giải trình, and the answer to whoever asked
    VISIT = "visit"  # cuộc kiểm tra đã mở: to each member of the team
    FINDINGS = "findings"  # tồn tại nghiêm trọng hoặc lặp lại: to the leader, at once
    ALARM = "alarm"  # hệ thống cần người xem: to clerk and administrator


PRESSING = (LetterKind.OVERDUE, LetterKind.DIGEST)
"""They tell what has come to a rung today; what is overdue and was told before is counted, or few would seem late."""


class MailState(StrEnum):
    PENDING = "pending"  # chờ gửi
    SENDING = "sending"  # đang gửi
    SENT = "sent"  # đã gửi
    FAILED = "failed"  # gửi không được
    SKIPPED = "skipped"  # không gửi, with the reason
    HELD = "held"  # giữ lại chờ người quyết định


class Notice(SQLModel):
    """`fate` tells what became of the rung; `reason` is never empty for one that was not told. `binding`: see
    `domain.escalation.Rung`."""

    step: int
    role: Role = word(Role)
    due_on: date
    at: datetime = instant()
    binding: bool = True
    fate: Fate = word(Fate, default=Fate.PENDING)
    reason: str = string(default="")


class OutboxLetter(SQLModel):
    """A letter to one address of one channel (`via`). Its text is written when it is claimed for sending, never
    earlier, so it cannot speak of work that has been handed in since. `read_at`: when its reader saw it in their
    list."""

    key: str = string()
    kind: LetterKind = word(LetterKind)
    via: Via = word(Via, default=Via.EMAIL)
    to_address: str = string(default="")
    to_name: str = string(default="")
    facts: dict[str, Any] = document(dict)
    subject: str = string(default="")
    body_text: str = string(default="")
    body_html: str = string(default="")
    message_id: str = string()
    state: MailState = word(MailState, default=MailState.PENDING)
    reason: str = string(default="")
    tries: int = 0
    not_before: datetime = instant()
    lease_until: datetime | None = instant(default=None)
    created_at: datetime = instant()
    sent_at: datetime | None = instant(default=None)
    read_at: datetime | None = instant(default=None)


class Delivery(SQLModel):
    """One attempt at handing a letter to the mail server. Never changed afterwards."""

    at: datetime = instant()
    attempt: int
    outcome: str = string()  # "sent" | "again" | "failed"
    detail: str = string(default="")


def first_state(to_name: str, address: str) -> tuple[MailState, str]:
    """How a new letter starts, with the reason when it is not to be sent."""
    if not address:
        return MailState.SKIPPED, f"{to_name} chưa có địa chỉ thư điện tử"
    return MailState.PENDING, ""


def message_id(key: str, domain: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 24 * 60, 48 * 60))
"""Between tries: over three days in all, so that a relay down from Friday evening to Monday loses nothing."""


def next_try(tries: int, at: datetime) -> datetime | None:
    """When a letter is tried again after `tries` attempts in vain; None when it is given up."""
    return at + WAITS[tries - 1] if tries <= len(WAITS) else None
