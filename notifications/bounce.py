"""Read a mail server's report that a letter did not arrive (delivery status notification, RFC 3464).

Anybody can write such a report, so it is read as what it claims, and never trusted further than the letter it
names (`actions.note_bounce`). Total: any bytes give a list, of what is no report an empty one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser, Parser
from typing import Literal

LARGEST = 1 << 20
"""Bytes that are read of a report; its status stands before the letter it gives back."""
MOST_RECIPIENTS = 20

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]{1,200}@[A-Za-z0-9.-]{1,200}>")
_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")

Action = Literal["failed", "delayed"]


@dataclass(frozen=True)
class Bounce:
    """What is said of one recipient. `status`: the enhanced code (RFC 3463), "" where there is none; `detail`: the
    other server's words, on one line."""

    message_id: str
    recipient: str
    action: Action
    status: str
    detail: str

    @property
    def refuses(self) -> bool:
        """The address itself is refused, not this letter's size or text and not a full mailbox (RFC 3463, 3.2)."""
        if self.action != "failed":
            return False
        return self.status.startswith("5.1.") or self.status in ("5.0.0", "5.2.1", "5.4.4")


def read_bounces(raw: bytes) -> list[Bounce]:
    try:
        return list(_read(BytesParser().parsebytes(raw[:LARGEST])))
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return []  # the standard library's parser has many ways to stumble over what is not mail


def _read(message: Message) -> Iterator[Bounce]:
    parts = message.get_payload()
    if message.get_content_type() != "multipart/report" or not isinstance(parts, list):
        return
    message_id = next(filter(None, map(_returned_id, parts)), "")
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks = status.get_payload() if status is not None else None
    if not message_id or not isinstance(blocks, list):
        return
    for block in blocks[1 : 1 + MOST_RECIPIENTS]:  # the first says which server speaks
        action = _plain(block["Action"]).lower()
        if action == "failed" or action == "delayed":
            yield Bounce(
                message_id,
                _address(block["Original-Recipient"] or block["Final-Recipient"]),
                action,
                _code(block["Status"]),
                _plain(block["Diagnostic-Code"]) or _plain(block["Status"]),
            )


def _returned_id(part: Message) -> str:
    """The Message-ID of the letter that is given back, whole or by its headers."""
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        headers = payload[0]
    elif part.get_content_type() == "text/rfc822-headers" and isinstance(payload, str):
        headers = Parser().parsestr(payload, headersonly=True)
    else:
        return ""
    found = _plain(headers["Message-ID"])
    return found if _MESSAGE_ID.fullmatch(found) else ""


def _code(value: object) -> str:
    found = _STATUS.match(_plain(value))
    return ".".join(str(int(number)) for number in found.groups()) if found else ""


def _address(value: object) -> str:
    """`rfc822; ha@truong.vn` → `ha@truong.vn`."""
    return _plain(value).rpartition(";")[2].strip().strip("<>").lower()


def _plain(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return "".join(c for c in text if c.isprintable())[:300]
