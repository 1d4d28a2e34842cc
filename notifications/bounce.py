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
ACTIONS: dict[str, Action] = {"failed": "failed", "delayed": "delayed"}


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
    parts = _parts(message)
    if message.get_content_type() != "multipart/report" or not parts:
        return
    message_id = next(filter(None, map(_returned_id, parts)), "")
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if not message_id or status is None:
        return
    for block in _parts(status)[1 : 1 + MOST_RECIPIENTS]:  # the first says which server speaks
        action = ACTIONS.get(_plain(block["Action"]).lower())
        if action:
            yield Bounce(
                message_id,
                _address(block["Original-Recipient"] or block["Final-Recipient"]),
                action,
                _code(block["Status"]),
                _plain(block["Diagnostic-Code"]) or _plain(block["Status"]),
            )


def _parts(message: Message) -> list[Message]:
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _returned_id(part: Message) -> str:
    """The Message-ID of the letter that is given back, whole or by its headers."""
    kind, payload = part.get_content_type(), part.get_payload()
    letters = _parts(part) if kind == "message/rfc822" else []
    if kind == "text/rfc822-headers" and isinstance(payload, str):
        letters = [Parser().parsestr(payload, headersonly=True)]
    found = _plain(letters[0]["Message-ID"]) if letters else ""
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
