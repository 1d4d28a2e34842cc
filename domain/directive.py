"""A directive as the office received it: the text, what its head says, and the hash that identifies it."""

import hashlib
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel

from domain.fields import document, instant, string, word


class Status(StrEnum):
    DRAFT = "draft"  # đang rà soát
    ISSUED = "issued"  # đã giao việc
    REPLACED = "replaced"  # đã được văn bản khác cùng số thay thế
    DROPPED = "dropped"  # đã bỏ: nhận nhầm, hoặc không có việc phải giao


class OnSameNumber(StrEnum):
    """What to do with another text under a number that is known."""

    ASK = "ask"  # hỏi lại
    REPLACE = "replace"  # thay văn bản cũ
    KEEP = "keep"  # giữ cả hai


class Directive(SQLModel):
    """`text` is what the offsets of passages and drafts point into. `facts` is the document's head as read
    (`domain.draft.DocumentFacts`); number and date may be blank, so identity is the hash of the content."""

    content_hash: str = string()
    file_name: str = string(default="")
    symbol: str | None = string(default=None)
    type: str | None = string(default=None)
    issuer: str | None = string(default=None)
    subject: str | None = string(default=None)
    issued_on: date | None = None
    text: str = string()
    facts: dict[str, Any] = document(dict)
    lint: list[dict[str, Any]] = document(list)
    status: Status = word(Status, default=Status.DRAFT)
    received_at: datetime = instant()


def content_hash(source: str) -> str:
    """SHA-256 of the text with white space collapsed and composed letters, so that the same letter saved by
    two programs is one directive."""
    plain = " ".join(unicodedata.normalize("NFC", source).split())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()
